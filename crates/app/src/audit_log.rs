//! The audit log as CSV, piece by piece, so that one of any length is never in memory whole (spec P6).

use crate::{App, Error, Result};
use chrono_tz::Tz;
use db::Scope;
use types::{
    PageQuery,
    audit_log::{AuditEntry, AuditLogFilter},
    page::MAX_LIMIT,
};

/// The columns, named as in the API. An entry has one line for each field it changed.
const COLUMNS: [&str; 9] = ["at", "member", "subject", "subject_id", "subject_name", "action", "field", "from", "to"];
/// Spreadsheets take a file for UTF-8 when it begins with this.
const MARK: &str = "\u{feff}";

/// An export on its way.
#[derive(Clone, Debug)]
pub struct Export {
    scope: Scope,
    filter: AuditLogFilter,
    zone: Tz,
    next: Next,
}

#[derive(Clone, Debug)]
enum Next {
    Beginning,
    After(String),
    End,
}

impl Export {
    /// Begin. What is added meanwhile is not in it.
    pub async fn begin(app: &App, scope: &Scope, filter: AuditLogFilter) -> Result<Self> {
        let zone = db::organizations::get(app.db.read(), scope).await?.time_zone.parse().unwrap_or_default();
        Ok(Self { scope: scope.clone(), filter, zone, next: Next::Beginning })
    }

    /// The next piece; nothing after the last.
    pub async fn next(&mut self, app: &App) -> Result<Option<Vec<u8>>> {
        let cursor = match std::mem::replace(&mut self.next, Next::End) {
            Next::End => return Ok(None),
            Next::Beginning => None,
            Next::After(cursor) => Some(cursor),
        };
        let first = cursor.is_none();
        let page = PageQuery { limit: Some(MAX_LIMIT), cursor };
        let page = db::audit_log::list(app.db.read(), &self.scope, &self.filter, &page).await?;
        let mut written = if first { MARK.as_bytes().to_vec() } else { Vec::new() };
        let mut writer = csv::Writer::from_writer(&mut written);
        if first {
            writer.write_record(COLUMNS).map_err(|error| Error::broken(error.to_string()))?;
        }
        for entry in &page.items {
            for line in lines(entry, self.zone) {
                let cells = line.iter().map(|cell| harmless(cell));
                writer.write_record(cells).map_err(|error| Error::broken(error.to_string()))?;
            }
        }
        writer.flush().map_err(|error| Error::broken(error.to_string()))?;
        drop(writer);
        if let Some(cursor) = page.next_cursor {
            self.next = Next::After(cursor);
        }
        Ok(Some(written))
    }
}

fn lines(entry: &AuditEntry, zone: Tz) -> Vec<[String; 9]> {
    let AuditEntry { id: _, at, member, subject, subject_id, subject_name, action, changes } = entry;
    let line = |field: &str, from: String, to: String| {
        [
            at.with_timezone(&zone).to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            member.as_ref().map(|member| member.name.clone()).unwrap_or_default(),
            subject.to_string(),
            subject_id.map(|id| id.to_string()).unwrap_or_default(),
            subject_name.clone(),
            action.to_string(),
            field.to_owned(),
            from,
            to,
        ]
    };
    if changes.is_empty() {
        return vec![line("", String::new(), String::new())];
    }
    changes.iter().map(|change| line(&change.field, shown(&change.from), shown(&change.to))).collect()
}

fn shown(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other @ (serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_)) => other.to_string(),
    }
}

/// A cell a spreadsheet does not take for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "Ana", "a=b", " =1"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}

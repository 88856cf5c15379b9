//! The rows of sheets of numbers, with what became of each of their actions.

use crate::{Error, Result, Scope, sql::Sql, time::time};
use domain::number_imports::{Cells, Checked};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{
    NumberId, NumberImportId,
    number_imports::{ImportAction, NumberImportRow},
};
use uuid::Uuid;

/// A row of a draft: as the sheet numbers it, and its cells.
#[derive(Clone, Debug)]
pub struct DraftRow {
    pub row: u32,
    pub cells: Cells,
}

/// The rows of a draft in the sheet's order.
pub async fn list_draft_rows(db: &impl ConnectionTrait, scope: &Scope, id: NumberImportId) -> Result<Vec<DraftRow>> {
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE import_id = ").bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" ORDER BY sheet_row");
    let rows = sql.all::<Row>(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| DraftRow {
            row: number(row.sheet_row),
            cells: Cells {
                country_code: row.country_code,
                phone_number: row.phone_number,
                users_emails: row.users_emails,
                display_name: row.display_name,
            },
        })
        .collect())
}

/// Put the rows of a draft in place of those it had.
pub async fn store_rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberImportId,
    rows: &[(DraftRow, Checked)],
) -> Result<()> {
    delete(db, scope, id).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(
        "INSERT INTO number_import_rows (organization_id, import_id, sheet_row, country_code, phone_number, users_emails, display_name, phone, faults) VALUES ",
    );
    for (index, (DraftRow { row, cells }, Checked { phone, faults })) in rows.iter().enumerate() {
        let Cells { country_code, phone_number, users_emails, display_name } = cells;
        sql.push(if index == 0 { "(" } else { ", (" }).bind(scope.organization_id().0).push(", ").bind(id.0);
        sql.push(", ").bind(i64::from(*row)).push(", ").bind(country_code.as_str());
        sql.push(", ").bind(phone_number.as_str()).push(", ").bind(users_emails.as_str());
        sql.push(", ").bind(display_name.as_str()).push(", ").bind(phone.map(|phone| phone.to_string()));
        sql.push(", ").bind(serde_json::to_value(faults)?).push(")");
    }
    sql.execute(db).await?;
    Ok(())
}

/// Note which number was made for a row.
pub async fn set_row_numbers(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberImportId,
    numbers: &[(u32, NumberId)],
) -> Result<()> {
    for (row, number) in numbers {
        let mut sql = Sql::new("UPDATE number_import_rows SET number_id = ");
        sql.bind(number.0).push(" WHERE import_id = ").bind(id.0).push(" AND sheet_row = ").bind(i64::from(*row));
        sql.push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.execute(db).await?;
    }
    Ok(())
}

pub(super) async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: NumberImportId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM number_import_rows WHERE import_id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// The rows of imports with their actions: two questions, however many they are.
pub(super) async fn list(db: &impl ConnectionTrait, imports: &[Uuid]) -> Result<HashMap<Uuid, Vec<NumberImportRow>>> {
    let mut found: HashMap<Uuid, Vec<NumberImportRow>> = HashMap::new();
    if imports.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(
        "SELECT import_id, sheet_row, kind, status, attempts, finished_at, trouble, code FROM number_import_actions WHERE import_id IN ",
    );
    sql.bind_list(imports.iter().copied());
    let mut actions: HashMap<(Uuid, i64), Vec<ImportAction>> = HashMap::new();
    for action in sql.all::<Action>(db).await? {
        actions.entry((action.import_id, action.sheet_row)).or_default().push(action.action()?);
    }
    let mut sql = Sql::new(SELECT);
    sql.push(" WHERE import_id IN ").bind_list(imports.iter().copied()).push(" ORDER BY import_id, sheet_row");
    for row in sql.all::<Row>(db).await? {
        let mut of = actions.remove(&(row.import_id, row.sheet_row)).unwrap_or_default();
        of.sort_by_key(|action| action.kind);
        found.entry(row.import_id).or_default().push(row.row(of)?);
    }
    Ok(found)
}

const SELECT: &str = "SELECT import_id, sheet_row, country_code, phone_number, users_emails, display_name, phone, faults, number_id FROM number_import_rows";

fn number(row: i64) -> u32 {
    u32::try_from(row).unwrap_or(0)
}

#[derive(FromQueryResult)]
struct Row {
    import_id: Uuid,
    sheet_row: i64,
    country_code: String,
    phone_number: String,
    users_emails: String,
    display_name: String,
    phone: Option<String>,
    faults: serde_json::Value,
    number_id: Option<Uuid>,
}

impl Row {
    fn row(self, actions: Vec<ImportAction>) -> Result<NumberImportRow> {
        Ok(NumberImportRow {
            row: number(self.sheet_row),
            country_code: self.country_code,
            phone_number: self.phone_number,
            users_emails: self.users_emails,
            display_name: self.display_name,
            phone: self.phone,
            faults: serde_json::from_value(self.faults)?,
            number_id: self.number_id.map(NumberId),
            actions,
        })
    }
}

#[derive(FromQueryResult)]
struct Action {
    import_id: Uuid,
    sheet_row: i64,
    kind: String,
    status: String,
    attempts: i64,
    finished_at: Option<i64>,
    trouble: Option<serde_json::Value>,
    code: Option<String>,
}

impl Action {
    fn action(self) -> Result<ImportAction> {
        Ok(ImportAction {
            kind: self.kind.parse().or(Err(Error::Missing("kind of an action")))?,
            status: self.status.parse().or(Err(Error::Missing("status of an action")))?,
            attempts: u32::try_from(self.attempts).unwrap_or(0),
            finished_at: self.finished_at.map(time),
            trouble: self.trouble.map(serde_json::from_value).transpose()?,
            code: self.code.and_then(|code| code.parse().ok()),
        })
    }
}

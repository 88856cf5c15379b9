//! What Meta tells about templates: a review, a pause, another category, another quality.

use super::{WebhookItem, text_or_number};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A template is another one now. Whatever may name it may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateUpdate {
    /// The WABA it came for.
    pub waba_id: String,
    pub template_id: Option<String>,
    pub name: Option<String>,
    pub language: Option<String>,
    /// When Meta told it, to the second.
    pub at: Option<DateTime<Utc>>,
    pub change: TemplateChange,
}

/// What changed, in Meta's words; those nobody knows yet are kept as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateChange {
    /// `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, `REINSTATED`, `FLAGGED`, …
    Status(String),
    /// `MARKETING`, `UTILITY`, `AUTHENTICATION`, …
    Category(String),
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, …
    Quality(String),
}

/// The update in a change, if it is one.
pub(super) fn read(field: &str, waba_id: &str, at: Option<DateTime<Utc>>, value: &Value) -> Option<WebhookItem> {
    let text = |key: &str| value.get(key).and_then(text_or_number).filter(|text| !text.is_empty());
    let change = match field {
        "message_template_status_update" => TemplateChange::Status(text("event")?.to_uppercase()),
        "template_category_update" => TemplateChange::Category(text("new_category")?.to_uppercase()),
        "message_template_quality_update" => TemplateChange::Quality(text("new_quality_score")?.to_uppercase()),
        _ => return None,
    };
    Some(WebhookItem::Template(TemplateUpdate {
        waba_id: waba_id.into(),
        template_id: text("message_template_id"),
        name: text("message_template_name"),
        language: text("message_template_language"),
        at,
        change,
    }))
}

/// The time of an entry: seconds, or milliseconds as some of Meta's products write it.
pub(super) fn entry_time(entry: &Value) -> Option<DateTime<Utc>> {
    let count: i64 = entry.get("time").and_then(text_or_number)?.parse().ok()?;
    if count > 100_000_000_000 { DateTime::from_timestamp_millis(count) } else { DateTime::from_timestamp(count, 0) }
}

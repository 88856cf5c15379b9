//! Webhooks: the signature first, then every entry, change, message and status, each read by itself so that one
//! Meta has changed does not cost the others.

mod content;
mod signature;
mod template;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::errors::GraphError;
pub use content::{InboundContent, Media, SharedContact};
pub use signature::{SignatureError, verify_signature};
pub use template::{TemplateChange, TemplateUpdate};

/// One thing a webhook told.
#[derive(Clone, Debug, PartialEq)]
pub enum WebhookItem {
    Message(InboundMessage),
    Status(StatusUpdate),
    Template(TemplateUpdate),
    /// A change of another field, or of `messages` without messages and statuses.
    Other {
        field: String,
        waba_id: String,
        value: Value,
    },
    /// Something that is not in the documented shape; the rest of the batch is not touched by it.
    Unreadable {
        what: &'static str,
        reason: String,
    },
}

/// A customer wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct InboundMessage {
    pub phone_number_id: String,
    pub waba_id: String,
    pub wamid: String,
    /// The phone; absent for people who are only known by `user_id`.
    pub from: Option<String>,
    /// The business-scoped user id (BSUID).
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub timestamp: DateTime<Utc>,
    /// The message this one quotes or answers.
    pub context_wamid: Option<String>,
    pub content: InboundContent,
}

/// What became of a message of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    /// The WABA it came for.
    pub waba_id: String,
    pub phone_number_id: String,
    pub wamid: String,
    pub status: MessageStatus,
    pub timestamp: DateTime<Utc>,
    pub recipient_id: Option<String>,
    pub recipient_user_id: Option<String>,
    pub errors: Vec<GraphError>,
    /// Our own `biz_opaque_callback_data`.
    pub opaque: Option<String>,
}

/// Statuses WhatsApp reports. Which one outranks which is a rule and lives in the domain.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr, EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MessageStatus {
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}

/// How JSON writes the character zero. Nobody sees it, and not every database can keep it.
const ZERO: &[u8] = b"\\u0000";

/// Reads a webhook whose signature was verified. Characters zero are left out of its texts.
///
/// # Errors
/// Only when the bytes are not JSON.
pub fn parse(raw: &[u8]) -> Result<Vec<WebhookItem>, serde_json::Error> {
    let mut root: Value = serde_json::from_slice(raw)?;
    if raw.windows(ZERO.len()).any(|bytes| bytes == ZERO) {
        drop_zeros(&mut root);
    }
    let mut items = Vec::new();
    let Some(entries) = root.get("entry").and_then(Value::as_array) else {
        items.push(unreadable("webhook", "it has no list of entries"));
        return Ok(items);
    };
    for entry in entries {
        let waba_id = entry.get("id").and_then(text_or_number).unwrap_or_default();
        let at = template::entry_time(entry);
        match entry.get("changes").and_then(Value::as_array) {
            Some(changes) => changes.iter().for_each(|change| read_change(change, &waba_id, at, &mut items)),
            None => items.push(unreadable("entry", "it has no list of changes")),
        }
    }
    Ok(items)
}

fn drop_zeros(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|c| c != '\0'),
        Value::Array(items) => items.iter_mut().for_each(drop_zeros),
        Value::Object(fields) => fields.values_mut().for_each(drop_zeros),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn read_change(change: &Value, waba_id: &str, at: Option<DateTime<Utc>>, items: &mut Vec<WebhookItem>) {
    let (Some(field), Some(value)) = (change.get("field").and_then(Value::as_str), change.get("value")) else {
        return items.push(unreadable("change", "it lacks field or value"));
    };
    let messages = value.get("messages").and_then(Value::as_array);
    let statuses = value.get("statuses").and_then(Value::as_array);
    if field != "messages" || (messages.is_none() && statuses.is_none()) {
        let other = || WebhookItem::Other { field: field.into(), waba_id: waba_id.into(), value: value.clone() };
        return items.push(template::read(field, waba_id, at, value).unwrap_or_else(other));
    }
    let Some(phone_number_id) = value.pointer("/metadata/phone_number_id").and_then(text_or_number) else {
        return items.push(unreadable("change", "it does not name the number"));
    };
    let contacts = value.get("contacts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for message in messages.into_iter().flatten() {
        items.push(match read_message(message, waba_id, &phone_number_id, contacts) {
            Ok(message) => WebhookItem::Message(message),
            Err(error) => unreadable("message", &error.to_string()),
        });
    }
    for status in statuses.into_iter().flatten() {
        items.push(match read_status(status, waba_id, &phone_number_id) {
            Ok(status) => WebhookItem::Status(status),
            Err(error) => unreadable("status", &error.to_string()),
        });
    }
}

fn read_message(
    value: &Value,
    waba_id: &str,
    phone_number_id: &str,
    contacts: &[Value],
) -> Result<InboundMessage, serde_json::Error> {
    let RawMessage { id, from, from_user_id, timestamp, context } = RawMessage::deserialize(value)?;
    let same = |contact: &&Value, key: &str, wanted: &Option<String>| {
        wanted.is_some() && contact.get(key).and_then(Value::as_str) == wanted.as_deref()
    };
    let contact = contacts
        .iter()
        .find(|contact| same(contact, "wa_id", &from) || same(contact, "user_id", &from_user_id))
        // Brazil's ninth digit makes `wa_id` differ from `from`; a single contact can only be the sender.
        .or(if let [only] = contacts { Some(only) } else { None });
    let of_contact = |path: &str| contact.and_then(|contact| contact.pointer(path)).and_then(Value::as_str);
    Ok(InboundMessage {
        phone_number_id: phone_number_id.into(),
        waba_id: waba_id.into(),
        wamid: id,
        user_id: from_user_id.or_else(|| of_contact("/user_id").map(Into::into)),
        from: from.or_else(|| of_contact("/wa_id").map(Into::into)),
        profile_name: of_contact("/profile/name").filter(|name| !name.is_empty()).map(Into::into),
        timestamp,
        context_wamid: context.and_then(|context| context.id),
        // Somebody wrote: what they wrote may be off, that they did must not get lost.
        content: content::read(value).unwrap_or_else(|_off| InboundContent::Unknown {
            kind: value.get("type").and_then(Value::as_str).unwrap_or("unknown").into(),
        }),
    })
}

fn read_status(value: &Value, waba_id: &str, phone_number_id: &str) -> Result<StatusUpdate, serde_json::Error> {
    let raw = RawStatus::deserialize(value)?;
    Ok(StatusUpdate {
        waba_id: waba_id.into(),
        phone_number_id: phone_number_id.into(),
        wamid: raw.id,
        status: raw.status,
        timestamp: raw.timestamp,
        recipient_id: raw.recipient_id,
        recipient_user_id: raw.recipient_user_id,
        errors: raw.errors.iter().map(read_error).collect(),
        opaque: raw.biz_opaque_callback_data,
    })
}

/// An error inside a webhook; it has a title where Graph's answers have a message.
fn read_error(value: &Value) -> GraphError {
    let words = |key: &str| value.get(key).and_then(Value::as_str);
    GraphError {
        code: value.get("code").and_then(Value::as_i64).unwrap_or(GraphError::NO_CODE),
        error_subcode: value.get("error_subcode").and_then(Value::as_i64),
        message: words("message").or_else(|| words("title")).unwrap_or_default().into(),
        details: value.pointer("/error_data/details").and_then(Value::as_str).map(Into::into),
        ..GraphError::default()
    }
}

#[derive(Deserialize)]
struct RawMessage {
    id: String,
    from: Option<String>,
    from_user_id: Option<String>,
    #[serde(deserialize_with = "seconds")]
    timestamp: DateTime<Utc>,
    context: Option<RawContext>,
}

#[derive(Deserialize)]
struct RawContext {
    id: Option<String>,
}

#[derive(Deserialize)]
struct RawStatus {
    id: String,
    status: MessageStatus,
    #[serde(deserialize_with = "seconds")]
    timestamp: DateTime<Utc>,
    recipient_id: Option<String>,
    recipient_user_id: Option<String>,
    #[serde(default)]
    errors: Vec<Value>,
    biz_opaque_callback_data: Option<String>,
}

/// Unix seconds, which Meta writes as text and others as a number.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    text_or_number(&value)
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or_else(|| D::Error::custom("the timestamp is not a count of seconds"))
}

fn text_or_number(value: &Value) -> Option<String> {
    value.as_str().map(Into::into).or_else(|| value.as_i64().map(|number| number.to_string()))
}

fn unreadable(what: &'static str, reason: &str) -> WebhookItem {
    WebhookItem::Unreadable { what, reason: reason.into() }
}

//! The bodies of webhooks, shaped and escaped as Meta does.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::{Serializer, Value, json};

use super::{Body, by_target};
use crate::SandboxConfig;
use crate::graph::refusal;
use crate::world::{Event, Message, Number, Status, World};

const DAY: i64 = 24 * 3_600;

/// The POSTs that tell these events. Events nobody listens to, or that are gone, are in none.
pub(super) fn bodies(world: &World, config: &SandboxConfig, ids: &[u64]) -> Vec<Body> {
    let events = ids.iter().filter_map(|id| world.pending.get(id).map(|event| (*id, event)));
    by_target(world, config, events)
        .into_iter()
        .filter_map(|(target, events)| {
            let text = escaped(&webhook(world, &events))?;
            Some(Body { target, text, ids: events.iter().map(|(id, _)| *id).collect() })
        })
        .collect()
}

/// The account an event belongs to.
pub(super) fn waba_of<'world>(world: &'world World, event: &'world Event) -> Option<&'world str> {
    match event {
        Event::Message { wamid } | Event::Status { wamid, .. } => {
            let number = world.numbers.get(&world.message(wamid)?.number_id)?;
            Some(&number.waba_id)
        }
        Event::Field { waba_id, .. } => Some(waba_id),
    }
}

/// A part of the body: statuses of one number in a row, messages of one number in a row, or one other change.
enum Change<'world> {
    Of { number: &'world Number, key: &'static str, contacts: Vec<Value>, items: Vec<Value> },
    Field { waba_id: &'world str, field: &'world str, value: &'world Value, at: i64 },
}

fn webhook(world: &World, events: &[(u64, &Event)]) -> Value {
    let mut changes: Vec<Change<'_>> = Vec::new();
    for (_, event) in events {
        let (wamid, key) = match event {
            Event::Field { waba_id, field, value, at } => {
                changes.push(Change::Field { waba_id, field, value, at: *at });
                continue;
            }
            Event::Message { wamid } => (wamid, "messages"),
            Event::Status { wamid, .. } => (wamid, "statuses"),
        };
        let Some((message, number)) =
            world.message(wamid).and_then(|message| Some((message, world.numbers.get(&message.number_id)?)))
        else {
            continue;
        };
        let item = match event {
            Event::Status { status, at, error, .. } => status_item(message, *status, *at, *error),
            Event::Message { .. } | Event::Field { .. } => message_item(world, message, number),
        };
        let fits = matches!(changes.last(), Some(Change::Of { number: last, key: kind, .. })
            if last.id == number.id && *kind == key);
        if !fits {
            changes.push(Change::Of { number, key, contacts: Vec::new(), items: Vec::new() });
        }
        if let Some(Change::Of { contacts, items, .. }) = changes.last_mut() {
            items.push(item);
            let contact = json!({"profile": {"name": world.phone(&message.phone).name}, "wa_id": message.phone});
            if key == "messages" && !contacts.contains(&contact) {
                contacts.push(contact);
            }
        }
    }
    let mut entries: Vec<Value> = Vec::new();
    for change in changes {
        let (waba_id, at, change) = written(change);
        let last = entries.last_mut().filter(|entry| entry.get("id").is_some_and(|id| id == waba_id));
        if let Some(changes) = last.and_then(|entry| entry.get_mut("changes")?.as_array_mut()) {
            changes.push(change);
            continue;
        }
        let mut entry = json!({"id": waba_id, "changes": [change]});
        if let (Some(at), Some(entry)) = (at, entry.as_object_mut()) {
            entry.insert("time".into(), json!(at));
        }
        entries.push(entry);
    }
    json!({"object": "whatsapp_business_account", "entry": entries})
}

fn written(change: Change<'_>) -> (&str, Option<i64>, Value) {
    match change {
        Change::Field { waba_id, field, value, at } => {
            (waba_id, Some(at / 1_000), json!({"field": field, "value": value}))
        }
        Change::Of { number, key, contacts, items } => {
            let mut value = json!({
                "messaging_product": "whatsapp",
                "metadata": {"display_phone_number": digits(&number.display_phone_number),
                             "phone_number_id": number.id},
                key: items,
            });
            if let (false, Some(value)) = (contacts.is_empty(), value.as_object_mut()) {
                value.insert("contacts".into(), Value::from(contacts));
            }
            (&number.waba_id, None, json!({"field": "messages", "value": value}))
        }
    }
}

fn message_item(world: &World, message: &Message, number: &Number) -> Value {
    let mut item = json!({"from": message.phone, "id": message.wamid, "timestamp": seconds(message.at)});
    if let Some(fields) = item.as_object_mut() {
        if let Ok(Value::Object(content)) = serde_json::from_str(&message.content) {
            fields.extend(content);
        }
        if let Some(context) = &message.context {
            let from = match world.message(context) {
                Some(quoted) if quoted.inbound => message.phone.clone(),
                Some(_) | None => digits(&number.display_phone_number),
            };
            fields.insert("context".into(), json!({"from": from, "id": context}));
        }
    }
    item
}

fn status_item(message: &Message, status: Status, at: i64, error: Option<i64>) -> Value {
    let Message { wamid, phone, opaque, category, .. } = message;
    let mut item = json!({"id": wamid, "status": status.name(), "timestamp": seconds(at), "recipient_id": phone});
    let Some(fields) = item.as_object_mut() else { return item };
    let service = category == "service";
    if matches!(status, Status::Sent | Status::Delivered | Status::Read) {
        let kind = if service { "free_customer_service" } else { "regular" };
        fields.insert(
            "pricing".into(),
            json!({"billable": !service, "pricing_model": "PMP", "category": category, "type": kind}),
        );
    }
    if matches!(status, Status::Sent | Status::Delivered) {
        let mut conversation = json!({"id": conversation_id(message), "origin": {"type": category}});
        if let (Status::Sent, Some(conversation)) = (status, conversation.as_object_mut()) {
            let end = (message.at / 1_000 + DAY).to_string();
            conversation.insert("expiration_timestamp".into(), Value::from(end));
        }
        fields.insert("conversation".into(), conversation);
    }
    if let Some(code) = error {
        fields.insert("errors".into(), json!([refusal::in_webhook(code)]));
    }
    if let Some(opaque) = opaque {
        fields.insert("biz_opaque_callback_data".into(), Value::from(opaque.as_str()));
    }
    item
}

/// The same for all messages of a number, a phone and a day, in the form Meta's have.
fn conversation_id(message: &Message) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (&message.number_id, &message.phone, &message.category, message.at / 1_000 / DAY).hash(&mut hasher);
    let half = hasher.finish();
    format!("{half:016x}{:016x}", half.rotate_left(29))
}

fn seconds(millis: i64) -> String {
    (millis / 1_000).to_string()
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// JSON with every character beyond ASCII as `\uXXXX` and every slash as `\/`, as Meta writes it: who signs what
/// he parsed and wrote anew gets another signature.
fn escaped(value: &Value) -> Option<String> {
    let mut raw = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut raw, Escaping)).ok()?;
    String::from_utf8(raw).ok()
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, character) in fragment.char_indices() {
            if character.is_ascii() && character != '/' {
                continue;
            }
            CompactFormatter.write_string_fragment(writer, fragment.get(plain..at).unwrap_or_default())?;
            plain = at + character.len_utf8();
            if character == '/' {
                writer.write_all(b"\\/")?;
            } else {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        CompactFormatter.write_string_fragment(writer, fragment.get(plain..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ascii_is_escaped_as_meta_does() {
        let text = escaped(&json!({"señal": "¡Olá! 🎉 a/b \"q\" \n"}));
        let expected = r#"{"se\u00f1al":"\u00a1Ol\u00e1! \ud83c\udf89 a\/b \"q\" \n"}"#;
        assert_eq!(text.as_deref(), Some(expected));
        let back: Option<Value> = text.and_then(|text| serde_json::from_str(&text).ok());
        assert_eq!(back, Some(json!({"señal": "¡Olá! 🎉 a/b \"q\" \n"})));
    }
}

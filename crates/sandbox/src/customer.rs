//! A customer writes, taps, chooses, reacts or sends a file.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::control::Wrong;
use crate::store::Kept;
use crate::world::{Event, Message, Phone, Record, Status};
use crate::{Sandbox, clock};

/// What the customer does. Which fields count depends on `type`: text (`text`), button and list (`reply_id`, or
/// `text` for the title, of the message in `context` or the latest that has it), reaction (`context`, `emoji`, empty
/// to take it back), image, video, audio, document and sticker (`data` in base64, `mime_type`, `caption`,
/// `filename`, `voice`), location (`latitude`, `longitude`), and raw (`message`: an element of a webhook's
/// `messages` as it is, for shapes nobody has seen yet).
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Writing {
    to_number_id: String,
    r#type: String,
    text: Option<String>,
    reply_id: Option<String>,
    context: Option<String>,
    emoji: Option<String>,
    /// The profile name the phone takes.
    name: Option<String>,
    data: Option<String>,
    mime_type: Option<String>,
    caption: Option<String>,
    filename: Option<String>,
    voice: bool,
    latitude: Option<f64>,
    longitude: Option<f64>,
    message: Option<Map<String, Value>>,
    /// Written so many seconds ago, to let a service window run out.
    age_seconds: i64,
    /// What was tapped comes without saying of which message, as Meta sometimes tells it.
    without_context: bool,
}

/// A dot of one pixel, for who sends an image without having one.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x16\x9c\x86\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

impl Sandbox {
    /// Does what a customer does, and tells the business.
    pub(crate) fn write(&self, phone: &str, writing: Writing) -> Result<String, Wrong> {
        let digits = digits(phone)?;
        let number_id = writing.to_number_id.clone();
        let media = self.media_of(&writing)?;
        let (wamid, event) = self.inner.with(|kept| write(kept, &digits, writing, media))?;
        if let Some(event) = event {
            self.push_event(event, &number_id, &digits);
        }
        self.inner.tell("message", &number_id, &digits);
        Ok(wamid)
    }

    fn media_of(&self, writing: &Writing) -> Result<Option<Value>, Wrong> {
        let usual = match writing.r#type.as_str() {
            "image" => "image/jpeg",
            "video" => "video/mp4",
            "audio" => "audio/ogg; codecs=opus",
            "document" => "application/pdf",
            "sticker" => "image/webp",
            _ => return Ok(None),
        };
        let (mime_type, bytes) = match &writing.data {
            Some(data) => {
                let bytes = STANDARD.decode(data).map_err(|error| Wrong(422, format!("data: {error}")))?;
                (writing.mime_type.clone().unwrap_or_else(|| usual.into()), bytes)
            }
            None => (writing.mime_type.clone().unwrap_or_else(|| "image/gif".into()), DOT.to_vec()),
        };
        let sha256 = STANDARD.encode(Sha256::digest(&bytes));
        let id = self.keep_media(mime_type.clone(), writing.filename.clone(), bytes.into());
        let mut media = json!({"id": id, "mime_type": mime_type, "sha256": sha256});
        if let Some(fields) = media.as_object_mut() {
            let texts = [("caption", &writing.caption), ("filename", &writing.filename)];
            for (key, text) in texts {
                if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
                    fields.insert(key.into(), json!(text));
                }
            }
            if writing.r#type == "audio" {
                fields.insert("voice".into(), json!(writing.voice));
            }
        }
        Ok(Some(media))
    }
}

/// A phone as digits with country code.
pub(crate) fn digits(phone: &str) -> Result<String, Wrong> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    if (5..=15).contains(&digits.len()) { Ok(digits) } else { Err(Wrong(422, "a phone has 5 to 15 digits".into())) }
}

/// Whether a message of the business is on the phone's screen.
pub(crate) fn arrived(phone: &Phone, message: &Message) -> bool {
    let delivered = matches!(message.status, Status::Delivered | Status::Read);
    delivered || (message.status == Status::Sent && !phone.silent && !phone.blocked)
}

fn write(kept: &mut Kept, phone: &str, writing: Writing, media: Option<Value>) -> Result<(String, Option<u64>), Wrong> {
    let Some(number) = kept.world.numbers.get(&writing.to_number_id) else {
        return Err(Wrong(404, "there is no such number".into()));
    };
    if number.status != "CONNECTED" {
        return Err(Wrong(409, "the number is not registered on WhatsApp yet".into()));
    }
    let refused = number.blocked.contains(phone);
    let (content, quoted) = content_of(kept, phone, &writing, media)?;
    let mut known = kept.world.phone(phone);
    let named = writing.name.filter(|name| *name != known.name);
    if named.is_some() || !kept.world.phones.contains_key(phone) {
        known.name = named.unwrap_or(known.name);
        kept.commit(Record::Phone(known));
    }
    if let Some(reaction) = content.get("reaction") {
        let text = |key: &str| reaction.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let emoji = Some(text("emoji")).filter(|emoji| !emoji.is_empty());
        kept.commit(Record::Reaction { wamid: text("message_id"), inbound: true, emoji });
    }
    let wamid = clock::wamid(phone);
    kept.commit(Record::Message(Box::new(Message {
        wamid: wamid.clone(),
        number_id: writing.to_number_id,
        phone: phone.into(),
        inbound: true,
        at: clock::now() - writing.age_seconds * 1_000,
        content: content.to_string(),
        status: Status::Sent,
        error: None,
        fails_with: None,
        opaque: None,
        category: "service".into(),
        context: quoted,
        reaction_of_customer: None,
        reaction_of_business: None,
    })));
    // Whom the business blocked may write as long as they like.
    let event = (!refused).then(|| kept.commit_event(Event::Message { wamid: wamid.clone() }));
    Ok((wamid, event))
}

fn content_of(
    kept: &Kept,
    phone: &str,
    writing: &Writing,
    media: Option<Value>,
) -> Result<(Value, Option<String>), Wrong> {
    let missing = |field: &str| Wrong(422, format!("{field} is needed"));
    let context = writing.context.clone();
    let kind = writing.r#type.as_str();
    Ok(match (kind, media) {
        (_, Some(media)) => (json!({"type": kind, (kind): media}), context),
        ("text", _) => {
            let text = writing.text.as_ref().filter(|text| !text.is_empty()).ok_or_else(|| missing("text"))?;
            (json!({"type": "text", "text": {"body": text}}), context)
        }
        ("button" | "list", _) => {
            let (content, tapped) = tap(kept, phone, writing)?;
            (content, tapped.filter(|_| !writing.without_context))
        }
        ("reaction", _) => {
            let target = context.ok_or_else(|| missing("context"))?;
            let emoji = writing.emoji.clone().unwrap_or_default();
            (json!({"type": "reaction", "reaction": {"message_id": target, "emoji": emoji}}), None)
        }
        ("location", _) => {
            let latitude = writing.latitude.ok_or_else(|| missing("latitude"))?;
            let longitude = writing.longitude.ok_or_else(|| missing("longitude"))?;
            (json!({"type": "location", "location": {"latitude": latitude, "longitude": longitude}}), context)
        }
        ("raw", _) => (Value::Object(writing.message.clone().ok_or_else(|| missing("message"))?), context),
        (other, _) => return Err(Wrong(422, format!("type {other:?} is not one a customer can send here"))),
    })
}

/// Finds what was tapped on the phone's screen and writes the answer WhatsApp gives to it.
fn tap(kept: &Kept, phone: &str, writing: &Writing) -> Result<(Value, Option<String>), Wrong> {
    let world = &kept.world;
    let own = world.phone(phone);
    let thread = world.thread(&writing.to_number_id, phone).rev();
    let on_screen = thread.filter(|message| !message.inbound && arrived(&own, message));
    let wanted = on_screen.filter(|message| writing.context.as_ref().is_none_or(|context| *context == message.wamid));
    for message in wanted {
        let shown: Value = serde_json::from_str(&message.content).unwrap_or_default();
        let context = Some(message.wamid.clone());
        let rows = shown.pointer("/list/sections").and_then(Value::as_array).into_iter().flatten();
        let rows = rows.filter_map(|section| section.get("rows")?.as_array()).flatten();
        if let Some(row) = rows.into_iter().find(|row| is_meant(row, writing)) {
            return Ok((
                json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": row}}),
                context,
            ));
        }
        let buttons = shown.get("buttons").and_then(Value::as_array).into_iter().flatten();
        for button in buttons.filter(|button| is_meant(button, writing)) {
            let text = |key: &str| button.get(key).and_then(Value::as_str).unwrap_or_default();
            let (id, title) = (text("id"), text("title"));
            match text("kind") {
                "quick_reply" => {
                    return Ok((json!({"type": "button", "button": {"payload": id, "text": title}}), context));
                }
                "reply" => {
                    let reply = json!({"type": "button_reply", "button_reply": {"id": id, "title": title}});
                    return Ok((json!({"type": "interactive", "interactive": reply}), context));
                }
                _ => {}
            }
        }
    }
    Err(Wrong(404, "the phone shows no such button or row".into()))
}

fn is_meant(element: &Value, writing: &Writing) -> bool {
    let text = |key: &str| element.get(key).and_then(Value::as_str);
    match (&writing.reply_id, &writing.text) {
        (Some(id), _) => text("id") == Some(id),
        (None, Some(title)) => text("title") == Some(title),
        (None, None) => false,
    }
}

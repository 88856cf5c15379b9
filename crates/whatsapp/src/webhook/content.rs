//! What a customer's message holds.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The content of a customer's message. The stored form is this enum's JSON: a change here needs a migration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InboundContent {
    Text {
        body: String,
    },
    Image(Media),
    Video(Media),
    Audio(Media),
    Document(Media),
    Sticker(Media),
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    },
    Contacts {
        contacts: Vec<SharedContact>,
    },
    /// `emoji` is empty when the reaction was taken back.
    Reaction {
        message_id: String,
        emoji: Option<String>,
    },
    /// A template's quick reply.
    Button {
        payload: Option<String>,
        text: String,
    },
    /// A reply button of a message with buttons.
    ButtonReply {
        id: String,
        title: String,
    },
    /// A row of a list.
    ListReply {
        id: String,
        title: String,
        description: Option<String>,
    },
    /// A form filled in WhatsApp; `response_json` is its answers as text.
    NfmReply {
        name: Option<String>,
        body: Option<String>,
        response_json: Option<String>,
    },
    Order {
        catalog_id: Option<String>,
        text: Option<String>,
        product_items: Vec<Value>,
    },
    /// WhatsApp itself says something, such as that the customer changed number.
    System {
        body: Option<String>,
        kind: Option<String>,
        new_wa_id: Option<String>,
    },
    /// A kind of message the Cloud API does not hand on.
    Unsupported {
        code: Option<i64>,
        title: Option<String>,
    },
    /// A type that did not exist when this was written.
    Unknown {
        kind: String,
    },
}

/// A file of WhatsApp's; its bytes are fetched by id within seven days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub id: String,
    #[serde(default)]
    pub mime_type: Option<String>,
    #[serde(default)]
    pub sha256: Option<String>,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub filename: Option<String>,
    /// A voice note rather than a sound file.
    #[serde(default)]
    pub voice: bool,
}

/// A contact card the customer shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedContact {
    pub name: Option<String>,
    pub phones: Vec<String>,
}

impl InboundContent {
    /// What the person typed or tapped, captions included; `None` where there are no words.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { body: text }
            | Self::Button { text, .. }
            | Self::ButtonReply { title: text, .. }
            | Self::ListReply { title: text, .. } => Some(text),
            Self::Image(media) | Self::Video(media) | Self::Document(media) => media.caption.as_deref(),
            Self::Order { text, .. } => text.as_deref(),
            Self::Audio(_)
            | Self::Sticker(_)
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Reaction { .. }
            | Self::NfmReply { .. }
            | Self::System { .. }
            | Self::Unsupported { .. }
            | Self::Unknown { .. } => None,
        }
    }

    /// The id we gave to what the person tapped: of a button, a row, or a quick reply's payload.
    pub fn reply_id(&self) -> Option<&str> {
        match self {
            Self::Button { payload, .. } => payload.as_deref(),
            Self::ButtonReply { id, .. } | Self::ListReply { id, .. } => Some(id),
            Self::Text { .. }
            | Self::Image(_)
            | Self::Video(_)
            | Self::Audio(_)
            | Self::Document(_)
            | Self::Sticker(_)
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Reaction { .. }
            | Self::NfmReply { .. }
            | Self::Order { .. }
            | Self::System { .. }
            | Self::Unsupported { .. }
            | Self::Unknown { .. } => None,
        }
    }
}

/// Reads the content of one element of `messages`.
pub(super) fn read(message: &Value) -> Result<InboundContent, serde_json::Error> {
    let kind = message.get("type").and_then(Value::as_str).unwrap_or_default();
    let part = message.get(kind).unwrap_or(&Value::Null);
    Ok(match kind {
        "text" => InboundContent::Text { body: needed(part, "body")? },
        "image" => InboundContent::Image(Media::deserialize(part)?),
        "video" => InboundContent::Video(Media::deserialize(part)?),
        "audio" | "voice" => InboundContent::Audio(Media::deserialize(part)?),
        "document" => InboundContent::Document(Media::deserialize(part)?),
        "sticker" => InboundContent::Sticker(Media::deserialize(part)?),
        "location" => InboundContent::Location {
            latitude: needed(part, "latitude")?,
            longitude: needed(part, "longitude")?,
            name: word(part, "name"),
            address: word(part, "address"),
        },
        "contacts" => {
            InboundContent::Contacts { contacts: part.as_array().into_iter().flatten().map(shared_contact).collect() }
        }
        "reaction" => InboundContent::Reaction {
            message_id: needed(part, "message_id")?,
            emoji: word(part, "emoji").filter(|emoji| !emoji.is_empty()),
        },
        "button" => InboundContent::Button { payload: word(part, "payload"), text: needed(part, "text")? },
        "interactive" => interactive(part)?,
        "order" => InboundContent::Order {
            catalog_id: word(part, "catalog_id"),
            text: word(part, "text"),
            product_items: part.get("product_items").and_then(Value::as_array).cloned().unwrap_or_default(),
        },
        "system" => InboundContent::System {
            body: word(part, "body"),
            kind: word(part, "type"),
            new_wa_id: word(part, "new_wa_id").or_else(|| word(part, "wa_id")),
        },
        "unsupported" => InboundContent::Unsupported {
            code: message.pointer("/errors/0/code").and_then(Value::as_i64),
            title: message.pointer("/errors/0").and_then(|error| word(error, "title")),
        },
        _ => InboundContent::Unknown { kind: kind.into() },
    })
}

fn interactive(part: &Value) -> Result<InboundContent, serde_json::Error> {
    let kind = part.get("type").and_then(Value::as_str).unwrap_or_default();
    let reply = part.get(kind).unwrap_or(&Value::Null);
    Ok(match kind {
        "button_reply" => InboundContent::ButtonReply { id: needed(reply, "id")?, title: needed(reply, "title")? },
        "list_reply" => InboundContent::ListReply {
            id: needed(reply, "id")?,
            title: needed(reply, "title")?,
            description: word(reply, "description"),
        },
        "nfm_reply" => InboundContent::NfmReply {
            name: word(reply, "name"),
            body: word(reply, "body"),
            response_json: word(reply, "response_json"),
        },
        _ => InboundContent::Unknown { kind: format!("interactive.{kind}") },
    })
}

fn shared_contact(card: &Value) -> SharedContact {
    let phones = card.get("phones").and_then(Value::as_array).into_iter().flatten();
    SharedContact {
        name: card.get("name").and_then(|name| word(name, "formatted_name")),
        phones: phones.filter_map(|phone| word(phone, "phone").or_else(|| word(phone, "wa_id"))).collect(),
    }
}

fn needed<T: for<'de> Deserialize<'de>>(part: &Value, key: &'static str) -> Result<T, serde_json::Error> {
    match part.get(key) {
        Some(value) => T::deserialize(value),
        None => Err(serde::de::Error::missing_field(key)),
    }
}

fn word(part: &Value, key: &str) -> Option<String> {
    part.get(key).and_then(Value::as_str).map(Into::into)
}

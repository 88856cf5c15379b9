//! Our words for WhatsApp's, both ways.

use super::{Line, Lines};
use types::{
    MessageId,
    messages::{Choice, MediaKind, MessageContent},
};
use whatsapp::{
    InboundContent, OutgoingContent,
    outgoing::{Button, Row, Section},
    webhook::Media,
};

/// What a contact sent, as it is kept and shown. `find` knows our id of a message by WhatsApp's.
pub fn inbound(content: &InboundContent, find: impl Fn(&str) -> Option<MessageId>) -> MessageContent {
    match content {
        InboundContent::Text { body } => MessageContent::Text { body: body.clone() },
        InboundContent::Image(file) => media(MediaKind::Image, file),
        InboundContent::Video(file) => media(MediaKind::Video, file),
        InboundContent::Audio(file) => media(if file.voice { MediaKind::Voice } else { MediaKind::Audio }, file),
        InboundContent::Document(file) => media(MediaKind::Document, file),
        InboundContent::Sticker(file) => media(MediaKind::Sticker, file),
        InboundContent::Location { latitude, longitude, name, address } => MessageContent::Location {
            latitude: *latitude,
            longitude: *longitude,
            name: name.clone(),
            address: address.clone(),
        },
        InboundContent::Contacts { contacts } => {
            MessageContent::ContactCards { names: contacts.iter().filter_map(|contact| contact.name.clone()).collect() }
        }
        InboundContent::Reaction { message_id, emoji } => {
            MessageContent::Reaction { emoji: emoji.clone().unwrap_or_default(), to: find(message_id) }
        }
        InboundContent::Button { payload, text } => {
            MessageContent::Choice { id: payload.clone().unwrap_or_default(), title: text.clone() }
        }
        InboundContent::ButtonReply { id, title } | InboundContent::ListReply { id, title, .. } => {
            MessageContent::Choice { id: id.clone(), title: title.clone() }
        }
        InboundContent::NfmReply { name, body, .. } => {
            MessageContent::Text { body: body.clone().or_else(|| name.clone()).unwrap_or_default() }
        }
        InboundContent::Order { text, .. } => match text {
            Some(text) => MessageContent::Text { body: text.clone() },
            None => MessageContent::Unsupported { kind: "order".to_owned() },
        },
        InboundContent::System { body, kind, .. } => match body {
            Some(body) => MessageContent::Text { body: body.clone() },
            None => MessageContent::Unsupported { kind: kind.clone().unwrap_or_else(|| "system".to_owned()) },
        },
        InboundContent::Unsupported { .. } => MessageContent::Unsupported { kind: "unsupported".to_owned() },
        InboundContent::Unknown { kind } => MessageContent::Unsupported { kind: kind.clone() },
    }
}

/// What we send, as WhatsApp takes it. None for what is only shown here, and for a template that is gone.
pub fn outgoing(content: &MessageContent, line: &Line, lines: &Lines) -> Option<OutgoingContent> {
    match content {
        MessageContent::Text { body } => Some(OutgoingContent::Text { body: body.clone(), preview_url: false }),
        MessageContent::Buttons { body, buttons } => Some(OutgoingContent::Buttons {
            body: body.clone(),
            header: None,
            footer: None,
            buttons: buttons
                .iter()
                .map(|choice| Button { id: choice.id.clone(), title: choice.title.clone() })
                .collect(),
        }),
        MessageContent::List { body, button, rows } => Some(OutgoingContent::List {
            body: body.clone(),
            header: None,
            footer: None,
            button: button.clone(),
            sections: vec![Section { title: None, rows: rows.iter().map(row).collect() }],
        }),
        MessageContent::Template { name, language, variables, .. } => {
            let shape = lines.template(line.number.waba_id, name, language)?;
            let components = serde_json::from_value(domain::templates::components(shape, variables)).ok()?;
            Some(OutgoingContent::Template { name: name.clone(), language: language.clone(), components })
        }
        MessageContent::Link { body, button, url } => Some(OutgoingContent::Link {
            body: body.clone(),
            header: None,
            footer: None,
            button: button.clone(),
            url: url.clone(),
        }),
        MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. } => None,
    }
}

fn row(choice: &Choice) -> Row {
    Row { id: choice.id.clone(), title: choice.title.clone(), description: choice.description.clone() }
}

fn media(kind: MediaKind, file: &Media) -> MessageContent {
    MessageContent::Media {
        media: kind,
        media_id: file.id.clone(),
        mime_type: file.mime_type.clone(),
        caption: file.caption.clone(),
        filename: file.filename.clone(),
    }
}

//! Messages: what was said, by whom, and how far it came (spec A2, P3).

use crate::{ConversationId, MemberId, MessageId, TicketId, wire::wire_enum};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;

/// Characters of a text message at most (WhatsApp Cloud API, text messages).
pub const TEXT_MAX: usize = 4096;

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub ticket_id: Option<TicketId>,
    pub author: Author,
    pub content: MessageContent,
    pub status: MessageStatus,
    /// Why it failed; null unless it did.
    pub failure: Option<Failure>,
    /// The message this one answers.
    pub reply_to: Option<MessageId>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    Contact,
    Bot,
    Member {
        id: MemberId,
        name: String,
    },
    Campaign {
        name: String,
    },
    /// A line of ours in the thread, such as the hand-over to attendance; nobody received it.
    System,
}

impl Author {
    pub fn is_contact(&self) -> bool {
        matches!(self, Self::Contact)
    }
}

/// How far a message came. `accepted` is WhatsApp's answer to the send; the rest come by webhook.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MessageStatus {
    /// From the contact.
    Received,
    /// Waits for its turn.
    Queued,
    /// On its way to WhatsApp; after a crash it becomes `unconfirmed`.
    Sending,
    /// It may or may not have reached WhatsApp; it is never sent again by itself.
    Unconfirmed,
    /// WhatsApp took it.
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
    Cancelled,
}

/// Why a message failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// WhatsApp's error code, to quote; 0 when it is ours.
    pub code: i64,
    /// The kind of reason, which the app says in words.
    #[schema(example = "undeliverable")]
    pub reason: String,
    /// WhatsApp's own words.
    pub detail: String,
}

wire_enum! {
    /// Where an active message came from.
    pub enum Origin {
        Campaign,
        Desk,
        OffHours,
        Api,
        /// Cercano by itself, such as the word that attendance is open again; left out of answer rates.
        Automatic,
    }
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MessageContent {
    Text {
        body: String,
    },
    Template {
        name: String,
        language: String,
        /// As the contact reads it, variables filled.
        header: Option<String>,
        body: String,
        footer: Option<String>,
        buttons: Vec<String>,
        /// The values of its variables, in the order of `headers` of the sheet: `header.1`, `body.1`, `button.1`, or a name.
        variables: Vec<TemplateVariable>,
    },
    Buttons {
        body: String,
        buttons: Vec<Choice>,
    },
    List {
        body: String,
        /// What opens the list.
        button: String,
        rows: Vec<Choice>,
    },
    /// A text with one button that opens an address.
    Link {
        body: String,
        /// What the button says.
        button: String,
        url: String,
    },
    /// A tap on a button, a list row or a template's quick reply.
    Choice {
        id: String,
        title: String,
    },
    Media {
        media: MediaKind,
        media_id: String,
        mime_type: Option<String>,
        caption: Option<String>,
        filename: Option<String>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    },
    ContactCards {
        names: Vec<String>,
    },
    Reaction {
        /// Empty when a reaction was taken back.
        emoji: String,
        to: Option<MessageId>,
    },
    /// "Conversation handed to attendance, ticket #n".
    HandedOver {
        ticket_number: i64,
    },
    /// Something WhatsApp sends that cannot be shown.
    Unsupported {
        kind: String,
    },
}

impl MessageContent {
    /// One line for a list.
    pub fn preview(&self) -> String {
        let text = match self {
            Self::Text { body }
            | Self::Template { body, .. }
            | Self::Buttons { body, .. }
            | Self::List { body, .. }
            | Self::Link { body, .. } => body.clone(),
            Self::Choice { title, .. } => title.clone(),
            Self::Media { media, caption, filename, .. } => {
                caption.clone().or_else(|| filename.clone()).unwrap_or_else(|| media.emoji().to_owned())
            }
            Self::Location { name, .. } => format!("📍 {}", name.clone().unwrap_or_default()),
            Self::ContactCards { names } => format!("👤 {}", names.join(", ")),
            Self::Reaction { emoji, .. } => emoji.clone(),
            Self::HandedOver { ticket_number } => format!("#{ticket_number}"),
            Self::Unsupported { kind } => kind.clone(),
        };
        text.chars().take(120).map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

/// A variable of a template and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateVariable {
    /// `header.1`, `body.1`, `button.1`, or the parameter's name.
    pub name: String,
    pub value: String,
}

/// A button or a row that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    Voice,
    Document,
    Sticker,
}

impl MediaKind {
    pub fn emoji(self) -> &'static str {
        match self {
            Self::Image => "🖼️",
            Self::Video => "🎬",
            Self::Audio => "🎵",
            Self::Voice => "🎤",
            Self::Document => "📄",
            Self::Sticker => "🏷️",
        }
    }
}

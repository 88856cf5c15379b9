//! Conversations: what one contact and one number have said to each other (spec A2).

use crate::{
    ContactId, ConversationId, Endpoint, MessageId, NumberId, Page, TemplateId, TicketId,
    contacts::ContactRef,
    messages::{Author, Message, TemplateVariable},
    numbers::NumberRef,
    templates::Template,
    validate,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

/// The latest first; `next_cursor` leads to older ones, `newer_cursor` to later ones.
pub const LIST_CONVERSATION_MESSAGES: Endpoint<(), ThreadPage> = Endpoint::get("/api/v1/conversations/{id}/messages");
/// Write first, by a template: an active message from Desk. Its answer comes to who sent it.
pub const CREATE_CONVERSATION: Endpoint<ConversationInput, StartedConversation> =
    Endpoint::post("/api/v1/conversations");
/// The templates a conversation can be started with on a number: approved, and active on it.
pub const LIST_CONVERSATION_TEMPLATES: Endpoint<(), Page<Template>> = Endpoint::get("/api/v1/conversation-templates");
/// Find what was said, by its words: on numbers within reach, the latest first.
pub const SEARCH_MESSAGES: Endpoint<(), Page<MessageHit>> = Endpoint::get("/api/v1/messages/search");

/// A part of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ThreadPage {
    /// The latest first.
    pub items: Vec<Message>,
    /// Give it back as `cursor` to get older ones; null at the beginning.
    pub next_cursor: Option<String>,
    /// Give it back as `cursor` to get later ones; null at the end.
    pub newer_cursor: Option<String>,
}

/// Which part of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThreadFilter {
    /// With this message in its middle, instead of the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<MessageId>,
}

/// To whom a conversation is started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Addressee {
    /// A contact within reach.
    Contact { contact_id: ContactId },
    /// A phone with its country code; who has it already is the same contact, however it is written.
    Phone {
        #[schema(example = "+56 9 8765 4321")]
        phone: String,
        /// The name of a new contact.
        #[serde(default)]
        name: Option<String>,
    },
}

/// A conversation to be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ConversationInput {
    /// The caller's own id of the message: sent twice, it is one message.
    pub client_id: Uuid,
    pub number_id: NumberId,
    pub to: Addressee,
    pub template_id: TemplateId,
    /// Every variable of the template.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub variables: Vec<TemplateVariable>,
    /// Send although an active message went to them in the last 24 hours; without it `message_already_sent`.
    #[serde(default)]
    pub again: bool,
}

/// What was started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StartedConversation {
    pub id: ConversationId,
    pub number: NumberRef,
    pub contact: ContactRef,
    pub message: Message,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversationTemplateFilter {
    pub number_id: NumberId,
}

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct MessageSearch {
    /// Words, all of which are in the message; the last one may be a beginning. Case and accents do not count.
    /// 2 to 200 characters.
    #[validate(length(min = 2, max = 200), custom(function = "validate::filled"))]
    #[param(min_length = 2, max_length = 200)]
    pub q: String,
    /// Only of this number; without it of all within reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
    /// Only of this contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageHit {
    pub message_id: MessageId,
    pub conversation_id: ConversationId,
    /// The ticket it was said in, where it was.
    pub ticket_id: Option<TicketId>,
    pub number: NumberRef,
    pub contact: ContactRef,
    pub author: Author,
    pub at: DateTime<Utc>,
    /// The words around the first hit, in order.
    pub snippet: Vec<SnippetPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SnippetPart {
    pub text: String,
    /// Whether it is what was searched for.
    pub hit: bool,
}

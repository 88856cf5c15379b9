//! Conversations: what one contact and one number have said to each other (spec A2).

use crate::{
    ContactId, ConversationId, Endpoint, MessageId, NumberId, Page, TicketId,
    contacts::ContactRef,
    messages::{Author, Message},
    numbers::NumberRef,
    validate,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// Newest first; `next_cursor` leads to older ones.
pub const LIST_CONVERSATION_MESSAGES: Endpoint<(), Page<Message>> =
    Endpoint::get("/api/v1/conversations/{id}/messages");
/// Find what was said, by its words: on numbers within reach, the latest first.
pub const SEARCH_MESSAGES: Endpoint<(), Page<MessageHit>> = Endpoint::get("/api/v1/messages/search");

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub struct MessageSearch {
    /// Words, all of which are in the message; the first ten count, and the last one may be a beginning of two letters at
    /// least. Case and the accents of Spanish, Portuguese and English do not count.
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

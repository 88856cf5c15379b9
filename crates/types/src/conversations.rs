//! Conversations: what one contact and one number have said to each other (spec A2).

use crate::{Endpoint, Page, messages::Message};

/// Newest first; `next_cursor` leads to older ones.
pub const LIST_CONVERSATION_MESSAGES: Endpoint<(), Page<Message>> =
    Endpoint::get("/api/v1/conversations/{id}/messages");

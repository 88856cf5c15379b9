//! Notes: what members write for each other about a contact or a ticket; the contact never sees them (spec A2).

use crate::{ContactId, Endpoint, NoteId, Page, TicketId, members::MemberRef, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// A contact's notes and those of its tickets within reach, the latest first.
pub const LIST_NOTES: Endpoint<(), Page<Note>> = Endpoint::get("/api/v1/contacts/{id}/notes");
pub const CREATE_NOTE: Endpoint<NoteInput, Note> = Endpoint::post("/api/v1/contacts/{id}/notes");
/// Only who wrote it.
pub const UPDATE_NOTE: Endpoint<NoteTextInput, Note> = Endpoint::put("/api/v1/notes/{id}");
/// Who wrote it, and who may edit monitoring.
pub const DELETE_NOTE: Endpoint<(), ()> = Endpoint::delete("/api/v1/notes/{id}");

/// Characters of a note at most.
pub const NOTE_MAX: u64 = 4096;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    pub id: NoteId,
    pub contact_id: ContactId,
    /// The ticket it is about; null when it is about the contact.
    pub ticket_id: Option<TicketId>,
    pub ticket_number: Option<i64>,
    pub text: String,
    pub author: MemberRef,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NoteFilter {
    /// Only those of a ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_id: Option<TicketId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoteInput {
    /// Null for a note about the contact.
    #[serde(default)]
    pub ticket_id: Option<TicketId>,
    /// 1 to 4,096 characters.
    #[validate(length(min = 1, max = "NOTE_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 4096)]
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoteTextInput {
    /// 1 to 4,096 characters.
    #[validate(length(min = 1, max = "NOTE_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 4096)]
    pub text: String,
}

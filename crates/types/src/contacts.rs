//! Contacts: the persons who write on WhatsApp (spec A3).

use crate::{ContactId, Endpoint};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const GET_CONTACT: Endpoint<(), Contact> = Endpoint::get("/api/v1/contacts/{id}");

/// A contact's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    pub id: ContactId,
    /// Null while WhatsApp gives none.
    pub name: Option<String>,
    /// E.164; null when WhatsApp only gives a business-scoped id.
    pub phone: Option<String>,
    pub opted_out: bool,
    pub created_at: DateTime<Utc>,
    pub last_interaction_at: Option<DateTime<Utc>>,
}

/// A contact as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactRef {
    pub id: ContactId,
    pub name: Option<String>,
    pub phone: Option<String>,
}

//! Templates: the messages WhatsApp has approved for a WABA (spec S2, C1).

use crate::{Endpoint, Page, TemplateId, WabaId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const LIST_TEMPLATES: Endpoint<(), Page<Template>> = Endpoint::get("/api/v1/templates");

/// A template of a WABA, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Template {
    pub id: TemplateId,
    pub waba_id: WabaId,
    #[schema(example = "recordatorio_cita")]
    pub name: String,
    #[schema(example = "es")]
    pub language: String,
    /// As WhatsApp says it: MARKETING, UTILITY, AUTHENTICATION.
    pub category: String,
    /// As WhatsApp says it: APPROVED, PENDING, REJECTED, PAUSED, DISABLED, or another.
    pub status: String,
    pub header: Option<String>,
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<String>,
    /// The variables a sheet has to fill: `header.1`, `body.1`, `button.1`, or the parameter's name.
    pub variables: Vec<String>,
    pub synced_at: DateTime<Utc>,
}

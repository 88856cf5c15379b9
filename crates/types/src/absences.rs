//! Ausencia del agente: the absence of one number, by itself (spec A1). The same data as in the chatbot's settings.

use crate::{Endpoint, Language, Page, chatbots::AbsenceSettings, numbers::NumberRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// The absences that are on, of the numbers in reach: what Desk shows as a banner.
pub const LIST_ABSENCES: Endpoint<(), Page<Absence>> = Endpoint::get("/api/v1/absences");
pub const GET_ABSENCE: Endpoint<(), Absence> = Endpoint::get("/api/v1/absences/{number_id}");
pub const UPDATE_ABSENCE: Endpoint<AbsenceInput, Absence> = Endpoint::put("/api/v1/absences/{number_id}");
/// The organization's numbers that an absence may suggest, in reach or not, by name.
pub const LIST_ABSENCE_SUGGESTIONS: Endpoint<(), Page<NumberRef>> = Endpoint::get("/api/v1/absence-suggestions");

/// A number's absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Absence {
    pub number: NumberRef,
    pub absence: AbsenceSettings,
    /// The number that is suggested, when it is one of the organization's.
    pub suggested_number: Option<NumberRef>,
    /// The language of the number's customers, for the text of the button.
    pub language: Language,
    /// What `{{company}}` stands for.
    pub company: String,
    /// The version of the chatbot's settings, of which this is a part.
    pub version: u64,
    pub changed_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AbsenceInput {
    pub absence: AbsenceSettings,
    /// The version the change started from.
    pub version: u64,
}

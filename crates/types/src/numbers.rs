//! Numbers: the WhatsApp numbers of an organization (spec O3).

use crate::{Endpoint, MemberId, NumberId, Page, WabaId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub const LIST_NUMBERS: Endpoint<(), Page<Number>> = Endpoint::get("/api/v1/numbers");
/// Let a number that paused by itself send again.
pub const RESUME_NUMBER: Endpoint<(), Number> = Endpoint::post("/api/v1/numbers/{id}/resume");
pub const GET_NUMBER: Endpoint<(), Number> = Endpoint::get("/api/v1/numbers/{id}");

/// A number in the member's scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Number {
    pub id: NumberId,
    pub waba_id: WabaId,
    /// What the company calls it.
    #[schema(example = "Camila · Cartera Norte")]
    pub name: String,
    /// E.164.
    #[schema(example = "+56911112222")]
    pub phone: String,
    pub owner_id: Option<MemberId>,
    /// Messages a second it may send and receive together, as WhatsApp allows it.
    pub throughput: u32,
    /// Why nothing is sent from it until a person has looked, as the kind of reason; null when it sends.
    #[schema(example = "auth")]
    pub paused_reason: Option<String>,
}

/// Which numbers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberFilter {
    /// Part of the name or of the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// A number as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberRef {
    pub id: NumberId,
    pub name: String,
    pub phone: String,
}

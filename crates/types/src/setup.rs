//! The first start: one organization and its administrator (spec P1).

use crate::{Endpoint, Language, sessions::Session, validate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub const GET_SETUP: Endpoint<(), Setup> = Endpoint::get("/api/v1/setup");
pub const CREATE_SETUP: Endpoint<SetupInput, Session> = Endpoint::post("/api/v1/setup");

/// Whether this installation still waits for its first organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Setup {
    pub needed: bool,
}

/// The organization and its administrator, who is signed in by the answer.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SetupInput {
    #[validate(length(min = 1, max = 100), custom(function = "validate::line"))]
    #[schema(example = "Viajes del Sur")]
    pub organization: String,
    /// IANA name; its opening hours and reports follow it.
    #[validate(length(min = 1, max = 64))]
    #[schema(example = "America/Santiago")]
    pub time_zone: String,
    pub language: Language,
    #[validate(length(min = 1, max = 100), custom(function = "validate::line"))]
    pub name: String,
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "ana@example.com")]
    pub email: String,
    /// 10 to 200 characters.
    #[validate(length(min = 10, max = 200))]
    #[schema(format = "password")]
    pub password: String,
}

impl std::fmt::Debug for SetupInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupInput").field("organization", &self.organization).finish_non_exhaustive()
    }
}

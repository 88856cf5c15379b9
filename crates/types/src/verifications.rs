//! Verifying a number: a code by SMS or voice, then its registration with a PIN (spec S7).

use crate::{Endpoint, Language, Page, WabaId, graph::GraphTrouble, numbers::NumberRef, validate, wabas::WabaRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// The numbers in scope, those that are not registered first.
pub const LIST_VERIFICATIONS: Endpoint<(), Page<Verification>> = Endpoint::get("/api/v1/verifications");
/// One number's, with its state read from WhatsApp.
pub const GET_VERIFICATION: Endpoint<(), Verification> = Endpoint::get("/api/v1/verifications/{number_id}");
pub const REQUEST_CODE: Endpoint<CodeRequest, Verification> = Endpoint::post("/api/v1/verifications/{number_id}/code");
pub const CHECK_CODE: Endpoint<CodeInput, Verification> = Endpoint::post("/api/v1/verifications/{number_id}/check");
pub const REGISTER_NUMBER: Endpoint<PinInput, Verification> =
    Endpoint::post("/api/v1/verifications/{number_id}/registration");

/// How far a number has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum VerificationStage {
    /// It is not in its WhatsApp account yet (O1).
    NotIncluded,
    /// It waits for a code.
    Unverified,
    /// It waits for its registration.
    Verified,
    /// It can send and receive.
    Registered,
}

/// How a code gets to the phone.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CodeMethod {
    #[default]
    Sms,
    Voice,
}

/// A number on its way to being registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verification {
    pub number: NumberRef,
    pub waba: WabaRef,
    pub stage: VerificationStage,
    /// As WhatsApp says it.
    pub whatsapp_status: Option<String>,
    /// The code that was sent last and may still hold.
    pub code: Option<CodeSent>,
    /// Before this time no other code is asked for.
    pub next_code_at: Option<DateTime<Utc>>,
    /// Codes that may still be asked for within Meta's window.
    pub codes_left: u32,
    /// Guesses left for the code that was sent.
    pub guesses_left: u32,
    /// Registrations left within Meta's window of 72 hours.
    pub registrations_left: u32,
    /// What WhatsApp refused last, until something succeeds.
    pub trouble: Option<GraphTrouble>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeSent {
    pub method: CodeMethod,
    pub sent_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Which numbers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VerificationFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waba_id: Option<WabaId>,
    /// Part of the name or of the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those that are not registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<bool>,
}

/// A code to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    pub method: CodeMethod,
    /// The language of the SMS or of the voice.
    pub language: Language,
}

/// A code that was received.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CodeInput {
    /// 6 digits; a dash or a blank between them is no matter.
    #[validate(custom(function = "validate::six_digits"))]
    #[schema(example = "123-456")]
    pub code: String,
}

/// The PIN of a registration.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PinInput {
    /// 6 digits: chosen now, or the one the number was registered with before.
    #[validate(custom(function = "validate::six_digits"))]
    #[schema(format = "password", example = "190283")]
    pub pin: String,
}

impl std::fmt::Debug for CodeInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeInput").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PinInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PinInput").finish_non_exhaustive()
    }
}

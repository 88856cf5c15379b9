//! Comience aquí: what a number still needs to be operative, computed from what is there (spec S4).

use crate::{Endpoint, NumberId, Page, numbers::NumberRef};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};

/// What many numbers still need; those that need something first.
pub const LIST_GETTING_STARTED: Endpoint<(), Page<GettingStarted>> = Endpoint::get("/api/v1/getting-started");
pub const GET_GETTING_STARTED: Endpoint<(), GettingStarted> = Endpoint::get("/api/v1/getting-started/{number_id}");
/// What the organization still needs before it has numbers.
pub const GET_ORGANIZATION_START: Endpoint<(), OrganizationStart> =
    Endpoint::get("/api/v1/getting-started/organization");

/// A step that makes a number operative, in the order they are taken.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
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
pub enum StartStep {
    /// The number is in its WhatsApp account (O1).
    Included,
    /// WhatsApp has verified it by a code (S7).
    Verified,
    /// It is registered with a PIN and connected (S7).
    Registered,
    /// The account's events are subscribed.
    WebhookSubscribed,
    /// The business profile has a description and a picture (S6).
    ProfileFilled,
    /// It has an owner, and an agent who can sign in (O3).
    AgentsReady,
    /// An agent who can sign in serves one of its queues (S3).
    AgentInQueue,
    /// Somebody has looked at its opening hours, and it is open at some time (S3).
    HoursSet,
    /// Somebody has looked at what it says first (S3).
    GreetingReviewed,
    /// An approved template of its account is active on it (S2).
    TemplatesApproved,
    /// Its account has the template that tells of the next opening (S3).
    AvailabilityTemplate,
    /// A customer's message has arrived.
    FirstMessageReceived,
}

/// What one number still needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GettingStarted {
    pub number: NumberRef,
    /// Every step with its true state.
    pub steps: Vec<StartStepState>,
    /// Whether nothing is missing.
    pub ready: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StartStepState {
    pub step: StartStep,
    pub done: bool,
}

/// Which numbers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GettingStartedFilter {
    /// Only those that need this step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<StartStep>,
    /// Only those that need something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<bool>,
    /// Only this number and no other, or part of a name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
}

/// What the organization still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct OrganizationStart {
    pub waba_connected: bool,
    pub numbers_included: bool,
    pub members_invited: bool,
    /// Whether the sandbox can be used instead of an account of one's own.
    pub sandbox_available: bool,
}

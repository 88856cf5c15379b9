//! WhatsApp Business Accounts: connected by an administrator, checked against Graph, kept in step with it (P3).

use crate::{Endpoint, Page, WabaId, graph::GraphTrouble, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub const LIST_WABAS: Endpoint<(), Page<Waba>> = Endpoint::get("/api/v1/wabas");
/// The names of the connected ones, to choose among.
pub const LIST_WABA_REFS: Endpoint<(), Page<WabaRef>> = Endpoint::get("/api/v1/wabas/refs");
pub const GET_WABA: Endpoint<(), Waba> = Endpoint::get("/api/v1/wabas/{id}");
/// Connect an account: it is asked for at Graph first, its webhooks are subscribed, its templates and numbers read.
pub const CREATE_WABA: Endpoint<WabaInput, Waba> = Endpoint::post("/api/v1/wabas");
/// Connect the sandbox's account, where there is a sandbox.
pub const CONNECT_SANDBOX: Endpoint<(), Waba> = Endpoint::post("/api/v1/wabas/sandbox");
pub const UPDATE_WABA: Endpoint<WabaInput, Waba> = Endpoint::put("/api/v1/wabas/{id}");
/// Disconnect an account; refused while it has numbers.
pub const DELETE_WABA: Endpoint<(), ()> = Endpoint::delete("/api/v1/wabas/{id}");
/// Ask Graph whether the account is there and the token reaches it.
pub const CHECK_WABA: Endpoint<(), Waba> = Endpoint::post("/api/v1/wabas/{id}/check");
/// Read the account's templates and numbers.
pub const SYNCHRONIZE_WABA: Endpoint<(), WabaSynchronization> = Endpoint::post("/api/v1/wabas/{id}/synchronize");
/// See whether events would arrive: subscription, handshake and signature, each by itself.
pub const TEST_WABA_WEBHOOK: Endpoint<(), WebhookTest> = Endpoint::post("/api/v1/wabas/{id}/webhook-test");

/// Where Meta's own Graph API is.
pub const META_GRAPH: &str = "https://graph.facebook.com";
/// The version of it that is used where nothing else is said.
pub const GRAPH_VERSION: &str = "v23.0";

/// A connected account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Waba {
    pub id: WabaId,
    #[schema(example = "Viajes del Sur")]
    pub name: String,
    /// WhatsApp's id of the account.
    #[schema(example = "102290129340398")]
    pub waba_id: String,
    /// The Meta app whose token it is.
    pub app_id: String,
    #[schema(example = "https://graph.facebook.com")]
    pub base_url: String,
    #[schema(example = "v23.0")]
    pub graph_version: String,
    /// Whether it is played by the sandbox of this server.
    pub sandbox: bool,
    /// Its numbers here.
    pub number_count: u64,
    pub template_count: u64,
    /// When Graph was last asked for it.
    pub checked_at: Option<DateTime<Utc>>,
    /// What Graph said against it then; null when all was well.
    pub trouble: Option<GraphTrouble>,
    /// Whether its events are subscribed, as far as Graph said when it was last asked.
    pub subscribed: bool,
    pub synchronized_at: Option<DateTime<Utc>>,
    /// When an event of it last arrived.
    pub last_event_at: Option<DateTime<Utc>>,
    /// Counts the saves.
    pub version: u64,
}

/// An account as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WabaRef {
    pub id: WabaId,
    pub name: String,
}

/// An account to be connected or changed.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct WabaInput {
    /// What the company calls it; WhatsApp's own name for it when empty.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub name: String,
    /// WhatsApp's id of the account: digits. It does not change.
    #[validate(length(min = 5, max = 32), custom(function = "validate::digits"))]
    #[schema(example = "102290129340398")]
    pub waba_id: String,
    /// The Meta app's id: digits.
    #[validate(length(min = 5, max = 32), custom(function = "validate::digits"))]
    #[schema(example = "670843887433847")]
    pub app_id: String,
    /// A permanent access token of a system user. Needed to connect; absent on a change keeps the stored one.
    #[serde(default)]
    #[validate(length(min = 1, max = 2000))]
    #[schema(format = "password")]
    pub token: Option<String>,
    /// Meta's own when absent.
    #[serde(default)]
    #[validate(length(min = 1, max = 300), custom(function = "validate::http_url"))]
    #[schema(example = "https://graph.example.com")]
    pub base_url: Option<String>,
    /// `v23.0` when absent.
    #[serde(default)]
    #[validate(length(min = 2, max = 10))]
    #[schema(example = "v23.0")]
    pub graph_version: Option<String>,
    /// Of a change: the version it started from.
    #[serde(default)]
    #[schema(example = 1)]
    pub version: Option<u64>,
}

impl std::fmt::Debug for WabaInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WabaInput").field("waba_id", &self.waba_id).finish_non_exhaustive()
    }
}

/// What was read from Graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WabaSynchronization {
    pub waba: Waba,
    /// Templates the account has.
    pub templates: u64,
    /// Templates that were here and are gone from the account.
    pub deleted_templates: u64,
    /// Numbers of the account that are here.
    pub numbers: u64,
    /// Numbers of the account that are not included here, as WhatsApp writes them.
    pub not_included: Vec<String>,
}

/// Whether events of an account would arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookTest {
    /// The address WhatsApp has to reach.
    pub callback_url: String,
    /// Graph says that the account's events are subscribed.
    pub subscribed: WebhookCheck,
    /// Our own address answers the handshake.
    pub handshake: WebhookCheck,
    /// Our own address takes a signed event, and refuses one whose signature is wrong.
    pub signature: WebhookCheck,
    /// When an event of the account last arrived.
    pub last_event_at: Option<DateTime<Utc>>,
    /// Events with a missing or wrong signature, of whatever account, in the last 24 hours.
    pub signature_failures: u64,
    pub last_signature_failure_at: Option<DateTime<Utc>>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookCheck {
    pub passed: bool,
    /// What was answered instead of what should have been.
    pub detail: Option<String>,
}

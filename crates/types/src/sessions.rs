//! Sign-in, sign-out, and who is signed in (spec P1).

use crate::{Endpoint, Language, MemberId, NumberId, OrganizationId, Page, Permission, ProfileId, SessionId, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;
use validator::Validate;

pub const CREATE_SESSION: Endpoint<SessionInput, Session> = Endpoint::post("/api/v1/sessions");
pub const LIST_SESSIONS: Endpoint<(), Page<SessionInfo>> = Endpoint::get("/api/v1/sessions");
/// Sign out.
pub const DELETE_CURRENT_SESSION: Endpoint<(), ()> = Endpoint::delete("/api/v1/sessions/current");
/// Revoke one of one's own sessions.
pub const DELETE_SESSION: Endpoint<(), ()> = Endpoint::delete("/api/v1/sessions/{id}");
pub const GET_ME: Endpoint<(), Me> = Endpoint::get("/api/v1/me");
pub const UPDATE_ME: Endpoint<MeInput, Me> = Endpoint::put("/api/v1/me");

/// Choose another password; every other session of the member ends.
pub const UPDATE_MY_PASSWORD: Endpoint<PasswordInput, ()> = Endpoint::put("/api/v1/me/password");

/// The cookie that carries the session token of the browser app.
pub const SESSION_COOKIE: &str = "cercano_session";

/// Sign-in.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SessionInput {
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "ana@example.com")]
    pub email: String,
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password")]
    pub password: String,
}

impl std::fmt::Debug for SessionInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionInput").finish_non_exhaustive()
    }
}

/// A fresh session. Browsers keep the cookie of the answer; other programs send the token as `Authorization: Bearer`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    pub id: SessionId,
    /// A JWT; it ends with the session.
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub me: Me,
}

/// One of the signed-in member's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionInfo {
    pub id: SessionId,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// What the browser or program calls itself.
    pub user_agent: String,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// The signed-in member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    pub id: MemberId,
    pub organization: MyOrganization,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub profile: Option<MyProfile>,
    /// What the profile grants; all of them for an administrator.
    pub permissions: Vec<Permission>,
    /// Whether the whole organization is in reach, as it is for administrators.
    pub reaches_all: bool,
    /// Numbers in reach when it is not all of them; empty means there is none.
    pub number_ids: Vec<NumberId>,
    pub agent_status: AgentStatus,
    /// Where the sandbox's phones can be played, when the sandbox is on.
    pub phones_url: Option<String>,
}

impl Me {
    /// Whether there is anything for this member to do: a profile, and numbers unless an administrator.
    pub fn has_access(&self) -> bool {
        self.profile.is_some() && (self.reaches_all || !self.number_ids.is_empty())
    }

    pub fn can(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyOrganization {
    pub id: OrganizationId,
    pub name: String,
    /// IANA name.
    #[schema(example = "America/Santiago")]
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyProfile {
    pub id: ProfileId,
    pub name: String,
    pub administrator: bool,
}

/// Whether an agent gets new tickets (decisions: agent states).
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
pub enum AgentStatus {
    Online,
    Paused,
    Invisible,
    #[default]
    Offline,
}

/// What a member may change of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MeInput {
    pub language: Language,
    pub agent_status: AgentStatus,
    /// Absent keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 1, max = 100), custom(function = "validate::line"))]
    pub name: Option<String>,
}

/// One's password, and another.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PasswordInput {
    #[validate(length(min = 1, max = 200))]
    #[schema(format = "password")]
    pub current_password: String,
    /// 10 to 200 characters.
    #[validate(length(min = 10, max = 200))]
    #[schema(format = "password")]
    pub password: String,
}

impl std::fmt::Debug for PasswordInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordInput").finish_non_exhaustive()
    }
}

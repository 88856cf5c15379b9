//! Links by which a member chooses a password: invitations and password resets (spec P1).

use crate::{Endpoint, sessions::Session, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;
use validator::Validate;

/// Tell whom a link is for, before it is used.
pub const CHECK_MEMBER_LINK: Endpoint<MemberLinkInput, MemberLink> = Endpoint::post("/api/v1/member-links/check");
/// Choose the password; the member is signed in by the answer, and the link ends.
pub const USE_MEMBER_LINK: Endpoint<MemberLinkUse, Session> = Endpoint::post("/api/v1/member-links/use");
/// Ask for a link to choose a new password. The answer is the same whether anybody has the address.
pub const CREATE_PASSWORD_RESET: Endpoint<PasswordResetInput, ()> = Endpoint::post("/api/v1/password-resets");

/// Days an invitation holds.
pub const INVITATION_DAYS: i64 = 7;
/// Hours a password reset holds.
pub const RESET_HOURS: i64 = 24;

/// What a link is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MemberLinkKind {
    Invitation,
    PasswordReset,
}

/// Whom a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberLink {
    pub kind: MemberLinkKind,
    pub organization: String,
    pub name: String,
    pub email: String,
    pub expires_at: DateTime<Utc>,
}

/// The secret of a link: what stands behind its `#`.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MemberLinkInput {
    #[validate(length(min = 1, max = 200))]
    pub token: String,
}

/// A link's secret with the password that was chosen.
#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MemberLinkUse {
    #[validate(length(min = 1, max = 200))]
    pub token: String,
    /// 10 to 200 characters.
    #[validate(length(min = 10, max = 200))]
    #[schema(format = "password")]
    pub password: String,
}

/// Who forgot the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PasswordResetInput {
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "ana@example.com")]
    pub email: String,
}

impl std::fmt::Debug for MemberLinkInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberLinkInput").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MemberLinkUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberLinkUse").finish_non_exhaustive()
    }
}

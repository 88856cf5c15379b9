//! Members: the people with a login (spec O2, P1).

use crate::{
    Endpoint, MemberId, Page, ProfileId, numbers::NumberRef, profiles::ProfileRef, sessions::SessionInfo, validate,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub const LIST_MEMBERS: Endpoint<(), Page<Member>> = Endpoint::get("/api/v1/members");
pub const GET_MEMBER: Endpoint<(), Member> = Endpoint::get("/api/v1/members/{id}");
/// Invite people.
pub const CREATE_MEMBERS: Endpoint<MembersInput, MembersAdded> = Endpoint::post("/api/v1/members");
pub const UPDATE_MEMBER: Endpoint<MemberInput, Member> = Endpoint::put("/api/v1/members/{id}");
/// End the member's sessions, give the member's tickets back to their queues, and let nobody sign in as the member.
pub const DEACTIVATE_MEMBER: Endpoint<(), Member> = Endpoint::post("/api/v1/members/{id}/deactivate");
pub const REACTIVATE_MEMBER: Endpoint<(), Member> = Endpoint::post("/api/v1/members/{id}/reactivate");
/// Invite again; the link before it ends.
pub const INVITE_MEMBER: Endpoint<(), SentLink> = Endpoint::post("/api/v1/members/{id}/invitation");
/// Let the member choose a new password by a link.
pub const RESET_MEMBER_PASSWORD: Endpoint<(), SentLink> = Endpoint::post("/api/v1/members/{id}/password-reset");
pub const LIST_MEMBER_SESSIONS: Endpoint<(), Page<SessionInfo>> = Endpoint::get("/api/v1/members/{id}/sessions");
/// Sign a member out everywhere.
pub const DELETE_MEMBER_SESSIONS: Endpoint<(), ()> = Endpoint::delete("/api/v1/members/{id}/sessions");
/// The numbers a member owns or attends.
pub const LIST_MEMBER_NUMBERS: Endpoint<(), Page<NumberRef>> = Endpoint::get("/api/v1/members/{id}/numbers");

/// Characters of a member's name at most.
pub const NAME_MAX: u64 = 100;
/// People invited at a time at most.
pub const INVITED_MAX: u64 = 50;

/// Where a member stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MemberStatus {
    /// Has not chosen a password yet.
    Invited,
    Active,
    Deactivated,
}

/// A person with a login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub status: MemberStatus,
    pub profile: Option<ProfileRef>,
    /// Numbers this member owns or attends.
    pub number_count: u64,
    /// Groups this member manages directly.
    pub group_count: u64,
    /// When a session of the member was last used.
    pub last_seen_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// Counts changes of name, e-mail, profile and status.
    pub version: u64,
}

/// Which members are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MemberFilter {
    /// Part of the name or of the e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<ProfileId>,
    /// Only those without a profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_profile: Option<bool>,
    /// Those who are not deactivated, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<MemberStatus>,
}

/// A person to be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewMemberInput {
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Elena Ríos")]
    pub name: String,
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "elena@example.com")]
    pub email: String,
}

/// People to be invited, with the profile they get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MembersInput {
    #[validate(length(min = 1, max = "INVITED_MAX"), nested)]
    pub members: Vec<NewMemberInput>,
    /// Without one they sign in and see whom to ask.
    #[serde(default)]
    pub profile_id: Option<ProfileId>,
}

/// A person to be invited with a profile of their own choice, as agents and managers are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewMemberWithProfile {
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Elena Ríos")]
    pub name: String,
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "elena@example.com")]
    pub email: String,
    pub profile_id: ProfileId,
}

/// What others may change of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MemberInput {
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Elena Ríos")]
    pub name: String,
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "elena@example.com")]
    pub email: String,
    pub profile_id: Option<ProfileId>,
    /// The version the change started from.
    pub version: u64,
}

/// The members that were added, each with what became of the invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MembersAdded {
    pub items: Vec<AddedMember>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddedMember {
    pub member: Member,
    /// Absent for members who were there already.
    pub invitation: Option<SentLink>,
}

/// A link that was made for a member. It is in the mail where mail goes out; else an administrator who made it passes it
/// on. Others are not shown it: an administrator invites again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SentLink {
    /// Shown once, to administrators, where no mail went out.
    pub link: Option<String>,
    /// Whether it went out by mail.
    pub mailed: bool,
    pub expires_at: DateTime<Utc>,
}

/// A member as others name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberRef {
    pub id: MemberId,
    pub name: String,
}

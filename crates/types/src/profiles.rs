//! Profiles: named sets of permissions that members have (spec O2).

use crate::{
    Endpoint, MemberId, Page, Permission, ProfileId,
    members::{MembersAdded, NewMemberInput},
    validate,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub const LIST_PROFILES: Endpoint<(), Page<Profile>> = Endpoint::get("/api/v1/profiles");
pub const GET_PROFILE: Endpoint<(), Profile> = Endpoint::get("/api/v1/profiles/{id}");
pub const CREATE_PROFILE: Endpoint<ProfileInput, Profile> = Endpoint::post("/api/v1/profiles");
pub const UPDATE_PROFILE: Endpoint<ProfileInput, Profile> = Endpoint::put("/api/v1/profiles/{id}");
/// Make another profile with the same permissions, under a name of its own.
pub const DUPLICATE_PROFILE: Endpoint<(), Profile> = Endpoint::post("/api/v1/profiles/{id}/duplicate");
/// Its members keep their account and lose its permissions.
pub const DELETE_PROFILE: Endpoint<(), ProfileDeleted> = Endpoint::delete("/api/v1/profiles/{id}");
pub const ADD_PROFILE_MEMBERS: Endpoint<ProfileMembersInput, MembersAdded> =
    Endpoint::post("/api/v1/profiles/{id}/members");
/// Take a member out of the profile; the member is without a profile then.
pub const REMOVE_PROFILE_MEMBER: Endpoint<(), ()> = Endpoint::delete("/api/v1/profiles/{id}/members/{member_id}");

/// Characters of a profile's name at most.
pub const NAME_MAX: u64 = 60;
/// Characters of a profile's description at most.
pub const DESCRIPTION_MAX: u64 = 300;

/// A named set of permissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Profile {
    pub id: ProfileId,
    #[schema(example = "Supervisión")]
    pub name: String,
    pub description: String,
    /// Reaches the whole organization and has every permission; made with the organization, and not to be changed.
    pub administrator: bool,
    /// What it grants; all of them for the administrator's.
    pub permissions: Vec<Permission>,
    /// Members who have it and are not deactivated.
    pub member_count: u64,
    /// Counts the saves.
    pub version: u64,
    pub updated_at: DateTime<Utc>,
}

/// A profile to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ProfileInput {
    /// 1 to 60 characters; no two of an organization are the same, whatever their case.
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 60, example = "Supervisión")]
    pub name: String,
    /// Up to 300 characters.
    #[validate(length(max = "DESCRIPTION_MAX"))]
    #[schema(max_length = 300)]
    #[serde(default)]
    pub description: String,
    /// A change of something includes seeing it. Nobody grants what they do not have.
    pub permissions: Vec<Permission>,
    /// Of a change: the version it started from. A newer one there is `version_conflict`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
}

/// What a deletion did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProfileDeleted {
    /// Members who are without a profile now.
    pub member_count: u64,
}

/// Members to get a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ProfileMembersInput {
    /// Members there are, 200 at most.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub member_ids: Vec<MemberId>,
    /// Members to be invited, 50 at most.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub new_members: Vec<NewMemberInput>,
    /// Whether those who have another profile lose it; without it they are refused by name (`member_has_profile`).
    #[serde(default)]
    pub replace: bool,
}

/// A profile as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProfileRef {
    pub id: ProfileId,
    pub name: String,
    pub administrator: bool,
}

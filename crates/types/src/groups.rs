//! Groups of numbers, or of groups, and who manages them (spec O4).

use crate::{
    Endpoint, GroupId, MemberId, NumberId, Page,
    members::{AddedMember, MemberRef, NewMemberWithProfile},
    numbers::NumberRef,
    validate,
};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// The groups the caller manages, at any depth; all of them for administrators. By name.
pub const LIST_GROUPS: Endpoint<(), Page<Group>> = Endpoint::get("/api/v1/groups");
pub const GET_GROUP: Endpoint<(), Group> = Endpoint::get("/api/v1/groups/{id}");
/// The numbers directly in a group, by name.
pub const LIST_GROUP_NUMBERS: Endpoint<(), Page<NumberRef>> = Endpoint::get("/api/v1/groups/{id}/numbers");
pub const CREATE_GROUP: Endpoint<GroupInput, Group> = Endpoint::post("/api/v1/groups");
pub const UPDATE_GROUP: Endpoint<GroupUpdate, Group> = Endpoint::put("/api/v1/groups/{id}");
/// Delete a group. What is in it stays, in no group.
pub const DELETE_GROUP: Endpoint<(), ()> = Endpoint::delete("/api/v1/groups/{id}");
/// Put numbers, or groups, that are in no group into one.
pub const ADD_GROUP_CHILDREN: Endpoint<GroupChildren, Group> = Endpoint::post("/api/v1/groups/{id}/children");
/// Move numbers and groups from where they are to another group, or to none.
pub const MOVE_TO_GROUP: Endpoint<GroupMove, GroupMoved> = Endpoint::post("/api/v1/groups/moves");
pub const ADD_GROUP_MANAGERS: Endpoint<GroupManagersInput, GroupManagersAdded> =
    Endpoint::post("/api/v1/groups/{id}/managers");
pub const REMOVE_GROUP_MANAGER: Endpoint<(), Group> = Endpoint::delete("/api/v1/groups/{id}/managers/{member_id}");

/// Characters of a group's name at most.
pub const NAME_MAX: u64 = 100;
/// Numbers and groups put in or moved at a time at most.
pub const CHILDREN_MAX: u64 = 2000;

/// What a group stands for.
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
pub enum GroupKind {
    #[default]
    Team,
    Branch,
    Sector,
}

/// What a group consists of; it never changes.
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
pub enum GroupContent {
    #[default]
    Numbers,
    Groups,
}

/// A group of numbers or of groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    pub id: GroupId,
    #[schema(example = "Equipo Minas Gerais")]
    pub name: String,
    pub kind: GroupKind,
    pub content: GroupContent,
    /// The group it is in, whether the caller manages that one or not.
    pub parent: Option<GroupRef>,
    /// 1 for groups of numbers, else 1 + the highest level among its children.
    pub level: u32,
    /// Numbers or groups directly in it.
    pub child_count: u64,
    /// Numbers in it at any depth.
    pub number_count: u64,
    /// Who manages it directly, by name.
    pub managers: Vec<MemberRef>,
    /// Who manages a group above it, by name.
    pub inherited_managers: Vec<MemberRef>,
    /// Counts the saves.
    pub version: u64,
}

/// A group as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupRef {
    pub id: GroupId,
    pub name: String,
}

/// Which groups are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GroupFilter {
    /// Part of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// A group to be made. It has numbers or groups from the start: never both, never none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GroupInput {
    /// 1 to 100 characters.
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Equipo Minas Gerais")]
    pub name: String,
    pub kind: GroupKind,
    pub content: GroupContent,
    /// For a group of numbers; each in no group so far.
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub number_ids: Vec<NumberId>,
    /// For a group of groups; each in no group so far.
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub group_ids: Vec<GroupId>,
    #[serde(default)]
    #[validate(length(max = 100))]
    pub manager_ids: Vec<MemberId>,
    #[serde(default)]
    pub parent_id: Option<GroupId>,
}

/// What is changed of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GroupUpdate {
    /// 1 to 100 characters.
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Equipo Minas Gerais")]
    pub name: String,
    pub kind: GroupKind,
    /// The version the change started from.
    pub version: u64,
}

/// Numbers, or groups, to be put into a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GroupChildren {
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub number_ids: Vec<NumberId>,
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub group_ids: Vec<GroupId>,
}

/// Numbers and groups to be moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GroupMove {
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub number_ids: Vec<NumberId>,
    #[serde(default)]
    #[validate(length(max = "CHILDREN_MAX"))]
    pub group_ids: Vec<GroupId>,
    /// Where to; null takes them out of their groups.
    pub to: Option<GroupId>,
    /// Delete the groups that are left empty; without it `group_would_be_empty` names the first.
    #[serde(default)]
    pub delete_emptied: bool,
}

/// What a move did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupMoved {
    pub deleted_groups: Vec<GroupRef>,
}

/// The query of a group's deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GroupDeletionChoice {
    /// Delete the groups above that are left empty too; without it `group_would_be_empty` names the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_emptied: Option<bool>,
}

/// Managers to be added to a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GroupManagersInput {
    /// Members there are, 100 at most.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub member_ids: Vec<MemberId>,
    /// New ones, up to five at a time.
    #[serde(default)]
    #[validate(length(max = 5), nested)]
    pub new_members: Vec<NewMemberWithProfile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupManagersAdded {
    pub group: Group,
    pub added: Vec<AddedMember>,
}

//! Numbers: the WhatsApp numbers of an organization (spec O3, P2).

use crate::{
    Endpoint, GroupId, Language, MemberId, NumberId, Page, WabaId,
    groups::GroupRef,
    members::{AddedMember, MemberRef, MemberStatus, NewMemberWithProfile},
    validate,
    wabas::WabaRef,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub const LIST_NUMBERS: Endpoint<(), Page<Number>> = Endpoint::get("/api/v1/numbers");
/// The groups above the numbers in reach, for the number selector.
pub const LIST_NUMBER_GROUPS: Endpoint<(), Page<NumberGroup>> = Endpoint::get("/api/v1/numbers/groups");
/// All numbers of the organization with agents, group and managers; those out of reach can only be looked at (O3).
pub const LIST_NUMBER_CARDS: Endpoint<(), Page<NumberCard>> = Endpoint::get("/api/v1/numbers/cards");
pub const GET_NUMBER: Endpoint<(), Number> = Endpoint::get("/api/v1/numbers/{id}");
pub const GET_NUMBER_CARD: Endpoint<(), NumberCard> = Endpoint::get("/api/v1/numbers/{id}/card");
pub const UPDATE_NUMBER: Endpoint<NumberInput, NumberCard> = Endpoint::put("/api/v1/numbers/{id}");
pub const ADD_NUMBER_AGENTS: Endpoint<NumberAgentsInput, NumberAgentsAdded> =
    Endpoint::post("/api/v1/numbers/{id}/agents");
pub const REMOVE_NUMBER_AGENT: Endpoint<(), NumberAgentRemoved> =
    Endpoint::delete("/api/v1/numbers/{id}/agents/{member_id}");
/// What deleting the number would do.
pub const GET_NUMBER_DELETION: Endpoint<(), NumberDeletion> = Endpoint::get("/api/v1/numbers/{id}/deletion");
/// Delete a number; its history stays. See [`NumberDeletionConfirmation`].
pub const DELETE_NUMBER: Endpoint<(), ()> = Endpoint::delete("/api/v1/numbers/{id}");
/// Let a number that paused by itself send again.
pub const RESUME_NUMBER: Endpoint<(), Number> = Endpoint::post("/api/v1/numbers/{id}/resume");

/// Characters of a number's identification at most, as WhatsApp has it for display names.
pub const NAME_MAX: u64 = 75;
/// New agents added at a time at most (O3).
pub const NEW_AGENTS_MAX: u64 = 5;

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
    pub group_id: Option<GroupId>,
    /// Messages a second it may send and receive together, as WhatsApp allows it.
    pub throughput: u32,
    /// Why nothing is sent from it until a person has looked, as the kind of reason; null when it sends.
    #[schema(example = "auth")]
    pub paused_reason: Option<String>,
    /// As WhatsApp says it: CONNECTED, PENDING, FLAGGED, RESTRICTED, or another; null before it is in its account.
    #[schema(example = "CONNECTED")]
    pub whatsapp_status: Option<String>,
}

/// Which numbers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberFilter {
    /// Part of the name or of the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those in this group, at any depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// Only those with a problem: paused, or not connected to WhatsApp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub troubled: Option<bool>,
}

/// A group above numbers in reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberGroup {
    pub id: GroupId,
    pub name: String,
    pub parent_id: Option<GroupId>,
    /// Numbers in reach in it, at any depth.
    pub number_count: u64,
}

/// A number as the organization's list shows it (O3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberCard {
    pub id: NumberId,
    pub waba: WabaRef,
    pub name: String,
    /// E.164.
    pub phone: String,
    /// The language its customers are spoken to.
    pub language: Language,
    pub owner: Option<MemberRef>,
    pub agents: Vec<NumberAgent>,
    pub group: Option<GroupRef>,
    /// Who manages its group or a group above, by name.
    pub managers: Vec<MemberRef>,
    /// As WhatsApp says it; null before it is in its account.
    pub whatsapp_status: Option<String>,
    pub paused_reason: Option<String>,
    /// Whether the caller reaches it; those out of reach can only be looked at.
    pub in_scope: bool,
    /// Owner, agents and managers of it may, where their profile grants it.
    pub may_edit: bool,
    /// Managers of it may, where their profile grants it.
    pub may_delete: bool,
    /// Counts the saves.
    pub version: u64,
}

/// Who attends a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberAgent {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub status: MemberStatus,
}

/// Which of the organization's numbers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberCardFilter {
    /// Part of the name, of the phone, or of an agent's name or e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those in this group, at any depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// Only those in no group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_group: Option<bool>,
    /// Only those in reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_scope: Option<bool>,
}

/// What is changed of a number. The owner has to be one of its agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NumberInput {
    /// 1 to 75 characters.
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 75, example = "Camila · Cartera Norte")]
    pub name: String,
    pub owner_id: Option<MemberId>,
    pub language: Language,
    /// The version the change started from.
    pub version: u64,
}

/// Agents to be added to a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NumberAgentsInput {
    /// Members there are, 100 at most.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub member_ids: Vec<MemberId>,
    /// New ones, up to five at a time.
    #[serde(default)]
    #[validate(length(max = "NEW_AGENTS_MAX"), nested)]
    pub new_members: Vec<NewMemberWithProfile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberAgentsAdded {
    pub number: NumberCard,
    pub added: Vec<AddedMember>,
}

/// What removing an agent did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberAgentRemoved {
    pub number: NumberCard,
    /// Tickets that wait in their queue again.
    pub returned_tickets: u64,
    /// Whether it was the member's last number, so that there is nothing left to see.
    pub lost_access: bool,
}

/// What deleting a number would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberDeletion {
    /// Tickets that would be closed.
    pub open_tickets: u64,
    /// Messages that wait to be sent and would be cancelled.
    pub queued_messages: u64,
    /// Members who would have no number left.
    pub losing_access: Vec<MemberRef>,
    /// Groups that would be empty, and have to be deleted with it.
    pub emptied_groups: Vec<GroupRef>,
}

/// The query of a deletion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberDeletionConfirmation {
    /// The number itself, typed: E.164 or its digits.
    #[serde(default)]
    #[param(example = "+56911112222")]
    pub confirmation: String,
    /// Delete the groups it leaves empty too; without it `group_would_be_empty`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_emptied: Option<bool>,
}

/// A number as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberRef {
    pub id: NumberId,
    pub name: String,
    pub phone: String,
}

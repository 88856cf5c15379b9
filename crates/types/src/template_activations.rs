//! Activación de plantillas: which templates of its account a number may send (spec S2). New ones are active everywhere.

use crate::{
    Endpoint, GroupId, NumberId, Page, TemplateId, numbers::NumberRef, settings_changes::Targets, templates::Template,
    wabas::WabaRef,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// The numbers in reach with the count of their active templates, by name.
pub const LIST_TEMPLATE_ACTIVATIONS: Endpoint<(), Page<TemplateActivations>> =
    Endpoint::get("/api/v1/template-activations");
/// Every template of a number's account, and whether the number may send it, by name.
pub const LIST_NUMBER_TEMPLATES: Endpoint<(), Page<NumberTemplate>> =
    Endpoint::get("/api/v1/template-activations/{number_id}");
/// What a change would do, number by number; nothing is changed.
pub const PREVIEW_TEMPLATE_ACTIVATIONS: Endpoint<TemplateActivationsInput, TemplateActivationsPlan> =
    Endpoint::post("/api/v1/template-activations/preview");
/// Make the numbers' activations these, all or none.
pub const UPDATE_TEMPLATE_ACTIVATIONS: Endpoint<TemplateActivationsInput, TemplateActivationsPlan> =
    Endpoint::put("/api/v1/template-activations");

/// A number in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateActivations {
    pub number: NumberRef,
    pub waba: WabaRef,
    /// Templates the number may send.
    pub active: u64,
    /// Templates of its account.
    pub total: u64,
    /// When somebody last changed which; null for never.
    pub changed_at: Option<DateTime<Utc>>,
    /// Counts the saves.
    pub version: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TemplateActivationsFilter {
    /// Part of the number's name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those in this group, at any depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
}

/// A template of a number's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberTemplate {
    pub template: Template,
    /// Whether the number may send it.
    pub active: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NumberTemplateFilter {
    /// Part of the template's name or text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// Which templates numbers may send from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TemplateActivationsInput {
    /// All in one account, else `numbers_of_other_waba` names those that are not.
    pub targets: Targets,
    /// The number the choice was taken from; it has to be in the same account.
    pub reference_number_id: Option<NumberId>,
    /// Those of the account the numbers may not send; all others are active.
    #[validate(length(max = 10_000))]
    pub inactive_template_ids: Vec<TemplateId>,
    /// With one number only: the version the change started from.
    pub version: Option<u64>,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateActivationsPlan {
    /// Every number of the change by name, also those that stay as they are.
    pub numbers: Vec<TemplateActivationsChange>,
}

/// What a change does to one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateActivationsChange {
    pub number: NumberRef,
    /// Names of the templates it may send and could not before.
    pub activated: Vec<String>,
    /// Names of the templates it could send and may not any more.
    pub deactivated: Vec<String>,
}

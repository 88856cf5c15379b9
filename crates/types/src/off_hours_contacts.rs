//! Contactos fuera del horario: who wrote while attendance was closed, or the agent away, in the last seven days (spec A4).

use crate::{
    ConversationId, Endpoint, NumberId, OffHoursContactId, Page, TemplateId,
    contacts::ContactRef,
    members::MemberRef,
    messages::{Failure, TemplateVariable},
    numbers::NumberRef,
    templates::Template,
    wire::wire_enum,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

/// The latest first.
pub const LIST_OFF_HOURS_CONTACTS: Endpoint<(), Page<OffHoursContact>> = Endpoint::get("/api/v1/off-hours-contacts");
/// The templates that can be sent from a number: approved, and active on it.
pub const LIST_OFF_HOURS_TEMPLATES: Endpoint<(), Page<Template>> = Endpoint::get("/api/v1/off-hours-templates");
/// Write to such a contact by a template.
pub const SEND_OFF_HOURS_MESSAGE: Endpoint<OffHoursMessageInput, OffHoursContact> =
    Endpoint::post("/api/v1/off-hours-contacts/{id}/messages");

/// Days after which a contact leaves the list: a rolling seven times 24 hours.
pub const LISTED_DAYS: i64 = 7;

wire_enum! {
    /// Why nobody attended.
    pub enum OffHoursCause {
        /// Attendance was closed.
        Closed,
        /// The absence message was on.
        Absence,
    }
}

/// One contact, number and closed period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OffHoursContact {
    pub id: OffHoursContactId,
    /// When the first message of the period came.
    pub at: DateTime<Utc>,
    pub number: NumberRef,
    pub contact: ContactRef,
    pub conversation_id: ConversationId,
    pub cause: OffHoursCause,
    /// Whether the contact asked to be called; null when nobody asked them ("N/D").
    pub callback: Option<bool>,
    /// The beginning of the first message.
    pub preview: String,
    /// The last active message that was taken by WhatsApp after the first message, or is on its way; null for none.
    pub sent: Option<OffHoursSent>,
    /// Why the last active message failed, where it did.
    pub failure: Option<Failure>,
}

/// An active message that was sent to such a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OffHoursSent {
    pub at: DateTime<Utc>,
    /// Who sent it; null where a campaign or the chatbot did.
    pub by: Option<MemberRef>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OffHoursContactFilter {
    /// Only of this number; without it of all in reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
    /// Part of the contact's name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those nobody has written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OffHoursTemplateFilter {
    pub number_id: NumberId,
}

/// A template message to such a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OffHoursMessageInput {
    /// The caller's own id of this message: sent twice, it is one message.
    pub client_id: Uuid,
    pub template_id: TemplateId,
    /// Every variable of the template.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub variables: Vec<TemplateVariable>,
    /// Send although one was sent before; without it `message_already_sent`.
    #[serde(default)]
    pub again: bool,
}

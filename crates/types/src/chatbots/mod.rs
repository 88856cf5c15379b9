//! The chatbot of a number: what it says, asks and offers, in six tabs (spec S3, conversation.md § 4).
//!
//! [`ChatbotSettings`] is one document: what the page edits, what the API takes, what the engine runs and what is kept.
//! Its rules are `domain::chatbots::check`, the same code in the server and in the page.

mod hours;
mod settings;

pub use hours::*;
pub use settings::*;

use crate::{
    Endpoint, GroupId, Language, MemberId, NumberId, Page,
    numbers::NumberRef,
    settings_changes::{NumberVersion, SettingsChange, SettingsField, SettingsPlan, SettingsUndo, Targets},
    wire::wire_enum,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

/// The numbers in reach with a summary of their chatbots, by name.
pub const LIST_CHATBOTS: Endpoint<(), Page<ChatbotCard>> = Endpoint::get("/api/v1/chatbots");
pub const GET_CHATBOT: Endpoint<(), Chatbot> = Endpoint::get("/api/v1/chatbots/{number_id}");
pub const UPDATE_CHATBOT: Endpoint<ChatbotInput, Chatbot> = Endpoint::put("/api/v1/chatbots/{number_id}");
/// Ask WhatsApp for the template `atendimento_esta_disponivel` in the number's account.
pub const CREATE_AVAILABILITY_TEMPLATE: Endpoint<(), AvailabilityTemplate> =
    Endpoint::post("/api/v1/chatbots/{number_id}/availability-template");
/// The organization's numbers that an absence may suggest, in reach or not, by name.
pub const LIST_CHATBOT_SUGGESTIONS: Endpoint<(), Page<NumberRef>> = Endpoint::get("/api/v1/chatbot-suggestions");

/// Changes made to many chatbots at once, the latest first.
pub const LIST_CHATBOT_CHANGES: Endpoint<(), Page<SettingsChange>> = Endpoint::get("/api/v1/chatbot-changes");
/// What a change of many would do, number by number; nothing is changed.
pub const PREVIEW_CHATBOT_CHANGE: Endpoint<ChatbotChangeInput, SettingsPlan> =
    Endpoint::post("/api/v1/chatbot-changes/preview");
/// Change many at once, all or none.
pub const CREATE_CHATBOT_CHANGE: Endpoint<ChatbotChangeInput, SettingsChange> =
    Endpoint::post("/api/v1/chatbot-changes");
/// Give the numbers back what they had.
pub const UNDO_CHATBOT_CHANGE: Endpoint<SettingsUndo, SettingsChange> =
    Endpoint::post("/api/v1/chatbot-changes/{id}/undo");

/// The name of the template that tells who asked for it that attendance is open again (decisions.md § Conversation).
pub const AVAILABILITY_TEMPLATE: &str = "atendimento_esta_disponivel";

/// A chatbot in the list.
#[expect(clippy::struct_excessive_bools, reason = "each is a badge of its own")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatbotCard {
    pub number: NumberRef,
    /// Null before the chatbot is made: the number is still being included.
    pub version: Option<u64>,
    pub changed_at: Option<DateTime<Utc>>,
    pub faq: bool,
    /// Whether contacts choose a queue.
    pub attendance_centre: bool,
    /// Agents in any of its queues.
    pub queue_agents: u64,
    /// Open around the clock.
    pub always_open: bool,
    pub absence: bool,
    pub survey: SurveyKind,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChatbotFilter {
    /// Part of the number's name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those in this group, at any depth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
}

/// A number's chatbot with what its page needs to know beside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Chatbot {
    pub number: NumberRef,
    /// Counts the saves.
    pub version: u64,
    pub changed_at: Option<DateTime<Utc>>,
    pub settings: ChatbotSettings,
    /// The language its customers are spoken to.
    pub language: Language,
    /// What `{{company}}` stands for.
    pub company: String,
    /// The organization's zone, which counts where the settings name none.
    pub time_zone: String,
    /// Who may be put into its queues: members with access to the number.
    pub people: Vec<ChatbotPerson>,
    /// The number that the absence suggests, when it suggests one of the organization's.
    pub suggested_number: Option<NumberRef>,
    pub availability_template: AvailabilityTemplate,
}

/// Somebody who may be put into a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatbotPerson {
    pub id: MemberId,
    pub name: String,
    pub email: String,
}

/// How the template of the next opening stands in the number's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AvailabilityTemplate {
    pub state: AvailabilityState,
    /// The language of the approved one, else of the one that is there.
    pub language: Option<String>,
}

wire_enum! {
    /// Where the template stands.
    pub enum AvailabilityState {
        /// There is none of that name.
        Missing,
        /// There is one, and WhatsApp has not approved it yet.
        Pending,
        /// WhatsApp has refused, paused or disabled it.
        Refused,
        /// It is approved, but has not exactly two quick replies, Sí and No.
        WrongButtons,
        Approved,
    }
}

/// A number's chatbot as it shall be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChatbotInput {
    /// The version the change started from.
    pub version: u64,
    pub settings: ChatbotSettings,
}

/// A change of many chatbots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChatbotChangeInput {
    pub targets: Targets,
    /// The number the settings were taken from; null when none was.
    pub reference_number_id: Option<NumberId>,
    pub settings: ChatbotSettings,
    /// Which of them are applied; null for all. The others stay as each number has them.
    pub fields: Option<Vec<SettingsField>>,
    /// The versions that were looked at: with another one it is refused. Null to apply to what is there.
    pub expected: Option<Vec<NumberVersion>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestionFilter {
    /// Part of the name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

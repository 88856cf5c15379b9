//! Changes of many numbers' settings at once: what they would do, what they did, and their undoing (spec S3, S5).
//!
//! All numbers of a change are changed in one transaction, and each keeps what it had, so that it can be undone.

use crate::{
    Endpoint, GroupId, NumberId, Page, SettingsChangeId, members::MemberRef, numbers::NumberRef, wire::wire_enum,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Copies of settings from one number to many, the latest first.
pub const LIST_SETTINGS_COPIES: Endpoint<(), Page<SettingsChange>> = Endpoint::get("/api/v1/settings-copies");
/// What a copy would do, number by number; nothing is changed.
pub const PREVIEW_SETTINGS_COPY: Endpoint<SettingsCopyInput, SettingsPlan> =
    Endpoint::post("/api/v1/settings-copies/preview");
/// Copy, all or none.
pub const CREATE_SETTINGS_COPY: Endpoint<SettingsCopyInput, SettingsChange> = Endpoint::post("/api/v1/settings-copies");
/// Give the numbers back what they had.
pub const UNDO_SETTINGS_COPY: Endpoint<SettingsUndo, SettingsChange> =
    Endpoint::post("/api/v1/settings-copies/{id}/undo");

/// Numbers of one change at most.
pub const TARGETS_MAX: usize = 2000;

wire_enum! {
    /// What can be changed by itself while everything else stays: a field of the chatbot's settings, or of the attention
    /// settings.
    pub enum SettingsField {
        // Flujo de conversación
        FirstGreeting,
        ReturnGreeting,
        Survey,
        // Preguntas frecuentes
        Faq,
        // Filas de atención
        DefaultQueueAgents,
        /// The switch, the prompt and the queues with their agents.
        AttendanceCentre,
        // Atención
        PreAttendance,
        PostAttendance,
        Absence,
        NotifyNextHours,
        // Redes sociales
        SocialLinks,
        // Horarios
        /// Around the clock or by weekday.
        OpeningHours,
        Holidays,
        TimeZone,
        Unavailable,
        // Configuraciones de atención (S1)
        Tags,
        Distribution,
        TicketsAtATime,
        Inactivity,
        ReturnToQueue,
        CustomerSignals,
        ActiveAnswersFirst,
        CancelWords,
        MandatoryTag,
        AgentMay,
    }
}

wire_enum! {
    /// A part that can be copied (S5). Template activations, the WhatsApp profile and groups never are.
    pub enum SettingsPart {
        /// Configuraciones > Atención.
        AttentionSettings,
        ConversationFlow,
        Faq,
        Queues,
        /// The tab "Atención" without the absence.
        AttentionTexts,
        Absence,
        SocialLinks,
        Hours,
    }
}

/// The numbers a change is for: those named, and all in the groups named, at any depth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    #[serde(default)]
    pub number_ids: Vec<NumberId>,
    #[serde(default)]
    pub group_ids: Vec<GroupId>,
}

/// The versions of a number's settings that were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberVersion {
    pub number_id: NumberId,
    /// Of the chatbot's settings.
    pub chatbot: u64,
    /// Of the attention settings.
    pub attention: u64,
}

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SettingsPlan {
    /// Every number of the change by name, also those that stay as they are.
    pub numbers: Vec<NumberPlan>,
}

/// What a change would do to one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NumberPlan {
    pub number: NumberRef,
    /// To be given back as `expected`.
    pub version: NumberVersion,
    pub changes: Vec<SettingsFieldChange>,
    /// What does not fit this number, and is left out.
    pub left_out: Vec<LeftOut>,
}

/// One field, from what to what, in the form the field has in the settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SettingsFieldChange {
    pub field: SettingsField,
    #[schema(value_type = Object)]
    pub from: serde_json::Value,
    #[schema(value_type = Object)]
    pub to: serde_json::Value,
}

/// What does not fit a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LeftOut {
    /// A member without access to the number stays out of its queue; `queue` is null for the default one.
    QueueAgent { queue: Option<String>, email: String },
    /// An absence that suggests the very number: the number keeps its own.
    AbsenceOfItself,
    /// Its account has no approved template `atendimento_esta_disponivel`: "notify next hours" stays off.
    NotifyWithoutTemplate,
}

wire_enum! {
    /// Where a change came from.
    pub enum SettingsChangeKind {
        /// Many chatbots edited at once (S3).
        ChatbotChange,
        /// Copiar configuraciones (S5).
        SettingsCopy,
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SettingsChange {
    pub id: SettingsChangeId,
    pub kind: SettingsChangeKind,
    pub at: DateTime<Utc>,
    pub by: MemberRef,
    /// Where the settings came from; null when no number was the reference.
    pub reference: Option<NumberRef>,
    pub fields: Vec<SettingsField>,
    /// Numbers of the change.
    pub numbers: u64,
    /// Their names, the first ten.
    pub number_names: Vec<String>,
    pub undone_at: Option<DateTime<Utc>>,
    pub undone_by: Option<MemberRef>,
    /// Numbers that kept what they had been given, because somebody changed them since.
    pub kept: u64,
}

/// How a change is undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SettingsUndo {
    /// Leave numbers alone that somebody changed since; without it the undoing is refused and names them.
    #[serde(default)]
    pub skip_changed: bool,
}

/// A copy from one number to many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SettingsCopyInput {
    pub reference_number_id: NumberId,
    pub targets: Targets,
    /// At least one.
    #[validate(length(min = 1, max = 8))]
    pub parts: Vec<SettingsPart>,
    /// The versions that were looked at: with another one it is refused. Null to copy onto what is there.
    pub expected: Option<Vec<NumberVersion>>,
}

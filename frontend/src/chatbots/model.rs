//! Which tab and which part of the settings something belongs to, and what is wrong with it.

use domain::chatbots::Fault;
use std::collections::BTreeSet;
use types::{
    chatbots::ChatbotSettings,
    settings_changes::{SettingsField, SettingsPart},
};

/// The tabs of the editor, in the page's order.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::EnumString,
    strum::Display,
    strum::AsRefStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum BotTab {
    #[default]
    ConversationFlow,
    Faq,
    Queues,
    Attention,
    SocialLinks,
    Hours,
}

impl BotTab {
    pub fn fields(self) -> Vec<SettingsField> {
        let parts: &[SettingsPart] = match self {
            Self::ConversationFlow => &[SettingsPart::ConversationFlow],
            Self::Faq => &[SettingsPart::Faq],
            Self::Queues => &[SettingsPart::Queues],
            Self::Attention => &[SettingsPart::AttentionTexts, SettingsPart::Absence],
            Self::SocialLinks => &[SettingsPart::SocialLinks],
            Self::Hours => &[SettingsPart::Hours],
        };
        parts.iter().flat_map(|part| domain::chatbots::fields(*part)).copied().collect()
    }
}

/// The fields of all tabs, in the page's order.
pub fn all_fields() -> Vec<SettingsField> {
    use strum::IntoEnumIterator as _;
    BotTab::iter().flat_map(BotTab::fields).collect()
}

/// What a pointer into the document is part of.
pub fn field_of(pointer: &str) -> Option<SettingsField> {
    use SettingsField as F;
    let mut steps = pointer.split('/').skip(1);
    let found = match (steps.next()?, steps.next().unwrap_or_default()) {
        ("conversation_flow", "first_greeting") => F::FirstGreeting,
        ("conversation_flow", "return_greeting") => F::ReturnGreeting,
        ("conversation_flow", _) => F::Survey,
        ("faq", _) => F::Faq,
        ("queues", "default_agents") => F::DefaultQueueAgents,
        ("queues", _) => F::AttendanceCentre,
        ("attention", "pre_attendance") => F::PreAttendance,
        ("attention", "post_attendance") => F::PostAttendance,
        ("attention", "absence") => F::Absence,
        ("attention", _) => F::NotifyNextHours,
        ("social_links", _) => F::SocialLinks,
        ("hours", "holidays") => F::Holidays,
        ("hours", "time_zone") => F::TimeZone,
        ("hours", "unavailable") => F::Unavailable,
        ("hours", _) => F::OpeningHours,
        _ => return None,
    };
    Some(found)
}

/// The tab a pointer into the document is on.
pub fn tab_of(pointer: &str) -> Option<BotTab> {
    match pointer.split('/').nth(1)? {
        "conversation_flow" => Some(BotTab::ConversationFlow),
        "faq" => Some(BotTab::Faq),
        "queues" => Some(BotTab::Queues),
        "attention" => Some(BotTab::Attention),
        "social_links" => Some(BotTab::SocialLinks),
        "hours" => Some(BotTab::Hours),
        _ => None,
    }
}

/// What has to be put right before it can be saved; for many numbers, of what is applied only.
pub fn faults(settings: &ChatbotSettings, applied: Option<&BTreeSet<SettingsField>>) -> Vec<Fault> {
    let counts = |fault: &Fault| {
        applied.is_none_or(|applied| field_of(&fault.pointer).is_none_or(|field| applied.contains(&field)))
    };
    domain::chatbots::check(settings).into_iter().filter(counts).collect()
}

//! The words of a change: its parts, its fields, and what is left out of it.

use super::model::{Named, named};
use crate::{
    chatbots::words,
    i18n::{Locale, td_string},
};
use types::settings_changes::{LeftOut, SettingsField, SettingsPart};

pub fn part(locale: Locale, part: SettingsPart) -> &'static str {
    match part {
        SettingsPart::AttentionSettings => td_string!(locale, settings_changes.part_attention_settings),
        SettingsPart::ConversationFlow => td_string!(locale, settings_changes.part_conversation_flow),
        SettingsPart::Faq => td_string!(locale, settings_changes.part_faq),
        SettingsPart::Queues => td_string!(locale, settings_changes.part_queues),
        SettingsPart::AttentionTexts => td_string!(locale, settings_changes.part_attention_texts),
        SettingsPart::Absence => td_string!(locale, settings_changes.part_absence),
        SettingsPart::SocialLinks => td_string!(locale, settings_changes.part_social_links),
        SettingsPart::Hours => td_string!(locale, settings_changes.part_hours),
    }
}

/// Fields in one line, whole parts by their names.
pub fn fields(locale: Locale, fields: &[SettingsField]) -> String {
    let one = |named| match named {
        Named::Part(one) => part(locale, one),
        Named::Field(field) => words::field(locale, field),
    };
    named(fields).into_iter().map(one).collect::<Vec<_>>().join(", ")
}

pub fn left_out(locale: Locale, left_out: &LeftOut) -> String {
    match left_out {
        LeftOut::QueueAgent { queue, email } => {
            let queue = queue.clone().unwrap_or_else(|| td_string!(locale, settings_changes.default_queue).to_owned());
            td_string!(locale, settings_changes.left_out_agent, email = email.clone(), queue = queue).to_string()
        }
        LeftOut::AbsenceOfItself => td_string!(locale, settings_changes.left_out_absence).to_owned(),
        LeftOut::NotifyWithoutTemplate => td_string!(locale, settings_changes.left_out_notify).to_owned(),
    }
}

/// What is in a field, for a cell of a table.
pub fn value(locale: Locale, field: SettingsField, value: &serde_json::Value) -> String {
    let words = words::value(locale, field, value);
    if words.trim().is_empty() { td_string!(locale, settings_changes.empty_value).to_owned() } else { words }
}

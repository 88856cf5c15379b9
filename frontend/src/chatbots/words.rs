//! The words of the settings: what their fields are called and what is in them, for conflicts and for plans.

pub use super::values::value;

use crate::i18n::{Locale, td_string};
use types::settings_changes::SettingsField;

/// What a field is called on its page.
pub fn field(locale: Locale, field: SettingsField) -> &'static str {
    match field {
        SettingsField::FirstGreeting => td_string!(locale, chatbots.field_first_greeting),
        SettingsField::ReturnGreeting => td_string!(locale, chatbots.field_return_greeting),
        SettingsField::Survey => td_string!(locale, chatbots.field_survey),
        SettingsField::Faq => td_string!(locale, chatbots.field_faq),
        SettingsField::DefaultQueueAgents => td_string!(locale, chatbots.field_default_queue_agents),
        SettingsField::AttendanceCentre => td_string!(locale, chatbots.field_attendance_centre),
        SettingsField::PreAttendance => td_string!(locale, chatbots.field_pre_attendance),
        SettingsField::PostAttendance => td_string!(locale, chatbots.field_post_attendance),
        SettingsField::Absence => td_string!(locale, chatbots.field_absence),
        SettingsField::NotifyNextHours => td_string!(locale, chatbots.field_notify_next_hours),
        SettingsField::SocialLinks => td_string!(locale, chatbots.field_social_links),
        SettingsField::OpeningHours => td_string!(locale, chatbots.field_opening_hours),
        SettingsField::Holidays => td_string!(locale, chatbots.field_holidays),
        SettingsField::TimeZone => td_string!(locale, chatbots.field_time_zone),
        SettingsField::Unavailable => td_string!(locale, chatbots.field_unavailable),
        SettingsField::Tags => td_string!(locale, chatbots.field_tags),
        SettingsField::Distribution => td_string!(locale, chatbots.field_distribution),
        SettingsField::TicketsAtATime => td_string!(locale, chatbots.field_tickets_at_a_time),
        SettingsField::Inactivity => td_string!(locale, chatbots.field_inactivity),
        SettingsField::ReturnToQueue => td_string!(locale, chatbots.field_return_to_queue),
        SettingsField::CustomerSignals => td_string!(locale, chatbots.field_customer_signals),
        SettingsField::ActiveAnswersFirst => td_string!(locale, chatbots.field_active_answers_first),
        SettingsField::CancelWords => td_string!(locale, chatbots.field_cancel_words),
        SettingsField::MandatoryTag => td_string!(locale, chatbots.field_mandatory_tag),
        SettingsField::AgentMay => td_string!(locale, chatbots.field_agent_may),
    }
}

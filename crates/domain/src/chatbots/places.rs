//! Which field a place in the settings document belongs to.

use super::fields;
use types::settings_changes::{SettingsField, SettingsPart};

/// All fields of a chatbot, in the page's order; the attention settings are none of them.
pub fn chatbot_fields() -> Vec<SettingsField> {
    use SettingsPart as P;
    [P::ConversationFlow, P::Faq, P::Queues, P::AttentionTexts, P::Absence, P::SocialLinks, P::Hours]
        .into_iter()
        .flat_map(|part| fields(part).iter().copied())
        .collect()
}

/// The field that a JSON pointer into a chatbot's settings leads to; none where it leads past all of them.
pub fn field_at(pointer: &str) -> Option<SettingsField> {
    use SettingsField as F;
    let mut parts = pointer.split('/').skip(1);
    let field = match (parts.next()?, parts.next().unwrap_or_default()) {
        ("conversation_flow", "first_greeting") => F::FirstGreeting,
        ("conversation_flow", "return_greeting") => F::ReturnGreeting,
        ("conversation_flow", "survey") => F::Survey,
        ("faq", _) => F::Faq,
        ("queues", "default_agents") => F::DefaultQueueAgents,
        ("queues", _) => F::AttendanceCentre,
        ("attention", "pre_attendance") => F::PreAttendance,
        ("attention", "post_attendance") => F::PostAttendance,
        ("attention", "absence") => F::Absence,
        ("attention", "notify_next_hours") => F::NotifyNextHours,
        ("social_links", _) => F::SocialLinks,
        ("hours", "always" | "days") => F::OpeningHours,
        ("hours", "holidays") => F::Holidays,
        ("hours", "time_zone") => F::TimeZone,
        ("hours", "unavailable") => F::Unavailable,
        _ => return None,
    };
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_the_field_it_is_in() {
        for (pointer, field) in [
            ("/conversation_flow/survey/question", Some(SettingsField::Survey)),
            ("/faq/questions/3/label", Some(SettingsField::Faq)),
            ("/queues/default_agents/0", Some(SettingsField::DefaultQueueAgents)),
            ("/queues/own/0/name", Some(SettingsField::AttendanceCentre)),
            ("/hours/days/monday/0/to", Some(SettingsField::OpeningHours)),
            ("/hours/holidays/2", Some(SettingsField::Holidays)),
            ("/attention", None),
            ("", None),
        ] {
            assert_eq!(field_at(pointer), field, "{pointer}");
        }
    }

    #[test]
    fn every_field_of_a_chatbot_is_listed_once() {
        let mut fields = chatbot_fields();
        assert_eq!(fields.len(), 15);
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), 15);
    }
}

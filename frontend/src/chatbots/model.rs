//! Which tab and which part of the settings something belongs to, and what is wrong with it.

use domain::chatbots::{Fault, survey_question};
use std::collections::BTreeSet;
use types::{
    Language,
    chatbots::{ChatbotSettings, INTERACTIVE_MAX, SuggestedContact, SurveyFrequency, SurveyKind},
    messages::TEXT_MAX,
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

/// Whether a pointer is another one or below it.
pub fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Minutes of an hour.
pub const HOUR: u32 = 60;
/// Minutes of a day.
pub const DAY: u32 = 24 * HOUR;

/// The unit a span reads best in, in minutes: hours up to two days, else days where they are whole.
pub fn unit_of(minutes: u32) -> u32 {
    if !minutes.is_multiple_of(HOUR) {
        1
    } else if minutes > 2 * DAY && minutes.is_multiple_of(DAY) {
        DAY
    } else {
        HOUR
    }
}

/// The kind of a frequency, as on the wire.
pub fn every(frequency: SurveyFrequency) -> &'static str {
    match frequency {
        SurveyFrequency::Attendance => "attendance",
        SurveyFrequency::Days { .. } => "days",
        SurveyFrequency::Attendances { .. } => "attendances",
    }
}

/// The figure of a frequency that has one.
pub fn times(frequency: SurveyFrequency) -> Option<u32> {
    match frequency {
        SurveyFrequency::Attendance => None,
        SurveyFrequency::Days { days } => Some(days),
        SurveyFrequency::Attendances { attendances } => Some(attendances),
    }
}

pub fn frequency(every: &str, times: u32) -> SurveyFrequency {
    match every {
        "days" => SurveyFrequency::Days { days: times },
        "attendances" => SurveyFrequency::Attendances { attendances: times },
        _ => SurveyFrequency::Attendance,
    }
}

/// The question a survey of a kind gets when it is chosen: its own where there is none yet, or only the one that comes with
/// the other kind. None leaves what somebody wrote.
pub fn question_of(kind: SurveyKind, question: &str, language: Language) -> Option<&'static str> {
    let other = match kind {
        SurveyKind::None => return None,
        SurveyKind::Csat => SurveyKind::Nps,
        SurveyKind::Nps => SurveyKind::Csat,
    };
    let question = question.trim();
    let languages = [Language::Es, Language::Pt, Language::En];
    let standard = languages.iter().any(|language| survey_question(*language, other) == question);
    (question.is_empty() || standard).then(|| survey_question(language, kind))
}

/// Characters of a survey's question at most: that of satisfaction comes with buttons, the other is a plain text.
pub fn question_max(kind: SurveyKind) -> usize {
    match kind {
        SurveyKind::Csat => INTERACTIVE_MAX,
        SurveyKind::None | SurveyKind::Nps => TEXT_MAX,
    }
}

/// What kind of contact an absence suggests.
pub fn suggested_kind(suggested: Option<&SuggestedContact>) -> &'static str {
    match suggested {
        None => "nobody",
        Some(SuggestedContact::Number { .. }) => "number",
        Some(SuggestedContact::Phone { .. }) => "phone",
    }
}

/// The phone and the name that are suggested, empty where there is none.
pub fn suggested_phone(suggested: Option<&SuggestedContact>) -> (String, String) {
    match suggested {
        Some(SuggestedContact::Phone { phone, name }) => (phone.clone(), name.clone().unwrap_or_default()),
        Some(SuggestedContact::Number { .. }) | None => (String::new(), String::new()),
    }
}

/// A phone as it is typed, without what only groups its digits.
pub fn phone_contact(phone: &str, name: &str) -> SuggestedContact {
    SuggestedContact::Phone {
        phone: phone.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '.')).collect(),
        name: (!name.is_empty()).then(|| name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn every_field_of_a_chatbot_is_on_one_tab() {
        let all = all_fields();
        assert_eq!(all.len(), 15);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 15);
    }

    #[test]
    fn a_pointer_leads_to_its_field_and_its_tab() {
        for (pointer, field) in [
            ("/conversation_flow/first_greeting/text", SettingsField::FirstGreeting),
            ("/conversation_flow/survey/frequency/days", SettingsField::Survey),
            ("/faq/questions/3/label", SettingsField::Faq),
            ("/queues/default_agents/0", SettingsField::DefaultQueueAgents),
            ("/queues/own/2/name", SettingsField::AttendanceCentre),
            ("/attention/absence/suggested/phone", SettingsField::Absence),
            ("/attention/notify_next_hours/on", SettingsField::NotifyNextHours),
            ("/social_links/x", SettingsField::SocialLinks),
            ("/hours/days/monday/0/to", SettingsField::OpeningHours),
            ("/hours/holidays/4/name", SettingsField::Holidays),
        ] {
            assert_eq!(field_of(pointer), Some(field), "{pointer}");
            let tab = tab_of(pointer);
            assert!(tab.is_some_and(|tab| tab.fields().contains(&field)), "{pointer}");
        }
        assert_eq!((field_of("/version"), tab_of("/version")), (None, None));
    }

    #[test]
    fn a_pointer_is_within_itself_and_its_parents_only() {
        assert!(is_within("/a/b", "/a/b") && is_within("/a/b/c", "/a/b"));
        assert!(!is_within("/a/bc", "/a/b") && !is_within("/a", "/a/b"));
    }

    #[test]
    fn a_span_is_said_in_the_unit_that_reads_best() {
        for (minutes, unit) in
            [(60, HOUR), (90, 1), (1440, HOUR), (2880, HOUR), (4320, DAY), (4380, HOUR), (43_200, DAY)]
        {
            assert_eq!(unit_of(minutes), unit, "{minutes}");
        }
    }

    #[test]
    fn a_frequency_keeps_its_figure_when_its_kind_changes() {
        let days = frequency("days", 30);
        assert_eq!((every(days), times(days)), ("days", Some(30)));
        assert_eq!(
            frequency("attendances", times(days).unwrap_or(7)),
            SurveyFrequency::Attendances { attendances: 30 }
        );
        assert_eq!(times(frequency("attendance", 30)), None);
    }

    #[test]
    fn a_survey_asks_its_kinds_own_question_until_somebody_words_it_otherwise() {
        let words = |kind| survey_question(Language::Es, kind);
        let (csat, nps) = (SurveyKind::Csat, SurveyKind::Nps);
        for (kind, other) in [(csat, nps), (nps, csat)] {
            for replaced in ["", "  ", words(other), survey_question(Language::Pt, other)] {
                assert_eq!(question_of(kind, replaced, Language::Es), Some(words(kind)), "{replaced}");
            }
            for kept in ["¿Qué tal?", words(kind)] {
                assert_eq!(question_of(kind, kept, Language::Es), None, "{kept}");
            }
            assert_eq!(question_of(SurveyKind::None, words(other), Language::Es), None);
        }
        // A new number's survey is of no kind, and its question is that of satisfaction.
        let new = domain::chatbots::defaults(Language::Es).conversation_flow.survey.question;
        assert_eq!(question_of(nps, &new, Language::Es), Some(words(nps)));
    }

    #[test]
    fn a_surveys_question_is_counted_as_it_is_checked() {
        for kind in [SurveyKind::Csat, SurveyKind::Nps] {
            let mut settings = domain::chatbots::defaults(Language::Es);
            let max = question_max(kind);
            let mut faults_of = |length: usize| {
                let survey = &mut settings.conversation_flow.survey;
                (survey.kind, survey.question) = (kind, "a".repeat(length));
                faults(&settings, None).len()
            };
            assert_eq!((faults_of(max), faults_of(max + 1)), (0, 1), "{kind}");
        }
    }

    #[test]
    fn the_tabs_have_names_for_the_address() {
        for tab in BotTab::iter() {
            assert_eq!(tab.to_string().parse(), Ok(tab));
        }
    }

    #[test]
    fn a_suggested_phone_loses_what_only_groups_its_digits() {
        let contact = phone_contact("+56 9 (1234)-5678", "");
        assert_eq!(suggested_phone(Some(&contact)), ("+56912345678".to_owned(), String::new()));
        assert_eq!(suggested_kind(Some(&contact)), "phone");
    }
}

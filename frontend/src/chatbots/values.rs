//! What is in a field of the settings, as people read it.

use super::{hours::weekday, model, typed_text};
use crate::i18n::{Locale, td_string};
use serde::de::DeserializeOwned;
use serde_json::Value;
use types::{
    attention_settings::{AgentMay, CustomerSignals, DistributionRule, InactivityClose},
    chatbots::{
        AbsenceSettings, Faq, Holiday, Interval, OptionalText, OwnQueue, PreAttendance, ReturnGreeting, SocialLinks,
        SuggestedContact, Survey, SurveyFrequency, SurveyKind, WeekHours,
    },
    settings_changes::SettingsField,
};

/// A field's value in words; `value` is as in `SettingsFieldChange`.
pub fn value(locale: Locale, field: SettingsField, value: &Value) -> String {
    let said = match field {
        SettingsField::FirstGreeting
        | SettingsField::PostAttendance
        | SettingsField::NotifyNextHours
        | SettingsField::Unavailable => read(value).map(|text: OptionalText| optional(locale, text.on, text.text)),
        SettingsField::ReturnGreeting => read(value).map(|greeting| return_greeting(locale, greeting)),
        SettingsField::Survey => read(value).map(|asked| survey(locale, asked)),
        SettingsField::Faq => read(value).map(|asked| faq(locale, asked)),
        SettingsField::DefaultQueueAgents | SettingsField::Tags | SettingsField::CancelWords => {
            read(value).map(|all: Vec<String>| all.join(", "))
        }
        SettingsField::AttendanceCentre => Some(centre(locale, value)),
        SettingsField::PreAttendance => read(value).map(|said| pre_attendance(locale, said)),
        SettingsField::Absence => read(value).map(|away| absence(locale, away)),
        SettingsField::SocialLinks => read(value).map(|links| social(locale, &links)),
        SettingsField::OpeningHours => Some(opening(locale, value)),
        SettingsField::Holidays => read(value).map(|all: Vec<Holiday>| {
            let day =
                |day: &Holiday| format!("{}: {}", typed_text::holiday_words(day), intervals(locale, &day.intervals));
            all.iter().map(day).collect::<Vec<_>>().join("\n")
        }),
        SettingsField::TimeZone => read(value)
            .map(|zone: Option<String>| zone.unwrap_or_else(|| td_string!(locale, chatbots.value_own_zone).to_owned())),
        SettingsField::Distribution => read(value).map(|rule| {
            match rule {
                DistributionRule::FewestTickets => td_string!(locale, chatbots.value_fewest_tickets),
                DistributionRule::LongestIdle => td_string!(locale, chatbots.value_longest_idle),
            }
            .to_owned()
        }),
        SettingsField::TicketsAtATime => read(value).map(|count: u32| count.to_string()),
        SettingsField::Inactivity => read(value).map(|close| inactivity(locale, close)),
        SettingsField::ReturnToQueue => read(value).map(|minutes| span(locale, minutes)),
        SettingsField::CustomerSignals => read(value).map(|signals: CustomerSignals| {
            let on = [
                signals.read_receipts.then(|| td_string!(locale, chatbots.value_read_receipts)),
                signals.typing.then(|| td_string!(locale, chatbots.value_typing)),
            ];
            on.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }),
        SettingsField::ActiveAnswersFirst | SettingsField::MandatoryTag => read(value).map(|on| switch(locale, on)),
        SettingsField::AgentMay => read(value).map(|may: AgentMay| {
            let may = [
                may.transfer.then(|| td_string!(locale, chatbots.value_transfer)),
                may.close.then(|| td_string!(locale, chatbots.value_close)),
                may.start_conversations.then(|| td_string!(locale, chatbots.value_start)),
            ];
            may.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }),
    };
    // A value that is newer than this page is said as it came.
    let said = said.unwrap_or_else(|| value.to_string());
    if said.trim().is_empty() { td_string!(locale, chatbots.value_nothing).to_owned() } else { said }
}

/// A span of minutes in the unit it reads best in.
pub fn span(locale: Locale, minutes: u32) -> String {
    let unit = model::unit_of(minutes);
    let words = match unit {
        model::DAY => td_string!(locale, chatbots.days),
        model::HOUR => td_string!(locale, chatbots.hours),
        _ => td_string!(locale, chatbots.minutes),
    };
    format!("{} {words}", minutes / unit)
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn part<T: DeserializeOwned + Default>(value: &Value, name: &str) -> T {
    value.get(name).and_then(read).unwrap_or_default()
}

fn off(locale: Locale) -> String {
    td_string!(locale, chatbots.value_off).to_owned()
}

fn switch(locale: Locale, on: bool) -> String {
    if on { td_string!(locale, chatbots.value_on).to_owned() } else { off(locale) }
}

fn optional(locale: Locale, on: bool, text: String) -> String {
    if on { text } else { off(locale) }
}

fn return_greeting(locale: Locale, greeting: ReturnGreeting) -> String {
    let ReturnGreeting { on, text, inactivity_minutes } = greeting;
    let after = format!("{}: {}", td_string!(locale, chatbots.inactivity), span(locale, inactivity_minutes));
    format!("{}\n{after}", optional(locale, on, text))
}

fn survey(locale: Locale, survey: Survey) -> String {
    let Survey { kind, invitation, question, thanks, frequency } = survey;
    let kind = match kind {
        SurveyKind::None => return td_string!(locale, chatbots.survey_none).to_owned(),
        SurveyKind::Csat => td_string!(locale, chatbots.survey_csat),
        SurveyKind::Nps => td_string!(locale, chatbots.survey_nps),
    };
    let every = match frequency {
        SurveyFrequency::Attendance => td_string!(locale, chatbots.every_attendance).to_owned(),
        SurveyFrequency::Days { days } => format!("{}: {days}", td_string!(locale, chatbots.every_n_days)),
        SurveyFrequency::Attendances { attendances } => {
            format!("{}: {attendances}", td_string!(locale, chatbots.every_n_attendances))
        }
    };
    let line = |label: &str, words: String| format!("{label}: {words}");
    [
        kind.to_owned(),
        line(td_string!(locale, chatbots.invitation), optional(locale, invitation.on, invitation.text)),
        line(td_string!(locale, chatbots.survey_question), question),
        line(td_string!(locale, chatbots.thanks), optional(locale, thanks.on, thanks.text)),
        every,
    ]
    .join("\n")
}

fn faq(locale: Locale, faq: Faq) -> String {
    let Faq { on, intro, questions, attendance_button } = faq;
    let mut lines = vec![optional(locale, on, intro)];
    lines.extend(
        (1..).zip(questions).map(|(number, one)| format!("{number}. {} — {}: {}", one.label, one.question, one.answer)),
    );
    if attendance_button.on {
        lines.push(format!("[{}]", attendance_button.label));
    }
    lines.join("\n")
}

fn centre(locale: Locale, value: &Value) -> String {
    #[derive(serde::Deserialize)]
    struct Named {
        name: String,
        agents: Vec<String>,
    }
    let own: Vec<OwnQueue> = part::<Vec<Value>>(value, "own")
        .iter()
        .filter_map(read::<Named>)
        .map(|Named { name, agents }| OwnQueue { id: None, name, agents })
        .collect();
    let mut lines = vec![optional(locale, part(value, "centre_on"), part(value, "prompt"))];
    lines.extend(own.into_iter().map(|queue| format!("{}: {}", queue.name, queue.agents.join(", "))));
    lines.join("\n")
}

fn pre_attendance(locale: Locale, said: PreAttendance) -> String {
    let PreAttendance { on, text, cancel_button } = said;
    let button = (on && cancel_button).then(|| format!("\n[{}]", td_string!(locale, chatbots.cancel_button)));
    format!("{}{}", optional(locale, on, text), button.unwrap_or_default())
}

fn absence(locale: Locale, away: AbsenceSettings) -> String {
    let AbsenceSettings { on, text, suggested } = away;
    let suggested = suggested.map(|suggested| match suggested {
        SuggestedContact::Number { number_id: _ } => td_string!(locale, chatbots.suggest_number).to_owned(),
        SuggestedContact::Phone { phone, name } => {
            [name, Some(phone)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    });
    let suggested = suggested.map(|words| format!("\n{}: {words}", td_string!(locale, chatbots.suggested)));
    format!("{}{}", optional(locale, on, text), suggested.unwrap_or_default())
}

fn social(locale: Locale, links: &SocialLinks) -> String {
    let mut lines = vec![switch(locale, links.on)];
    lines.extend(links.all().into_iter().filter(|(_, link)| !link.is_empty()).map(|(_, link)| link.to_owned()));
    lines.join("\n")
}

fn opening(locale: Locale, value: &Value) -> String {
    if part(value, "always") {
        return td_string!(locale, chatbots.always).to_owned();
    }
    let days: WeekHours = part(value, "days");
    let line = |(at, (_, all)): (usize, (&str, &Vec<Interval>))| {
        format!("{}: {}", weekday(locale, at), intervals(locale, all))
    };
    days.all().into_iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn intervals(locale: Locale, all: &[Interval]) -> String {
    if all.is_empty() {
        return td_string!(locale, chatbots.closed).to_owned();
    }
    all.iter().map(|one| format!("{}–{}", one.from, one.to)).collect::<Vec<_>>().join(", ")
}

fn inactivity(locale: Locale, close: InactivityClose) -> String {
    let InactivityClose { on, close_after_minutes, warning } = close;
    if !on {
        return off(locale);
    }
    let warned = warning.on.then(|| format!("\n{} ({})", warning.text, span(locale, warning.lead_minutes)));
    format!("{}{}", span(locale, close_after_minutes), warned.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::chatbots::differences;
    use strum::IntoEnumIterator as _;
    use types::{Language, attention_settings::AttentionSettings, chatbots::ChatbotSettings};

    #[test]
    fn every_field_is_said_without_the_names_of_the_document() {
        let bot = domain::chatbots::defaults(Language::Es);
        let attention = AttentionSettings::default();
        let mut other = ChatbotSettings::default();
        other.faq.on = true;
        other.queues.own.push(OwnQueue {
            id: None,
            name: "Ventas".to_owned(),
            agents: vec!["ana@example.com".to_owned()],
        });
        other.queues.centre_on = true;
        let fields: Vec<_> = SettingsField::iter().collect();
        for change in differences((&bot, &attention), (&other, &attention), &fields) {
            for value in [&change.from, &change.to] {
                let said = super::value(Locale::es, change.field, value);
                assert!(!said.contains(['{', '}']) || said.contains("{{"), "{}: {said}", change.field);
                assert!(!said.is_empty(), "{}", change.field);
            }
        }
    }

    #[test]
    fn hours_read_like_a_sign_on_a_door() {
        let mut settings = ChatbotSettings::default();
        let nine = Interval { from: "09:00".parse().unwrap_or_default(), to: "18:00".parse().unwrap_or_default() };
        settings.hours.days.monday.push(nine);
        let value = serde_json::json!({"always": false, "days": settings.hours.days});
        let said = super::value(Locale::es, SettingsField::OpeningHours, &value);
        assert!(said.starts_with("Lunes: 09:00–18:00\nMartes: Cerrado"), "{said}");
    }

    #[test]
    fn queues_are_said_with_their_agents() {
        let value = serde_json::json!({"centre_on": true, "prompt": "Elige", "own": [{"name": "Ventas", "agents": ["a@x.cl"]}]});
        assert_eq!(super::value(Locale::es, SettingsField::AttendanceCentre, &value), "Elige\nVentas: a@x.cl");
    }
}

//! What is wrong with a chatbot's settings, by itself: limits, orders, names (conversation.md § 4). What needs the database
//! is checked elsewhere.

mod hours;
mod links;

use super::{Fault, faults::Faults};
use crate::{engine, phones::PhoneNumber};
use std::collections::HashSet;
use strum::IntoEnumIterator;
use types::{
    FieldCode, Language,
    chatbots::{
        AbsenceSettings, AttendanceButton, AttentionTexts, BUTTON_MAX, ChatbotSettings, ConversationFlow,
        FAQ_QUESTION_MAX, FAQ_QUESTIONS_MAX, Faq, FaqQuestion, INACTIVITY_MINUTES, INTERACTIVE_MAX, LABEL_MAX,
        OptionalText, OwnQueue, PreAttendance, QUEUE_AGENTS_MAX, QUEUES_MAX, Queues, ReturnGreeting, SURVEY_EVERY,
        SuggestedContact, Survey, SurveyFrequency, SurveyKind,
    },
    messages::TEXT_MAX,
};

/// Characters of a suggested contact's name at most.
const SUGGESTED_NAME_MAX: usize = 75;

/// Every fault, in the order of the page. A part that is off may be unfinished, but never too long.
pub fn check(settings: &ChatbotSettings) -> Vec<Fault> {
    let ChatbotSettings { conversation_flow: flow, faq, queues, attention, social_links, hours } = settings;
    let mut faults = Faults::default();
    check_flow(&mut faults, flow);
    check_faq(&mut faults, faq);
    check_queues(&mut faults, queues);
    check_attention(&mut faults, attention);
    links::check(&mut faults, social_links);
    hours::check(&mut faults, hours);
    faults.all()
}

fn optional(faults: &mut Faults, pointer: &str, OptionalText { on, text }: &OptionalText, limit: usize) {
    faults.text(&format!("{pointer}/text"), *on, text, limit);
}

fn check_flow(faults: &mut Faults, flow: &ConversationFlow) {
    let ConversationFlow { first_greeting, return_greeting, survey } = flow;
    let ReturnGreeting { on, text, inactivity_minutes } = return_greeting;
    optional(faults, "/conversation_flow/first_greeting", first_greeting, TEXT_MAX);
    faults.text("/conversation_flow/return_greeting/text", *on, text, TEXT_MAX);
    // It counts whether the greeting is on or off.
    let pointer = "/conversation_flow/return_greeting/inactivity_minutes";
    faults.range(pointer, *inactivity_minutes, &INACTIVITY_MINUTES);
    let Survey { kind, invitation, question, thanks, frequency } = survey;
    let (on, limit) = match kind {
        SurveyKind::None => (false, TEXT_MAX),
        SurveyKind::Csat => (true, INTERACTIVE_MAX),
        SurveyKind::Nps => (true, TEXT_MAX),
    };
    let invited = on && invitation.on;
    faults.text("/conversation_flow/survey/invitation/text", invited, &invitation.text, INTERACTIVE_MAX);
    faults.text("/conversation_flow/survey/question", on, question, limit);
    faults.text("/conversation_flow/survey/thanks/text", on && thanks.on, &thanks.text, TEXT_MAX);
    match frequency {
        SurveyFrequency::Attendance => {}
        SurveyFrequency::Days { days } => {
            faults.range("/conversation_flow/survey/frequency/days", *days, &SURVEY_EVERY);
        }
        SurveyFrequency::Attendances { attendances } => {
            faults.range("/conversation_flow/survey/frequency/attendances", *attendances, &SURVEY_EVERY);
        }
    }
}

fn check_faq(faults: &mut Faults, Faq { on, intro, questions, attendance_button }: &Faq) {
    faults.text("/faq/intro", *on, intro, INTERACTIVE_MAX);
    if *on && questions.is_empty() {
        faults.add("/faq/questions", FieldCode::Required);
    }
    faults.at_most("/faq/questions", questions.len(), FAQ_QUESTIONS_MAX);
    for (index, FaqQuestion { question, label, answer }) in questions.iter().enumerate() {
        let pointer = |field: &str| format!("/faq/questions/{index}/{field}");
        faults.line(&pointer("question"), *on, question, FAQ_QUESTION_MAX);
        faults.line(&pointer("label"), *on, label, LABEL_MAX);
        faults.text(&pointer("answer"), *on, answer, TEXT_MAX);
    }
    let AttendanceButton { on: button_on, label } = attendance_button;
    faults.line("/faq/attendance_button/label", *on && *button_on, label, BUTTON_MAX);
    let labels = questions.iter().enumerate().map(|(index, question)| {
        let pointer = format!("/faq/questions/{index}/label");
        (pointer, question.label.as_str())
    });
    let button = button_on.then(|| ("/faq/attendance_button/label".to_owned(), label.as_str()));
    faults.unique(labels.chain(button));
}

/// Own queues are there for members also while contacts do not choose among them: they always need a name.
fn check_queues(faults: &mut Faults, Queues { default_agents, centre_on, prompt, own }: &Queues) {
    faults.emails("/queues/default_agents", default_agents, QUEUE_AGENTS_MAX);
    faults.text("/queues/prompt", *centre_on, prompt, INTERACTIVE_MAX);
    if *centre_on && own.is_empty() {
        faults.add("/queues/own", FieldCode::Required);
    }
    faults.at_most("/queues/own", own.len(), QUEUES_MAX);
    let mut ids = HashSet::new();
    for (index, OwnQueue { id, name, agents }) in own.iter().enumerate() {
        let pointer = |field: &str| format!("/queues/own/{index}/{field}");
        if id.is_some_and(|id| !ids.insert(id)) {
            faults.add(&pointer("id"), FieldCode::Repeated);
        }
        faults.line(&pointer("name"), true, name, LABEL_MAX);
        let name = name.trim().to_lowercase();
        if Language::iter().any(|language| engine::default_queue(language).to_lowercase() == name) {
            faults.add(&pointer("name"), FieldCode::ReservedName);
        }
        faults.emails(&pointer("agents"), agents, QUEUE_AGENTS_MAX);
    }
    let names = own.iter().enumerate();
    faults.unique(names.map(|(index, queue)| (format!("/queues/own/{index}/name"), queue.name.as_str())));
}

fn check_attention(faults: &mut Faults, attention: &AttentionTexts) {
    let AttentionTexts { pre_attendance, post_attendance, absence, notify_next_hours } = attention;
    let PreAttendance { on, text, cancel_button } = pre_attendance;
    let limit = if *cancel_button { INTERACTIVE_MAX } else { TEXT_MAX };
    faults.text("/attention/pre_attendance/text", *on, text, limit);
    optional(faults, "/attention/post_attendance", post_attendance, TEXT_MAX);
    let AbsenceSettings { on, text, suggested } = absence;
    let limit = if suggested.is_some() { INTERACTIVE_MAX } else { TEXT_MAX };
    faults.text("/attention/absence/text", *on, text, limit);
    match suggested {
        None | Some(SuggestedContact::Number { number_id: _ }) => {}
        Some(SuggestedContact::Phone { phone, name }) => {
            let pointer = "/attention/absence/suggested/phone";
            if phone.trim().is_empty() {
                if *on {
                    faults.add(pointer, FieldCode::Required);
                }
            } else if phone.parse::<PhoneNumber>().is_err() {
                faults.add(pointer, FieldCode::Invalid);
            }
            let name = name.as_deref().unwrap_or_default();
            faults.line("/attention/absence/suggested/name", false, name, SUGGESTED_NAME_MAX);
        }
    }
    optional(faults, "/attention/notify_next_hours", notify_next_hours, INTERACTIVE_MAX);
}

#[cfg(test)]
mod tests;

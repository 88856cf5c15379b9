//! Every field is taken over by itself, told apart by itself, and in exactly one part.

use super::*;
use strum::IntoEnumIterator;
use types::{
    Language, NumberId, QueueId,
    attention_settings::{CustomerSignals, DistributionRule},
    chatbots::{FaqQuestion, Holiday, OwnQueue, SuggestedContact, SurveyKind},
};
use uuid::Uuid;

type Both = (ChatbotSettings, AttentionSettings);

fn plain() -> Both {
    (crate::chatbots::defaults(Language::Es), crate::attention_settings::defaults(Language::Es))
}

fn queue(id: Option<u128>, name: &str) -> OwnQueue {
    OwnQueue { id: id.map(|id| QueueId(Uuid::from_u128(id))), name: name.to_owned(), agents: vec![] }
}

/// Settings that differ from the plain ones in every field.
fn other() -> Both {
    let (mut bot, mut attention) =
        (crate::chatbots::defaults(Language::En), crate::attention_settings::defaults(Language::En));
    bot.conversation_flow.survey.kind = SurveyKind::Nps;
    bot.faq.questions = vec![FaqQuestion { question: "?".into(), label: "a".into(), answer: "b".into() }];
    bot.queues.default_agents = vec!["ana@example.com".into()];
    bot.queues.own = vec![queue(Some(9), "Sales")];
    bot.attention.absence.suggested = Some(SuggestedContact::Number { number_id: NumberId(Uuid::nil()) });
    bot.social_links.on = true;
    bot.hours.always = false;
    bot.hours.holidays = vec![Holiday { day: 1, month: 1, name: "x".into(), intervals: vec![] }];
    bot.hours.time_zone = Some("Europe/Madrid".into());
    attention.tags = vec!["a".into()];
    attention.mandatory_tag = true;
    attention.distribution = DistributionRule::LongestIdle;
    attention.tickets_at_a_time = 9;
    attention.inactivity.on = true;
    attention.return_to_queue_minutes = 9;
    attention.customer_signals = CustomerSignals { read_receipts: true, typing: true };
    attention.active_answers_first = false;
    attention.cancel_words = vec!["stop".into()];
    attention.agent_may.close = false;
    (bot, attention)
}

fn all_fields() -> Vec<SettingsField> {
    SettingsPart::iter().flat_map(|part| fields(part).iter().copied()).collect()
}

fn taken_over(target: &Both, source: &Both, fields: &[SettingsField]) -> Both {
    let mut taken = target.clone();
    apply((&mut taken.0, &mut taken.1), (&source.0, &source.1), fields);
    taken
}

fn differing(one: &Both, two: &Both) -> Vec<SettingsField> {
    let found = differences((&one.0, &one.1), (&two.0, &two.1), &all_fields());
    found.into_iter().map(|change| change.field).collect()
}

#[test]
fn every_field_is_in_exactly_one_part() {
    let mut listed = all_fields();
    listed.sort_unstable();
    let mut known: Vec<SettingsField> = SettingsField::iter().collect();
    known.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn a_field_is_taken_over_and_no_other() {
    assert_eq!(differing(&plain(), &other()), all_fields());
    for field in SettingsField::iter() {
        let taken = taken_over(&plain(), &other(), &[field]);
        assert_eq!(differing(&plain(), &taken), [field]);
        assert!(!differing(&taken, &other()).contains(&field));
    }
}

#[test]
fn all_fields_together_are_the_whole_document() {
    let mut source = other();
    let taken = taken_over(&plain(), &source, &all_fields());
    // The source's own ids stay with it.
    source.0.queues.own = vec![queue(None, "Sales")];
    assert_eq!(taken, source);
    assert_eq!(taken_over(&plain(), &other(), &[]), plain());
}

#[test]
fn a_queue_keeps_the_id_it_has_by_its_name() {
    let (mut target, mut source) = (plain(), plain());
    target.0.queues.own = vec![queue(Some(1), "Ventas"), queue(Some(2), "Soporte")];
    source.0.queues.own = vec![queue(Some(7), "SOPORTE"), queue(Some(8), "Pagos")];
    let taken = taken_over(&target, &source, &[SettingsField::AttendanceCentre]);
    assert_eq!(taken.0.queues.own, [queue(Some(2), "SOPORTE"), queue(None, "Pagos")]);
}

#[test]
fn ids_of_queues_are_no_difference() {
    let (mut one, mut two) = (plain(), plain());
    one.0.queues.own = vec![queue(Some(1), "Ventas")];
    two.0.queues.own = vec![queue(None, "Ventas")];
    assert_eq!(differing(&one, &two), []);
    two.0.queues.own[0].agents = vec!["ana@example.com".into()];
    assert_eq!(differing(&one, &two), [SettingsField::AttendanceCentre]);
}

#[test]
fn a_difference_says_from_what_to_what() {
    let changes = differences(
        (&plain().0, &plain().1),
        (&other().0, &other().1),
        &[SettingsField::TicketsAtATime, SettingsField::TimeZone],
    );
    let told: Vec<String> = changes.iter().map(|change| format!("{} → {}", change.from, change.to)).collect();
    assert_eq!(told, ["5 → 9", "null → \"Europe/Madrid\""]);
}

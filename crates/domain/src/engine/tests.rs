//! The engine by example and by property.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;
use types::{
    Language, TicketId,
    chatbots::{OptionalText, PreAttendance, ReturnGreeting},
    messages::{MessageContent, TEXT_MAX},
};
use uuid::Uuid;

const T0: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;
const FACTS: Facts<'_> =
    Facts { contact_name: Some("Ana"), number_name: Some("Norte"), agent_name: None, company: Some("Viajes del Sur") };
const WRITES: Event<'_> = Event::Inbound { text: Some("hola"), reply_id: None, answered_active_message: false };
const ANSWERS: Event<'_> = Event::Inbound { text: Some("sí"), reply_id: None, answered_active_message: true };

const TICKET: TicketId = TicketId(Uuid::from_u128(7));

fn settings() -> Settings {
    let text = |text: &str| OptionalText { on: true, text: text.to_owned() };
    let mut settings = Settings::default_for(Language::Es);
    let flow = &mut settings.chatbot.conversation_flow;
    flow.first_greeting = text("first");
    flow.return_greeting = ReturnGreeting { on: true, text: "return".to_owned(), inactivity_minutes: 60 };
    settings.chatbot.attention.pre_attendance =
        PreAttendance { on: true, text: "pre".to_owned(), cancel_button: false };
    settings.chatbot.attention.post_attendance = text("post");
    settings
}

fn words(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .map(|effect| match effect {
            Effect::Send(content) => content.preview(),
            Effect::OpenTicket { destination: Destination::DefaultQueue } => "[ticket]".to_owned(),
            Effect::OpenTicket { destination: Destination::ActiveMessageSender } => "[ticket to sender]".to_owned(),
            other => format!("{other:?}"),
        })
        .collect()
}

/// Plays events, each some minutes after the one before, and returns what each of them caused.
fn play(settings: &Settings, events: &[(i64, Event<'_>)]) -> Vec<Vec<String>> {
    let (mut state, mut now) = (State::default(), T0);
    events
        .iter()
        .map(|(minutes, event)| {
            now += TimeDelta::minutes(*minutes);
            let (next, effects) = step(settings, &FACTS, state, *event, now);
            state = next;
            words(&effects)
        })
        .collect()
}

fn closed(by: CloseReason) -> Event<'static> {
    Event::TicketClosed { by, ticket: TICKET }
}

#[test]
fn a_first_contact_is_greeted_handed_over_and_thanked() {
    let silent: &[&str] = &[];
    assert_eq!(
        play(&settings(), &[(0, WRITES), (1, WRITES), (1, closed(CloseReason::Agent))]),
        [&["first", "pre", "[ticket]"][..], silent, &["post"]]
    );
}

#[test]
fn who_comes_back_is_greeted_after_the_silence_only() {
    let story =
        |minutes| play(&settings(), &[(0, WRITES), (5, closed(CloseReason::Agent)), (minutes, WRITES)]).pop().unwrap();
    assert_eq!(story(59), ["pre", "[ticket]"]);
    assert_eq!(story(60), ["return", "pre", "[ticket]"]);
}

#[test]
fn an_answer_to_an_active_message_goes_to_its_sender_without_greeting() {
    assert_eq!(play(&settings(), &[(0, ANSWERS)]), [["pre", "[ticket to sender]"]]);
}

#[test]
fn only_some_ways_of_closing_are_followed_by_thanks() {
    for (by, thanked) in [
        (CloseReason::Agent, true),
        (CloseReason::Manager, true),
        (CloseReason::Inactivity, true),
        (CloseReason::Contact, false),
        (CloseReason::Transferred, false),
    ] {
        let said = play(&settings(), &[(0, WRITES), (1, closed(by))]).pop().unwrap();
        assert_eq!(!said.is_empty(), thanked, "{by}");
    }
}

#[test]
fn a_transferred_ticket_leaves_the_bot_silent() {
    let story = play(&settings(), &[(0, WRITES), (1, closed(CloseReason::Transferred)), (1, WRITES)]);
    assert_eq!(story.last().unwrap(), &Vec::<String>::new());
}

#[test]
fn nothing_is_sent_into_a_shut_window() {
    let day = 24 * 60;
    assert_eq!(play(&settings(), &[(0, WRITES), (day - 1, closed(CloseReason::Agent))])[1], ["post"]);
    assert!(play(&settings(), &[(0, WRITES), (day, closed(CloseReason::Agent))])[1].is_empty());
    // An agent opened the conversation by template and the contact never answered.
    assert!(play(&settings(), &[(0, closed(CloseReason::Agent))])[0].is_empty());
}

#[test]
fn what_is_off_or_blank_is_not_said() {
    let mut off = Settings::default_for(Language::Es);
    off.chatbot = types::chatbots::ChatbotSettings::default();
    off.chatbot.hours.always = true;
    assert_eq!(play(&off, &[(0, WRITES), (1, closed(CloseReason::Agent))]), [vec!["[ticket]"], vec![]]);
    let mut blank = settings();
    blank.chatbot.conversation_flow.first_greeting.text = " {{agent.name}} ".to_owned();
    assert_eq!(play(&blank, &[(0, WRITES)]), [["pre", "[ticket]"]]);
}

#[test]
fn the_default_texts_greet_by_name_and_without_one() {
    let settings = Settings::default_for(Language::Es);
    let (_, effects) = step(&settings, &FACTS, State::default(), WRITES, T0);
    assert_eq!(words(&effects)[0], "¡Hola, Ana! Gracias por escribir a Viajes del Sur.");
    let unnamed = Facts { contact_name: None, ..FACTS };
    let (_, effects) = step(&settings, &unnamed, State::default(), WRITES, T0);
    assert_eq!(words(&effects)[0], "¡Hola! Gracias por escribir a Viajes del Sur.");
}

#[test]
fn a_state_is_read_as_it_was_stored() {
    let (state, _) = step(&settings(), &FACTS, State::default(), WRITES, T0);
    let stored = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), state);
    assert_eq!(serde_json::from_str::<State>("{}").unwrap(), State::default());
}

fn any_event() -> impl Strategy<Value = Event<'static>> {
    prop_oneof![
        3 => Just(WRITES),
        1 => Just(ANSWERS),
        1 => Just(Event::Inbound { text: None, reply_id: Some("x"), answered_active_message: false }),
        2 => proptest::sample::select(vec![
            closed(CloseReason::Agent), closed(CloseReason::Manager), closed(CloseReason::Contact),
            closed(CloseReason::Inactivity), closed(CloseReason::Transferred),
        ]),
    ]
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let text = || {
        (any::<bool>(), "[a-z]{0,3}(\\{\\{contact\\.name\\}\\}){0,40}.{0,20}")
            .prop_map(|(on, text)| OptionalText { on, text })
    };
    (text(), text(), text(), text(), 60_u32..4000).prop_map(|(first, back, pre, post, inactivity_minutes)| {
        let mut made = settings();
        made.chatbot.conversation_flow.first_greeting = first;
        made.chatbot.conversation_flow.return_greeting =
            ReturnGreeting { on: back.on, text: back.text, inactivity_minutes };
        made.chatbot.attention.pre_attendance = PreAttendance { on: pre.on, text: pre.text, cancel_button: false };
        made.chatbot.attention.post_attendance = post;
        made
    })
}

proptest! {
    #[test]
    fn the_bot_keeps_its_promises(
        settings in any_settings(),
        name in "\\PC{0,300}",
        events in proptest::collection::vec((any_event(), -10_i64..3000), 0..20),
    ) {
        let facts = Facts { contact_name: Some(&name), ..FACTS };
        let (mut state, mut now, mut open) = (State::default(), T0, false);
        for (event, minutes) in events {
            now += TimeDelta::minutes(minutes);
            let was_open = open;
            let (next, effects) = step(&settings, &facts, state, event, now);
            prop_assert_eq!((next, effects.clone()), step(&settings, &facts, state, event, now), "replay differs");
            if let Event::TicketClosed { by, .. } = event {
                open = open && by == CloseReason::Transferred;
            } else {
                prop_assert!(!was_open || effects.is_empty(), "the bot spoke while a ticket was open");
            }
            for effect in effects {
                match effect {
                    Effect::Send(MessageContent::Text { body }) => {
                        prop_assert!(!open, "a message after the ticket was opened");
                        prop_assert!(!body.trim().is_empty() && body.chars().count() <= TEXT_MAX);
                    }
                    Effect::Send(other) => prop_assert!(false, "not a text: {:?}", other),
                    Effect::OpenTicket { .. } => {
                        prop_assert!(!open, "a second ticket");
                        open = true;
                    }
                    other => prop_assert!(false, "unexpected: {:?}", other),
                }
            }
            prop_assert_eq!(next.stage == Stage::InAttendance, open);
            state = next;
        }
    }
}

//! What holds after any sequence of events, with settings that change between them and timers that come when they like.

use super::{limits::broken, *};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};
use types::chatbots::OptionalText;

/// An event, before the world says what it is about.
#[derive(Clone, Debug)]
enum Happens {
    Says(String),
    Answers(String),
    Photo,
    /// A choice of some menu that was sent at some time.
    Taps(usize),
    TapsUnknown(String),
    Closed(CloseReason),
    AgentWrites,
    Fires(Timer),
    SettingsBecome(usize),
}

fn any_event() -> impl Strategy<Value = Happens> {
    let word = || {
        prop_oneof![
            proptest::sample::select(vec![
                "hola",
                "sí",
                "no",
                "1",
                "2",
                "3",
                "10",
                "11",
                "Más opciones",
                "salir",
                "5",
                "10/10",
                "Uno",
                "Ventas",
                "",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,12}",
        ]
    };
    let reason = proptest::sample::select(vec![
        CloseReason::Agent,
        CloseReason::Manager,
        CloseReason::Contact,
        CloseReason::Inactivity,
        CloseReason::Transferred,
    ]);
    let timer = proptest::sample::select(vec![
        Timer::InactivityWarning,
        Timer::InactivityClose,
        Timer::SurveyExpiry,
        Timer::NextOpening,
        Timer::TicketReturn,
    ]);
    prop_oneof![
        6 => word().prop_map(Happens::Says),
        1 => word().prop_map(Happens::Answers),
        1 => Just(Happens::Photo),
        6 => any::<usize>().prop_map(Happens::Taps),
        1 => "[a-z:~]{0,8}(:yes|:0|:255)?".prop_map(Happens::TapsUnknown),
        3 => reason.prop_map(Happens::Closed),
        3 => Just(Happens::AgentWrites),
        5 => timer.prop_map(Happens::Fires),
        1 => (0_usize..3).prop_map(Happens::SettingsBecome),
    ]
}

fn any_text() -> impl Strategy<Value = OptionalText> {
    let text = prop_oneof![
        8 => "[a-z]{0,3}(\\{\\{contact\\.name\\}\\}){0,40}.{0,20}",
        1 => (4000_usize..4200).prop_map(|length| "x".repeat(length)),
        1 => Just(" {{agent.name}} ".to_owned()),
    ];
    (any::<bool>(), text).prop_map(|(on, text)| OptionalText { on, text })
}

/// Settings as nobody checked them: labels that repeat, are blank or too long are among them.
fn any_settings() -> impl Strategy<Value = Settings> {
    let label = || {
        prop_oneof![proptest::sample::select(vec!["Uno", "uno", "Ventas", " "]).prop_map(str::to_owned), "\\PC{0,30}"]
    };
    let labels = || proptest::collection::vec((label(), label()), 0..12);
    let texts = proptest::collection::vec(any_text(), 12);
    let switches = proptest::collection::vec(any::<bool>(), 12);
    let survey = proptest::sample::select(vec![SurveyKind::None, SurveyKind::Csat, SurveyKind::Nps]);
    let language = proptest::sample::select(vec![Language::Es, Language::Pt, Language::En]);
    let frequency = prop_oneof![
        Just(SurveyFrequency::Attendance),
        (1_u32..4).prop_map(|days| SurveyFrequency::Days { days }),
        (1_u32..4).prop_map(|attendances| SurveyFrequency::Attendances { attendances }),
    ];
    let minutes = (60_u32..4000, 5_u32..200, 0_u32..250);
    (texts, switches, labels(), labels(), survey, frequency, language, minutes).prop_map(
        |(texts, on, questions, queues, kind, frequency, language, (silence, close, lead))| {
            let mut made = Settings { language, ..with_notify() };
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap();
            let bot = &mut made.chatbot;
            let flow = &mut bot.conversation_flow;
            flow.first_greeting = text();
            let back = text();
            flow.return_greeting = ReturnGreeting { on: back.on, text: back.text, inactivity_minutes: silence };
            (flow.survey.kind, flow.survey.frequency) = (kind, frequency);
            (flow.survey.invitation, flow.survey.question, flow.survey.thanks) = (text(), text().text, text());
            (bot.faq.on, bot.faq.intro) = (on[0], text().text);
            bot.faq.questions = questions
                .into_iter()
                .map(|(label, question)| FaqQuestion { answer: question.clone(), label, question })
                .collect();
            bot.faq.attendance_button = AttendanceButton { on: on[1], label: "Ventas".to_owned() };
            (bot.queues.centre_on, bot.queues.prompt) = (on[2], text().text);
            bot.queues.own = (1..)
                .zip(queues)
                .map(|(id, (name, _))| OwnQueue { id: (id % 4 > 0).then(|| queue(id % 7)), name, agents: vec![] })
                .collect();
            let pre = text();
            bot.attention.pre_attendance = PreAttendance { on: pre.on, text: pre.text, cancel_button: on[3] };
            bot.attention.post_attendance = text();
            (bot.social_links.on, bot.social_links.x) = (on[4], "https://x.com/cercano".to_owned());
            let absence = text();
            bot.attention.absence = AbsenceSettings { on: on[5] && on[6], text: absence.text, suggested: None };
            made.suggested_phone = on[7].then(|| "+56912345678".to_owned());
            (bot.attention.notify_next_hours, bot.hours.unavailable, bot.hours.always) = (text(), text(), on[8]);
            made.availability_template = on[9];
            let warning = InactivityWarning { on: on[10], text: "still there?".to_owned(), lead_minutes: lead };
            made.attention.inactivity = InactivityClose { on: on[11], close_after_minutes: close, warning };
            made
        },
    )
}

/// What may be said into an open ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Said {
    Absence,
    Unavailable,
    Warning,
}

/// The world around the engine, as the rules want it to be.
#[derive(Default)]
struct World {
    open: bool,
    tickets: u128,
    menu: Vec<Choice>,
    /// What was said into the ticket: of absence, of closed hours, of the coming closing.
    said: HashSet<Said>,
    /// Whether a survey that was shown has come to its end.
    surveys: HashMap<TicketId, bool>,
}

impl World {
    /// What happens, if it can: nobody closes a ticket that is not open.
    fn event<'e>(&self, happens: &'e Happens) -> Option<Event<'e>> {
        let inbound =
            |text, reply_id, answered_active_message| Event::Inbound { text, reply_id, answered_active_message };
        Some(match happens {
            Happens::Says(text) => inbound(Some(text), None, false),
            Happens::Answers(text) => inbound(Some(text), None, true),
            Happens::Photo => inbound(None, None, false),
            Happens::TapsUnknown(id) => inbound(None, Some(id), false),
            Happens::Closed(by) if self.open => Event::TicketClosed { by: *by, ticket: ticket(self.tickets) },
            Happens::AgentWrites if self.open => Event::AgentWrote,
            Happens::Fires(timer) => Event::TimerFired(*timer),
            Happens::Closed(_) | Happens::AgentWrites | Happens::Taps(_) | Happens::SettingsBecome(_) => return None,
        })
    }

    /// Carry out what the engine decided, looking at every step.
    fn carry_out(
        &mut self,
        event: Event<'_>,
        effects: &[Effect],
        (before, after): (&State, &State),
    ) -> Result<(), TestCaseError> {
        match event {
            Event::TicketClosed { by, .. } => self.open = by == CloseReason::Transferred,
            Event::AgentWrote => _ = self.said.remove(&Said::Warning),
            Event::Inbound { .. } | Event::TimerFired(_) => {}
        }
        let into_ticket = self.open;
        for effect in effects {
            match effect {
                Effect::Send(content) => {
                    prop_assert_eq!(broken(content), None, "{:?}", content);
                    self.remember(content);
                    if self.open {
                        prop_assert!(into_ticket, "a message after the ticket was opened: {:?}", content);
                        let text = matches!(content, MessageContent::Text { .. } | MessageContent::Link { .. });
                        prop_assert!(text, "a menu in an open ticket: {:?}", content);
                        let said = if event == Event::TimerFired(Timer::InactivityWarning) {
                            Some(Said::Warning)
                        } else if before.absence_said_at != after.absence_said_at {
                            Some(Said::Absence)
                        } else {
                            (before.unavailable_said_at != after.unavailable_said_at).then_some(Said::Unavailable)
                        };
                        let allowed = said.is_some_and(|said| self.said.insert(said));
                        prop_assert!(allowed, "said into an open ticket, or again: {:?}", content);
                    }
                }
                Effect::OpenTicket { .. } => {
                    prop_assert!(!self.open, "a second ticket");
                    self.open = true;
                    self.tickets += 1;
                }
                Effect::CloseTicket { by } => {
                    prop_assert!(self.open, "closed what is not open");
                    prop_assert!(matches!(by, CloseReason::Contact | CloseReason::Inactivity));
                    self.open = false;
                }
                Effect::SurveyShown { ticket, kind } => {
                    prop_assert_ne!(*kind, SurveyKind::None);
                    prop_assert_eq!(self.surveys.insert(*ticket, false), None, "asked twice");
                }
                Effect::SurveyAnswered { ticket, .. } | Effect::SurveyExpired { ticket } => {
                    prop_assert_eq!(
                        self.surveys.insert(*ticket, true),
                        Some(false),
                        "ended without a beginning, or twice"
                    );
                }
                Effect::SendAvailability { .. } => prop_assert!(!self.open, "told of attendance while attended"),
                Effect::Schedule { .. }
                | Effect::Cancel { .. }
                | Effect::ListOffHours { .. }
                | Effect::SetCallback { .. } => {}
            }
        }
        Ok(())
    }

    fn remember(&mut self, content: &MessageContent) {
        if let MessageContent::Buttons { buttons: choices, .. } | MessageContent::List { rows: choices, .. } = content {
            self.menu.extend_from_slice(choices);
        }
    }

    /// From anywhere a person who goes on writing gets a ticket, once somebody attends.
    fn can_be_left(settings: &Settings, mut state: State, now: DateTime<Utc>) -> Result<(), TestCaseError> {
        let mut attended = settings.clone();
        (attended.chatbot.attention.absence.on, attended.chatbot.hours.always) = (false, true);
        for _ in 0..7 {
            if state.stage == Stage::InAttendance {
                let closed = Event::TicketClosed { by: CloseReason::Contact, ticket: ticket(99) };
                let (state, _) = step(settings, &FACTS, state, closed, now);
                prop_assert_eq!(state.stage, Stage::Idle);
                return Ok(());
            }
            let writes =
                Event::Inbound { text: Some("necesito hablar"), reply_id: None, answered_active_message: false };
            (state, _) = step(&attended, &FACTS, state, writes, now);
        }
        prop_assert!(false, "stuck in {:?}", state.stage);
        Ok(())
    }
}

fn play(choices: &[Settings], name: &str, events: &[(Happens, i64)]) -> Result<(), TestCaseError> {
    let facts = Facts { contact_name: Some(name), ..FACTS };
    let mut settings = &choices[0];
    let (mut state, mut now, mut world) = (State::default(), time("2026-06-03 12:00"), World::default());
    for (happens, minutes) in events {
        now += TimeDelta::minutes(*minutes);
        if let Happens::SettingsBecome(which) = happens {
            settings = &choices[which % choices.len()];
        }
        let tapped = if let Happens::Taps(which) = happens
            && !world.menu.is_empty()
        {
            Some(world.menu[which % world.menu.len()].clone())
        } else {
            None
        };
        let tap = tapped.as_ref().map(|choice| Event::Inbound {
            text: Some(&choice.title),
            reply_id: Some(&choice.id),
            answered_active_message: false,
        });
        let Some(event) = tap.or_else(|| world.event(happens)) else { continue };
        if matches!(event, Event::TimerFired(_)) && world.open {
            state.ticket = Some(ticket(world.tickets));
        }
        let silence = TimeDelta::minutes(settings.chatbot.conversation_flow.return_greeting.inactivity_minutes.into());
        if matches!(event, Event::Inbound { .. }) && state.last_activity_at.is_none_or(|last| now - last >= silence) {
            world.said.remove(&Said::Absence);
            world.said.remove(&Said::Unavailable);
        }
        let (next, effects) = step(settings, &facts, state, event, now);
        prop_assert_eq!((next, &effects), {
            let again = step(settings, &facts, state, event, now);
            (again.0, &again.1.clone())
        });
        world.carry_out(event, &effects, (&state, &next))?;
        prop_assert_eq!(next.stage == Stage::InAttendance, world.open, "{:?}", next.stage);
        let stored = serde_json::to_string(&next).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), next, "{}", stored);
        World::can_be_left(settings, next, now)?;
        state = next;
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_bot_keeps_its_promises(
        choices in proptest::collection::vec(any_settings(), 1..4),
        name in "\\PC{0,300}",
        events in proptest::collection::vec((any_event(), prop_oneof![8 => 0_i64..90, 1 => -10_i64..3000]), 0..40),
    ) {
        play(&choices, &name, &events)?;
    }
}

//! The engine by example and by property. A [`Talk`] is one contact's conversation with one number; what happens is written
//! as it is read: texts as they are, `text [a|b]` with buttons, `text (a|b)` with a list, the rest in brackets.

mod changes;
mod closed;
mod flow;
mod limits;
mod menus;
mod properties;
mod surveys;
mod tickets;

use super::*;
use chrono::{NaiveDateTime, TimeDelta};
use types::{
    Language, QueueId, TicketId,
    attention_settings::{InactivityClose, InactivityWarning},
    chatbots::{
        AbsenceSettings, AttendanceButton, FaqQuestion, Interval, OptionalText, OwnQueue, PreAttendance,
        ReturnGreeting, SurveyFrequency, SurveyKind, TimeOfDay,
    },
    messages::{Choice, MessageContent},
    tickets::CloseReason,
};
use uuid::Uuid;

const FACTS: Facts<'_> =
    Facts { contact_name: Some("Ana"), number_name: Some("Norte"), agent_name: None, company: Some("Viajes del Sur") };
const NOTHING: &[&str] = &[];

fn ticket(n: u128) -> TicketId {
    TicketId(Uuid::from_u128(n))
}

fn on(text: &str) -> OptionalText {
    OptionalText { on: true, text: text.to_owned() }
}

/// Everything is on that is on by default, with short texts; open around the clock.
fn settings() -> Settings {
    let mut settings = Settings::default_for(Language::Es);
    let flow = &mut settings.chatbot.conversation_flow;
    flow.first_greeting = on("first");
    flow.return_greeting = ReturnGreeting { on: true, text: "return".to_owned(), inactivity_minutes: 60 };
    settings.chatbot.attention.pre_attendance =
        PreAttendance { on: true, text: "pre".to_owned(), cancel_button: false };
    settings.chatbot.attention.post_attendance = on("post");
    settings
}

/// The same with three questions and a button.
fn with_faq(labels: &[&str]) -> Settings {
    let mut settings = settings();
    let faq = &mut settings.chatbot.faq;
    (faq.on, faq.intro) = (true, "faq".to_owned());
    faq.questions = labels
        .iter()
        .map(|label| FaqQuestion {
            question: format!("¿{label}?"),
            label: (*label).to_owned(),
            answer: format!("about {label}"),
        })
        .collect();
    faq.attendance_button = AttendanceButton { on: true, label: "Atención".to_owned() };
    settings
}

/// The same with queues to choose from; their ids count from 1.
fn with_queues(names: &[&str]) -> Settings {
    let mut settings = settings();
    let queues = &mut settings.chatbot.queues;
    (queues.centre_on, queues.prompt) = (true, "which?".to_owned());
    queues.own = (1..)
        .zip(names)
        .map(|(id, name)| OwnQueue { id: Some(queue(id)), name: (*name).to_owned(), agents: vec![] })
        .collect();
    settings
}

fn queue(n: u128) -> QueueId {
    QueueId(Uuid::from_u128(n))
}

/// The same, open from 09:00 to 18:00 UTC on every day, with a text for the rest of it.
fn with_hours() -> Settings {
    let mut settings = settings();
    let hours = &mut settings.chatbot.hours;
    hours.always = false;
    let at = |time: &str| time.parse::<TimeOfDay>().unwrap();
    for (_, day) in hours.days.all_mut() {
        *day = vec![Interval { from: at("09:00"), to: at("18:00") }];
    }
    hours.unavailable = on("closed");
    settings
}

/// The same, asking whether to tell of the next opening.
fn with_notify() -> Settings {
    let mut settings = with_hours();
    settings.chatbot.attention.notify_next_hours = on("call?");
    settings.availability_template = true;
    settings
}

fn with_absence(mut settings: Settings) -> Settings {
    settings.chatbot.attention.absence = AbsenceSettings { on: true, text: "away".to_owned(), suggested: None };
    settings
}

fn with_survey(kind: SurveyKind) -> Settings {
    let mut settings = settings();
    let survey = &mut settings.chatbot.conversation_flow.survey;
    (survey.kind, survey.question, survey.thanks) = (kind, "how?".to_owned(), on("thanks"));
    settings
}

/// Closed after an hour, warned ten minutes before.
fn with_inactivity() -> Settings {
    let mut settings = settings();
    let warning = InactivityWarning { on: true, text: "still there?".to_owned(), lead_minutes: 10 };
    settings.attention.inactivity = InactivityClose { on: true, close_after_minutes: 60, warning };
    settings
}

fn time(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
}

struct Talk {
    settings: Settings,
    state: State,
    now: DateTime<Utc>,
    /// What can be pressed in the last message that has something to press.
    menu: Vec<Choice>,
}

impl Talk {
    /// At noon of a Wednesday.
    fn new(settings: Settings) -> Self {
        Self { settings, state: State::default(), now: time("2026-06-03 12:00"), menu: vec![] }
    }

    fn at(settings: Settings, now: &str) -> Self {
        Self { now: time(now), ..Self::new(settings) }
    }

    fn after(&mut self, minutes: i64) -> &mut Self {
        self.now += TimeDelta::minutes(minutes);
        self
    }

    fn until(&mut self, now: &str) -> &mut Self {
        self.now = time(now);
        self
    }

    fn happens(&mut self, event: Event<'_>) -> Vec<String> {
        let (state, effects) = step(&self.settings, &FACTS, self.state, event, self.now);
        self.state = state;
        for effect in &effects {
            if let Effect::Send(
                MessageContent::Buttons { buttons: choices, .. } | MessageContent::List { rows: choices, .. },
            ) = effect
            {
                self.menu.clone_from(choices);
            }
        }
        effects.iter().map(|effect| told(effect, self.now)).collect()
    }

    fn says(&mut self, text: &str) -> Vec<String> {
        self.happens(Event::Inbound { text: Some(text), reply_id: None, answered_active_message: false })
    }

    fn sends_photo(&mut self) -> Vec<String> {
        self.happens(Event::Inbound { text: None, reply_id: None, answered_active_message: false })
    }

    fn answers_active(&mut self, text: &str) -> Vec<String> {
        self.happens(Event::Inbound { text: Some(text), reply_id: None, answered_active_message: true })
    }

    fn presses(&mut self, id: &str, title: &str) -> Vec<String> {
        self.happens(Event::Inbound { text: Some(title), reply_id: Some(id), answered_active_message: false })
    }

    /// Press what has this title in the last menu.
    fn taps(&mut self, title: &str) -> Vec<String> {
        let id = self.menu.iter().find(|choice| choice.title == title).expect("it is in the menu").id.clone();
        self.presses(&id, title)
    }

    fn closed_by(&mut self, by: CloseReason) -> Vec<String> {
        self.happens(Event::TicketClosed { by, ticket: ticket(7) })
    }

    fn agent_writes(&mut self) -> Vec<String> {
        self.happens(Event::AgentWrote)
    }

    fn fires(&mut self, timer: Timer) -> Vec<String> {
        // As whoever carries effects out does.
        self.state.ticket = (self.state.stage == Stage::InAttendance).then(|| ticket(7));
        self.happens(Event::TimerFired(timer))
    }

    /// An attendance from the first word to its end.
    fn is_attended(&mut self) -> Vec<String> {
        assert!(self.says("hola").contains(&"[ticket]".to_owned()));
        self.after(1).closed_by(CloseReason::Agent)
    }
}

fn told(effect: &Effect, now: DateTime<Utc>) -> String {
    let titles = |choices: &[Choice]| choices.iter().map(|choice| choice.title.as_str()).collect::<Vec<_>>().join("|");
    match effect {
        Effect::Send(MessageContent::Text { body }) => body.clone(),
        Effect::Send(MessageContent::Buttons { body, buttons }) => format!("{body} [{}]", titles(buttons)),
        Effect::Send(MessageContent::List { body, rows, .. }) => format!("{body} ({})", titles(rows)),
        Effect::Send(MessageContent::Link { body, button, url }) => format!("{body} <{button} {url}>"),
        Effect::Send(other) => format!("{other:?}"),
        Effect::OpenTicket { destination: Destination::DefaultQueue } => "[ticket]".to_owned(),
        Effect::OpenTicket { destination: Destination::ActiveMessageSender } => "[ticket to sender]".to_owned(),
        Effect::OpenTicket { destination: Destination::Queue(id) } => format!("[ticket in {}]", id.0.as_u128()),
        Effect::CloseTicket { by } => format!("[closed by {by}]"),
        Effect::Schedule { timer, at } => format!("[{timer} in {} min]", (*at - now).num_minutes()),
        Effect::Cancel { timer } => format!("[no {timer}]"),
        Effect::ListOffHours { cause, since, callback } => {
            let asked = if callback.is_some() { ", asked" } else { "" };
            format!("[listed {cause} since {}{asked}]", since.format("%d %H:%M"))
        }
        Effect::SetCallback { wanted } => format!("[call: {wanted}]"),
        Effect::SendAvailability { .. } => "[available]".to_owned(),
        Effect::SurveyShown { kind, .. } => format!("[{kind} shown]"),
        Effect::SurveyAnswered { score, .. } => format!("[score {score}]"),
        Effect::SurveyExpired { .. } => "[survey expired]".to_owned(),
    }
}

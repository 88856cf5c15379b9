//! A conversation played in the page: the engine itself on settings that are not saved, with its timers and its tickets.

use super::editor::About;
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use domain::{
    engine::{self, Destination, Effect, Event, Facts, Settings, Stage, State, Timer},
    hours,
};
use std::collections::BTreeMap;
use types::{
    QueueId, TicketId,
    attention_settings::AttentionSettings,
    chatbots::{AVAILABILITY_TEMPLATE, AvailabilityState, ChatbotSettings, SuggestedContact, SurveyKind},
    messages::{Choice, MessageContent},
    numbers::NumberRef,
    off_hours_contacts::OffHoursCause,
    tickets::CloseReason,
};
use uuid::Uuid;

/// Who writes in a played conversation, and who answers.
pub const CONTACT: &str = "Ana";
pub const AGENT: &str = "Leo";

/// What a conversation is played in.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub settings: Settings,
    number_name: String,
    company: String,
}

impl World {
    /// As if the settings were saved. Queues that are not there yet get ids of their own.
    pub fn of(settings: &ChatbotSettings, about: &About, suggested: Option<&NumberRef>) -> Self {
        let mut chatbot = settings.clone();
        for (at, queue) in (1_u128..).zip(&mut chatbot.queues.own) {
            queue.id = queue.id.or(Some(QueueId(Uuid::from_u128(at))));
        }
        let zone = chatbot.hours.time_zone.as_ref().unwrap_or(&about.time_zone);
        let suggested_phone = match &chatbot.attention.absence.suggested {
            None => None,
            Some(SuggestedContact::Phone { phone, .. }) => Some(phone.clone()),
            Some(SuggestedContact::Number { number_id }) => {
                suggested.filter(|number| number.id == *number_id).map(|number| number.phone.clone())
            }
        };
        Self {
            settings: Settings {
                attention: AttentionSettings::default(),
                language: about.language,
                time_zone: zone.parse().unwrap_or(Tz::UTC),
                suggested_phone,
                // For many numbers nobody knows; what is switched on is shown.
                availability_template: about.number_id.is_none() || about.availability == AvailabilityState::Approved,
                chatbot,
            },
            number_name: about.number_name.clone(),
            company: about.company.clone(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            contact_name: Some(CONTACT),
            number_name: Some(&self.number_name),
            agent_name: Some(AGENT),
            company: Some(&self.company),
        }
    }

    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        hours::is_open(&self.settings.chatbot.hours, self.settings.time_zone, at)
    }

    /// The first moment from here on at which attendance is open, or closed; None when there is none within eight days.
    pub fn moment(&self, from: DateTime<Utc>, open: bool) -> Option<DateTime<Utc>> {
        let half_hours = (0..8 * 48).filter_map(|step| from.checked_add_signed(TimeDelta::minutes(30 * step)));
        half_hours.into_iter().find(|at| self.is_open(*at) == open)
    }

    /// The next time a clock on the number's wall shows this weekday (Monday is 0) and time.
    pub fn next(&self, after: DateTime<Utc>, weekday: u32, minutes: u32) -> Option<DateTime<Utc>> {
        let zone = self.settings.time_zone;
        let today = after.with_timezone(&zone).date_naive();
        (0..=7_u64).find_map(|days| {
            let day = today.checked_add_days(chrono::Days::new(days))?;
            let wall = day.and_hms_opt(minutes / 60, minutes % 60, 0)?;
            // Where clocks jump over it, there is no such time that day.
            let at = wall.and_local_timezone(zone).earliest()?.with_timezone(&Utc);
            (day.weekday().num_days_from_monday() == weekday && at > after).then_some(at)
        })
    }

    /// Weekday (Monday is 0), hours and minutes on the number's wall.
    pub fn wall(&self, at: DateTime<Utc>) -> (usize, String) {
        let wall = at.with_timezone(&self.settings.time_zone);
        let weekday = usize::try_from(wall.weekday().num_days_from_monday()).unwrap_or_default();
        (weekday, format!("{:02}:{:02}", wall.hour(), wall.minute()))
    }
}

/// One line of a played conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub at: DateTime<Utc>,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    ByContact(String),
    ByBot(MessageContent),
    ByAgent(String),
    /// What happened and nobody saw on WhatsApp.
    Note(Note),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    TicketOpened(Queue),
    TicketClosed(CloseReason),
    Listed(OffHoursCause),
    Callback(bool),
    Scheduled(Timer, DateTime<Utc>),
    SurveyShown(SurveyKind),
    SurveyAnswered(u8),
    SurveyExpired,
    Later,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Queue {
    Default,
    Own(String),
    Sender,
}

/// A conversation and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    pub now: DateTime<Utc>,
    pub lines: Vec<Line>,
    pub ticket: Option<TicketId>,
    state: State,
    timers: BTreeMap<Timer, DateTime<Utc>>,
    tickets: u128,
}

impl Simulation {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { now, lines: Vec::new(), ticket: None, state: State::default(), timers: BTreeMap::new(), tickets: 0 }
    }

    /// One with a contact who has been here before, in attendance now.
    pub fn in_attendance(now: DateTime<Utc>) -> Self {
        let ticket = TicketId(Uuid::from_u128(1));
        Self {
            ticket: Some(ticket),
            tickets: 1,
            state: State {
                stage: Stage::InAttendance,
                last_inbound_at: Some(now),
                last_activity_at: Some(now),
                ..State::default()
            },
            ..Self::new(now)
        }
    }

    pub fn writes(&mut self, world: &World, text: &str) {
        self.say(Said::ByContact(text.to_owned()));
        self.run(world, Event::Inbound { text: Some(text), reply_id: None, answered_active_message: false });
    }

    /// The contact presses a button or a row. A template's quick reply says its words only.
    pub fn taps(&mut self, world: &World, choice: &Choice) {
        self.say(Said::ByContact(choice.title.clone()));
        let reply_id = Some(choice.id.as_str()).filter(|id| !id.is_empty());
        self.run(world, Event::Inbound { text: Some(&choice.title), reply_id, answered_active_message: false });
    }

    pub fn agent_writes(&mut self, world: &World, text: &str) {
        if self.ticket.is_some() {
            self.say(Said::ByAgent(text.to_owned()));
            self.run(world, Event::AgentWrote);
        }
    }

    pub fn agent_closes(&mut self, world: &World) {
        if let Some(ticket) = self.ticket.take() {
            self.say(Said::Note(Note::TicketClosed(CloseReason::Agent)));
            self.run(world, Event::TicketClosed { by: CloseReason::Agent, ticket });
        }
    }

    /// Time passes, and what was due meanwhile happens when it was due.
    pub fn passes_until(&mut self, world: &World, to: DateTime<Utc>) {
        // Timers may set timers; a conversation that never rests would be a fault of the engine's.
        for _ in 0..50 {
            let due = self.timers.iter().filter(|(_, at)| **at <= to).min_by_key(|(_, at)| **at);
            let Some((timer, at)) = due.map(|(timer, at)| (*timer, *at)) else { break };
            self.timers.remove(&timer);
            self.now = self.now.max(at);
            self.run(world, Event::TimerFired(timer));
        }
        if to > self.now {
            self.now = to;
        }
        self.say(Said::Note(Note::Later));
    }

    /// What can be pressed, of the latest message that offers anything.
    pub fn choices(&self) -> Vec<Choice> {
        let offered = self.lines.iter().rev().find_map(|line| match &line.said {
            Said::ByBot(content) => Some(choices(content)).filter(|choices| !choices.is_empty()),
            Said::ByContact(_) | Said::ByAgent(_) | Said::Note(_) => None,
        });
        offered.unwrap_or_default()
    }

    fn say(&mut self, said: Said) {
        self.lines.push(Line { at: self.now, said });
    }

    fn run(&mut self, world: &World, event: Event<'_>) {
        let state = State { ticket: self.ticket, ..self.state };
        let (state, effects) = engine::step(&world.settings, &world.facts(), state, event, self.now);
        self.state = state;
        for effect in effects {
            self.carry_out(world, effect);
        }
    }

    fn carry_out(&mut self, world: &World, effect: Effect) {
        match effect {
            Effect::Send(content) => self.say(Said::ByBot(content)),
            Effect::OpenTicket { destination } => {
                self.tickets += 1;
                self.ticket = Some(TicketId(Uuid::from_u128(self.tickets)));
                self.say(Said::Note(Note::TicketOpened(queue(world, destination))));
            }
            Effect::CloseTicket { by } => {
                self.ticket = None;
                self.say(Said::Note(Note::TicketClosed(by)));
            }
            Effect::Schedule { timer, at } => {
                // What is only put off again is not news.
                if self.timers.insert(timer, at).is_none() {
                    self.say(Said::Note(Note::Scheduled(timer, at)));
                }
            }
            Effect::Cancel { timer } => {
                self.timers.remove(&timer);
            }
            Effect::ListOffHours { cause, since: _, callback: _ } => self.say(Said::Note(Note::Listed(cause))),
            Effect::SetCallback { wanted } => self.say(Said::Note(Note::Callback(wanted))),
            Effect::SendAvailability { asked_at: _ } => {
                if self.ticket.is_none() {
                    self.say(Said::ByBot(availability(world)));
                }
            }
            Effect::SurveyShown { ticket: _, kind } => self.say(Said::Note(Note::SurveyShown(kind))),
            Effect::SurveyAnswered { ticket: _, score } => self.say(Said::Note(Note::SurveyAnswered(score))),
            Effect::SurveyExpired { ticket: _ } => self.say(Said::Note(Note::SurveyExpired)),
        }
    }
}

fn queue(world: &World, destination: Destination) -> Queue {
    match destination {
        Destination::DefaultQueue => Queue::Default,
        Destination::ActiveMessageSender => Queue::Sender,
        Destination::Queue(id) => {
            let own = world.settings.chatbot.queues.own.iter().find(|queue| queue.id == Some(id));
            own.map_or(Queue::Default, |queue| Queue::Own(queue.name.clone()))
        }
    }
}

/// The template of the next opening. What it says was written in WhatsApp; only its buttons are known here.
fn availability(world: &World) -> MessageContent {
    let [yes, no] = match world.settings.language {
        types::Language::Es | types::Language::En => ["Sí", "No"],
        types::Language::Pt => ["Sim", "Não"],
    };
    MessageContent::Template {
        name: AVAILABILITY_TEMPLATE.to_owned(),
        language: world.settings.language.to_string(),
        header: None,
        body: AVAILABILITY_TEMPLATE.to_owned(),
        footer: None,
        buttons: vec![yes.to_owned(), no.to_owned()],
        variables: Vec::new(),
    }
}

/// What can be pressed in a message.
pub fn choices(content: &MessageContent) -> Vec<Choice> {
    match content {
        MessageContent::Buttons { buttons, .. } => buttons.clone(),
        MessageContent::List { rows, .. } => rows.clone(),
        MessageContent::Template { buttons, .. } => {
            buttons.iter().map(|title| Choice { id: String::new(), title: title.clone(), description: None }).collect()
        }
        MessageContent::Text { .. }
        | MessageContent::Link { .. }
        | MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. } => Vec::new(),
    }
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod tests;

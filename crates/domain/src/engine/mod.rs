//! How a conversation runs: one pure function from settings, state and event to the next state and its effects
//! (conversation.md). Others carry the effects out; the chatbot's preview runs the very same code in the browser.

mod defaults;
mod fill;
mod settings;

pub use fill::{Facts, fill};
pub use settings::{INACTIVITY_MINUTES, ReturnGreeting, Settings, Text};

use crate::conversations;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use types::{
    messages::{MessageContent, TEXT_MAX},
    tickets::CloseReason,
};

/// Where the conversation of one contact and one number stands. A contact nobody has heard of has the default one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub stage: Stage,
    /// The contact's last message; None before the first one.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// The last thing that happened: the contact wrote, or a ticket was closed. Silence is counted from here.
    pub last_activity_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is going on: the next message begins at the top of the flow.
    #[default]
    Idle,
    /// A ticket is open: the bot is silent.
    InAttendance,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The contact wrote, or pressed something of ours, whose id is `reply_id`. A photo has no text.
    Inbound {
        text: Option<&'a str>,
        reply_id: Option<&'a str>,
        /// Whether it answers an active message of the last 24 h.
        answered_active_message: bool,
    },
    TicketClosed {
        by: CloseReason,
    },
}

/// What is to be done about it, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Send(MessageContent),
    OpenTicket { destination: Destination },
}

/// Where a new ticket goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// "Otros asuntos".
    DefaultQueue,
    /// The member whose active message was answered, or the number's owner when no member sent it; the default queue
    /// when they are offline (decisions.md § Conversation).
    ActiveMessageSender,
}

/// Run one event. The same settings, state, event and time always give the same answer.
pub fn step(
    settings: &Settings,
    facts: &Facts<'_>,
    state: State,
    event: Event<'_>,
    now: DateTime<Utc>,
) -> (State, Vec<Effect>) {
    match (event, state.stage) {
        (Event::Inbound { .. }, Stage::InAttendance) => (heard(state, now), Vec::new()),
        (Event::Inbound { text: _, reply_id: _, answered_active_message }, Stage::Idle) => {
            let mut effects = Vec::with_capacity(3);
            if !answered_active_message {
                effects.extend(greeting(settings, facts, &state, now));
            }
            let destination =
                if answered_active_message { Destination::ActiveMessageSender } else { Destination::DefaultQueue };
            enter_attendance(settings, facts, destination, &mut effects);
            (State { stage: Stage::InAttendance, ..heard(state, now) }, effects)
        }
        // The transfer's new ticket is open as soon as the old one is closed.
        (Event::TicketClosed { by: CloseReason::Transferred }, Stage::Idle | Stage::InAttendance) => {
            (state, Vec::new())
        }
        (Event::TicketClosed { by }, Stage::Idle | Stage::InAttendance) => {
            let effects = farewell(settings, facts, &state, by, now);
            (State { stage: Stage::Idle, last_activity_at: state.last_activity_at.max(Some(now)), ..state }, effects)
        }
    }
}

fn heard(state: State, now: DateTime<Utc>) -> State {
    State {
        last_inbound_at: state.last_inbound_at.max(Some(now)),
        last_activity_at: state.last_activity_at.max(Some(now)),
        ..state
    }
}

/// The first contact's greeting, or the return greeting after the configured silence, or none.
fn greeting(settings: &Settings, facts: &Facts<'_>, state: &State, now: DateTime<Utc>) -> Option<Effect> {
    if state.last_inbound_at.is_none() {
        return said(settings.first_greeting.on, &settings.first_greeting.text, facts);
    }
    let ReturnGreeting { on, text, inactivity_minutes } = &settings.return_greeting;
    let silence = TimeDelta::minutes((*inactivity_minutes).into());
    let returns = state.last_activity_at.is_none_or(|last| now.signed_duration_since(last) >= silence);
    said(*on && returns, text, facts)
}

fn enter_attendance(settings: &Settings, facts: &Facts<'_>, destination: Destination, effects: &mut Vec<Effect>) {
    effects.extend(said(settings.pre_attendance.on, &settings.pre_attendance.text, facts));
    effects.push(Effect::OpenTicket { destination });
}

/// What follows a closed ticket. With the service window shut it is skipped, for WhatsApp would refuse it.
fn farewell(settings: &Settings, facts: &Facts<'_>, state: &State, by: CloseReason, now: DateTime<Utc>) -> Vec<Effect> {
    let thanked = match by {
        CloseReason::Agent | CloseReason::Manager | CloseReason::Inactivity => true,
        CloseReason::Contact | CloseReason::Transferred => false,
    };
    let closes_at = state.last_inbound_at.map(conversations::service_window);
    let due = thanked && conversations::window_is_open(closes_at, now);
    said(due && settings.post_attendance.on, &settings.post_attendance.text, facts).into_iter().collect()
}

/// A text message, if it is on and says something. Values may make a text longer than WhatsApp takes: then it is cut.
fn said(on: bool, text: &str, facts: &Facts<'_>) -> Option<Effect> {
    if !on {
        return None;
    }
    let filled = fill(text, facts);
    let trimmed = filled.trim();
    if trimmed.is_empty() {
        return None;
    }
    let body = match trimmed.char_indices().nth(TEXT_MAX) {
        None => trimmed.to_owned(),
        Some(_) => trimmed.chars().take(TEXT_MAX - 1).chain(['…']).collect(),
    };
    Some(Effect::Send(MessageContent::Text { body }))
}

#[cfg(test)]
mod tests;

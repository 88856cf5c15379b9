//! How a conversation runs: one pure function from settings, state and event to the next state and its effects
//! (conversation.md). Others carry the effects out; the chatbot's preview runs the very same code in the browser.

mod fill;
mod settings;
mod state;

pub use fill::{Facts, fill};
pub use settings::Settings;
pub use state::{Callback, Destination, Effect, Event, Stage, State, SurveyState, Timer};

use crate::conversations;
use chrono::{DateTime, TimeDelta, Utc};
use types::{
    chatbots::ReturnGreeting,
    messages::{MessageContent, TEXT_MAX},
    tickets::CloseReason,
};

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
        (Event::Inbound { text: _, reply_id: _, answered_active_message }, _) => {
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
        (Event::TicketClosed { by: CloseReason::Transferred, .. }, _) => (state, Vec::new()),
        (Event::TicketClosed { by, .. }, _) => {
            let effects = farewell(settings, facts, &state, by, now);
            (State { stage: Stage::Idle, last_activity_at: state.last_activity_at.max(Some(now)), ..state }, effects)
        }
        (Event::AgentWrote | Event::TimerFired(_), _) => (state, Vec::new()),
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
        let first = &settings.chatbot.conversation_flow.first_greeting;
        return said(first.on, &first.text, facts);
    }
    let ReturnGreeting { on, text, inactivity_minutes } = &settings.chatbot.conversation_flow.return_greeting;
    let silence = TimeDelta::minutes((*inactivity_minutes).into());
    let returns = state.last_activity_at.is_none_or(|last| now.signed_duration_since(last) >= silence);
    said(*on && returns, text, facts)
}

fn enter_attendance(settings: &Settings, facts: &Facts<'_>, destination: Destination, effects: &mut Vec<Effect>) {
    let pre = &settings.chatbot.attention.pre_attendance;
    effects.extend(said(pre.on, &pre.text, facts));
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
    let post = &settings.chatbot.attention.post_attendance;
    said(due && post.on, &post.text, facts).into_iter().collect()
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

//! How a conversation runs: one pure function from settings, state and event to the next state and its effects
//! (conversation.md). Others carry the effects out; the chatbot's preview runs the very same code in the browser.

mod absence;
mod attendance;
mod attention;
mod closed;
mod faq;
mod fill;
mod inbound;
mod menu;
mod queues;
mod run;
pub mod sample;
mod say;
mod settings;
mod state;
mod survey;
mod taps;
mod understand;
mod words;

pub use fill::{Facts, fill, unknown_variable};
pub use settings::Settings;
pub use state::{Callback, Destination, Effect, Event, Stage, State, SurveyState, Timer};
pub use taps::{AVAILABLE_NO, AVAILABLE_YES};
pub use words::default_queue;

use chrono::{DateTime, Utc};
use run::Run;
use types::tickets::CloseReason;

/// Run one event. The same settings, state, event and time always give the same answer.
pub fn step(
    settings: &Settings,
    facts: &Facts<'_>,
    state: State,
    event: Event<'_>,
    now: DateTime<Utc>,
) -> (State, Vec<Effect>) {
    let mut run = Run::new(settings, facts, state, now);
    match event {
        Event::Inbound { text, reply_id, answered_active_message } => {
            run.inbound(&inbound::Heard::new(text, reply_id, answered_active_message));
        }
        Event::TicketClosed { by: CloseReason::Transferred, ticket: _ } => run.transferred(),
        Event::TicketClosed { by, ticket } => run.ticket_closed(by, ticket),
        Event::AgentWrote => run.agent_wrote(),
        Event::TimerFired(Timer::InactivityWarning) => run.warn(),
        Event::TimerFired(Timer::InactivityClose) => run.close_inactive(),
        Event::TimerFired(Timer::SurveyExpiry) => run.expire_survey(),
        Event::TimerFired(Timer::NextOpening) => run.opens(),
        Event::TimerFired(Timer::TicketReturn) => {}
    }
    run.done()
}

#[cfg(test)]
mod tests;

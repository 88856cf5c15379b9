//! One event being run: what it starts from, and what has come of it so far.

use super::{Effect, Facts, Settings, Stage, State, Timer, words, words::Words};
use crate::conversations;
use chrono::{DateTime, TimeDelta, Utc};
use types::messages::MessageContent;

pub(super) struct Run<'a> {
    pub(super) settings: &'a Settings,
    pub(super) facts: &'a Facts<'a>,
    pub(super) now: DateTime<Utc>,
    /// As it was before the event.
    pub(super) before: State,
    pub(super) state: State,
    effects: Vec<Effect>,
}

impl<'a> Run<'a> {
    pub(super) fn new(settings: &'a Settings, facts: &'a Facts<'a>, state: State, now: DateTime<Utc>) -> Self {
        Self { settings, facts, now, before: state, state, effects: Vec::new() }
    }

    pub(super) fn done(self) -> (State, Vec<Effect>) {
        (self.state, self.effects)
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Send a message, if there is one.
    pub(super) fn send(&mut self, content: Option<MessageContent>) {
        self.effects.extend(content.map(Effect::Send));
    }

    pub(super) fn schedule(&mut self, timer: Timer, at: DateTime<Utc>) {
        self.effect(Effect::Schedule { timer, at });
    }

    pub(super) fn cancel(&mut self, timer: Timer) {
        self.effect(Effect::Cancel { timer });
    }

    pub(super) fn words(&self) -> &'static Words {
        words::of(self.settings.language)
    }

    /// Whether the conversation before the event had ended: after the silence of the return greeting.
    pub(super) fn is_fresh(&self) -> bool {
        let silence = minutes(self.settings.chatbot.conversation_flow.return_greeting.inactivity_minutes);
        self.before.last_activity_at.is_none_or(|last| self.now.signed_duration_since(last) >= silence)
    }

    /// Something happened that silence is counted from.
    pub(super) fn active(&mut self) {
        self.state.last_activity_at = self.state.last_activity_at.max(Some(self.now));
    }

    /// Whether free text may be sent.
    pub(super) fn window_is_open(&self) -> bool {
        let closes_at = self.state.last_inbound_at.map(conversations::service_window);
        conversations::window_is_open(closes_at, self.now)
    }

    /// The promise to tell of the next opening is kept, or not needed any more.
    pub(super) fn forget_callback(&mut self) {
        if self.state.callback.take().is_some_and(|callback| callback.wanted) {
            self.cancel(Timer::NextOpening);
        }
    }

    /// Go on to another stage. A survey that is left without an answer ends.
    pub(super) fn go(&mut self, stage: Stage) {
        self.leave_survey();
        self.state.stage = stage;
    }
}

pub(super) fn minutes(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(minutes.into())
}

/// A time and something later.
pub(super) fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

//! While a ticket is open: the bot is silent, but for absence and closed hours, the contact's wish to end, and the closing by
//! inactivity (spec S1).

use super::{
    Effect, Stage, Timer,
    inbound::Heard,
    run::{Run, later, minutes},
    taps::Tap,
    understand,
};
use chrono::{DateTime, TimeDelta, Utc};
use types::{messages::MessageContent, tickets::CloseReason};

impl Run<'_> {
    /// A message joins the open ticket.
    pub(super) fn joins_ticket(&mut self, heard: &Heard<'_>) {
        self.stop_waiting();
        if self.wants_to_end(heard) {
            let words = self.words();
            self.effect(Effect::CloseTicket { by: CloseReason::Contact });
            self.effect(Effect::Send(MessageContent::Text { body: words.cancelled.to_owned() }));
            self.state.ticket = None;
            return self.go(Stage::Idle);
        }
        if self.is_absent() {
            return self.say_absence();
        }
        if !self.is_closed() {
            return;
        }
        // Once per conversation; every closed period lists the contact.
        if self.state.unavailable_said_at.is_none() {
            self.say_unavailable();
        }
        let since = self.closed_since();
        if self.state.listed_since.is_none_or(|listed| listed < since) {
            self.list_closed(since, None);
        }
    }

    fn wants_to_end(&self, heard: &Heard<'_>) -> bool {
        let says = |word: &String| !word.trim().is_empty() && understand::same(heard.said, word);
        let began = self.state.attended_since.map(|at| at.timestamp());
        let cancels = matches!(heard.tap, Some(Tap::Cancel(of)) if of.is_none() || of == began);
        cancels || heard.tap.is_none() && self.settings.attention.cancel_words.iter().any(says)
    }

    /// An agent wrote: from now on the contact is waited for.
    pub(super) fn agent_wrote(&mut self) {
        // There is a ticket, whatever else was going on.
        if self.state.stage != Stage::InAttendance {
            self.forget_callback();
            self.go(Stage::InAttendance);
        }
        (self.state.agent_wrote_at, self.state.warned) = (Some(self.now), false);
        if !self.settings.attention.inactivity.on {
            return self.cancel_inactivity();
        }
        self.state.timed = true;
        if let Some(after) = self.warns_after() {
            self.schedule(Timer::InactivityWarning, later(self.now, after));
        }
        self.schedule(Timer::InactivityClose, later(self.now, self.closes_after()));
    }

    /// The warning is due.
    pub(super) fn warn(&mut self) {
        let (Some(wrote_at), Some(after)) = (self.waits_since(), self.warns_after()) else { return };
        let due = later(wrote_at, after);
        if self.now < due {
            return self.schedule(Timer::InactivityWarning, due);
        }
        // After a downtime it may be too late to warn: the ticket is closed in a moment.
        if self.state.warned || self.now >= later(wrote_at, self.closes_after()) {
            return;
        }
        self.state.warned = true;
        let warning = &self.settings.attention.inactivity.warning;
        let message = self.text(self.window_is_open(), &warning.text);
        self.send(message);
    }

    /// The closing is due.
    pub(super) fn close_inactive(&mut self) {
        let Some(wrote_at) = self.waits_since() else { return };
        let due = later(wrote_at, self.closes_after());
        if self.now < due {
            return self.schedule(Timer::InactivityClose, due);
        }
        self.effect(Effect::CloseTicket { by: CloseReason::Inactivity });
        let ticket = self.state.ticket;
        self.ended(CloseReason::Inactivity, ticket);
    }

    /// The ticket was handed on: the contact waits for whoever has the new one, which is open already.
    pub(super) fn transferred(&mut self) {
        self.stop_waiting();
        self.state.ticket = None;
    }

    /// The contact is not waited for any more.
    pub(super) fn stop_waiting(&mut self) {
        (self.state.agent_wrote_at, self.state.warned) = (None, false);
        self.cancel_inactivity();
    }

    fn cancel_inactivity(&mut self) {
        if std::mem::take(&mut self.state.timed) {
            self.cancel(Timer::InactivityWarning);
            self.cancel(Timer::InactivityClose);
        }
    }

    /// Since when the contact is waited for, where that ends a ticket.
    fn waits_since(&self) -> Option<DateTime<Utc>> {
        let counts = self.settings.attention.inactivity.on && self.state.stage == Stage::InAttendance;
        self.state.agent_wrote_at.filter(|_| counts)
    }

    fn closes_after(&self) -> TimeDelta {
        minutes(self.settings.attention.inactivity.close_after_minutes)
    }

    /// None where no warning is said.
    fn warns_after(&self) -> Option<TimeDelta> {
        let inactivity = &self.settings.attention.inactivity;
        let lead = inactivity.close_after_minutes.checked_sub(inactivity.warning.lead_minutes)?;
        (inactivity.warning.on && lead > 0).then(|| minutes(lead))
    }
}

//! Attendance is closed: the unavailable message, and the promise to tell of the next opening.

use super::{
    Callback, Effect, Stage, Timer,
    run::{Run, later},
    taps,
};
use crate::hours;
use chrono::{DateTime, TimeDelta, Utc};
use types::{messages::MessageContent, off_hours_contacts::OffHoursCause};

/// While an absence lasts, nobody is told that attendance is open; this often it is looked at again.
const LOOK_AGAIN: TimeDelta = TimeDelta::hours(1);
/// Whoever could not be told for so long is not told any more: they have left the list of A4.
const GIVE_UP: TimeDelta = TimeDelta::days(types::off_hours_contacts::LISTED_DAYS);

impl Run<'_> {
    pub(super) fn is_closed(&self) -> bool {
        !hours::is_open(&self.settings.chatbot.hours, self.settings.time_zone, self.now)
    }

    pub(super) fn closed_since(&self) -> DateTime<Utc> {
        hours::closed_since(&self.settings.chatbot.hours, self.settings.time_zone, self.now)
    }

    /// Whether this conversation was told of the closed period that began then.
    pub(super) fn was_told_of(&self, since: DateTime<Utc>) -> bool {
        self.state.unavailable_said_at.is_some_and(|said_at| said_at >= since)
    }

    /// Attendance was wanted and is closed: once per conversation and closed period it is said and, where the settings want
    /// it, asked whether to tell of the next opening.
    pub(super) fn unavailable(&mut self) {
        let since = self.closed_since();
        if self.was_told_of(since) {
            return self.settle();
        }
        self.say_unavailable();
        let notify = &self.settings.chatbot.attention.notify_next_hours;
        let asks = notify.on && self.settings.availability_template;
        if asks {
            let (yes, no) = (taps::CALLBACK_YES.to_owned(), taps::CALLBACK_NO.to_owned());
            let question = self.yes_or_no(&notify.text, self.words().notify, yes, no);
            self.send(Some(question));
            // Who wanted to be told still does, until they say otherwise.
            let now = self.now;
            self.state.callback.get_or_insert(Callback { wanted: false, asked_at: now });
        }
        self.list_closed(since, asks.then_some(false));
        self.go(if asks { Stage::OfferedCallback } else { Stage::Idle });
    }

    pub(super) fn say_unavailable(&mut self) {
        let unavailable = &self.settings.chatbot.hours.unavailable;
        let message = self.text(unavailable.on, &unavailable.text);
        self.send(message);
        self.state.unavailable_said_at = Some(self.now);
    }

    pub(super) fn list_closed(&mut self, since: DateTime<Utc>, callback: Option<bool>) {
        self.state.listed_since = Some(since);
        self.effect(Effect::ListOffHours { cause: OffHoursCause::Closed, since, callback });
    }

    /// Sí or No to whether to tell of the next opening; the last answer counts.
    pub(super) fn answer_callback(&mut self, wanted: bool) {
        // An old Sí, pressed while attendance is open: there is nothing to wait for.
        if wanted && self.state.callback.is_some() && !self.is_closed() && !self.is_absent() {
            return self.attend(None);
        }
        let Some(callback) = &mut self.state.callback else { return };
        callback.wanted = wanted;
        self.effect(Effect::SetCallback { wanted });
        let words = self.words();
        let said = if wanted { words.will_notify } else { words.will_not_notify };
        self.effect(Effect::Send(MessageContent::Text { body: said.to_owned() }));
        let opening = self.next_opening().filter(|_| wanted);
        match opening {
            Some(at) => self.schedule(Timer::NextOpening, at),
            None => self.cancel(Timer::NextOpening),
        }
    }

    /// Attendance opens: whoever wanted to know is told.
    pub(super) fn opens(&mut self) {
        let Some(callback) = self.state.callback.filter(|callback| callback.wanted) else { return };
        // They are attended already, or nobody can be told any more.
        if self.state.stage == Stage::InAttendance || !self.settings.availability_template {
            self.state.callback = None;
            return;
        }
        let again = if self.is_closed() {
            self.next_opening()
        } else if self.is_absent() {
            Some(later(self.now, LOOK_AGAIN)).filter(|at| *at < later(callback.asked_at, GIVE_UP))
        } else {
            self.effect(Effect::SendAvailability { asked_at: callback.asked_at });
            self.state.callback = None;
            return self.go(Stage::ToldAvailable);
        };
        match again {
            Some(at) => self.schedule(Timer::NextOpening, at),
            None => self.state.callback = None,
        }
    }

    /// Nothing is said; what was asked and cannot be had now is not waited for any more.
    pub(super) fn settle(&mut self) {
        match self.state.stage {
            Stage::ChoosingQueue { .. } | Stage::ToldAvailable => self.go(Stage::Idle),
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback => {}
        }
    }

    fn next_opening(&self) -> Option<DateTime<Utc>> {
        hours::next_opening(&self.settings.chatbot.hours, self.settings.time_zone, self.now)
    }
}

//! The contact writes or presses something: which part of the conversation it belongs to (decisions.md § Conversation).
//!
//! In this order: an open ticket takes it; an answer to what the bot asked is taken; absence comes before everything else; an
//! answer to an active message goes to attendance; what was pressed is understood, also in an old menu; the stage decides.

use super::{
    Destination, Effect, Stage,
    run::Run,
    taps::{self, Tap},
    understand,
};
use chrono::TimeDelta;

/// What came from the contact.
pub(super) struct Heard<'e> {
    pub(super) tap: Option<Tap<'e>>,
    /// What was written, or stands on what was pressed; empty for a photo.
    pub(super) said: &'e str,
    answers_active_message: bool,
}

impl<'e> Heard<'e> {
    pub(super) fn new(text: Option<&'e str>, reply_id: Option<&'e str>, answers_active_message: bool) -> Self {
        // A template's quick reply has its text for an id.
        let said = text.or(reply_id).unwrap_or_default();
        Self { tap: reply_id.and_then(taps::read), said, answers_active_message }
    }
}

/// Photos sent together come within this time of each other.
const TOGETHER: TimeDelta = TimeDelta::seconds(30);

impl Heard<'_> {
    /// A photo, a voice note: nothing was written or pressed.
    fn is_wordless(&self) -> bool {
        self.tap.is_none() && self.said.trim().is_empty()
    }
}

impl Run<'_> {
    pub(super) fn inbound(&mut self, heard: &Heard<'_>) {
        self.state.last_inbound_at = self.state.last_inbound_at.max(Some(self.now));
        self.active();
        if self.is_fresh() {
            (self.state.absence_said_at, self.state.unavailable_said_at) = (None, None);
        }
        if self.state.stage == Stage::InAttendance {
            return self.joins_ticket(heard);
        }
        // Its timer may be late.
        if self.survey_is_over() {
            self.end_survey();
        }
        if self.answers(heard) {
            return;
        }
        let may_be_a_score = heard.tap.is_none() && !heard.answers_active_message && !self.is_absent();
        if may_be_a_score && self.asks_again() {
            return;
        }
        self.end_survey();
        if self.is_absent() {
            return self.absence();
        }
        if heard.answers_active_message {
            return self.attend(Some(Destination::ActiveMessageSender));
        }
        match heard.tap {
            Some(Tap::Attendance | Tap::Available(true) | Tap::Callback(true)) => self.attend(None),
            Some(Tap::Question(_) | Tap::MoreQuestions(_)) => self.chooses_question(heard),
            Some(Tap::Queue(_) | Tap::QueueByName(_) | Tap::DefaultQueue | Tap::MoreQueues(_)) => {
                self.chooses_queue(heard);
            }
            Some(
                Tap::Cancel(_) | Tap::Callback(false) | Tap::Available(false) | Tap::Invitation(..) | Tap::Score(..),
            )
            | None => self.says(heard),
        }
    }

    /// Whether it answers what the bot asked, or presses what means nothing any more; then nothing else is done about it.
    fn answers(&mut self, heard: &Heard<'_>) -> bool {
        match heard.tap {
            Some(tap) => self.answers_by_tap(tap),
            None => !heard.answers_active_message && self.answers_by_words(heard.said),
        }
    }

    fn answers_by_tap(&mut self, tap: Tap<'_>) -> bool {
        match tap {
            Tap::Callback(wanted) if self.state.callback.is_some() => self.answer_callback(wanted),
            Tap::Available(false) | Tap::Callback(false) if self.state.stage == Stage::ToldAvailable => self.decline(),
            Tap::Invitation(ticket, wants) => self.answer_invitation(ticket, wants),
            Tap::Score(ticket, score) => self.answer_survey(ticket, score),
            // There is nothing to cancel, or to decline.
            Tap::Cancel(_) | Tap::Available(false) | Tap::Callback(false) => {}
            Tap::Question(_)
            | Tap::MoreQuestions(_)
            | Tap::Attendance
            | Tap::Queue(_)
            | Tap::QueueByName(_)
            | Tap::DefaultQueue
            | Tap::MoreQueues(_)
            | Tap::Callback(true)
            | Tap::Available(true) => return false,
        }
        true
    }

    fn answers_by_words(&mut self, said: &str) -> bool {
        match self.state.stage {
            Stage::SurveyInvited { ticket } => {
                understand::yes_or_no(said).map(|wants| self.answer_invitation(ticket, wants)).is_some()
            }
            Stage::Surveyed { ticket, .. } => self.score(said).map(|score| self.answer_survey(ticket, score)).is_some(),
            Stage::OfferedCallback if self.state.callback.is_some() => {
                understand::yes_or_no(said).map(|wanted| self.answer_callback(wanted)).is_some()
            }
            Stage::ToldAvailable if understand::yes_or_no(said) == Some(false) => {
                self.decline();
                true
            }
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::OfferedCallback
            | Stage::ToldAvailable => false,
        }
    }

    /// Words, by where the conversation stands.
    fn says(&mut self, heard: &Heard<'_>) {
        match self.state.stage {
            Stage::ToldAvailable if understand::yes_or_no(heard.said) == Some(true) => self.attend(None),
            // The other photos of an album are no answer to the menu that the first one brought.
            Stage::Faq { .. } | Stage::ChoosingQueue { .. } if heard.is_wordless() && self.is_together() => {}
            Stage::Faq { .. } if !self.is_fresh() => self.chooses_question(heard),
            Stage::ChoosingQueue { .. } if !self.is_fresh() => self.chooses_queue(heard),
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback
            | Stage::ToldAvailable => self.begin(),
        }
    }

    /// Whether it came together with the message before.
    fn is_together(&self) -> bool {
        self.before.last_inbound_at.is_some_and(|last| self.now.signed_duration_since(last) < TOGETHER)
    }

    /// The flow from its top.
    fn begin(&mut self) {
        // They were told that attendance is closed: what they add is read when it opens, unless there are questions, which
        // are answered at any hour. The hours, which cost a look into the time zone, are only asked of who was told.
        let was_told = self.state.unavailable_said_at.is_some();
        if was_told && !self.has_questions() && self.is_closed() && self.was_told_of(self.closed_since()) {
            return self.settle();
        }
        self.greet();
        if !self.offer_questions() {
            self.attend(None);
        }
    }

    /// The first contact's greeting, or the return greeting after the configured silence, or none.
    fn greet(&mut self) {
        let flow = &self.settings.chatbot.conversation_flow;
        let greeting = if self.before.last_inbound_at.is_none() {
            self.text(flow.first_greeting.on, &flow.first_greeting.text)
        } else {
            self.text(flow.return_greeting.on && self.is_fresh(), &flow.return_greeting.text)
        };
        self.send(greeting);
    }

    /// Told that attendance is open again, they do not want it.
    fn decline(&mut self) {
        let words = self.words();
        self.effect(Effect::Send(types::messages::MessageContent::Text { body: words.will_not_notify.to_owned() }));
        self.go(Stage::Idle);
    }
}

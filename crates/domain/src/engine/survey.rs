//! After a closed ticket: the post-attendance message, and the survey by its frequency rule.

use super::{
    Effect, Stage, Timer,
    run::{Run, later},
    say::cut,
    taps::{self, bounds},
    understand,
};
use chrono::{DateTime, TimeDelta, Utc};
use types::{
    TicketId,
    chatbots::{LABEL_MAX, SurveyFrequency, SurveyKind},
    messages::{Choice, MessageContent, TEXT_MAX},
    tickets::CloseReason,
};

/// How long a survey waits for an answer.
const EXPIRES: TimeDelta = TimeDelta::hours(24);

impl Run<'_> {
    /// Somebody closed the ticket.
    pub(super) fn ticket_closed(&mut self, by: CloseReason, ticket: TicketId) {
        match self.state.stage {
            // It was told before.
            Stage::SurveyInvited { ticket: asked } | Stage::Surveyed { ticket: asked, .. } if asked == ticket => {}
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback
            | Stage::ToldAvailable => self.ended(by, Some(ticket)),
        }
    }

    /// An attendance ended. With the service window shut nothing is said, for WhatsApp would refuse it.
    pub(super) fn ended(&mut self, by: CloseReason, ticket: Option<TicketId>) {
        self.stop_waiting();
        self.forget_callback();
        self.go(Stage::Idle);
        self.state.ticket = None;
        self.active();
        match by {
            CloseReason::Agent | CloseReason::Manager | CloseReason::Inactivity => {}
            CloseReason::Contact | CloseReason::Transferred => return,
        }
        self.state.survey.attendances_since = self.state.survey.attendances_since.saturating_add(1);
        if !self.window_is_open() {
            return;
        }
        let message = self.post_attendance();
        self.send(message);
        if let Some(ticket) = ticket.filter(|_| self.survey_is_due()) {
            self.ask(ticket);
        }
    }

    fn post_attendance(&self) -> Option<MessageContent> {
        let post = &self.settings.chatbot.attention.post_attendance;
        let links = &self.settings.chatbot.social_links;
        let mut offered = String::new();
        for (field, link) in links.all().into_iter().filter(|(_, link)| links.on && !link.trim().is_empty()) {
            let network = match field {
                "instagram" => "Instagram",
                "facebook" => "Facebook",
                "x" => "X",
                "linkedin" => "LinkedIn",
                "youtube" => "YouTube",
                "tiktok" => "TikTok",
                _ => self.words().website,
            };
            for part in ["\n", network, ": ", link.trim()] {
                offered.push_str(part);
            }
        }
        if offered.is_empty() {
            return self.text(post.on, &post.text);
        }
        let room = TEXT_MAX.saturating_sub(offered.chars().count() + 1);
        let text = self.filled(post.on.then_some(post.text.as_str())?, room.max(1))?;
        Some(MessageContent::Text { body: cut(format!("{text}\n{offered}"), TEXT_MAX) })
    }

    /// Whether this attendance is one after which the survey is asked. Who was never asked always is.
    fn survey_is_due(&self) -> bool {
        let survey = &self.settings.chatbot.conversation_flow.survey;
        let asked = &self.state.survey;
        let Some(asked_at) = asked.last_asked_at.max(asked.last_shown_at) else {
            return survey.kind != SurveyKind::None;
        };
        survey.kind != SurveyKind::None
            && match survey.frequency {
                SurveyFrequency::Attendance => true,
                SurveyFrequency::Days { days } => self.now >= later(asked_at, TimeDelta::days(days.into())),
                SurveyFrequency::Attendances { attendances } => self.state.survey.attendances_since >= attendances,
            }
    }

    /// The invitation, or at once the question.
    fn ask(&mut self, ticket: TicketId) {
        (self.state.survey.last_asked_at, self.state.survey.attendances_since) = (Some(self.now), 0);
        let invitation = &self.settings.chatbot.conversation_flow.survey.invitation;
        if !invitation.on {
            return self.ask_question(ticket);
        }
        let (yes, no) = (taps::invitation(ticket, true), taps::invitation(ticket, false));
        let question = self.yes_or_no(&invitation.text, self.words().invitation, yes, no);
        self.send(Some(question));
        self.state.stage = Stage::SurveyInvited { ticket };
        self.schedule(Timer::SurveyExpiry, later(self.now, EXPIRES));
    }

    fn ask_question(&mut self, ticket: TicketId) {
        let kind = self.settings.chatbot.conversation_flow.survey.kind;
        let Some(question) = self.question(kind, ticket) else { return };
        self.send(Some(question));
        self.effect(Effect::SurveyShown { ticket, kind });
        self.schedule(Timer::SurveyExpiry, later(self.now, EXPIRES));
        self.state.stage = Stage::Surveyed { ticket, missed: false, kind };
        self.state.survey.last_shown_at = Some(self.now);
    }

    fn question(&self, kind: SurveyKind, ticket: TicketId) -> Option<MessageContent> {
        let words = self.words();
        let text = &self.settings.chatbot.conversation_flow.survey.question;
        match kind {
            SurveyKind::None => None,
            SurveyKind::Nps => {
                Some(MessageContent::Text { body: self.filled(text, TEXT_MAX).unwrap_or_else(|| words.nps.to_owned()) })
            }
            SurveyKind::Csat => {
                let row = |(score, meaning): (u8, &&str)| Choice {
                    id: taps::score(ticket, score),
                    title: cut([&score.to_string(), " · ", meaning].concat(), LABEL_MAX),
                    description: None,
                };
                Some(MessageContent::List {
                    body: self.body(text, words.csat),
                    button: words.see_options.to_owned(),
                    rows: (1..).zip(&words.scores).map(row).collect(),
                })
            }
        }
    }

    /// The score that words mean.
    pub(super) fn score(&self, said: &str) -> Option<u8> {
        let kind = self.asked_kind();
        let (least, most) = bounds(kind)?;
        let meant = || {
            let is = |meaning: &&str| understand::same(said, meaning) || said.ends_with(&format!(" · {meaning}"));
            let place = self.words().scores.iter().position(is)?;
            u8::try_from(place + 1).ok()
        };
        understand::score(said, least, most).or_else(|| meant().filter(|_| kind == SurveyKind::Csat))
    }

    /// What was asked. States that are older than the field do not know.
    fn asked_kind(&self) -> SurveyKind {
        match self.state.stage {
            Stage::Surveyed { kind, .. } if kind != SurveyKind::None => kind,
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::SurveyInvited { .. }
            | Stage::Surveyed { .. }
            | Stage::OfferedCallback
            | Stage::ToldAvailable => self.settings.chatbot.conversation_flow.survey.kind,
        }
    }

    /// Sí or No to the invitation. One that is not waited for any more means nothing.
    pub(super) fn answer_invitation(&mut self, ticket: TicketId, wants: bool) {
        if self.state.stage != (Stage::SurveyInvited { ticket }) {
            return;
        }
        self.cancel(Timer::SurveyExpiry);
        self.state.stage = Stage::Idle;
        if wants {
            self.ask_question(ticket);
        }
    }

    /// A score. One that is not waited for any more means nothing.
    pub(super) fn answer_survey(&mut self, ticket: TicketId, score: u8) {
        let waited_for = matches!(self.state.stage, Stage::Surveyed { ticket: asked, .. } if asked == ticket);
        let counts = bounds(self.asked_kind()).is_some_and(|(least, most)| (least..=most).contains(&score));
        if !waited_for || !counts {
            return;
        }
        self.effect(Effect::SurveyAnswered { ticket, score });
        self.cancel(Timer::SurveyExpiry);
        let thanks = &self.settings.chatbot.conversation_flow.survey.thanks;
        let message = self.text(thanks.on, &thanks.text);
        self.send(message);
        self.state.stage = Stage::Idle;
    }

    /// Words that are no score: once the question is asked again.
    pub(super) fn asks_again(&mut self) -> bool {
        let Stage::Surveyed { ticket, missed: false, kind } = self.state.stage else { return false };
        if self.settings.chatbot.conversation_flow.survey.kind == SurveyKind::None {
            return false;
        }
        let question = self.question(self.asked_kind(), ticket);
        self.send(question);
        self.state.stage = Stage::Surveyed { ticket, missed: true, kind };
        true
    }

    /// Whether it has waited for too long.
    pub(super) fn survey_is_over(&self) -> bool {
        self.survey_expires_at().is_some_and(|at| self.now >= at)
    }

    fn survey_expires_at(&self) -> Option<DateTime<Utc>> {
        let asked_at = match self.state.stage {
            Stage::Surveyed { .. } => self.state.survey.last_shown_at,
            // Nothing happened since the ticket was closed.
            Stage::SurveyInvited { .. } => self.before.last_activity_at,
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::OfferedCallback
            | Stage::ToldAvailable => None,
        };
        asked_at.map(|asked_at| later(asked_at, EXPIRES))
    }

    /// The time of an unanswered survey is up.
    pub(super) fn expire_survey(&mut self) {
        match self.survey_expires_at() {
            Some(at) if self.now < at => self.schedule(Timer::SurveyExpiry, at),
            Some(_) => self.end_survey(),
            None => {}
        }
    }

    /// A survey that is left without an answer ends.
    pub(super) fn leave_survey(&mut self) {
        match self.state.stage {
            Stage::Surveyed { ticket, .. } => {
                self.effect(Effect::SurveyExpired { ticket });
                self.cancel(Timer::SurveyExpiry);
            }
            Stage::SurveyInvited { .. } => self.cancel(Timer::SurveyExpiry),
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::OfferedCallback
            | Stage::ToldAvailable => {}
        }
    }

    /// It is not waited for an answer any more.
    pub(super) fn end_survey(&mut self) {
        match self.state.stage {
            Stage::Surveyed { .. } | Stage::SurveyInvited { .. } => self.go(Stage::Idle),
            Stage::Idle
            | Stage::Faq { .. }
            | Stage::ChoosingQueue { .. }
            | Stage::InAttendance
            | Stage::OfferedCallback
            | Stage::ToldAvailable => {}
        }
    }
}

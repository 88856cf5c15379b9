//! What conversations leave behind beside messages and tickets: timers, surveys, and who wrote off hours.

use crate::Result;
use chrono::{DateTime, Utc};
use db::{off_hours_contacts::NewOffHoursContact, surveys::NewSurvey, timers::NewTimer};
use domain::engine::Timer;
use std::collections::BTreeMap;
use types::{ConversationId, TicketId, off_hours_contacts::OffHoursCause};

/// Collected in the order in which it is decided, so that of two decisions about one thing the later one holds.
#[derive(Debug, Default)]
pub(crate) struct Besides {
    /// None takes a timer back.
    timers: BTreeMap<(ConversationId, Timer), Option<NewTimer>>,
    listed: BTreeMap<(ConversationId, OffHoursCause, DateTime<Utc>), NewOffHoursContact>,
    /// Last answers about rows that are there already, and about rows of this batch.
    callbacks: BTreeMap<ConversationId, bool>,
    callbacks_of_listed: BTreeMap<ConversationId, bool>,
    surveys: Vec<NewSurvey>,
    scores: BTreeMap<TicketId, u8>,
    expired: Vec<TicketId>,
}

impl Besides {
    pub(super) fn schedule(&mut self, timer: NewTimer) {
        self.timers.insert((timer.conversation_id, timer.timer), Some(timer));
    }

    pub(super) fn cancel(&mut self, conversation: ConversationId, timer: Timer) {
        self.timers.insert((conversation, timer), None);
    }

    pub(super) fn list(&mut self, contact: NewOffHoursContact) {
        let key = (contact.conversation_id, contact.cause, contact.since);
        match self.listed.get_mut(&key) {
            // Listed by this batch already: the first message stays.
            Some(listed) => listed.callback = listed.callback.or(contact.callback),
            None => drop(self.listed.insert(key, contact)),
        }
    }

    pub(super) fn answer(&mut self, conversation: ConversationId, wanted: bool) {
        let here = self.listed.keys().any(|(id, cause, _)| *id == conversation && *cause == OffHoursCause::Closed);
        let answers = if here { &mut self.callbacks_of_listed } else { &mut self.callbacks };
        answers.insert(conversation, wanted);
    }

    pub(super) fn show(&mut self, survey: NewSurvey) {
        self.surveys.push(survey);
    }

    pub(super) fn score(&mut self, ticket: TicketId, score: u8) {
        self.scores.entry(ticket).or_insert(score);
    }

    pub(super) fn expire(&mut self, ticket: TicketId) {
        self.expired.push(ticket);
    }

    /// Who was listed.
    pub(super) fn listed(&self) -> impl Iterator<Item = &NewOffHoursContact> {
        self.listed.values()
    }

    /// The conversations whose contacts answered whether they want to be called.
    pub(super) fn answered(&self) -> impl Iterator<Item = ConversationId> {
        self.callbacks.keys().chain(self.callbacks_of_listed.keys()).copied()
    }

    /// When the first of the timers is due.
    pub(super) fn first_due(&self) -> Option<DateTime<Utc>> {
        self.timers.values().flatten().map(|timer| timer.due_at).min()
    }

    /// Store all of it; the conversations and tickets it is about are there.
    pub(super) async fn store(&self, tx: &db::Tx, now: DateTime<Utc>) -> Result<()> {
        let set: Vec<_> = self.timers.values().flatten().copied().collect();
        let cancelled: Vec<_> = self.timers.iter().filter(|(_, timer)| timer.is_none()).map(|(key, _)| *key).collect();
        db::timers::cancel_all(tx, &cancelled).await?;
        db::timers::set_all(tx, &set).await?;
        let answers = |answers: &BTreeMap<_, _>| answers.iter().map(|(id, wanted)| (*id, *wanted)).collect::<Vec<_>>();
        db::off_hours_contacts::answer_callbacks(tx, &answers(&self.callbacks)).await?;
        let listed: Vec<_> = self.listed.values().cloned().collect();
        db::off_hours_contacts::write_all(tx, &listed).await?;
        db::off_hours_contacts::answer_callbacks(tx, &answers(&self.callbacks_of_listed)).await?;
        db::surveys::create_all(tx, &self.surveys).await?;
        let scores: Vec<_> = self.scores.iter().map(|(ticket, score)| (*ticket, *score)).collect();
        db::surveys::answer_all(tx, &scores, now).await?;
        Ok(db::surveys::expire_all(tx, &self.expired, now).await?)
    }
}

//! Sending what is queued: paced per number, in order per conversation, never twice (whatsapp.md, quality.md).
//!
//! A message is `sending` under an attempt before the request leaves. What comes of it is one of four: WhatsApp took it; it
//! provably did not go out and is due again later; WhatsApp will not send it; or nobody knows, and then it is `unconfirmed`
//! until WhatsApp reports on it by the id we sent along, and is never sent again by itself.

mod attempt;
mod lane;
mod outcomes;
mod pace;
mod worker;

pub use outcomes::run as settle;
pub(crate) use outcomes::shown_to_desk;
pub use worker::run as work;

use db::messages::Outcome;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::mpsc;
use types::{CampaignId, ConversationId, NumberId};

/// Outcomes that wait to be stored at most; beyond it sending waits too.
const OUTCOMES_MAX: usize = 8192;

/// What came of an attempt, and what it was about.
#[derive(Debug)]
pub struct Report {
    outcome: Outcome,
    number_id: NumberId,
    conversation_id: ConversationId,
    campaign_id: Option<CampaignId>,
    /// A person has to look before anything more is sent.
    pause: Option<Pause>,
}

/// What has to stop, and the kind of reason.
#[derive(Clone, Debug)]
enum Pause {
    Number(String),
    Campaign(String),
}

/// The conversations with a message on its way: another one of theirs waits, so that their order is kept.
#[derive(Clone, Debug, Default)]
pub struct Busy(Arc<Mutex<HashSet<ConversationId>>>);

impl Busy {
    /// False when the conversation is busy already.
    fn begin(&self, id: ConversationId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id)
    }

    fn end(&self, id: ConversationId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    fn has(&self, id: ConversationId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }
}

/// The way of outcomes from the attempts to the database.
pub fn outcomes() -> (mpsc::Sender<Report>, mpsc::Receiver<Report>) {
    mpsc::channel(OUTCOMES_MAX)
}

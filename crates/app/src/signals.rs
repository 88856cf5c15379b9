//! Signals between workers of one process: something is there to be done. They only save waiting; every worker also looks
//! by itself now and then, so a signal that is missed, or given in another replica, loses nothing.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;
use types::CampaignId;

#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// Webhook events were kept.
    pub inbox: Arc<Notify>,
    /// Messages were queued.
    pub outbox: Arc<Notify>,
    /// Events for open pages were kept.
    pub events: Arc<Notify>,
    /// A campaign waits to be prepared.
    pub campaigns: Arc<Notify>,
    /// A timer is due already.
    pub timers: Arc<Notify>,
    /// An inclusion of numbers was started, or is tried again.
    pub number_imports: Arc<Notify>,
    /// A ticket waits, or somebody can take one: it was opened, given back or handed over, a member came online or closed
    /// one, or who attends and how many at a time was changed.
    pub distribution: Arc<Notify>,
    /// A ticket may be with somebody who is offline, or when it returns from them is another time.
    pub left: Arc<Notify>,
    /// An account is to be synchronised before its time.
    pub wabas: Arc<Notify>,
    moved: Arc<Mutex<HashSet<CampaignId>>>,
}

impl Signals {
    /// A campaign's recipients came further.
    pub fn campaign_moved(&self, id: CampaignId) {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    /// The campaigns that moved since the last time.
    pub fn take_moved(&self) -> HashSet<CampaignId> {
        std::mem::take(&mut *self.moved.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

//! The clock and the maker of ids: the only home of the system's time and of random ids, both injected.

use chrono::{DateTime, Duration, Utc};
use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};
use uuid::Uuid;

/// Tells the time: the system's, or one that stands still until it is moved.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    stopped_at: Option<Arc<AtomicI64>>,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still.
    pub fn stopped(at: DateTime<Utc>) -> Self {
        Self { stopped_at: Some(Arc::new(AtomicI64::new(at.timestamp_millis()))) }
    }

    /// Move a stopped clock; the system's clock does not move by hand.
    pub fn advance(&self, by: Duration) {
        if let Some(at) = &self.stopped_at {
            at.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one home of the system's time")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.stopped_at {
            Some(at) => DateTime::from_timestamp_millis(at.load(Ordering::SeqCst)).unwrap_or_default(),
            None => Utc::now(),
        }
    }
}

/// Makes ids: `UUIDv7`, in order within a process, or counted ones.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    counter: Option<Arc<AtomicU64>>,
}

impl Ids {
    pub fn random() -> Self {
        Self::default()
    }

    /// 1, 2, 3 … written as ids.
    pub fn counted() -> Self {
        Self { counter: Some(Arc::new(AtomicU64::new(0))) }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one home of random ids")]
    pub fn make<T: From<Uuid>>(&self) -> T {
        match &self.counter {
            Some(counter) => Uuid::from_u128(u128::from(counter.fetch_add(1, Ordering::SeqCst) + 1)),
            None => Uuid::now_v7(),
        }
        .into()
    }
}

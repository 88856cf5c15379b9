//! WhatsApp accounts (Administración): connected after Graph was asked, checked, and kept in step with it.

mod change;
mod reach;
mod synchronize;
mod test;
mod worker;

pub use change::{connect, connect_sandbox, disconnect, update};
pub(crate) use reach::only_read;
pub use reach::{Reached, reached, read_number};
pub use synchronize::{check, synchronize};
pub use test::{test_signature, test_webhook};
pub(crate) use worker::make_due;
pub use worker::{synchronize_due, work};

use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// When each account was last heard of, so that not every event writes it down.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    at: Arc<Mutex<HashMap<String, DateTime<Utc>>>>,
}

impl Heard {
    /// Written down no more often than this.
    const EVERY: TimeDelta = TimeDelta::minutes(1);
    /// Accounts nobody has connected may be named too; so many are remembered.
    const MOST: usize = 10_000;

    /// Those among these that have to be written down.
    pub(crate) fn news<'a>(&self, waba_ids: impl Iterator<Item = &'a str>, now: DateTime<Utc>) -> Vec<&'a str> {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if at.len() > Self::MOST {
            at.clear();
        }
        let mut news = Vec::new();
        for id in waba_ids {
            let due = at.get(id).is_none_or(|last| now - *last >= Self::EVERY || *last > now);
            if due {
                at.insert(id.to_owned(), now);
                news.push(id);
            }
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_written_down_once_a_minute() {
        let (heard, start) = (Heard::default(), DateTime::UNIX_EPOCH);
        assert_eq!(heard.news(["a", "b", "a"].into_iter(), start), ["a", "b"]);
        assert!(heard.news(["a"].into_iter(), start + TimeDelta::seconds(59)).is_empty());
        assert_eq!(heard.news(["a"].into_iter(), start + TimeDelta::seconds(60)), ["a"]);
    }
}

//! How fast a number and a pair of number and phone may go: Meta's throughput and pair rate.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;

const SECOND: Duration = Duration::from_secs(1);
/// One message per person and six seconds, after a burst.
const PAIR_REFILL: Duration = Duration::from_secs(6);
const PAIR_BURST: f64 = 45.0;

/// What a number did and how fast it was asked to.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    asked: VecDeque<Instant>,
    let_through: VecDeque<Instant>,
    pairs: HashMap<String, (Instant, f64)>,
    pub(crate) counts: Counts,
}

/// The figures of one number since the start or the last reset.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Counts {
    /// Requests to send that arrived.
    pub(crate) asked: u64,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    /// Of the refused, those over the throughput.
    pub(crate) throttled: u64,
    /// Accepted, but the connection was broken before the answer.
    pub(crate) unanswered: u64,
    /// The most requests to send that arrived within any sliding second, refused ones included.
    pub(crate) max_in_any_second: usize,
}

impl Meter {
    /// Counts an arriving request; false when the number is over `limit` messages in the second that ends now.
    pub(crate) fn arrive(&mut self, now: Instant, limit: usize) -> bool {
        self.counts.asked += 1;
        forget(&mut self.asked, now);
        self.asked.push_back(now);
        self.counts.max_in_any_second = self.counts.max_in_any_second.max(self.asked.len());
        forget(&mut self.let_through, now);
        let fits = self.let_through.len() < limit;
        if fits {
            self.let_through.push_back(now);
        } else {
            self.counts.throttled += 1;
        }
        fits
    }

    /// Counts a message to one person; false when that person has had too many.
    pub(crate) fn pair(&mut self, now: Instant, phone: &str) -> bool {
        let (last, left) = self.pairs.entry(phone.to_owned()).or_insert((now, PAIR_BURST));
        let grown = now.saturating_duration_since(*last).as_secs_f64() / PAIR_REFILL.as_secs_f64();
        *left = (*left + grown).min(PAIR_BURST);
        *last = now;
        let fits = *left >= 1.0;
        if fits {
            *left -= 1.0;
        }
        fits
    }
}

fn forget(times: &mut VecDeque<Instant>, now: Instant) {
    while times.front().is_some_and(|time| now.saturating_duration_since(*time) >= SECOND) {
        times.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn the_second_slides() {
        let (mut meter, start) = (Meter::default(), clock::instant());
        let at = |ms| start + Duration::from_millis(ms);
        assert!((0..80).all(|_| meter.arrive(at(900), 80)));
        assert!(!meter.arrive(at(1_899), 80));
        assert!(meter.arrive(at(1_900), 80));
        assert_eq!((meter.counts.max_in_any_second, meter.counts.throttled), (81, 1));
    }

    #[test]
    fn one_person_gets_a_burst_and_then_one_every_six_seconds() {
        let (mut meter, start) = (Meter::default(), clock::instant());
        assert!((0..45).all(|_| meter.pair(start, "1")));
        assert!(!meter.pair(start, "1"));
        assert!(meter.pair(start, "2"));
        assert!(!meter.pair(start + Duration::from_secs(5), "1"));
        assert!(meter.pair(start + Duration::from_secs(7), "1"));
    }
}

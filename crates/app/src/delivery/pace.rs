//! The pace of one number: even, a hair slower than allowed, and never more in a second than it may.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// As many as are allowed in a second get places in this time. What is more than a second leaves room for sends that reach
/// WhatsApp some milliseconds early or late; more than 2 % of it would cost more than the pace may (quality.md).
const WINDOW: Duration = Duration::from_millis(1015);
/// Stalls no longer than this are caught up with, as far as the window has room: a full one never gives back what was lost.
const CATCH_UP: Duration = Duration::from_millis(250);
/// As many as are allowed go in this time at most, whatever they were planned for.
const SECOND: Duration = Duration::from_millis(1012);

/// When the next messages of a number may go.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    limit: usize,
    spacing: Duration,
    /// When the next one would go if none had been late.
    even: Instant,
    rests_until: Instant,
    /// The places of the last window, the latest at the end.
    places: VecDeque<Instant>,
}

impl Pace {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        let mut new = Self { limit: 1, spacing: WINDOW, even: now, rests_until: now, places: VecDeque::new() };
        new.set(per_second);
        new
    }

    pub(super) fn set(&mut self, per_second: u32) {
        self.limit = limit(per_second);
        self.spacing = WINDOW / per_second.max(1);
    }

    /// How many may go until `horizon` from now.
    pub(super) fn room(&self, horizon: Duration, now: Instant) -> u32 {
        let until = now + horizon;
        let (mut trial, mut room) = (self.clone(), 0);
        while trial.next(now) <= until {
            trial.take(now);
            room += 1;
        }
        room
    }

    /// Take the next place.
    pub(super) fn take(&mut self, now: Instant) -> Instant {
        let place = self.next(now);
        self.even = self.even.max(place.checked_sub(CATCH_UP).unwrap_or(place)) + self.spacing;
        self.places.push_back(place);
        while self.places.len() > self.limit {
            self.places.pop_front();
        }
        place
    }

    /// Whether the next ones still depend on the last ones.
    pub(super) fn is_ahead(&self, now: Instant) -> bool {
        self.rests_until > now || self.places.back().is_some_and(|last| *last + WINDOW > now)
    }

    /// Nothing goes until then: WhatsApp said it was too much.
    pub(super) fn rest(&mut self, until: Instant) {
        self.rests_until = self.rests_until.max(until);
    }

    /// Evenly; after a stall at most a quarter faster; and never more than allowed in a window.
    fn next(&self, now: Instant) -> Instant {
        let after_last = self.places.back().map(|last| *last + self.spacing * 4 / 5);
        let full = self.places.len().checked_sub(self.limit).and_then(|first| self.places.get(first));
        let after_window = full.map(|first| *first + WINDOW);
        let bounds = [after_last, after_window, Some(self.even), Some(self.rests_until)];
        bounds.into_iter().flatten().fold(now, Instant::max)
    }
}

/// Counts what really goes. Places are planned ahead, and a machine that stalls would let many go at once that were
/// planned for one moment after the other.
#[derive(Debug, Default)]
pub(super) struct Gate {
    gone: Mutex<VecDeque<Instant>>,
}

impl Gate {
    /// Wait until one more may go, and count it.
    pub(super) async fn pass(&self, per_second: u32) {
        while let Some(until) = self.try_pass(per_second, Instant::now()) {
            sleep_until(until).await;
        }
    }

    /// When to ask again; None when it may go now.
    fn try_pass(&self, per_second: u32, now: Instant) -> Option<Instant> {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        while gone.len() >= limit(per_second) {
            if let Some(first) = gone.front().filter(|first| **first + SECOND > now) {
                return Some(*first + SECOND);
            }
            gone.pop_front();
        }
        gone.push_back(now);
        None
    }
}

fn limit(per_second: u32) -> usize {
    usize::try_from(per_second.max(1)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_window_of_a_second_has_more_than_allowed_however_the_work_comes(
            per_second in 1_u32..1200,
            waits in prop::collection::vec(0_u64..50, 1..400),
        ) {
            let start = Instant::now();
            let (mut pace, mut now) = (Pace::new(per_second, start), start);
            let mut places = Vec::new();
            for wait in waits {
                now += Duration::from_millis(wait);
                for _ in 0..pace.room(Duration::from_millis(40), now) {
                    places.push(pace.take(now));
                }
            }
            for (index, first) in places.iter().enumerate() {
                let within = places[index..].iter().take_while(|place| **place < *first + Duration::from_secs(1)).count();
                prop_assert!(within <= usize::try_from(per_second).unwrap());
            }
        }

        #[test]
        fn with_work_at_hand_at_least_98_percent_of_what_is_allowed_goes(per_second in 20_u32..1200) {
            let start = Instant::now();
            let (mut pace, mut now, mut sent) = (Pace::new(per_second, start), start, 0_u32);
            while now < start + Duration::from_secs(10) {
                for _ in 0..pace.room(Duration::from_millis(40), now) {
                    pace.take(now);
                    sent += 1;
                }
                now += Duration::from_millis(20);
            }
            prop_assert!(f64::from(sent) >= 0.98 * 10.0 * f64::from(per_second));
        }
    }

    #[test]
    fn short_stalls_are_caught_up_with() {
        let start = Instant::now();
        let (mut pace, mut now, mut sent) = (Pace::new(80, start), start, 0_u32);
        for turn in 1..1500 {
            for _ in 0..pace.room(Duration::from_millis(40), now) {
                pace.take(now);
                sent += 1;
            }
            now += Duration::from_millis(if turn % 10 == 0 { 60 } else { 20 });
        }
        assert!(f64::from(sent) >= 0.98 * 80.0 * (now - start).as_secs_f64(), "{sent}");
    }

    #[test]
    fn what_was_planned_apart_and_wakes_together_does_not_go_together() {
        let (gate, now) = (Gate::default(), Instant::now());
        assert!((0..80).all(|_| gate.try_pass(80, now).is_none()));
        assert_eq!(gate.try_pass(80, now + Duration::from_millis(500)), Some(now + SECOND));
        assert_eq!(gate.try_pass(80, now + SECOND), None);
    }
}

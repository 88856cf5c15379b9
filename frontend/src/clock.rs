//! What only the browser knows: the time, and ids nobody else has.

use chrono::{DateTime, Utc};
use js_sys::Date;
use uuid::Uuid;

/// This moment, by the browser's clock.
pub fn now() -> DateTime<Utc> {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "the clock's whole milliseconds fit an i64 for longer than anyone waits"
    )]
    let milliseconds = Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// A message's own id, so that one sent twice is one.
#[expect(clippy::disallowed_methods, reason = "this is the browser's home of fresh ids")]
pub fn fresh_id() -> Uuid {
    Uuid::new_v4()
}

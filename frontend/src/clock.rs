//! What only the browser knows: the time, and ids nobody else has.

use chrono::{DateTime, Utc};
use js_sys::Date;
use leptos::prelude::*;
use std::time::Duration;
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

/// The time as a signal that moves every second, for as long as the component lives.
pub fn use_seconds() -> ReadSignal<DateTime<Utc>> {
    let (seconds, set) = signal(now());
    let tick = move || {
        set.try_set(now());
    };
    // Without a timer the time stands still, and what waits for it is still refused by the server.
    if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || handle.clear());
    }
    seconds
}

/// A message's own id, so that one sent twice is one.
#[expect(clippy::disallowed_methods, reason = "this is the browser's home of fresh ids")]
pub fn fresh_id() -> Uuid {
    Uuid::new_v4()
}

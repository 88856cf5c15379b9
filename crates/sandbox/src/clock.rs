//! The sandbox's one home of time and chance: nothing else here asks the system for either.
#![expect(clippy::disallowed_methods, reason = "this is the one home of the clock and of new ids")]

use std::time::Instant;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Utc;
use uuid::Uuid;

/// Unix time in milliseconds.
pub(crate) fn now() -> i64 {
    Utc::now().timestamp_millis()
}

/// For measuring rates, which must not jump with the clock.
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// A number nobody can guess, for seeds and codes.
pub(crate) fn chance() -> u64 {
    Uuid::now_v7().as_u64_pair().1
}

/// A message id that looks like Meta's: the phone and something unique, in base64.
pub(crate) fn wamid(phone: &str) -> String {
    let mut bytes = vec![0x1d, 0x0e, 0x11];
    bytes.extend_from_slice(phone.as_bytes());
    bytes.extend_from_slice(Uuid::now_v7().as_bytes());
    format!("wamid.{}", STANDARD.encode(bytes))
}

/// A trace id that looks like Meta's.
pub(crate) fn trace() -> String {
    format!("A{}", Uuid::now_v7().simple().to_string().split_off(12))
}

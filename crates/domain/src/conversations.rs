//! Conversations: WhatsApp's service window (spec A2, whatsapp.md).

use chrono::{DateTime, TimeDelta, Utc};

/// How long after a contact's message free text may be sent to them (WhatsApp Cloud API, customer service windows).
pub const SERVICE_WINDOW: TimeDelta = TimeDelta::hours(24);

/// When the window opened by the contact's last message closes. `last_inbound_at` is WhatsApp's own timestamp of it.
pub fn service_window(last_inbound_at: DateTime<Utc>) -> DateTime<Utc> {
    last_inbound_at.checked_add_signed(SERVICE_WINDOW).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Whether free text may be sent now. A window that nobody has opened is shut.
pub fn window_is_open(closes_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    closes_at.is_some_and(|closes_at| now < closes_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_open_for_a_day_and_not_a_moment_longer() {
        let written = DateTime::<Utc>::UNIX_EPOCH;
        let closes_at = Some(service_window(written));
        assert!(window_is_open(closes_at, written));
        assert!(window_is_open(closes_at, written + TimeDelta::hours(24) - TimeDelta::milliseconds(1)));
        assert!(!window_is_open(closes_at, written + TimeDelta::hours(24)));
        assert!(!window_is_open(None, written));
    }
}

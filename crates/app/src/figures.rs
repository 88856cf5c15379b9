//! What the process has done since it started, for `/metrics`: counted when it is committed.

use prometheus::{IntCounter, IntGauge, register_int_counter, register_int_gauge};
use std::sync::LazyLock;

/// Webhooks kept.
pub(crate) static EVENTS: Figure = Figure(LazyLock::new(|| counter("cercano_webhook_events_total", "Webhooks kept")));
/// Webhooks worked on.
pub(crate) static WORKED: Figure =
    Figure(LazyLock::new(|| counter("cercano_webhook_events_worked_total", "Webhooks worked on")));
/// Messages of contacts.
pub(crate) static RECEIVED: Figure =
    Figure(LazyLock::new(|| counter("cercano_messages_received_total", "Messages of contacts")));
/// Messages WhatsApp took.
pub(crate) static SENT: Figure =
    Figure(LazyLock::new(|| counter("cercano_messages_sent_total", "Messages WhatsApp took")));

/// The id of the last webhook that was worked on.
static POSITION: LazyLock<Option<IntGauge>> = LazyLock::new(|| {
    register_int_gauge!("cercano_inbox_position", "The id of the last webhook that was worked on").ok()
});

/// Counts up. A name the registry does not take is not shown, and stops nothing.
#[derive(Debug)]
pub(crate) struct Figure(LazyLock<Option<IntCounter>>);

impl Figure {
    pub(crate) fn add(&self, count: usize) {
        if let Some(counter) = &*self.0 {
            counter.inc_by(u64::try_from(count).unwrap_or(u64::MAX));
        }
    }
}

pub(crate) fn set_inbox_position(position: i64) {
    if let Some(gauge) = &*POSITION {
        gauge.set(position);
    }
}

fn counter(name: &str, help: &str) -> Option<IntCounter> {
    register_int_counter!(name, help).ok()
}

//! Reaching an account at Graph: its address, its token opened, and what a read that fails means.

use crate::{App, Result, channel};
use chrono::{DateTime, Utc};
use db::wabas::{WabaAccess, WabaNumber};
use types::graph::{GraphReason, GraphTrouble};
use whatsapp::{GraphEndpoint, SendError, client::PhoneNumberInfo};

/// Messages a second of each level (whatsapp.md § Limits).
const STANDARD_THROUGHPUT: u32 = 80;
const HIGH_THROUGHPUT: u32 = 1_000;

/// An account that can be called.
#[derive(Clone, Debug)]
pub struct Reached {
    pub access: WabaAccess,
    pub endpoint: GraphEndpoint,
    pub token: String,
}

/// Open an account's token.
pub fn reached(app: &App, access: WabaAccess) -> Result<Reached> {
    let token = app.keys.open(&access.token_sealed, access.id.0.as_bytes())?;
    let endpoint = GraphEndpoint { base_url: access.base_url.clone(), version: access.graph_version.clone() };
    Ok(Reached { access, endpoint, token: String::from_utf8_lossy(&token).into_owned() })
}

/// What went wrong with a call that only reads: nothing can have been done by it.
pub(crate) fn read_trouble(error: &SendError, now: DateTime<Utc>) -> GraphTrouble {
    only_read(channel::trouble(error, now))
}

pub(crate) fn only_read(trouble: GraphTrouble) -> GraphTrouble {
    let is_lost = trouble.reason == GraphReason::OutcomeUnknown;
    GraphTrouble { reason: if is_lost { GraphReason::Unreachable } else { trouble.reason }, ..trouble }
}

/// Bring a number up to what WhatsApp says of it. What WhatsApp leaves out stays as it was.
pub fn read_number(number: &mut WabaNumber, info: &PhoneNumberInfo, now: DateTime<Utc>) {
    number.whatsapp_status = info.status.clone().or_else(|| number.whatsapp_status.take());
    number.quality = info.quality_rating.clone().or_else(|| number.quality.take());
    number.messaging_limit =
        info.whatsapp_business_manager_messaging_limit.clone().or_else(|| number.messaging_limit.take());
    number.throughput = match info.throughput.as_ref().and_then(|throughput| throughput.level.as_deref()) {
        Some("STANDARD") => STANDARD_THROUGHPUT,
        Some("HIGH") => HIGH_THROUGHPUT,
        Some(_) | None => number.throughput,
    };
    match info.code_verification_status.as_deref() {
        Some("VERIFIED") => number.verified_at = number.verified_at.or(Some(now)),
        Some("NOT_VERIFIED") => number.verified_at = None,
        // The code of a number that was registered long ago may have expired; that takes nothing from it.
        Some(_) | None => {}
    }
    if number.whatsapp_status.as_deref() == Some("CONNECTED") {
        number.registered_at = number.registered_at.or(Some(now));
    }
}

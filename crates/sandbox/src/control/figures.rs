//! What happened, in figures: for tests and benches.

use std::collections::BTreeMap;

use actix_web::web::{Data, Json};
use serde_json::{Value, json};

use crate::Sandbox;
use crate::store::Kept;
use crate::world::Status;

/// Per number what was asked, accepted and refused; over all phones how far messages came, and which mark reached a
/// phone more than once.
pub(super) async fn get_stats(sandbox: Data<Sandbox>) -> Json<Value> {
    Json(sandbox.inner.with(|kept| {
        let mut numbers = BTreeMap::new();
        for (id, meter) in &kept.meters {
            numbers.insert(id.clone(), json!(meter.counts));
        }
        let mut statuses: BTreeMap<&str, u64> = BTreeMap::new();
        let mut inbound = 0_u64;
        for message in &kept.world.messages {
            if message.inbound {
                inbound += 1;
            } else {
                *statuses.entry(message.status.name()).or_default() += 1;
            }
        }
        let repeated: Vec<Value> = marks(kept).into_iter().filter(|mark| mark.3 > 1).map(written).collect();
        json!({
            "numbers": numbers,
            "outbound": statuses,
            "inbound": inbound,
            "duplicates": repeated,
            "webhooks_pending": kept.world.pending.len(),
        })
    }))
}

/// Every mark (`biz_opaque_callback_data`) with the phone it was for and how many messages carried it.
pub(super) async fn list_marks(sandbox: Data<Sandbox>) -> Json<Value> {
    let marks = sandbox.inner.with(|kept| marks(kept));
    Json(json!({"marks": marks.into_iter().map(written).collect::<Vec<_>>()}))
}

type Mark = (String, String, Option<String>, u64, Status);

fn marks(kept: &Kept) -> Vec<Mark> {
    let mut found: BTreeMap<(&str, &str, Option<&str>), (u64, Status)> = BTreeMap::new();
    for message in kept.world.messages.iter().filter(|message| !message.inbound) {
        let key = (message.number_id.as_str(), message.phone.as_str(), message.opaque.as_deref());
        let (count, status) = found.entry(key).or_insert((0, message.status));
        *count += 1;
        *status = message.status.max(*status);
    }
    found
        .into_iter()
        .map(|((number, phone, mark), (count, status))| {
            (number.into(), phone.into(), mark.map(Into::into), count, status)
        })
        .collect()
}

fn written((number, phone, mark, count, status): Mark) -> Value {
    json!({
        "number_id": number, "phone": phone, "biz_opaque_callback_data": mark, "messages": count, "status": status,
    })
}

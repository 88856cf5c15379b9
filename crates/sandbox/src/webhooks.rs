//! Tells the business what happened: signed, in batches, in the order of each phone, until it is answered with 200.

mod body;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Weak};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time;

use crate::store::Inner;
use crate::world::{Event, Record, World};
use crate::{Sandbox, SandboxConfig};

/// Events are told side by side in this many lanes; a phone is always in the same one.
const LANES: usize = 8;
/// The most events of one POST. Meta batches up to a thousand.
const BATCH: usize = 250;
/// A body that is answered but never accepted must not hold up its lane for ever.
const TRIES_IN_LANE: u32 = 6;
/// Meta gives up after seven days.
const GIVE_UP: Duration = Duration::from_hours(7 * 24);

/// The ways out, one channel a lane.
#[derive(Debug)]
pub(crate) struct Outbox {
    lanes: Vec<UnboundedSender<u64>>,
}

impl Outbox {
    pub(crate) fn new() -> (Self, Vec<UnboundedReceiver<u64>>) {
        let (lanes, receivers) = (0..LANES).map(|_| unbounded_channel()).unzip();
        (Self { lanes }, receivers)
    }

    /// Hands an event to its lane; which one follows from `key`.
    pub(crate) fn push(&self, event: u64, key: usize) {
        if let Some(lane) = self.lanes.get(key % LANES) {
            // The lanes end with the sandbox, and then nobody is to be told.
            lane.send(event).unwrap_or_default();
        }
    }
}

impl Sandbox {
    /// Tells an event now, or as the number's faults will have it.
    pub(crate) fn push_event(&self, id: u64, number: &str, phone: &str) {
        let key = lane_key(phone);
        let (told, again, late) = self.inner.with(|kept| {
            let faults = kept.world.faults_of(number).clone();
            let dice = kept.webhook_dice(number);
            let (lost, twice) = (dice.falls(faults.drop_webhook_rate), dice.falls(faults.duplicate_rate));
            let late = dice.falls(faults.reorder_rate).then(|| 200 + dice.below(1_000));
            if lost {
                kept.commit(Record::Told(vec![id]));
            }
            // The second telling is an event of its own: it is kept and tried like the first.
            let event = kept.world.pending.get(&id).filter(|_| twice && !lost).cloned();
            (!lost, event.map(|event| kept.commit_event(event)), late)
        });
        if !told {
            return;
        }
        match late {
            Some(late) => self.push_late(id, key, late),
            None => self.inner.outbox.push(id, key),
        }
        if let Some(again) = again {
            // It takes another lane, so that it comes before, with or after others.
            self.push_late(again, key + 1, 100);
        }
    }

    fn push_late(&self, id: u64, key: usize, millis: u64) {
        let sandbox = self.clone();
        self.inner.runtime.spawn(async move {
            time::sleep(Duration::from_millis(millis)).await;
            sandbox.inner.outbox.push(id, key);
        });
    }
}

/// What decides a phone's lane.
pub(crate) fn lane_key(phone: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    phone.hash(&mut hasher);
    usize::try_from(hasher.finish() >> 33).unwrap_or_default()
}

impl World {
    /// The phone an event is about, which decides its lane; nothing for events about accounts.
    pub(crate) fn phone_of(&self, event: &Event) -> &str {
        match event {
            Event::Message { wamid } | Event::Status { wamid, .. } => {
                self.message(wamid).map_or("", |message| &message.phone)
            }
            Event::Field { .. } => "",
        }
    }
}

/// Starts the lanes; they end when the sandbox is dropped.
pub(crate) fn run(inner: &Arc<Inner>, lanes: Vec<UnboundedReceiver<u64>>) {
    for lane in lanes {
        inner.runtime.spawn(work(Arc::downgrade(inner), lane));
    }
}

async fn work(inner: Weak<Inner>, mut lane: UnboundedReceiver<u64>) {
    let mut ids = Vec::new();
    while lane.recv_many(&mut ids, BATCH).await > 0 {
        let Some(inner) = inner.upgrade() else { return };
        let bodies = inner.with(|kept| {
            let bodies = body::bodies(&kept.world, &inner.config, &ids);
            let mut deaf = std::mem::take(&mut ids);
            deaf.retain(|id| kept.world.pending.contains_key(id) && !bodies.iter().any(|body| body.ids.contains(id)));
            if !deaf.is_empty() {
                kept.commit(Record::Told(deaf));
            }
            bodies
        });
        for body in bodies {
            tell(&inner, body).await;
        }
        ids.clear();
    }
}

/// One POST: where to, what, and the events in it.
struct Body {
    target: String,
    text: String,
    ids: Vec<u64>,
}

async fn tell(inner: &Arc<Inner>, Body { target, text, ids }: Body) {
    let signature = sign(&inner.config, text.as_bytes());
    let (mut pause, mut waited, mut tries) = (Duration::from_millis(100), Duration::ZERO, 0);
    while tries < TRIES_IN_LANE && waited < GIVE_UP {
        match post(inner, &target, &text, &signature).await {
            Some(200) => return inner.with(|kept| kept.commit(Record::Told(ids))),
            // Nobody at home, or too busy: that is waited for, and says nothing about this body.
            None | Some(429 | 502..=504) => {}
            Some(status) => {
                tries += 1;
                tracing::debug!(status, events = ids.len(), "a webhook was refused");
            }
        }
        time::sleep(pause).await;
        waited += pause;
        pause = (pause * 2).min(inner.config.retry_at_most);
    }
    let (inner, runtime) = (Arc::downgrade(inner), inner.runtime.clone());
    runtime.spawn(tell_aside(inner, target, text, signature, ids));
}

/// Goes on with a body its receiver refuses, out of everybody's way and ever more seldom.
async fn tell_aside(inner: Weak<Inner>, target: String, text: String, signature: String, ids: Vec<u64>) {
    let (mut pause, mut waited) = (Duration::from_secs(30), Duration::ZERO);
    while waited < GIVE_UP {
        time::sleep(pause).await;
        let Some(inner) = inner.upgrade() else { return };
        if post(&inner, &target, &text, &signature).await == Some(200) {
            return inner.with(|kept| kept.commit(Record::Told(ids)));
        }
        waited += pause;
        pause = (pause * 2).min(Duration::from_hours(1));
    }
}

/// The status of the answer, if there was one.
async fn post(inner: &Inner, target: &str, text: &str, signature: &str) -> Option<u16> {
    let request = inner
        .http
        .post(target)
        .header("content-type", "application/json")
        .header("user-agent", "facebookexternalua")
        .header("x-hub-signature-256", signature)
        .body(text.to_owned());
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    // Reading the answer to its end lets the connection be used again.
    drop(response.bytes().await);
    Some(status)
}

fn sign(config: &SandboxConfig, raw: &[u8]) -> String {
    match Hmac::<Sha256>::new_from_slice(config.app_secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(raw);
            format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
        }
        Err(error) => {
            tracing::error!(%error, "the app secret cannot sign");
            String::new()
        }
    }
}

/// Events by the address they go to, each address in order.
fn by_target<'event>(
    world: &World,
    config: &SandboxConfig,
    events: impl Iterator<Item = (u64, &'event Event)>,
) -> HashMap<String, Vec<(u64, &'event Event)>> {
    let mut found: HashMap<String, Vec<_>> = HashMap::new();
    for (id, event) in events {
        let waba = body::waba_of(world, event).and_then(|waba| world.wabas.get(waba));
        let target = waba
            .filter(|waba| waba.subscribed)
            .and_then(|waba| waba.override_callback_uri.as_ref().or(config.webhook_url.as_ref()));
        if let Some(target) = target {
            found.entry(target.clone()).or_default().push((id, event));
        }
    }
    found
}

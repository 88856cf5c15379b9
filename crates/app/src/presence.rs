//! Who is connected: an open event stream is a connection. Without one for a minute an agent is offline, gets no tickets, and
//! those they have go back by their numbers' settings; back in time, they are again what they were (decisions: agent states).

use crate::{App, Result, leases::Lease};
use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Scope,
    events::{Audience, NewEvent},
    presence::Moved,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{sync::Notify, time::timeout};
use types::{MemberId, events::Event};

/// Without a connection for this long one is offline.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// Who comes back after this long has to say anew what they want to be.
const REMEMBERED_FOR: TimeDelta = TimeDelta::hours(1);
/// How often it is written down who is connected, and looked who is not.
const BEAT: Duration = Duration::from_secs(10);

/// Who is connected to this process.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    connections: Arc<Mutex<HashMap<MemberId, usize>>>,
    /// Somebody has come.
    came: Arc<Notify>,
}

/// A connection of a member, for as long as it is held.
#[derive(Debug)]
pub struct Connection {
    presence: Presence,
    member: MemberId,
}

impl Presence {
    pub fn connect(&self, member: MemberId) -> Connection {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        let count = connections.entry(member).or_default();
        *count += 1;
        if *count == 1 {
            self.came.notify_one();
        }
        Connection { presence: self.clone(), member }
    }

    fn members(&self) -> Vec<MemberId> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut connections = self.presence.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = connections.get_mut(&self.member) {
            *count -= 1;
            if *count == 0 {
                connections.remove(&self.member);
            }
        }
    }
}

/// Write down and look for ever. Nobody is taken for gone before this process has seen for a while who is here: after a start,
/// or while the database was away, everybody's connections are older than they are.
pub async fn work(app: App) {
    let mut lease = Lease::new(&app, "presence");
    let mut steady = Steady::default();
    loop {
        let looked = async {
            beat(&app).await?;
            if lease.keep(&app).await? && steady.long_enough() { sweep(&app, &lease).await } else { Ok(()) }
        };
        match looked.await {
            Ok(()) => steady.went_well(),
            Err(error) => {
                steady = Steady::default();
                tracing::error!(%error, "it could not be written down who is connected; it is tried again");
            }
        }
        drop(timeout(BEAT, app.presence.came.notified()).await);
    }
}

/// Since when every beat went well, and on time.
#[derive(Debug, Default)]
struct Steady {
    since: Option<Instant>,
    last: Option<Instant>,
}

impl Steady {
    fn went_well(&mut self) {
        let on_time = self.last.is_some_and(|last| last.elapsed() < BEAT * 2);
        self.last = Some(Instant::now());
        if self.since.is_none() || !on_time {
            self.since = self.last;
        }
    }

    fn long_enough(&self) -> bool {
        self.since.zip(self.last).is_some_and(|(since, last)| {
            last.elapsed() < BEAT * 2 && GONE_AFTER.to_std().is_ok_and(|gone_after| since.elapsed() >= gone_after)
        })
    }
}

/// Write down who is connected to this process; who went offline for want of a connection is again what they were.
pub async fn beat(app: &App) -> Result<()> {
    let now = app.clock.now();
    let here = app.presence.members();
    if here.is_empty() {
        return Ok(());
    }
    let tx = db::begin(&app.db).await?;
    let held = db::presence::hold_free(&tx, &here).await?;
    db::presence::seen(&tx, &held, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    // One by one: the timers of several are not held at once.
    for member in db::presence::find_left(app.db.read(), &here).await? {
        let tx = db::begin(&app.db).await?;
        let back = db::presence::come_back(&tx, member, now - REMEMBERED_FOR, now).await?;
        if let Some(Moved { organization_id, member_id }) = back {
            db::distribution::stay(&tx, &Scope::of_organization(organization_id), member_id).await?;
        }
        tell(app, tx, back.as_slice(), now).await?;
    }
    Ok(())
}

/// Who was not connected for too long is offline.
async fn sweep(app: &App, lease: &Lease) -> Result<()> {
    let now = app.clock.now();
    if !db::presence::has_left(app.db.read(), now - GONE_AFTER).await? {
        return Ok(());
    }
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    let gone = db::presence::leave(&tx, now - GONE_AFTER, now).await?;
    tell(app, tx, &gone, now).await
}

/// Look once, as the worker does once it has seen for a while who is here.
pub async fn sweep_once(app: &App) -> Result<()> {
    let mut lease = Lease::new(app, "presence swept once");
    lease.keep(app).await?;
    sweep(app, &lease).await
}

/// Commit, and let their pages and whoever hands out tickets know.
async fn tell(app: &App, tx: db::Tx, moved: &[Moved], now: DateTime<Utc>) -> Result<()> {
    let told = |moved: &Moved| NewEvent {
        organization_id: moved.organization_id,
        number_id: None,
        audience: Audience::Member(moved.member_id),
        event: Event::AccessChanged,
    };
    let events: Vec<_> = moved.iter().map(told).collect();
    db::events::create_all(&tx, &events, now).await?;
    tx.commit().await.map_err(db::Error::from)?;
    if !moved.is_empty() {
        app.signals.events.notify_one();
        app.signals.distribution.notify_one();
        app.signals.left.notify_one();
    }
    Ok(())
}

//! Events for open pages: read once per process after they are committed, handed to every stream that may see them.

use crate::{App, Result};
use chrono::TimeDelta;
use db::events::ToldEvent;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, timeout},
};

/// Events a slow stream may be behind before it has to read them from the database.
const BEHIND_MAX: usize = 4096;
/// The hub looks by itself after this long without a signal; other replicas' events come this way.
const LOOK_AFTER: Duration = Duration::from_millis(200);
/// Events read at a time.
const TOGETHER: u32 = 500;
/// Events are kept this long for pages that were away.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// Webhooks are kept as they came for this long after they were worked on, to look into what went wrong.
const RAW_KEPT_FOR: TimeDelta = TimeDelta::days(7);
/// Old events are forgotten this often.
const FORGET_EVERY: Duration = Duration::from_mins(10);

/// Hands events to streams.
#[derive(Clone, Debug)]
pub struct Hub {
    sender: broadcast::Sender<Arc<ToldEvent>>,
    position: Arc<AtomicI64>,
    closing: watch::Sender<bool>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(BEHIND_MAX).0,
            position: Arc::new(AtomicI64::new(-1)),
            closing: watch::channel(false).0,
        }
    }
}

impl Hub {
    /// End every stream, because the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Whether the streams have to end.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Everything told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<ToldEvent>> {
        self.sender.subscribe()
    }
}

/// Read and hand out for ever.
pub async fn run(app: App) {
    let mut forgot = Instant::now();
    loop {
        match step(&app).await {
            Ok(0) => drop(timeout(LOOK_AFTER, app.signals.events.notified()).await),
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "events could not be read; it is tried again");
                tokio::time::sleep(LOOK_AFTER).await;
            }
        }
        if forgot.elapsed() > FORGET_EVERY {
            forgot = Instant::now();
            if let Err(error) = forget(&app).await {
                tracing::error!(%error, "old events could not be forgotten");
            }
        }
    }
}

async fn step(app: &App) -> Result<usize> {
    let position = &app.hub.position;
    if position.load(Ordering::SeqCst) < 0 {
        let (_, latest) = db::events::bounds(app.db.read()).await?;
        position.store(latest, Ordering::SeqCst);
    }
    let events = db::events::list_after(app.db.read(), position.load(Ordering::SeqCst), TOGETHER).await?;
    let count = events.len();
    for event in events {
        position.store(event.id, Ordering::SeqCst);
        // Nobody may be listening.
        drop(app.hub.sender.send(Arc::new(event)));
    }
    Ok(count)
}

async fn forget(app: &App) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::events::delete_before(&tx, app.clock.now() - KEPT_FOR).await?;
    db::webhook_events::delete_before(&tx, app.clock.now() - RAW_KEPT_FOR).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

//! Timers of conversations: each is due once, whichever replica runs it, also when it became due while nothing ran.
//!
//! What is due is taken away in the transaction that stores what comes of it, with the conversation held: a crash gives it
//! back, and of two who see it due one finds it gone.

use crate::{
    App, Result,
    conversations::{self, Batch, Occasion},
    distribution,
    leases::Lease,
};
use chrono::TimeDelta;
use domain::engine::{Event, Timer};
use std::{collections::HashMap, time::Duration};
use tokio::time::timeout;
use types::ConversationId;

/// Conversations worked on by one commit at most.
const TOGETHER: u32 = 100;
/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_secs(1);
/// A timer that cannot be worked on, or whose number is not at hand, is tried again after this long.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Work for ever; only the replica that holds the lease does.
pub async fn run(app: App) {
    let mut lease = Lease::new(&app, "timers");
    loop {
        let outcome = match lease.keep(&app).await {
            Ok(true) => step(&app, &lease).await,
            Ok(false) => Ok(0),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(0) => drop(timeout(LOOK_AFTER, app.signals.timers.notified()).await),
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "timers could not be worked on; it is tried again");
                tokio::time::sleep(LOOK_AFTER).await;
            }
        }
    }
}

/// Work on everything that is due now. Gives how many timers that were.
pub async fn run_due(app: &App) -> Result<usize> {
    let mut lease = Lease::new(app, "timers");
    let mut worked = 0;
    while lease.keep(app).await? {
        match step(app, &lease).await? {
            0 => break,
            some => worked += some,
        }
    }
    Ok(worked)
}

/// Work on the next conversations something is due in. One that cannot be worked on is put off, and costs the others
/// nothing.
async fn step(app: &App, lease: &Lease) -> Result<usize> {
    let due = db::timers::list_due(app.db.read(), TOGETHER, app.clock.now()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let error = match work(app, lease, &due).await {
        Ok(worked) => return Ok(worked),
        Err(error) => error,
    };
    tracing::warn!(%error, conversations = due.len(), "timers are worked on one by one");
    let mut worked = 0;
    for conversation in due {
        match work(app, lease, &[conversation]).await {
            Ok(fired) => worked += fired,
            Err(error) => {
                // Shut out by the lease or the database, it is not the timer's fault.
                if !lease.keep_now(app).await? || !app.db.ready().await.unwrap_or(false) {
                    return Err(error);
                }
                tracing::error!(%error, %conversation, "a timer cannot be worked on; it is put off");
                put_off(app, lease, conversation).await?;
            }
        }
    }
    Ok(worked)
}

/// Take what is due, run it, store what comes of it: all of it or nothing.
async fn work(app: &App, lease: &Lease, due: &[ConversationId]) -> Result<usize> {
    let lines = app.directory.lines(app).await?;
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    let held = db::conversations::hold_all(&tx, due).await?;
    // A number may be away for a while; what waits on a deleted one waits for nothing.
    let away: Vec<_> = held.iter().filter(|conversation| lines.get(conversation.number_id).is_none()).collect();
    let numbers: Vec<_> = away.iter().map(|conversation| conversation.number_id).collect();
    let deleted = db::numbers::find_deleted(&tx, &numbers).await?;
    let away: Vec<_> = away
        .into_iter()
        .filter(|conversation| !deleted.contains(&conversation.number_id))
        .map(|conversation| conversation.id)
        .collect();
    db::timers::put_off(&tx, &away, now, now + AGAIN_AFTER).await?;
    let taken = db::timers::take_due(&tx, due, now).await?;
    for (conversation, timer) in &taken {
        if *timer == Timer::TicketReturn {
            distribution::ticket_return_due(app, &tx, *conversation).await?;
        }
    }
    let mut batch = Batch::of(&tx, lines, due, now).await?;
    let places: HashMap<_, _> =
        batch.conversations.iter().enumerate().map(|(place, conversation)| (conversation.id, place)).collect();
    for (conversation, timer) in &taken {
        if let Some(place) = places.get(conversation)
            && *timer != Timer::TicketReturn
        {
            conversations::run(app, &mut batch, *place, Event::TimerFired(*timer), &Occasion::at(now));
        }
    }
    let moved = conversations::store(app, &tx, batch).await?;
    tx.commit().await.map_err(db::Error::from)?;
    moved.tell(app);
    app.signals.events.notify_one();
    Ok(taken.len())
}

async fn put_off(app: &App, lease: &Lease, conversation: ConversationId) -> Result<()> {
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::timers::put_off(&tx, &[conversation], now, now + AGAIN_AFTER).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

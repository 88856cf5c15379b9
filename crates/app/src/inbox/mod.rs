//! What comes from `WhatsApp`: kept as it came before it is answered, then worked on in order (conversation.md § 1).

mod contacts;
mod identities;
mod load;
mod messages;
mod reports;
mod templates;
mod worker;

pub(crate) use reports::failure;
pub use worker::run as work;

use crate::{App, Result, figures};
use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use types::ErrorCode;

/// Bodies waiting to be kept at most; beyond it the sender is told to come back.
const WAITING_MAX: usize = 4096;
/// Bodies kept by one commit at most.
const TOGETHER_MAX: usize = 256;

/// Takes events in.
#[derive(Clone, Debug)]
pub struct Ingest {
    waiting: mpsc::Sender<Pending>,
}

/// The other end of [`Ingest`], for the worker that keeps what is taken in.
#[derive(Debug)]
pub struct Keeper {
    waiting: mpsc::Receiver<Pending>,
}

#[derive(Debug)]
struct Pending {
    body: Bytes,
    kept: oneshot::Sender<Result<()>>,
}

/// Both ends.
pub fn ingest() -> (Ingest, Keeper) {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    (Ingest { waiting: sender }, Keeper { waiting: receiver })
}

impl Ingest {
    /// Keep a body; it is on the disk when this returns. `Overloaded` when more wait than can be kept soon.
    pub async fn keep(&self, body: Bytes) -> Result<()> {
        let (kept, answer) = oneshot::channel();
        self.waiting.try_send(Pending { body, kept }).map_err(|_full| ErrorCode::Overloaded)?;
        answer.await.map_err(|_stopped| ErrorCode::Overloaded)?
    }
}

/// Keep what is taken in, many bodies by one commit: a disk commits hundreds of times a second, not thousands.
pub async fn keep(app: App, mut keeper: Keeper) {
    let mut together = Vec::with_capacity(TOGETHER_MAX);
    while keeper.waiting.recv_many(&mut together, TOGETHER_MAX).await > 0 {
        let outcome = commit(&app, &together).await;
        if let Err(error) = &outcome {
            tracing::error!(%error, bodies = together.len(), "webhook events could not be kept");
        }
        let kept = outcome.is_ok();
        if kept {
            figures::EVENTS.add(together.len());
        }
        for pending in together.drain(..) {
            let answer = if kept { Ok(()) } else { Err(ErrorCode::Overloaded.into()) };
            // Nobody may be waiting any more; the event is kept all the same.
            drop(pending.kept.send(answer));
        }
        app.signals.inbox.notify_one();
    }
}

async fn commit(app: &App, together: &[Pending]) -> Result<()> {
    let bodies: Vec<&[u8]> = together.iter().map(|pending| pending.body.as_ref()).collect();
    let tx = db::begin(&app.db).await?;
    db::webhook_events::create_all(&tx, &bodies, app.clock.now()).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

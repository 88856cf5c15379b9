//! What people said is indexed by its words, a moment after it was stored, so that storing it waits for nothing (ADR 19).

use crate::{App, Result, leases::Lease};
use db::search::{Indexed, Waiting};
use std::time::Duration;
use types::{
    Page, PageQuery,
    conversations::{MessageHit, MessageSearch},
};

/// The worker looks this often; nobody waits for it.
const LOOK_AFTER: Duration = Duration::from_millis(500);
/// Others have this long between two transactions.
const BREATH: Duration = Duration::from_millis(20);
/// Messages indexed in one transaction.
const TOGETHER: u32 = 500;

/// Index for ever; only the replica that holds the lease does.
pub async fn work(app: App) {
    let mut lease = Lease::new(&app, "search");
    loop {
        match step(&app, &mut lease).await {
            Ok(0) => tokio::time::sleep(LOOK_AFTER).await,
            // Others write in between.
            Ok(_) => tokio::time::sleep(BREATH).await,
            Err(error) => {
                tracing::error!(%error, "messages could not be indexed; it is tried again");
                tokio::time::sleep(LOOK_AFTER).await;
            }
        }
    }
}

/// Index all that wait, as who filled an installation wants it.
pub async fn catch_up(app: &App) -> Result<()> {
    let mut lease = Lease::new(app, "search");
    while step(app, &mut lease).await? > 0 {}
    Ok(())
}

/// Index the next messages. Gives how many waited.
async fn step(app: &App, lease: &mut Lease) -> Result<usize> {
    if !lease.keep(app).await? {
        return Ok(0);
    }
    let (places, waiting) = db::search::waiting(app.db.read(), TOGETHER).await?;
    if places.is_empty() {
        return Ok(0);
    }
    let indexed: Vec<_> = waiting
        .into_iter()
        .map(|Waiting { id, found }| {
            let words = found.and_then(|found| {
                let words = domain::search::words(&domain::search::text_of(&found.content));
                (!words.is_empty()).then_some((found, words))
            });
            Indexed { id, found: words }
        })
        .collect();
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::search::index(&tx, &indexed).await?;
    db::search::taken(&tx, &places).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(places.len())
}

/// Find what was said. A question without a word finds nothing.
pub async fn list(app: &App, scope: &db::Scope, search: &MessageSearch, page: &PageQuery) -> Result<Page<MessageHit>> {
    match domain::search::Question::parse(&search.q) {
        Some(question) => Ok(db::search::list(app.db.read(), scope, search, &question, page).await?),
        None => Ok(Page { items: Vec::new(), next_cursor: None }),
    }
}

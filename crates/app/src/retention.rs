//! Retention: once an hour, messages older than their organization keeps them are deleted, and the rows of the sheets whose
//! campaigns ended before that (Administración, spec P7). A few at a time: others write in between.

use crate::{App, Result, leases::Lease};
use chrono::{DateTime, TimeDelta, Utc};
use db::Scope;
use std::time::Duration;
use types::ConversationId;
use uuid::Uuid;

const EVERY: Duration = Duration::from_hours(1);
/// Conversations looked through at a time.
const CONVERSATIONS: u32 = 200;
/// Rows deleted in one transaction at most.
const TOGETHER: u32 = 500;
/// Others have this long between two transactions.
const BREATH: Duration = Duration::from_millis(20);

/// Delete for ever.
pub async fn run(app: App) {
    let mut lease = Lease::new(&app, "retention");
    loop {
        if let Err(error) = sweep(&app, &mut lease).await {
            tracing::error!(%error, "old messages could not be deleted; it is tried again in an hour");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Delete what is too old now. Gives how much it was.
pub async fn sweep_once(app: &App) -> Result<u64> {
    sweep(app, &mut Lease::new(app, "retention")).await
}

async fn sweep(app: &App, lease: &mut Lease) -> Result<u64> {
    let mut deleted = 0;
    for (organization, days) in db::retention::list_organizations(app.db.read()).await? {
        let scope = Scope::of_organization(organization);
        let before = app.clock.now() - TimeDelta::days(i64::from(days));
        let of_organization = messages(app, lease, &scope, before).await? + rows(app, lease, &scope, before).await?;
        if of_organization > 0 {
            tracing::info!(%organization, deleted = of_organization, "what was older than it is kept was deleted");
        }
        deleted += of_organization;
    }
    Ok(deleted)
}

async fn messages(app: &App, lease: &mut Lease, scope: &Scope, before: DateTime<Utc>) -> Result<u64> {
    let (mut deleted, mut after) = (0, ConversationId(Uuid::nil()));
    // Another replica may have the lease: it does the rest.
    while lease.keep(app).await? {
        let found = db::retention::list_conversations(app.db.read(), scope, before, after, CONVERSATIONS).await?;
        let Some(last) = found.last().copied() else { break };
        loop {
            let old = db::retention::list_messages(app.db.read(), scope, &found, before, TOGETHER).await?;
            if old.is_empty() || !lease.keep(app).await? {
                break;
            }
            let tx = db::begin(&app.db).await?;
            let gone = db::retention::delete_messages(&tx, scope, &old, before).await?;
            tx.commit().await.map_err(db::Error::from)?;
            deleted += gone;
            if gone == 0 {
                break;
            }
            tokio::time::sleep(BREATH).await;
        }
        after = last;
    }
    Ok(deleted)
}

async fn rows(app: &App, lease: &mut Lease, scope: &Scope, before: DateTime<Utc>) -> Result<u64> {
    let mut deleted = 0;
    for campaign in db::retention::list_campaigns(app.db.read(), scope, before).await? {
        while lease.keep(app).await? {
            let tx = db::begin(&app.db).await?;
            let gone = db::retention::delete_rows(&tx, scope, campaign, TOGETHER).await?;
            tx.commit().await.map_err(db::Error::from)?;
            deleted += gone;
            if gone == 0 {
                break;
            }
            tokio::time::sleep(BREATH).await;
        }
    }
    Ok(deleted)
}

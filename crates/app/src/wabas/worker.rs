//! The worker that keeps every account in step with Graph.

use super::synchronize;
use crate::{App, Error, Result, leases::Lease};
use chrono::{DateTime, TimeDelta, Utc};
use db::Scope;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How old what is known of an account may be.
const EVERY: TimeDelta = TimeDelta::minutes(15);
/// How often the worker looks for accounts that are due.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Accounts that are asked for before their time are not asked for more often than this.
const REST: Duration = Duration::from_secs(2);

/// Work for ever; only the replica that holds the lease does.
pub async fn work(app: App) {
    let mut lease = Lease::new(&app, "wabas");
    loop {
        let asked = timeout(LOOK_EVERY, app.signals.wabas.notified()).await.is_ok();
        let outcome = match lease.keep(&app).await {
            Ok(true) => synchronize_due(&app).await,
            Ok(false) => Ok(0),
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            tracing::error!(%error, "the accounts could not be looked through; it is tried again");
        }
        if asked {
            sleep(REST).await;
        }
    }
}

/// Have accounts, by WhatsApp's own ids, synchronised as soon as the worker of some replica looks: something happened there
/// that only Graph can tell.
pub(crate) async fn make_due(tx: &db::Tx, waba_ids: &[&str], now: DateTime<Utc>) -> Result<()> {
    Ok(db::wabas::make_due(tx, waba_ids, now - EVERY - TimeDelta::seconds(1)).await?)
}

/// Synchronise the accounts that were not asked for lately; gives how many that worked for. One that fails, whose trouble
/// is kept with it, does not stop the others.
pub async fn synchronize_due(app: &App) -> Result<usize> {
    let mut done = 0;
    for (organization, id) in db::wabas::due(app.db.read(), app.clock.now() - EVERY).await? {
        match synchronize(app, &Scope::of_organization(organization), id, None).await {
            Ok(_) => done += 1,
            Err(Error::Refused(refusal)) => tracing::info!(waba = %id, code = %refusal.code, "an account was refused"),
            Err(error @ (Error::Database(_) | Error::Broken(_))) => {
                tracing::error!(%error, waba = %id, "an account could not be synchronised");
            }
        }
    }
    Ok(done)
}

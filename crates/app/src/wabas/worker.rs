//! The worker that keeps every account in step with Graph.

use super::synchronize;
use crate::{App, Error, Result, leases::Lease};
use chrono::TimeDelta;
use db::Scope;
use std::time::Duration;

/// How old what is known of an account may be.
const EVERY: TimeDelta = TimeDelta::minutes(15);
/// How often the worker looks for accounts that are due.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Work for ever; only the replica that holds the lease does.
pub async fn work(app: App) {
    let mut lease = Lease::new(&app, "wabas");
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let outcome = match lease.keep(&app).await {
            Ok(true) => synchronize_due(&app).await,
            Ok(false) => Ok(0),
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            tracing::error!(%error, "the accounts could not be looked through; it is tried again");
        }
    }
}

/// Synchronise the accounts that were not asked for lately; gives how many that worked for. One that fails, whose trouble
/// is kept with it, does not stop the others.
pub async fn synchronize_due(app: &App) -> Result<usize> {
    let mut done = 0;
    for (organization, id) in db::wabas::due(app.db.read(), app.clock.now() - EVERY).await? {
        match synchronize::synchronize(app, &Scope::of_organization(organization), id, None).await {
            Ok(_) => done += 1,
            Err(Error::Refused(refusal)) => tracing::info!(waba = %id, code = %refusal.code, "an account was refused"),
            Err(error @ (Error::Database(_) | Error::Broken(_))) => {
                tracing::error!(%error, waba = %id, "an account could not be synchronised");
            }
        }
    }
    Ok(done)
}

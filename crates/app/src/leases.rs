//! A lease: the right to do a piece of work alone, among replicas that share a database.

use crate::{App, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A lease not kept for this long is free for others.
const LASTS: TimeDelta = TimeDelta::seconds(6);
/// It is kept this often.
const KEEP_EVERY: TimeDelta = TimeDelta::seconds(2);

/// The right to do a piece of work alone. The embedded database belongs to one process, which always has it.
#[derive(Clone, Debug)]
pub(crate) struct Lease {
    name: &'static str,
    holder: Uuid,
    alone: bool,
    kept_at: Option<DateTime<Utc>>,
}

impl Lease {
    pub(crate) fn new(app: &App, name: &'static str) -> Self {
        Self { name, holder: app.ids.make(), alone: app.db.is_sqlite(), kept_at: None }
    }

    /// Take or keep the lease; false while another replica has it.
    pub(crate) async fn keep(&mut self, app: &App) -> Result<bool> {
        let now = app.clock.now();
        if self.alone || self.kept_at.is_some_and(|at| now - at < KEEP_EVERY) {
            return Ok(true);
        }
        let has = self.keep_now(app).await?;
        self.kept_at = has.then_some(now);
        Ok(has)
    }

    pub(crate) async fn keep_now(&self, app: &App) -> Result<bool> {
        if self.alone {
            return Ok(true);
        }
        let now = app.clock.now();
        let tx = db::begin(&app.db).await?;
        let has = db::leases::take(&tx, self.name, self.holder, now + LASTS, now).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(has)
    }

    /// Refuse a transaction of a replica that was away for so long that another one took over.
    pub(crate) async fn fence(&self, tx: &db::Tx) -> Result<()> {
        if self.alone || db::leases::holds(tx, self.name, self.holder).await? {
            return Ok(());
        }
        Err(Error::broken(format!("another replica has the lease {}", self.name)))
    }
}

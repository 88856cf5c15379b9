//! Deliveries to our webhook that were not signed by Meta: counted in memory, and written down every few seconds, so that
//! who sends many of them costs us nothing.

use crate::{App, Result};
use chrono::{DateTime, Utc};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

/// How often the count is written down.
const WRITE_EVERY: Duration = Duration::from_secs(3);

/// Those that were not written down yet.
#[derive(Clone, Debug, Default)]
pub struct SignatureFailures {
    count: Arc<AtomicU64>,
    last_at: Arc<AtomicI64>,
}

impl SignatureFailures {
    /// One more.
    pub fn add(&self, now: DateTime<Utc>) {
        self.last_at.store(now.timestamp_millis(), Ordering::Relaxed);
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Write down what was counted.
    pub async fn write(&self, app: &App) -> Result<()> {
        let count = self.count.swap(0, Ordering::Relaxed);
        if count == 0 {
            return Ok(());
        }
        let last_at = DateTime::from_timestamp_millis(self.last_at.load(Ordering::Relaxed)).unwrap_or_default();
        let written = self.write_down(app, count, last_at).await;
        if written.is_err() {
            self.count.fetch_add(count, Ordering::Relaxed);
        }
        written
    }

    async fn write_down(&self, app: &App, count: u64, last_at: DateTime<Utc>) -> Result<()> {
        let tx = db::begin(&app.db).await?;
        db::signature_failures::add(&tx, count, last_at).await?;
        Ok(tx.commit().await.map_err(db::Error::from)?)
    }
}

/// Write them down for ever.
pub async fn count(app: App) {
    loop {
        tokio::time::sleep(WRITE_EVERY).await;
        if let Err(error) = app.signature_failures.write(&app).await {
            tracing::error!(%error, "wrong signatures could not be counted");
        }
    }
}

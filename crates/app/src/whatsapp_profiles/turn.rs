//! Taking turns at one number's profile, among everybody and every replica: a lease in the database.

use crate::{App, Result};
use chrono::TimeDelta;
use std::time::Duration;
use types::{ErrorCode, NumberId};
use uuid::Uuid;

/// A writer that died holds the others up for so long; it reads, writes and reads within less.
const LASTS: TimeDelta = TimeDelta::seconds(100);
/// How often whoever waits looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Who had to wait for so long is told to try again.
const LOOKS: u32 = 400;

/// The right to write a number's profile.
pub(super) struct Turn {
    name: String,
    holder: Uuid,
}

impl Turn {
    /// Wait for one's turn; `Overloaded` when it does not come.
    pub(super) async fn take(app: &App, id: NumberId) -> Result<Self> {
        let turn = Self { name: format!("whatsapp_profile:{id}"), holder: app.ids.make() };
        for _ in 0..LOOKS {
            let now = app.clock.now();
            let tx = db::begin(&app.db).await?;
            let has = db::leases::take(&tx, &turn.name, turn.holder, now + LASTS, now).await?;
            tx.commit().await.map_err(db::Error::from)?;
            if has {
                return Ok(turn);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(ErrorCode::Overloaded.into())
    }

    /// Let the next one have it.
    pub(super) async fn end(self, app: &App) {
        if let Err(error) = self.release(app).await {
            tracing::warn!(%error, "a profile's lease was not let go; it ends by itself");
        }
    }

    async fn release(&self, app: &App) -> Result<()> {
        let tx = db::begin(&app.db).await?;
        db::leases::release(&tx, &self.name, self.holder).await?;
        Ok(tx.commit().await.map_err(db::Error::from)?)
    }
}

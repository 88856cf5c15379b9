//! Watching campaigns: once a second the ones that moved are counted, finished when nothing is left, and told about.

use super::{change::tell, state};
use crate::{App, Result};
use chrono::TimeDelta;
use std::time::Duration;
use types::{CampaignId, campaigns::CampaignStatus};

/// Campaigns that moved are counted this often.
const EVERY: Duration = Duration::from_secs(1);
/// No upload takes this long.
const UPLOAD_MAX: TimeDelta = TimeDelta::hours(1);

/// WhatsApp reports on a message for up to seven days, so the recipients of a campaign that ended may come further.
const REPORTED_FOR: TimeDelta = TimeDelta::days(8);

/// Watch for ever. It begins with those a crash may have left uncounted.
pub async fn run(app: App) {
    if let Err(error) = begin(&app).await {
        tracing::error!(%error, "campaigns could not be listed");
    }
    if let Err(error) = sweep(&app).await {
        tracing::error!(%error, "abandoned uploads could not be deleted");
    }
    loop {
        for id in app.signals.take_moved() {
            if let Err(error) = count(&app, id).await {
                tracing::error!(%error, campaign = %id, "a campaign could not be counted; it is tried again");
                app.signals.campaign_moved(id);
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn begin(app: &App) -> Result<()> {
    for work in db::campaigns::list_running(app.db.read()).await? {
        app.signals.campaign_moved(work.id);
    }
    for id in db::campaigns::list_ended(app.db.read(), app.clock.now() - REPORTED_FOR).await? {
        app.signals.campaign_moved(id);
    }
    Ok(())
}

async fn count(app: &App, id: CampaignId) -> Result<()> {
    let counted = db::campaigns::count(app.db.read(), id).await?;
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let Some((scope, mut campaign)) = db::campaigns::find(&tx, id).await? else { return Ok(()) };
    let mut progress = counted;
    if campaign.status == CampaignStatus::Cancelled && progress.queued > 0 {
        // An attempt ended after the campaign was cancelled, and would have been tried again.
        db::campaigns::cancel_queued(&tx, id).await?;
        progress = db::campaigns::count(&tx, id).await?;
    }
    if campaign.status == CampaignStatus::Sending && domain::campaigns::is_done(&progress) {
        // Counted again inside the transaction: between the count and now some may have been queued once more.
        progress = db::campaigns::count(&tx, id).await?;
        if domain::campaigns::is_done(&progress) {
            let decided = domain::campaigns::finish(state(&campaign), app.clock.now())?;
            (campaign.status, campaign.finished_at) = (decided.status, decided.finished_at);
            db::campaigns::store(&tx, &scope, id, &decided).await?;
        }
    }
    db::campaigns::store_progress(&tx, &scope, id, &progress).await?;
    campaign.progress = progress;
    tell(app, &tx, &scope, &campaign).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    Ok(())
}

/// Delete what is left of uploads that a crash cut off.
async fn sweep(app: &App) -> Result<()> {
    for id in db::campaigns::list_abandoned(app.db.read(), app.clock.now() - UPLOAD_MAX).await? {
        let tx = db::begin(&app.db).await?;
        if let Some((scope, _)) = db::campaigns::find(&tx, id).await? {
            db::campaigns::delete(&tx, &scope, id).await?;
        }
        tx.commit().await.map_err(db::Error::from)?;
    }
    Ok(())
}

//! What came of attempts, stored many at a time.

use super::{Busy, Pause, Report};
use crate::{App, Result, figures, off_hours_contacts};
use db::{
    events::{Audience, NewEvent},
    messages::{Settled, Stored},
};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;
use types::{CampaignId, NumberId, Permission, events::Event};
use whatsapp::FailureReason;

/// Outcomes stored by one commit at most.
const TOGETHER_MAX: usize = 500;

/// Store outcomes until no one sends any more. What cannot be stored now is tried again: it must not get lost.
pub async fn run(app: App, mut reports: mpsc::Receiver<Report>, busy: Busy) {
    let mut together = Vec::with_capacity(TOGETHER_MAX);
    while reports.recv_many(&mut together, TOGETHER_MAX).await > 0 {
        while let Err(error) = store(&app, &together).await {
            tracing::error!(%error, outcomes = together.len(), "outcomes could not be stored; it is tried again");
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        for report in together.drain(..) {
            busy.end(report.conversation_id);
            if let Some(campaign) = report.campaign_id {
                app.signals.campaign_moved(campaign);
            }
        }
        app.signals.outbox.notify_one();
    }
}

async fn store(app: &App, reports: &[Report]) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    let outcomes: Vec<_> = reports.iter().map(|report| report.outcome.clone()).collect();
    db::messages::settle_all(&tx, &outcomes).await?;
    for report in reports {
        if let Settled::Again { due_at } = report.outcome.settled {
            db::messages::hold_back(&tx, report.conversation_id, due_at).await?;
        }
    }
    pause(app, &tx, reports).await?;
    let opted_out = FailureReason::OptedOut.to_string();
    let refused =
        |report: &&Report| matches!(&report.outcome.settled, Settled::Failed(failure) if failure.reason == opted_out);
    let refused: Vec<_> = reports.iter().filter(refused).map(|report| report.outcome.id).collect();
    db::contacts::opt_out_of(&tx, &refused).await?;
    // Only what Desk shows is told; a campaign's progress is told as a whole.
    let ids: Vec<_> =
        reports.iter().filter(|report| report.campaign_id.is_none()).map(|report| report.outcome.id).collect();
    let stored = db::messages::find_reported(&tx, &ids).await?;
    let mut events: Vec<_> = stored.iter().filter_map(shown_to_desk).collect();
    events.extend(off_hours_contacts::came_further(&stored));
    db::events::create_all(&tx, &events, app.clock.now()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    figures::SENT
        .add(reports.iter().filter(|report| matches!(report.outcome.settled, Settled::Accepted { .. })).count());
    if !events.is_empty() {
        app.signals.events.notify_one();
    }
    Ok(())
}

/// The event of a message that came further, unless it is one of a campaign's thousands.
pub(crate) fn shown_to_desk(stored: &Stored) -> Option<NewEvent> {
    if stored.campaign_id.is_some() {
        return None;
    }
    Some(NewEvent {
        organization_id: stored.organization_id,
        number_id: Some(stored.number_id),
        audience: Audience::Permitted(Permission::ViewDesk),
        event: Event::MessageChanged { number_id: stored.number_id, message: stored.message.clone() },
    })
}

/// Stop what a person has to look at first.
async fn pause(app: &App, tx: &db::Tx, reports: &[Report]) -> Result<()> {
    let mut numbers: HashMap<NumberId, &str> = HashMap::new();
    let mut campaigns: HashMap<CampaignId, &str> = HashMap::new();
    let mut seen = HashSet::new();
    for report in reports {
        match (&report.pause, report.campaign_id) {
            (Some(Pause::Number(reason)), campaign) => {
                numbers.insert(report.number_id, reason);
                if let Some(campaign) = campaign {
                    campaigns.insert(campaign, reason);
                }
            }
            (Some(Pause::Campaign(reason)), Some(campaign)) => drop(campaigns.insert(campaign, reason)),
            (Some(Pause::Campaign(_)) | None, _) => {}
        }
    }
    for (number, reason) in numbers {
        tracing::warn!(%number, reason, "a number is paused until a person has looked");
        db::numbers::pause(tx, number, Some(reason)).await?;
    }
    for (campaign, reason) in campaigns {
        if seen.insert(campaign) {
            crate::campaigns::auto_pause(app, tx, campaign, reason).await?;
        }
    }
    Ok(())
}

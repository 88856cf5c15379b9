//! What people, and sometimes the dispatcher, do with a campaign: load, decide, store.

use super::state;
use crate::{App, Error, Result};
use db::Scope;
use types::{
    CampaignId, ErrorCode, MemberId, NumberId, Permission,
    campaigns::{Campaign, CampaignSendInput, CampaignStatus},
    events::Event,
    messages::MessageContent,
};

/// Rows looked through at a time.
const ROWS_TOGETHER: u32 = 1000;

/// Send a draft: from now on its rows become messages, and messages go out.
pub async fn send(
    app: &App,
    scope: &Scope,
    member: MemberId,
    id: CampaignId,
    input: &CampaignSendInput,
) -> Result<Campaign> {
    let CampaignSendInput { name, leave_out_faulty } = input;
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    reaches(scope, &campaign)?;
    active(&tx, scope, &campaign).await?;
    let decided = domain::campaigns::send(state(&campaign), campaign.rows, *leave_out_faulty, app.clock.now())?;
    db::campaigns::rename(&tx, scope, id, name).await?;
    db::campaigns::store(&tx, scope, id, &decided).await?;
    let campaign = finish(app, tx, scope, member, id).await?;
    app.signals.campaigns.notify_one();
    Ok(campaign)
}

/// Pause a campaign: what waits stays where it is.
pub async fn pause(app: &App, scope: &Scope, member: MemberId, id: CampaignId) -> Result<Campaign> {
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    let decided = domain::campaigns::pause(state(&campaign))?;
    db::campaigns::store(&tx, scope, id, &decided).await?;
    db::campaigns::park_queued(&tx, id).await?;
    finish(app, tx, scope, member, id).await
}

/// Let a paused campaign go on, unless a template of it was switched off meanwhile. A person has looked, so its numbers may send again too.
pub async fn resume(app: &App, scope: &Scope, member: MemberId, id: CampaignId) -> Result<Campaign> {
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    reaches(scope, &campaign)?;
    let prepared = db::campaigns::prepared_row(&tx, id).await?;
    let all_prepared = db::campaigns::list_rows(&tx, id, prepared, 1).await?.is_empty();
    let decided = domain::campaigns::resume(state(&campaign), all_prepared)?;
    active(&tx, scope, &campaign).await?;
    db::campaigns::store(&tx, scope, id, &decided).await?;
    for sender in &campaign.senders {
        db::numbers::pause(&tx, sender.number.id, None).await?;
    }
    db::campaigns::release_queued(&tx, id, app.clock.now()).await?;
    let campaign = finish(app, tx, scope, member, id).await?;
    app.signals.campaigns.notify_one();
    app.signals.outbox.notify_one();
    Ok(campaign)
}

/// Cancel a campaign: what waits is never sent; what is on its way cannot be called back.
pub async fn cancel(app: &App, scope: &Scope, member: MemberId, id: CampaignId) -> Result<Campaign> {
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    let decided = domain::campaigns::cancel(state(&campaign), app.clock.now())?;
    db::campaigns::store(&tx, scope, id, &decided).await?;
    db::campaigns::cancel_queued(&tx, id).await?;
    let campaign = finish(app, tx, scope, member, id).await?;
    app.signals.campaign_moved(id);
    Ok(campaign)
}

/// Delete a draft.
pub async fn delete(app: &App, scope: &Scope, member: MemberId, id: CampaignId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::campaigns::hold(&tx, id).await?;
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    if campaign.status != CampaignStatus::Draft {
        return Err(ErrorCode::CampaignNotDraft.into());
    }
    db::campaigns::delete(&tx, scope, id).await?;
    Ok(tx.commit().await.map_err(db::Error::from)?)
}

/// Pause a campaign because of what WhatsApp said, within a transaction. One that is not sending is left as it is.
pub async fn auto_pause(app: &App, tx: &db::Tx, id: CampaignId, reason: &str) -> Result<()> {
    db::campaigns::hold(tx, id).await?;
    let Some((scope, campaign)) = db::campaigns::find(tx, id).await? else { return Ok(()) };
    if let Ok(decided) = domain::campaigns::auto_pause(state(&campaign), reason.to_owned()) {
        tracing::warn!(campaign = %id, reason, "a campaign is paused until a person has looked");
        db::campaigns::store(tx, &scope, id, &decided).await?;
        db::campaigns::park_queued(tx, id).await?;
        app.signals.campaign_moved(id);
    }
    Ok(())
}

/// Who made a campaign sees it for good, but sends it only while every number of it is within reach.
fn reaches(scope: &Scope, campaign: &Campaign) -> Result<()> {
    let all = campaign.senders.iter().all(|sender| scope.reaches(sender.number.id));
    if all { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
}

/// A template may have been switched off for a sender since the sheet was checked: `TemplateNotActive` names the first one
/// that is. The rows are only looked through where some sender has some template of the campaign switched off.
async fn active(tx: &db::Tx, scope: &Scope, campaign: &Campaign) -> Result<()> {
    let senders: Vec<_> = campaign.senders.iter().map(|sender| sender.number.id).collect();
    let off = db::template_activations::names_off(tx, scope, &senders).await?;
    let is_in = |(_, name, language): &(NumberId, String, String)| {
        campaign.templates.iter().any(|template| template.name == *name && template.language == *language)
    };
    if !off.iter().any(is_in) {
        return Ok(());
    }
    let mut after = 0;
    loop {
        let rows = db::campaigns::list_rows(tx, campaign.id, after, ROWS_TOGETHER).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.row;
        for row in &rows {
            if let MessageContent::Template { name, language, .. } = &row.content
                && off.contains(&(row.number_id, name.clone(), language.clone()))
            {
                return Err(Error::about(ErrorCode::TemplateNotActive, name.as_str()));
            }
        }
    }
}

/// Commit, and tell the open pages.
async fn finish(app: &App, tx: db::Tx, scope: &Scope, member: MemberId, id: CampaignId) -> Result<Campaign> {
    let campaign = db::campaigns::get(&tx, scope, member, id).await?;
    tell(app, &tx, scope, &campaign).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    Ok(campaign)
}

/// Tell the open pages; the stream gives it to who reaches every number of the campaign.
pub(super) async fn tell(app: &App, tx: &db::Tx, scope: &Scope, campaign: &Campaign) -> Result<()> {
    let event = db::events::NewEvent {
        organization_id: scope.organization_id(),
        number_id: None,
        audience: db::events::Audience::Permitted(Permission::ViewCampaigns),
        event: Event::CampaignChanged { campaign: campaign.clone() },
    };
    Ok(db::events::create_all(tx, &[event], app.clock.now()).await?)
}

//! Looking at campaigns: their state, their faulty rows, their recipients.

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    get,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    CampaignId, Page, PageQuery,
    campaigns::{Campaign, CampaignRecipient, RecipientFilter, RowFault},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_campaigns)
        .service(get_campaign)
        .service(list_campaign_faults)
        .service(list_campaign_recipients);
}

/// List the campaigns, the latest first
#[utoipa::path(tag = "campaigns", params(PageQuery), responses((status = 200, body = Page<Campaign>), Authenticated, Permitted, Validated), security(("session" = ["view_campaign_reports"])))]
#[get("/campaigns")]
async fn list_campaigns(
    actor: Actor<can::ViewCampaignReports>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<Campaign>>> {
    Ok(Json(db::campaigns::list(app.db.read(), &actor.scope, actor.member.member_id, &page.0).await?))
}

/// Get a campaign with its progress
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), responses((status = 200, body = Campaign), Authenticated, Permitted, Found), security(("session" = ["view_campaigns"])))]
#[get("/campaigns/{id}")]
async fn get_campaign(
    actor: Actor<can::ViewCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
) -> Result<Json<Campaign>> {
    Ok(Json(db::campaigns::get(app.db.read(), &actor.scope, actor.member.member_id, *id).await?))
}

/// List the faulty cells of a campaign's sheet
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path), PageQuery), responses((status = 200, body = Page<RowFault>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_campaigns"])))]
#[get("/campaigns/{id}/faults")]
async fn list_campaign_faults(
    actor: Actor<can::ViewCampaigns>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<CampaignId>,
    page: Paging,
) -> Result<Json<Page<RowFault>>> {
    db::campaigns::get(app.db.read(), &actor.scope, actor.member.member_id, *id).await?;
    Ok(Json(db::campaigns::list_faults(app.db.read(), &actor.scope, *id, spoken.0, &page.0).await?))
}

/// List the recipients of a campaign, in the sheet's order
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path), RecipientFilter, PageQuery), responses((status = 200, body = Page<CampaignRecipient>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_campaigns"])))]
#[get("/campaigns/{id}/recipients")]
async fn list_campaign_recipients(
    actor: Actor<can::ViewCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
    filter: Query<RecipientFilter>,
    page: Paging,
) -> Result<Json<Page<CampaignRecipient>>> {
    db::campaigns::get(app.db.read(), &actor.scope, actor.member.member_id, *id).await?;
    Ok(Json(db::campaigns::list_recipients(app.db.read(), &actor.scope, *id, &filter, &page.0).await?))
}

//! Sending, pausing, resuming, cancelling and deleting campaigns.

use crate::{
    Result,
    access::{Actor, can},
    body::Input,
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
};
use actix_web::{
    HttpResponse, delete, post,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    CampaignId,
    campaigns::{Campaign, CampaignSendInput},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(send_campaign)
        .service(pause_campaign)
        .service(resume_campaign)
        .service(cancel_campaign)
        .service(delete_campaign);
}

/// Send a draft
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), request_body = CampaignSendInput, responses((status = 200, body = Campaign), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns/{id}/send")]
async fn send_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
    input: Input<CampaignSendInput>,
) -> Result<Json<Campaign>> {
    Ok(Json(app::campaigns::send(&app, &actor.scope, actor.member.member_id, *id, &input.0).await?))
}

/// Pause a campaign: what waits stays where it is
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), responses((status = 200, body = Campaign), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns/{id}/pause")]
async fn pause_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
) -> Result<Json<Campaign>> {
    Ok(Json(app::campaigns::pause(&app, &actor.scope, actor.member.member_id, *id).await?))
}

/// Let a paused campaign go on
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), responses((status = 200, body = Campaign), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns/{id}/resume")]
async fn resume_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
) -> Result<Json<Campaign>> {
    Ok(Json(app::campaigns::resume(&app, &actor.scope, actor.member.member_id, *id).await?))
}

/// Cancel a campaign: what waits is never sent
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), responses((status = 200, body = Campaign), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns/{id}/cancel")]
async fn cancel_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
) -> Result<Json<Campaign>> {
    Ok(Json(app::campaigns::cancel(&app, &actor.scope, actor.member.member_id, *id).await?))
}

/// Delete a draft
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path)), responses((status = 204), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_campaigns"])))]
#[delete("/campaigns/{id}")]
async fn delete_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    id: Path<CampaignId>,
) -> Result<HttpResponse> {
    app::campaigns::delete(&app, &actor.scope, actor.member.member_id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Uploading a sheet, and a sheet to start from.

use crate::{
    Result,
    access::{Actor, can},
    openapi::{Authenticated, Permitted, Validated},
    problems::Spoken,
    templates::template,
    upload::{self, SheetUpload},
};
use actix_multipart::Multipart;
use actix_web::{HttpResponse, get, post, web::Data};
use app::{App, sheets};
use types::{
    PageQuery,
    campaigns::{Campaign, MAX_SHEET_BYTES},
    numbers::{NumberFilter, NumberRef},
    page::MAX_LIMIT,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_campaign).service(get_campaign_sample);
}

/// Upload a sheet; the answer is a draft with its review
#[utoipa::path(tag = "campaigns", request_body(content = SheetUpload, content_type = "multipart/form-data"), responses((status = 201, body = Campaign), Authenticated, Permitted, Validated), security(("session" = ["edit_campaigns"])))]
#[post("/campaigns")]
async fn create_campaign(
    actor: Actor<can::EditCampaigns>,
    app: Data<App>,
    spoken: Spoken,
    form: Option<Multipart>,
) -> Result<HttpResponse> {
    let (name, file) = upload::receive(form, MAX_SHEET_BYTES).await?;
    let member = actor.member.member_id;
    let campaign = app::campaigns::upload(&app, &actor.scope, member, &name, file, spoken.0).await?;
    Ok(HttpResponse::Created().json(campaign))
}

/// Get a sheet to start from, with the member's numbers and templates as examples
#[utoipa::path(tag = "campaigns", responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), Authenticated, Permitted), security(("session" = ["view_campaigns"])))]
#[get("/campaigns/sample.xlsx")]
async fn get_campaign_sample(actor: Actor<can::ViewCampaigns>, app: Data<App>, spoken: Spoken) -> Result<HttpResponse> {
    let page = PageQuery { limit: Some(MAX_LIMIT), cursor: None };
    let numbers = db::numbers::list(app.db.read(), &actor.scope, &NumberFilter::default(), &page).await?;
    let numbers: Vec<_> = numbers
        .items
        .into_iter()
        .map(|number| NumberRef { id: number.id, name: number.name, phone: number.phone })
        .collect();
    let templates: Vec<_> =
        db::templates::list(app.db.read(), &actor.scope, &page).await?.items.into_iter().map(template).collect();
    let sheet = sheets::sample_xlsx(&numbers, &templates, spoken.0)?;
    Ok(upload::sheet("cercano.xlsx", sheet))
}

//! What numbers still need to be operative (spec S4).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Found, Permitted, Validated},
};
use actix_web::{
    get,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    getting_started::{GettingStarted, GettingStartedFilter, OrganizationStart},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    // The organization's comes first, for `organization` would be read as an id.
    config.service(list_getting_started).service(get_organization_start).service(get_getting_started);
}

/// List what the numbers in scope still need; those that need something first, then by name
#[utoipa::path(tag = "getting_started", params(GettingStartedFilter, PageQuery), responses((status = 200, body = Page<GettingStarted>), Authenticated, Permitted, Validated), security(("session" = ["view_getting_started"])))]
#[get("/getting-started")]
async fn list_getting_started(
    actor: Actor<can::ViewGettingStarted>,
    app: Data<App>,
    filter: Query<GettingStartedFilter>,
    page: Paging,
) -> Result<Json<Page<GettingStarted>>> {
    Ok(Json(db::getting_started::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Get what the organization still needs before it has numbers
#[utoipa::path(tag = "getting_started", responses((status = 200, body = OrganizationStart), Authenticated, Permitted), security(("session" = ["view_getting_started"])))]
#[get("/getting-started/organization")]
async fn get_organization_start(
    actor: Actor<can::ViewGettingStarted>,
    app: Data<App>,
) -> Result<Json<OrganizationStart>> {
    let sandbox = app.settings.sandbox.as_ref().map(|sandbox| sandbox.waba_id.as_str());
    let facts = db::getting_started::organization(app.db.read(), &actor.scope, sandbox).await?;
    Ok(Json(OrganizationStart {
        waba_connected: facts.waba_connected,
        numbers_included: facts.numbers_included,
        members_invited: facts.members_invited,
        sandbox_available: sandbox.is_some() && !facts.account_taken,
    }))
}

/// Get what one number still needs
#[utoipa::path(tag = "getting_started", params(("number_id" = NumberId, Path)), responses((status = 200, body = GettingStarted), Authenticated, Permitted, Found), security(("session" = ["view_getting_started"])))]
#[get("/getting-started/{number_id}")]
async fn get_getting_started(
    actor: Actor<can::ViewGettingStarted>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<GettingStarted>> {
    Ok(Json(db::getting_started::get(app.db.read(), &actor.scope, *number_id).await?))
}

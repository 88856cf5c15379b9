//! Numbers in the member's scope: what the number selector offers (spec P2).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Found, Permitted, Validated},
};
use actix_web::{
    get, post,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    numbers::{Number, NumberFilter},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_numbers).service(get_number).service(resume_number);
}

/// List the numbers in scope by name
#[utoipa::path(tag = "numbers", params(NumberFilter, PageQuery), responses((status = 200, body = Page<Number>), Authenticated, Validated), security(("session" = [])))]
#[get("/numbers")]
async fn list_numbers(
    actor: Actor<can::SignIn>,
    app: Data<App>,
    filter: Query<NumberFilter>,
    page: Paging,
) -> Result<Json<Page<Number>>> {
    Ok(Json(db::numbers::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Get a number in scope
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path)), responses((status = 200, body = Number), Authenticated, Found), security(("session" = [])))]
#[get("/numbers/{id}")]
async fn get_number(actor: Actor<can::SignIn>, app: Data<App>, id: Path<NumberId>) -> Result<Json<Number>> {
    Ok(Json(db::numbers::get(app.db.read(), &actor.scope, *id).await?))
}

/// Let a number that paused by itself send again
///
/// Somebody has put right what `paused_reason` says.
#[utoipa::path(
    tag = "numbers",
    params(("id" = NumberId, Path)),
    responses((status = 200, body = Number), Authenticated, Permitted, Found),
    security(("session" = ["edit_numbers"]))
)]
#[post("/numbers/{id}/resume")]
async fn resume_number(actor: Actor<can::EditNumbers>, app: Data<App>, id: Path<NumberId>) -> Result<Json<Number>> {
    let tx = db::begin(&app.db).await?;
    db::numbers::get(&tx, &actor.scope, *id).await?;
    db::numbers::pause(&tx, *id, None).await?;
    let number = db::numbers::get(&tx, &actor.scope, *id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.outbox.notify_one();
    Ok(Json(number))
}

//! WhatsApp Business Accounts (Administración).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{AsksWhatsapp, Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    Page, PageQuery, Permission, WabaId,
    wabas::{Waba, WabaInput, WabaRef, WabaSynchronization, WebhookTest},
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Who chooses among accounts by their names.
const NAMED_TO: [Permission; 3] =
    [Permission::ViewNumberImports, Permission::ViewVerifications, Permission::Administer];

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_wabas)
        .service(list_waba_refs)
        .service(connect_sandbox)
        .service(create_waba)
        .service(get_waba)
        .service(update_waba)
        .service(delete_waba)
        .service(check_waba)
        .service(synchronize_waba)
        .service(test_waba_webhook);
}

/// List the connected accounts by name
#[utoipa::path(tag = "wabas", params(PageQuery), responses((status = 200, body = Page<Waba>), Authenticated, Permitted, Validated), security(("session" = ["administer"])))]
#[get("/wabas")]
async fn list_wabas(actor: Actor<can::Administer>, app: Data<App>, page: Paging) -> Result<Json<Page<Waba>>> {
    Ok(Json(db::wabas::list(app.db.read(), &actor.scope, &page.0).await?))
}

/// List the names of the connected accounts
///
/// None for who neither imports numbers, nor verifies them, nor administers.
#[utoipa::path(tag = "wabas", params(PageQuery), responses((status = 200, body = Page<WabaRef>), Authenticated, Validated), security(("session" = [])))]
#[get("/wabas/refs")]
async fn list_waba_refs(actor: Actor<can::SignIn>, app: Data<App>, page: Paging) -> Result<Json<Page<WabaRef>>> {
    if !NAMED_TO.into_iter().any(|permission| actor.can(permission)) {
        return Ok(Json(Page { items: Vec::new(), next_cursor: None }));
    }
    Ok(Json(db::wabas::list_refs(app.db.read(), &actor.scope, &page.0).await?))
}

/// Connect an account
///
/// Graph is asked for it first; then its webhooks are subscribed, and its templates and numbers read.
#[utoipa::path(tag = "wabas", request_body = WabaInput, responses((status = 201, body = Waba), Authenticated, Permitted, Validated, AsksWhatsapp), security(("session" = ["administer"])))]
#[post("/wabas")]
async fn create_waba(
    actor: Actor<can::Administer>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<WabaInput>,
) -> Result<HttpResponse> {
    let waba = app::wabas::connect(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(waba))
}

/// Connect the sandbox's account, where there is a sandbox
#[utoipa::path(tag = "wabas", responses((status = 201, body = Waba), Authenticated, Permitted, Found, AsksWhatsapp), security(("session" = ["administer"])))]
#[post("/wabas/sandbox")]
async fn connect_sandbox(actor: Actor<can::Administer>, app: Data<App>) -> Result<HttpResponse> {
    let waba = app::wabas::connect_sandbox(&app, &actor.scope, &actor.by()).await?;
    Ok(HttpResponse::Created().json(waba))
}

/// Get a connected account
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), responses((status = 200, body = Waba), Authenticated, Permitted, Found), security(("session" = ["administer"])))]
#[get("/wabas/{id}")]
async fn get_waba(actor: Actor<can::Administer>, app: Data<App>, id: Path<WabaId>) -> Result<Json<Waba>> {
    Ok(Json(db::wabas::get(app.db.read(), &actor.scope, *id).await?))
}

/// Change an account
///
/// What it is reached by is tried before it is stored. A new address needs the token again.
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), request_body = WabaInput, responses((status = 200, body = Waba), Authenticated, Permitted, Found, Validated, AsksWhatsapp), security(("session" = ["administer"])))]
#[put("/wabas/{id}")]
async fn update_waba(
    actor: Actor<can::Administer>,
    app: Data<App>,
    id: Path<WabaId>,
    spoken: Spoken,
    input: Input<WabaInput>,
) -> Result<Json<Waba>> {
    Ok(Json(app::wabas::update(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Disconnect an account; refused while it has numbers
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), responses((status = 204), Authenticated, Permitted, Found, Conflicts), security(("session" = ["administer"])))]
#[delete("/wabas/{id}")]
async fn delete_waba(actor: Actor<can::Administer>, app: Data<App>, id: Path<WabaId>) -> Result<HttpResponse> {
    app::wabas::disconnect(&app, &actor.scope, &actor.by(), *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ask Graph whether the account is there and the token reaches it
///
/// What it says against it is the account's `trouble`.
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), responses((status = 200, body = Waba), Authenticated, Permitted, Found), security(("session" = ["administer"])))]
#[post("/wabas/{id}/check")]
async fn check_waba(actor: Actor<can::Administer>, app: Data<App>, id: Path<WabaId>) -> Result<Json<Waba>> {
    Ok(Json(app::wabas::check(&app, &actor.scope, *id).await?))
}

/// Read the account's templates and numbers
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), responses((status = 200, body = WabaSynchronization), Authenticated, Permitted, Found, AsksWhatsapp), security(("session" = ["administer"])))]
#[post("/wabas/{id}/synchronize")]
async fn synchronize_waba(
    actor: Actor<can::Administer>,
    app: Data<App>,
    id: Path<WabaId>,
) -> Result<Json<WabaSynchronization>> {
    Ok(Json(app::wabas::synchronize(&app, &actor.scope, *id, Some(&actor.by())).await?))
}

/// See whether events would arrive: subscription, handshake and signature, each by itself
#[utoipa::path(tag = "wabas", params(("id" = WabaId, Path)), responses((status = 200, body = WebhookTest), Authenticated, Permitted, Found), security(("session" = ["administer"])))]
#[post("/wabas/{id}/webhook-test")]
async fn test_waba_webhook(
    actor: Actor<can::Administer>,
    app: Data<App>,
    id: Path<WabaId>,
) -> Result<Json<WebhookTest>> {
    Ok(Json(app::wabas::test_webhook(&app, &actor.scope, *id).await?))
}

//! Verifying and registering numbers (spec S7).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{AsksWhatsapp, Authenticated, Found, Permitted, Throttled, Validated},
};
use actix_web::{
    get, post,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    verifications::{CodeInput, CodeRequest, PinInput, Verification, VerificationFilter},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_verifications)
        .service(get_verification)
        .service(request_code)
        .service(check_code)
        .service(register_number);
}

/// List the numbers in scope, those that are not registered first
#[utoipa::path(tag = "verifications", params(VerificationFilter, PageQuery), responses((status = 200, body = Page<Verification>), Authenticated, Permitted, Validated), security(("session" = ["view_verifications"])))]
#[get("/verifications")]
async fn list_verifications(
    actor: Actor<can::ViewVerifications>,
    app: Data<App>,
    filter: Query<VerificationFilter>,
    page: Paging,
) -> Result<Json<Page<Verification>>> {
    Ok(Json(app::verifications::list(&app, &actor.scope, &filter, &page.0).await?))
}

/// Get how far a number has come, as WhatsApp says it
#[utoipa::path(tag = "verifications", params(("number_id" = NumberId, Path)), responses((status = 200, body = Verification), Authenticated, Permitted, Found), security(("session" = ["view_verifications"])))]
#[get("/verifications/{number_id}")]
async fn get_verification(
    actor: Actor<can::ViewVerifications>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<Verification>> {
    Ok(Json(app::verifications::get(&app, &actor.scope, *number_id).await?))
}

/// Have a code sent to a number
#[utoipa::path(tag = "verifications", params(("number_id" = NumberId, Path)), request_body = CodeRequest, responses((status = 200, body = Verification), Authenticated, Permitted, Found, Validated, AsksWhatsapp, Throttled), security(("session" = ["edit_verifications"])))]
#[post("/verifications/{number_id}/code")]
async fn request_code(
    actor: Actor<can::EditVerifications>,
    app: Data<App>,
    number_id: Path<NumberId>,
    input: Input<CodeRequest>,
) -> Result<Json<Verification>> {
    Ok(Json(app::verifications::request_code(&app, &actor.scope, &actor.by(), *number_id, &input.0).await?))
}

/// Tell WhatsApp the code a number has got
#[utoipa::path(tag = "verifications", params(("number_id" = NumberId, Path)), request_body = CodeInput, responses((status = 200, body = Verification), Authenticated, Permitted, Found, Validated, AsksWhatsapp, Throttled), security(("session" = ["edit_verifications"])))]
#[post("/verifications/{number_id}/check")]
async fn check_code(
    actor: Actor<can::EditVerifications>,
    app: Data<App>,
    number_id: Path<NumberId>,
    input: Input<CodeInput>,
) -> Result<Json<Verification>> {
    Ok(Json(app::verifications::check_code(&app, &actor.scope, &actor.by(), *number_id, &input.0).await?))
}

/// Register a verified number with its PIN
#[utoipa::path(tag = "verifications", params(("number_id" = NumberId, Path)), request_body = PinInput, responses((status = 200, body = Verification), Authenticated, Permitted, Found, Validated, AsksWhatsapp, Throttled), security(("session" = ["edit_verifications"])))]
#[post("/verifications/{number_id}/registration")]
async fn register_number(
    actor: Actor<can::EditVerifications>,
    app: Data<App>,
    number_id: Path<NumberId>,
    input: Input<PinInput>,
) -> Result<Json<Verification>> {
    Ok(Json(app::verifications::register(&app, &actor.scope, &actor.by(), *number_id, &input.0).await?))
}

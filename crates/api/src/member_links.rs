//! Links by which members choose a password (spec P1). Whoever has a link needs no session: the link's secret is the key.

use crate::{
    Result, access,
    body::Input,
    openapi::{Found, Hashing, Throttled, Validated},
    sessions,
};
use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Json},
};
use app::App;
use types::{
    member_links::{MemberLink, MemberLinkInput, MemberLinkUse, PasswordResetInput},
    sessions::Session,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(check_member_link).service(use_member_link).service(create_password_reset);
}

/// Tell whom a link is for
#[utoipa::path(tag = "member_links", request_body = MemberLinkInput, responses((status = 200, body = MemberLink), Found, Validated, Throttled), security(()))]
#[post("/member-links/check")]
async fn check_member_link(
    app: Data<App>,
    request: HttpRequest,
    input: Input<MemberLinkInput>,
) -> Result<Json<MemberLink>> {
    let address = access::address(&app, &request);
    Ok(Json(app::member_links::check(&app, &input.0.token, &address).await?))
}

/// Choose a password by a link, and sign in
///
/// The link is used up; every other session and link of the member ends.
#[utoipa::path(tag = "member_links", request_body = MemberLinkUse, responses((status = 201, body = Session), Found, Validated, Throttled, Hashing), security(()))]
#[post("/member-links/use")]
async fn use_member_link(app: Data<App>, request: HttpRequest, input: Input<MemberLinkUse>) -> Result<HttpResponse> {
    let address = access::address(&app, &request);
    let opened = app::member_links::use_link(&app, &input.0, &address, access::user_agent(&request)).await?;
    sessions::answer(&app, opened).await
}

/// Ask for a link to choose another password
///
/// The answer is the same whether anybody has the address. The link comes by mail, where the organization's mail goes out.
#[utoipa::path(tag = "member_links", request_body = PasswordResetInput, responses((status = 202), Validated, Throttled), security(()))]
#[post("/password-resets")]
async fn create_password_reset(
    app: Data<App>,
    request: HttpRequest,
    input: Input<PasswordResetInput>,
) -> Result<HttpResponse> {
    app::member_links::ask_reset(&app, &input.0.email, &access::address(&app, &request)).await?;
    Ok(HttpResponse::Accepted().finish())
}

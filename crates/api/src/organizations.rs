//! The organization itself, and how its mail goes out (Administración).

use crate::{
    Result,
    access::{Actor, can},
    body::Input,
    openapi::{Authenticated, Conflicts, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json},
};
use app::App;
use types::organizations::{MailSettings, MailSettingsInput, MailTest, Organization, OrganizationInput};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_organization)
        .service(update_organization)
        .service(get_mail_settings)
        .service(update_mail_settings)
        .service(delete_mail_settings)
        .service(test_mail_settings);
}

/// Tell how the organization is set up
#[utoipa::path(tag = "organizations", responses((status = 200, body = Organization), Authenticated, Permitted), security(("session" = ["administer"])))]
#[get("/organizations/current")]
async fn get_organization(actor: Actor<can::Administer>, app: Data<App>) -> Result<Json<Organization>> {
    Ok(Json(db::organizations::get(app.db.read(), &actor.scope).await?))
}

/// Change the organization
#[utoipa::path(tag = "organizations", request_body = OrganizationInput, responses((status = 200, body = Organization), Authenticated, Permitted, Validated, Conflicts), security(("session" = ["administer"])))]
#[put("/organizations/current")]
async fn update_organization(
    actor: Actor<can::Administer>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<OrganizationInput>,
) -> Result<Json<Organization>> {
    Ok(Json(app::organizations::update(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?))
}

/// Tell how mail goes out; null where none does
#[utoipa::path(tag = "organizations", responses((status = 200, body = Option<MailSettings>), Authenticated, Permitted), security(("session" = ["administer"])))]
#[get("/organizations/current/mail")]
async fn get_mail_settings(actor: Actor<can::Administer>, app: Data<App>) -> Result<Json<Option<MailSettings>>> {
    let stored = db::mail_settings::find(app.db.read(), &actor.scope).await?;
    Ok(Json(stored.map(|stored| stored.settings)))
}

/// Let mail go out by SMTP
///
/// The password is never shown again. With another server, name or secrecy it has to be entered again.
#[utoipa::path(tag = "organizations", request_body = MailSettingsInput, responses((status = 200, body = MailSettings), Authenticated, Permitted, Validated), security(("session" = ["administer"])))]
#[put("/organizations/current/mail")]
async fn update_mail_settings(
    actor: Actor<can::Administer>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<MailSettingsInput>,
) -> Result<Json<MailSettings>> {
    Ok(Json(app::organizations::update_mail(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?))
}

/// Send no more mail
#[utoipa::path(tag = "organizations", responses((status = 204), Authenticated, Permitted), security(("session" = ["administer"])))]
#[delete("/organizations/current/mail")]
async fn delete_mail_settings(actor: Actor<can::Administer>, app: Data<App>) -> Result<HttpResponse> {
    app::organizations::delete_mail(&app, &actor.scope, &actor.by()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Send a mail to oneself, and say what the server answered
#[utoipa::path(tag = "organizations", responses((status = 200, body = MailTest), Authenticated, Permitted, Conflicts), security(("session" = ["administer"])))]
#[post("/organizations/current/mail/test")]
async fn test_mail_settings(actor: Actor<can::Administer>, app: Data<App>, spoken: Spoken) -> Result<Json<MailTest>> {
    let (by, to) = (actor.by(), &actor.member.email);
    Ok(Json(app::organizations::test_mail(&app, &actor.scope, &by, to, spoken.0).await?))
}

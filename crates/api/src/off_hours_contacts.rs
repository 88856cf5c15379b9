//! Who wrote while attendance was closed or the agent away, and writing to them (spec A4).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
    templates::template,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    OffHoursContactId, Page, PageQuery,
    off_hours_contacts::{OffHoursContact, OffHoursContactFilter, OffHoursMessageInput, OffHoursTemplateFilter},
    templates::Template,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_off_hours_contacts).service(list_off_hours_templates).service(send_off_hours_message);
}

/// List who wrote off hours within the last seven days, the latest first
#[utoipa::path(tag = "off_hours_contacts", params(OffHoursContactFilter, PageQuery), responses((status = 200, body = Page<OffHoursContact>), Authenticated, Permitted, Validated), security(("session" = ["view_off_hours_contacts"])))]
#[get("/off-hours-contacts")]
async fn list_off_hours_contacts(
    actor: Actor<can::ViewOffHoursContacts>,
    app: Data<App>,
    filter: Query<OffHoursContactFilter>,
    page: Paging,
) -> Result<Json<Page<OffHoursContact>>> {
    let now = app.clock.now();
    Ok(Json(db::off_hours_contacts::list(app.db.read(), &actor.scope, &filter, &page.0, now).await?))
}

/// List the templates that can be sent from a number, by name
///
/// Those WhatsApp has approved that are active on it.
#[utoipa::path(tag = "off_hours_contacts", params(OffHoursTemplateFilter, PageQuery), responses((status = 200, body = Page<Template>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_off_hours_contacts"])))]
#[get("/off-hours-templates")]
async fn list_off_hours_templates(
    actor: Actor<can::ViewOffHoursContacts>,
    app: Data<App>,
    filter: Query<OffHoursTemplateFilter>,
    page: Paging,
) -> Result<Json<Page<Template>>> {
    let number = db::numbers::get(app.db.read(), &actor.scope, filter.number_id).await?;
    let page = db::template_activations::list_sendable(app.db.read(), &actor.scope, number.id, &page.0).await?;
    Ok(Json(page.map(template)))
}

/// Send a template to a contact who wrote off hours
///
/// The same `client_id` twice is one message. Where one was sent before, `again` has to be said.
#[utoipa::path(tag = "off_hours_contacts", params(("id" = OffHoursContactId, Path)), request_body = OffHoursMessageInput, responses((status = 201, body = OffHoursContact), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_off_hours_contacts"])))]
#[post("/off-hours-contacts/{id}/messages")]
async fn send_off_hours_message(
    actor: Actor<can::EditOffHoursContacts>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<OffHoursContactId>,
    input: Input<OffHoursMessageInput>,
) -> Result<HttpResponse> {
    let sent = app::off_hours_contacts::send(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(sent))
}

//! Which templates numbers may send (spec S2).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
    templates::template,
};
use actix_web::{
    get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    template_activations::{
        NumberTemplate, NumberTemplateFilter, TemplateActivations, TemplateActivationsFilter, TemplateActivationsInput,
        TemplateActivationsPlan,
    },
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_template_activations)
        .service(preview_template_activations)
        .service(update_template_activations)
        .service(list_number_templates);
}

/// List the numbers in scope with the count of their active templates, by name
#[utoipa::path(tag = "template_activations", params(TemplateActivationsFilter, PageQuery), responses((status = 200, body = Page<TemplateActivations>), Authenticated, Permitted, Validated), security(("session" = ["view_template_activations"])))]
#[get("/template-activations")]
async fn list_template_activations(
    actor: Actor<can::ViewTemplateActivations>,
    app: Data<App>,
    filter: Query<TemplateActivationsFilter>,
    page: Paging,
) -> Result<Json<Page<TemplateActivations>>> {
    Ok(Json(db::template_activations::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// List the templates of a number's account and whether the number may send each, by name
#[utoipa::path(tag = "template_activations", params(("number_id" = NumberId, Path), NumberTemplateFilter, PageQuery), responses((status = 200, body = Page<NumberTemplate>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_template_activations"])))]
#[get("/template-activations/{number_id}")]
async fn list_number_templates(
    actor: Actor<can::ViewTemplateActivations>,
    app: Data<App>,
    id: Path<NumberId>,
    filter: Query<NumberTemplateFilter>,
    page: Paging,
) -> Result<Json<Page<NumberTemplate>>> {
    db::numbers::get(app.db.read(), &actor.scope, *id).await?;
    let q = filter.q.as_deref();
    let page = db::template_activations::list_templates(app.db.read(), &actor.scope, *id, q, &page.0).await?;
    Ok(Json(page.map(|(stored, active)| NumberTemplate { template: template(stored), active })))
}

/// Preview a change of which templates numbers may send
///
/// Nothing is changed.
#[utoipa::path(tag = "template_activations", request_body = TemplateActivationsInput, responses((status = 200, body = TemplateActivationsPlan), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_template_activations"])))]
#[post("/template-activations/preview")]
async fn preview_template_activations(
    actor: Actor<can::EditTemplateActivations>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<TemplateActivationsInput>,
) -> Result<Json<TemplateActivationsPlan>> {
    Ok(Json(app::template_activations::preview(&app, &actor.scope, &input.0, spoken.0).await?))
}

/// Change which templates numbers may send, for all of the numbers or for none
#[utoipa::path(tag = "template_activations", request_body = TemplateActivationsInput, responses((status = 200, body = TemplateActivationsPlan), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_template_activations"])))]
#[put("/template-activations")]
async fn update_template_activations(
    actor: Actor<can::EditTemplateActivations>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<TemplateActivationsInput>,
) -> Result<Json<TemplateActivationsPlan>> {
    Ok(Json(app::template_activations::update(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?))
}

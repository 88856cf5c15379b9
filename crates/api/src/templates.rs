//! Templates of the WABAs in scope (spec C1, S2).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Permitted, Validated},
};
use actix_web::{
    get,
    web::{Data, Json},
};
use app::App;
use db::templates::StoredTemplate;
use domain::templates::TemplateShape;
use types::{Page, PageQuery, templates::Template};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_templates);
}

/// List the templates with their variables, by name
#[utoipa::path(tag = "templates", params(PageQuery), responses((status = 200, body = Page<Template>), Authenticated, Permitted, Validated), security(("session" = ["view_campaigns"])))]
#[get("/templates")]
async fn list_templates(
    actor: Actor<can::ViewCampaigns>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<Template>>> {
    let page = db::templates::list(app.db.read(), &actor.scope, &page.0).await?;
    Ok(Json(page.map(template)))
}

pub(crate) fn template(stored: StoredTemplate) -> Template {
    let StoredTemplate { id, waba_id, name, language, category, status, components, synced_at } = stored;
    let shape = TemplateShape::parse(&components);
    Template {
        id,
        waba_id,
        name,
        language,
        category,
        status,
        header: shape.header_preview(),
        body: shape.body.text.clone(),
        footer: shape.footer.clone(),
        buttons: shape.button_texts(),
        variables: shape.variables,
        synced_at,
    }
}

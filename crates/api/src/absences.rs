//! Ausencia del agente: the absence of one number, by itself (spec A1).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    get, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    absences::{Absence, AbsenceInput},
    chatbots::SuggestionFilter,
    numbers::NumberRef,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_absences).service(list_absence_suggestions).service(get_absence).service(update_absence);
}

/// List the absences that are on, of the numbers in scope, by name
#[utoipa::path(tag = "absences", params(PageQuery), responses((status = 200, body = Page<Absence>), Authenticated, Permitted, Validated), security(("session" = ["view_desk"])))]
#[get("/absences")]
async fn list_absences(actor: Actor<can::ViewDesk>, app: Data<App>, page: Paging) -> Result<Json<Page<Absence>>> {
    Ok(Json(app::absences::list(&app, &actor.scope, &page.0).await?))
}

/// List the organization's numbers that an absence may suggest, in reach or not, by name
#[utoipa::path(tag = "absences", params(SuggestionFilter, PageQuery), responses((status = 200, body = Page<NumberRef>), Authenticated, Permitted, Validated), security(("session" = ["view_absences"])))]
#[get("/absence-suggestions")]
async fn list_absence_suggestions(
    actor: Actor<can::ViewAbsences>,
    app: Data<App>,
    filter: Query<SuggestionFilter>,
    page: Paging,
) -> Result<Json<Page<NumberRef>>> {
    Ok(Json(db::chatbots::list_suggestions(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Get a number's absence
#[utoipa::path(tag = "absences", params(("number_id" = NumberId, Path)), responses((status = 200, body = Absence), Authenticated, Permitted, Found, Conflicts), security(("session" = ["view_absences"])))]
#[get("/absences/{number_id}")]
async fn get_absence(
    actor: Actor<can::ViewAbsences>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<Absence>> {
    Ok(Json(app::absences::get(&app, &actor.scope, *number_id).await?))
}

/// Save a number's absence
///
/// It is a part of the chatbot's settings, and has their version.
#[utoipa::path(tag = "absences", params(("number_id" = NumberId, Path)), request_body = AbsenceInput, responses((status = 200, body = Absence), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_absences"])))]
#[put("/absences/{number_id}")]
async fn update_absence(
    actor: Actor<can::EditAbsences>,
    app: Data<App>,
    spoken: Spoken,
    number_id: Path<NumberId>,
    input: Input<AbsenceInput>,
) -> Result<Json<Absence>> {
    Ok(Json(app::absences::update(&app, &actor.scope, &actor.by(), *number_id, input.0, spoken.0).await?))
}

//! Numbers: what the number selector offers (spec P2), and the organization's list with who attends each (spec O3).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    MemberId, NumberId, Page, PageQuery,
    numbers::{
        Number, NumberAgentRemoved, NumberAgentsAdded, NumberAgentsInput, NumberCard, NumberCardFilter, NumberDeletion,
        NumberDeletionConfirmation, NumberFilter, NumberGroup, NumberInput,
    },
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_numbers)
        .service(list_number_groups)
        .service(list_number_cards)
        .service(get_number)
        .service(get_number_card)
        .service(update_number)
        .service(add_number_agents)
        .service(remove_number_agent)
        .service(get_number_deletion)
        .service(delete_number)
        .service(resume_number);
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

/// List the groups above the numbers in scope by name
///
/// All on one page, each with how many of those numbers it has at any depth.
#[utoipa::path(tag = "numbers", responses((status = 200, body = Page<NumberGroup>), Authenticated), security(("session" = [])))]
#[get("/numbers/groups")]
async fn list_number_groups(actor: Actor<can::SignIn>, app: Data<App>) -> Result<Json<Page<NumberGroup>>> {
    let items = db::numbers::list_groups(app.db.read(), &actor.scope).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// List all numbers of the organization with who attends and manages each, by name
///
/// Those out of scope can only be looked at; `in_scope` tells them apart.
#[utoipa::path(tag = "numbers", params(NumberCardFilter, PageQuery), responses((status = 200, body = Page<NumberCard>), Authenticated, Permitted, Validated), security(("session" = ["view_numbers"])))]
#[get("/numbers/cards")]
async fn list_number_cards(
    actor: Actor<can::ViewNumbers>,
    app: Data<App>,
    filter: Query<NumberCardFilter>,
    page: Paging,
) -> Result<Json<Page<NumberCard>>> {
    let caller = app::numbers::caller(&actor.by());
    Ok(Json(db::numbers::list_cards(app.db.read(), &actor.scope, caller, &filter, &page.0).await?))
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
    Ok(Json(app::numbers::resume(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Get a number in scope with who attends and manages it
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path)), responses((status = 200, body = NumberCard), Authenticated, Permitted, Found), security(("session" = ["view_numbers"])))]
#[get("/numbers/{id}/card")]
async fn get_number_card(
    actor: Actor<can::ViewNumbers>,
    app: Data<App>,
    id: Path<NumberId>,
) -> Result<Json<NumberCard>> {
    let caller = app::numbers::caller(&actor.by());
    Ok(Json(db::numbers::get_card(app.db.read(), &actor.scope, caller, *id).await?))
}

/// Change a number's identification, owner and language
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path)), request_body = NumberInput, responses((status = 200, body = NumberCard), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_numbers"])))]
#[put("/numbers/{id}")]
async fn update_number(
    actor: Actor<can::EditNumbers>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<NumberId>,
    input: Input<NumberInput>,
) -> Result<Json<NumberCard>> {
    Ok(Json(app::numbers::update(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Let members attend a number, those there are and up to five new ones
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path)), request_body = NumberAgentsInput, responses((status = 200, body = NumberAgentsAdded), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_numbers"])))]
#[post("/numbers/{id}/agents")]
async fn add_number_agents(
    actor: Actor<can::EditNumbers>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<NumberId>,
    input: Input<NumberAgentsInput>,
) -> Result<Json<NumberAgentsAdded>> {
    Ok(Json(app::numbers::add_agents(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Take a number from a member who attends it
///
/// The member's open tickets there wait in the queue again, at their old place.
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path), ("member_id" = MemberId, Path)), responses((status = 200, body = NumberAgentRemoved), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_numbers"])))]
#[delete("/numbers/{id}/agents/{member_id}")]
async fn remove_number_agent(
    actor: Actor<can::EditNumbers>,
    app: Data<App>,
    ids: Path<(NumberId, MemberId)>,
) -> Result<Json<NumberAgentRemoved>> {
    let (id, member) = ids.into_inner();
    Ok(Json(app::numbers::remove_agent(&app, &actor.scope, &actor.by(), id, member).await?))
}

/// Tell what deleting a number would do
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path)), responses((status = 200, body = NumberDeletion), Authenticated, Permitted, Found), security(("session" = ["edit_numbers"])))]
#[get("/numbers/{id}/deletion")]
async fn get_number_deletion(
    actor: Actor<can::EditNumbers>,
    app: Data<App>,
    id: Path<NumberId>,
) -> Result<Json<NumberDeletion>> {
    Ok(Json(app::numbers::deletion(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Delete a number; its history stays
///
/// Only who manages it does, and types it to confirm.
#[utoipa::path(tag = "numbers", params(("id" = NumberId, Path), NumberDeletionConfirmation), responses((status = 204), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_numbers"])))]
#[delete("/numbers/{id}")]
async fn delete_number(
    actor: Actor<can::EditNumbers>,
    app: Data<App>,
    id: Path<NumberId>,
    confirmation: Query<NumberDeletionConfirmation>,
) -> Result<HttpResponse> {
    app::numbers::delete(&app, &actor.scope, &actor.by(), *id, &confirmation).await?;
    Ok(HttpResponse::NoContent().finish())
}

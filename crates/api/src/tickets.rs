//! Desk's inbox: tickets, and what members do with them (spec A2).

mod options;

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use app::App;
use domain::tickets::Closer;
use types::{
    Page, PageQuery, TicketId,
    members::MemberRef,
    messages::Message,
    tickets::{Ticket, TicketCloseInput, TicketCounts, TicketCountsFilter, TicketFilter, TicketMessageInput},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_tickets)
        .service(count_tickets)
        .service(get_ticket)
        .service(options::get_ticket_options)
        .service(take_ticket)
        .service(close_ticket)
        .service(read_ticket)
        .service(create_ticket_message);
}

/// List the tickets of a tab of the inbox
#[utoipa::path(tag = "tickets", params(TicketFilter, PageQuery), responses((status = 200, body = Page<Ticket>), Authenticated, Permitted, Validated), security(("session" = ["view_desk"])))]
#[get("/tickets")]
async fn list_tickets(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    filter: Query<TicketFilter>,
    page: Paging,
) -> Result<Json<Page<Ticket>>> {
    Ok(Json(db::tickets::list(app.db.read(), &actor.scope, actor.member.member_id, &filter, &page.0).await?))
}

/// Count the open tickets of each tab
#[utoipa::path(tag = "tickets", params(TicketCountsFilter), responses((status = 200, body = TicketCounts), Authenticated, Permitted, Validated), security(("session" = ["view_desk"])))]
#[get("/tickets/counts")]
async fn count_tickets(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    filter: Query<TicketCountsFilter>,
) -> Result<Json<TicketCounts>> {
    Ok(Json(db::tickets::counts(app.db.read(), &actor.scope, actor.member.member_id, &filter).await?))
}

/// Get a ticket
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = Ticket), Authenticated, Permitted, Found), security(("session" = ["view_desk"])))]
#[get("/tickets/{id}")]
async fn get_ticket(actor: Actor<can::ViewDesk>, app: Data<App>, id: Path<TicketId>) -> Result<Json<Ticket>> {
    Ok(Json(db::tickets::get(app.db.read(), &actor.scope, *id).await?))
}

/// Take a waiting ticket
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = Ticket), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/take")]
async fn take_ticket(actor: Actor<can::EditDesk>, app: Data<App>, id: Path<TicketId>) -> Result<Json<Ticket>> {
    Ok(Json(app::tickets::take(&app, &actor.scope, &name(&actor), *id).await?))
}

/// Close a ticket
///
/// One's own, or, with the permission to edit monitoring, anybody's within reach.
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), request_body = TicketCloseInput, responses((status = 200, body = Ticket), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/close")]
async fn close_ticket(
    actor: Actor<can::EditDesk>,
    app: Data<App>,
    id: Path<TicketId>,
    input: Input<TicketCloseInput>,
) -> Result<Json<Ticket>> {
    let member = actor.member.member_id;
    let manages = actor.can(types::Permission::EditMonitoring);
    let closer = if manages { Closer::Manager(member) } else { Closer::Agent(member) };
    Ok(Json(app::tickets::close(&app, &actor.scope, closer, *id, &input.0).await?))
}

/// Note that the thread was seen
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = Ticket), Authenticated, Permitted, Found), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/read")]
async fn read_ticket(actor: Actor<can::EditDesk>, app: Data<App>, id: Path<TicketId>) -> Result<Json<Ticket>> {
    Ok(Json(app::tickets::read(&app, &actor.scope, *id).await?))
}

/// Answer the contact
///
/// The same `client_id` twice is one message.
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), request_body = TicketMessageInput, responses((status = 201, body = Message), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/messages")]
async fn create_ticket_message(
    actor: Actor<can::EditDesk>,
    app: Data<App>,
    id: Path<TicketId>,
    input: Input<TicketMessageInput>,
) -> Result<HttpResponse> {
    let message = app::tickets::answer(&app, &actor.scope, &name(&actor), *id, &input.0).await?;
    Ok(HttpResponse::Created().json(message))
}

fn name<P>(actor: &Actor<P>) -> MemberRef {
    MemberRef { id: actor.member.member_id, name: actor.member.name.clone() }
}

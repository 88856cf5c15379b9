//! Desk's inbox: tickets, and what members do with them (spec A2).

mod options;

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use app::App;
use domain::tickets::Closer;
use types::{
    Page, PageQuery, Permission, TicketId,
    members::MemberRef,
    messages::Message,
    tickets::{
        Ticket, TicketCloseInput, TicketCounts, TicketCountsFilter, TicketFilter, TicketMessageInput,
        TicketTransferInput, TransferTargets,
    },
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
        .service(transfer_ticket)
        .service(get_transfer_targets)
        .service(read_ticket)
        .service(type_in_ticket)
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
    spoken: Spoken,
    id: Path<TicketId>,
    input: Input<TicketCloseInput>,
) -> Result<Json<Ticket>> {
    Ok(Json(app::tickets::close(&app, &actor.scope, closer(&actor), *id, &input.0, spoken.0).await?))
}

/// Hand a ticket over
///
/// It is closed as transferred; the answer is its child, which waits in a queue or is somebody's. One's own, or, with the
/// permission to edit monitoring, anybody's within reach.
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), request_body = TicketTransferInput, responses((status = 200, body = Ticket), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/transfer")]
async fn transfer_ticket(
    actor: Actor<can::EditDesk>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<TicketId>,
    input: Input<TicketTransferInput>,
) -> Result<Json<Ticket>> {
    Ok(Json(app::tickets::transfer(&app, &actor.scope, closer(&actor), *id, &input.0, spoken.0).await?))
}

/// List to whom a ticket can be handed over
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = TransferTargets), Authenticated, Permitted, Found), security(("session" = ["view_desk"])))]
#[get("/tickets/{id}/transfer-targets")]
async fn get_transfer_targets(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    id: Path<TicketId>,
) -> Result<Json<TransferTargets>> {
    Ok(Json(app::tickets::targets(&app, &actor.scope, *id).await?))
}

/// Note that the thread was seen
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = Ticket), Authenticated, Permitted, Found), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/read")]
async fn read_ticket(actor: Actor<can::EditDesk>, app: Data<App>, id: Path<TicketId>) -> Result<Json<Ticket>> {
    Ok(Json(app::tickets::read(&app, &actor.scope, *id).await?))
}

/// Let the contact see that an answer is being written
///
/// Where the number's settings want it, and no more often than WhatsApp needs it.
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 204), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_desk"])))]
#[post("/tickets/{id}/typing")]
async fn type_in_ticket(actor: Actor<can::EditDesk>, app: Data<App>, id: Path<TicketId>) -> Result<HttpResponse> {
    app::tickets::type_in(&app, &actor.scope, actor.member.member_id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
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

/// As whom a member ends a ticket.
fn closer<P>(actor: &Actor<P>) -> Closer {
    let member = actor.member.member_id;
    if actor.can(Permission::EditMonitoring) { Closer::Manager(member) } else { Closer::Agent(member) }
}

fn name<P>(actor: &Actor<P>) -> MemberRef {
    MemberRef { id: actor.member.member_id, name: actor.member.name.clone() }
}

//! What may be done with a ticket, and the tags it can be closed with (spec S1).

use crate::{
    Result,
    access::{Actor, can},
    openapi::{Authenticated, Found, Permitted},
};
use actix_web::{
    get,
    web::{Data, Json, Path},
};
use app::App;
use types::{Permission, TicketId, tickets::TicketOptions};

/// Get what may be done with a ticket
///
/// The tags of its number, whether one is demanded, and whether one may close it and hand it over.
#[utoipa::path(tag = "tickets", params(("id" = TicketId, Path)), responses((status = 200, body = TicketOptions), Authenticated, Permitted, Found), security(("session" = ["view_desk"])))]
#[get("/tickets/{id}/options")]
pub(crate) async fn get_ticket_options(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    id: Path<TicketId>,
) -> Result<Json<TicketOptions>> {
    let manages = actor.can(Permission::EditMonitoring);
    Ok(Json(app::tickets::options::get(&app, &actor.scope, manages, *id).await?))
}

//! Contacts (spec A3; here the card beside a thread).

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
use types::{ContactId, contacts::Contact};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_contact);
}

/// Get a contact's card
#[utoipa::path(tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = Contact), Authenticated, Permitted, Found), security(("session" = ["view_contacts"])))]
#[get("/contacts/{id}")]
async fn get_contact(actor: Actor<can::ViewContacts>, app: Data<App>, id: Path<ContactId>) -> Result<Json<Contact>> {
    Ok(Json(db::contacts::get(app.db.read(), &actor.scope, *id).await?))
}

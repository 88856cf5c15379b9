//! Threads: what was said in a conversation (spec A2).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Found, Permitted, Validated},
};
use actix_web::{
    get,
    web::{Data, Json, Path},
};
use app::App;
use types::{ConversationId, Page, PageQuery, messages::Message};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_conversation_messages);
}

/// List the messages of a conversation, the latest first
#[utoipa::path(tag = "conversations", params(("id" = ConversationId, Path), PageQuery), responses((status = 200, body = Page<Message>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_desk"])))]
#[get("/conversations/{id}/messages")]
async fn list_conversation_messages(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    id: Path<ConversationId>,
    page: Paging,
) -> Result<Json<Page<Message>>> {
    db::conversations::get(app.db.read(), &actor.scope, *id).await?;
    Ok(Json(db::messages::list_of_conversation(app.db.read(), &actor.scope, *id, &page.0).await?))
}

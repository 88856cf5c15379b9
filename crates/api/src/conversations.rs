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
use types::{ConversationId, PageQuery, conversations::ThreadPage};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_conversation_messages);
}

/// List the messages of a conversation, the latest first
#[utoipa::path(tag = "conversations", params(("id" = ConversationId, Path), PageQuery), responses((status = 200, body = ThreadPage), Authenticated, Permitted, Found, Validated), security(("session" = ["view_desk"])))]
#[get("/conversations/{id}/messages")]
async fn list_conversation_messages(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    id: Path<ConversationId>,
    page: Paging,
) -> Result<Json<ThreadPage>> {
    db::conversations::get(app.db.read(), &actor.scope, *id).await?;
    let page = db::messages::list_of_conversation(app.db.read(), &actor.scope, *id, &page.0).await?;
    Ok(Json(ThreadPage { items: page.items, next_cursor: page.next_cursor, newer_cursor: None }))
}

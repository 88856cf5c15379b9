//! What was said, found by its words (spec A2).

use crate::{
    Result,
    access::{Actor, can},
    body::{Filter, Paging},
    openapi::{Authenticated, Permitted, Validated},
};
use actix_web::{
    get,
    web::{Data, Json},
};
use app::App;
use types::{
    Page, PageQuery,
    conversations::{MessageHit, MessageSearch},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search_messages);
}

/// Find messages by their words, the latest first
///
/// All of the words are in the message; the last one may be a beginning. Case and accents do not count. What the chatbot and
/// campaigns say is not searched. A message is found within a second, unless many wait, as after an update.
#[utoipa::path(tag = "messages", params(MessageSearch, PageQuery), responses((status = 200, body = Page<MessageHit>), Authenticated, Permitted, Validated), security(("session" = ["view_desk"])))]
#[get("/messages/search")]
async fn search_messages(
    actor: Actor<can::ViewDesk>,
    app: Data<App>,
    search: Filter<MessageSearch>,
    page: Paging,
) -> Result<Json<Page<MessageHit>>> {
    Ok(Json(app::search::list(&app, &actor.scope, &search.0, &page.0).await?))
}

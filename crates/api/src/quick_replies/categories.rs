//! Categories of quick replies.

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    Page, PageQuery, QuickReplyCategoryId,
    quick_replies::{QuickReplyCategory, QuickReplyCategoryInput, QuickReplyChange},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_quick_reply_categories)
        .service(create_quick_reply_category)
        .service(update_quick_reply_category)
        .service(delete_quick_reply_category);
}

/// List the categories by name
#[utoipa::path(tag = "quick_replies", params(PageQuery), responses((status = 200, body = Page<QuickReplyCategory>), Authenticated, Permitted, Validated), security(("session" = ["view_quick_replies"])))]
#[get("/quick-reply-categories")]
async fn list_quick_reply_categories(
    actor: Actor<can::ViewQuickReplies>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<QuickReplyCategory>>> {
    Ok(Json(db::quick_replies::list_categories(app.db.read(), &actor.scope, &page.0).await?))
}

/// Create a category
#[utoipa::path(tag = "quick_replies", request_body = QuickReplyCategoryInput, responses((status = 201, body = QuickReplyCategory), Authenticated, Permitted, Validated, Conflicts), security(("session" = ["edit_quick_replies"])))]
#[post("/quick-reply-categories")]
async fn create_quick_reply_category(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    input: Input<QuickReplyCategoryInput>,
) -> Result<HttpResponse> {
    let id = app.ids.make();
    let tx = db::begin(&app.db).await?;
    db::quick_replies::create_category(&tx, &actor.scope, id, &input.0, app.clock.now()).await?;
    let category = db::quick_replies::get_category(&tx, &actor.scope, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(HttpResponse::Created().json(category))
}

/// Rename a category
#[utoipa::path(tag = "quick_replies", params(("id" = QuickReplyCategoryId, Path)), request_body = QuickReplyCategoryInput, responses((status = 200, body = QuickReplyCategory), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_quick_replies"])))]
#[put("/quick-reply-categories/{id}")]
async fn update_quick_reply_category(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    id: Path<QuickReplyCategoryId>,
    input: Input<QuickReplyCategoryInput>,
) -> Result<Json<QuickReplyCategory>> {
    let tx = db::begin(&app.db).await?;
    db::quick_replies::update_category(&tx, &actor.scope, *id, &input.0, app.clock.now()).await?;
    let category = db::quick_replies::get_category(&tx, &actor.scope, *id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(category))
}

/// Delete a category and its replies in scope
///
/// Replies that are also visible on numbers outside the scope stay there, and the category with them.
#[utoipa::path(tag = "quick_replies", params(("id" = QuickReplyCategoryId, Path)), responses((status = 200, body = QuickReplyChange), Authenticated, Permitted, Found), security(("session" = ["edit_quick_replies"])))]
#[delete("/quick-reply-categories/{id}")]
async fn delete_quick_reply_category(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    id: Path<QuickReplyCategoryId>,
) -> Result<Json<QuickReplyChange>> {
    let tx = db::begin(&app.db).await?;
    db::quick_replies::get_category(&tx, &actor.scope, *id).await?;
    let change = db::quick_replies::delete_category(&tx, &actor.scope, *id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(change))
}

//! Quick replies themselves.

use crate::{
    Error, Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use db::Scope;
use domain::quick_replies::{Edit, Visibility, edit};
use types::{
    FieldCode, Page, PageQuery, QuickReplyId,
    quick_replies::{QuickReply, QuickReplyChange, QuickReplyFilter, QuickReplyInput},
    validate,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_quick_replies)
        .service(create_quick_reply)
        .service(update_quick_reply)
        .service(delete_quick_reply);
}

/// List the replies in scope by title
#[utoipa::path(tag = "quick_replies", params(QuickReplyFilter, PageQuery), responses((status = 200, body = Page<QuickReply>), Authenticated, Permitted, Validated), security(("session" = ["view_quick_replies"])))]
#[get("/quick-replies")]
async fn list_quick_replies(
    actor: Actor<can::ViewQuickReplies>,
    app: Data<App>,
    filter: Query<QuickReplyFilter>,
    page: Paging,
) -> Result<Json<Page<QuickReply>>> {
    Ok(Json(db::quick_replies::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Create a reply, visible at once on every number in scope
#[utoipa::path(tag = "quick_replies", request_body = QuickReplyInput, responses((status = 201, body = QuickReply), Authenticated, Permitted, Validated), security(("session" = ["edit_quick_replies"])))]
#[post("/quick-replies")]
async fn create_quick_reply(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<QuickReplyInput>,
) -> Result<HttpResponse> {
    let id = app.ids.make();
    let tx = db::begin(&app.db).await?;
    category_exists(&tx, &actor.scope, &input.0, &spoken).await?;
    db::quick_replies::create(&tx, &actor.scope, id, &input.0, app.clock.now()).await?;
    let reply = db::quick_replies::get(&tx, &actor.scope, id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(HttpResponse::Created().json(reply))
}

/// Change a reply for the numbers in scope
///
/// On numbers outside the scope it stays as it was; the answer says how many they are.
#[utoipa::path(tag = "quick_replies", params(("id" = QuickReplyId, Path)), request_body = QuickReplyInput, responses((status = 200, body = QuickReplyChange), Authenticated, Permitted, Found, Validated), security(("session" = ["edit_quick_replies"])))]
#[put("/quick-replies/{id}")]
async fn update_quick_reply(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<QuickReplyId>,
    input: Input<QuickReplyInput>,
) -> Result<Json<QuickReplyChange>> {
    let tx = db::begin(&app.db).await?;
    let visibility = db::quick_replies::visibility(&tx, &actor.scope, *id).await?;
    category_exists(&tx, &actor.scope, &input.0, &spoken).await?;
    match edit(visibility) {
        Edit::InPlace => db::quick_replies::update(&tx, &actor.scope, *id, &input.0, app.clock.now()).await?,
        Edit::Split => {
            db::quick_replies::split(&tx, &actor.scope, *id, app.ids.make(), &input.0, app.clock.now()).await?;
        }
    }
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(change(visibility)))
}

/// Delete a reply for the numbers in scope
///
/// On numbers outside the scope it stays; the answer says how many they are.
#[utoipa::path(tag = "quick_replies", params(("id" = QuickReplyId, Path)), responses((status = 200, body = QuickReplyChange), Authenticated, Permitted, Found), security(("session" = ["edit_quick_replies"])))]
#[delete("/quick-replies/{id}")]
async fn delete_quick_reply(
    actor: Actor<can::EditQuickReplies>,
    app: Data<App>,
    id: Path<QuickReplyId>,
) -> Result<Json<QuickReplyChange>> {
    let tx = db::begin(&app.db).await?;
    let visibility = db::quick_replies::visibility(&tx, &actor.scope, *id).await?;
    db::quick_replies::hide(&tx, &actor.scope, *id).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(Json(change(visibility)))
}

fn change(visibility: Visibility) -> QuickReplyChange {
    QuickReplyChange { changed_numbers: visibility.in_scope, kept_numbers: visibility.total - visibility.in_scope }
}

async fn category_exists(tx: &db::Tx, scope: &Scope, input: &QuickReplyInput, spoken: &Spoken) -> Result<()> {
    match db::quick_replies::get_category(tx, scope, input.category_id).await {
        Ok(_) => Ok(()),
        Err(db::Error::Refused(_)) => {
            Err(Error::fields(vec![validate::field("/category_id", FieldCode::NotFound, None, spoken.0)]))
        }
        Err(error) => Err(error.into()),
    }
}

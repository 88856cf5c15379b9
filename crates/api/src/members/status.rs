//! Whether and how a member comes in: deactivation, links, sessions.

use crate::{
    Result,
    access::{Actor, can},
    openapi::{Authenticated, Conflicts, Found, Permitted},
};
use actix_web::{
    HttpResponse, delete, get, post,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    MemberId, Page,
    members::{Member, SentLink},
    sessions::SessionInfo,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(deactivate_member)
        .service(reactivate_member)
        .service(invite_member)
        .service(reset_member_password)
        .service(list_member_sessions)
        .service(delete_member_sessions);
}

/// Let nobody come in as a member any more
///
/// Sessions and links end, and unclosed tickets wait in their queues again.
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = Member), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[post("/members/{id}/deactivate")]
async fn deactivate_member(actor: Actor<can::EditMembers>, app: Data<App>, id: Path<MemberId>) -> Result<Json<Member>> {
    Ok(Json(app::members::deactivate(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Let a deactivated member come in again, with the profile of before
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = Member), Authenticated, Permitted, Found), security(("session" = ["edit_members"])))]
#[post("/members/{id}/reactivate")]
async fn reactivate_member(actor: Actor<can::EditMembers>, app: Data<App>, id: Path<MemberId>) -> Result<Json<Member>> {
    Ok(Json(app::members::reactivate(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Invite a member again
///
/// The link before it ends.
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = SentLink), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[post("/members/{id}/invitation")]
async fn invite_member(actor: Actor<can::EditMembers>, app: Data<App>, id: Path<MemberId>) -> Result<Json<SentLink>> {
    Ok(Json(app::members::invite(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Let a member choose another password by a link
///
/// For a member who has none yet it is an invitation.
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = SentLink), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[post("/members/{id}/password-reset")]
async fn reset_member_password(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    id: Path<MemberId>,
) -> Result<Json<SentLink>> {
    Ok(Json(app::members::reset_password(&app, &actor.scope, &actor.by(), *id).await?))
}

/// List a member's living sessions
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = Page<SessionInfo>), Authenticated, Permitted, Found), security(("session" = ["view_members"])))]
#[get("/members/{id}/sessions")]
async fn list_member_sessions(
    actor: Actor<can::ViewMembers>,
    app: Data<App>,
    id: Path<MemberId>,
) -> Result<Json<Page<SessionInfo>>> {
    let member = db::members::get(app.db.read(), &actor.scope, *id).await?;
    let (scope, current, now) = (&actor.scope, actor.member.session_id, app.clock.now());
    let items = db::sessions::list(app.db.read(), scope, member.id, current, now).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

/// Sign a member out everywhere
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 204), Authenticated, Permitted, Found), security(("session" = ["edit_members"])))]
#[delete("/members/{id}/sessions")]
async fn delete_member_sessions(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    id: Path<MemberId>,
) -> Result<HttpResponse> {
    app::members::sign_out(&app, &actor.scope, &actor.by(), *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Who is a member: looking, inviting, changing.

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    MemberId, Page, PageQuery,
    members::{Member, MemberFilter, MemberInput, MembersAdded, MembersInput},
    numbers::NumberRef,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_members)
        .service(get_member)
        .service(create_members)
        .service(update_member)
        .service(list_member_numbers);
}

/// List the members by name
#[utoipa::path(tag = "members", params(MemberFilter, PageQuery), responses((status = 200, body = Page<Member>), Authenticated, Permitted, Validated), security(("session" = ["view_members"])))]
#[get("/members")]
async fn list_members(
    actor: Actor<can::ViewMembers>,
    app: Data<App>,
    filter: Query<MemberFilter>,
    page: Paging,
) -> Result<Json<Page<Member>>> {
    Ok(Json(db::members::list(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Tell who a member is
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), responses((status = 200, body = Member), Authenticated, Permitted, Found), security(("session" = ["view_members"])))]
#[get("/members/{id}")]
async fn get_member(actor: Actor<can::ViewMembers>, app: Data<App>, id: Path<MemberId>) -> Result<Json<Member>> {
    Ok(Json(db::members::get(app.db.read(), &actor.scope, *id).await?))
}

/// Invite people
///
/// Each gets a link to choose a password: by mail where mail goes out, else it is in the answer.
#[utoipa::path(tag = "members", request_body = MembersInput, responses((status = 201, body = MembersAdded), Authenticated, Permitted, Validated), security(("session" = ["edit_members"])))]
#[post("/members")]
async fn create_members(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<MembersInput>,
) -> Result<HttpResponse> {
    let added = app::members::invite_all(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(added))
}

/// Change a member's name, e-mail and profile
#[utoipa::path(tag = "members", params(("id" = MemberId, Path)), request_body = MemberInput, responses((status = 200, body = Member), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_members"])))]
#[put("/members/{id}")]
async fn update_member(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<MemberId>,
    input: Input<MemberInput>,
) -> Result<Json<Member>> {
    Ok(Json(app::members::update(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// List the numbers a member owns or attends
#[utoipa::path(tag = "members", params(("id" = MemberId, Path), PageQuery), responses((status = 200, body = Page<NumberRef>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_members"])))]
#[get("/members/{id}/numbers")]
async fn list_member_numbers(
    actor: Actor<can::ViewMembers>,
    app: Data<App>,
    id: Path<MemberId>,
    page: Paging,
) -> Result<Json<Page<NumberRef>>> {
    let member = db::members::get(app.db.read(), &actor.scope, *id).await?;
    Ok(Json(db::members::list_numbers(app.db.read(), &actor.scope, member.id, &page.0).await?))
}

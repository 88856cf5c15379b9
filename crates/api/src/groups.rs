//! Groups of numbers and of groups (spec O4).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    GroupId, MemberId, Page, PageQuery,
    groups::{
        Group, GroupChildren, GroupDeletionChoice, GroupFilter, GroupInput, GroupManagersAdded, GroupManagersInput,
        GroupMove, GroupMoved, GroupUpdate,
    },
    numbers::NumberRef,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_groups)
        .service(create_group)
        .service(move_to_group)
        .service(get_group)
        .service(update_group)
        .service(delete_group)
        .service(list_group_numbers)
        .service(add_group_children)
        .service(add_group_managers)
        .service(remove_group_manager);
}

/// List the groups the caller manages by name
///
/// At any depth; administrators manage all.
#[utoipa::path(tag = "groups", params(GroupFilter, PageQuery), responses((status = 200, body = Page<Group>), Authenticated, Permitted, Validated), security(("session" = ["view_groups"])))]
#[get("/groups")]
async fn list_groups(
    actor: Actor<can::ViewGroups>,
    app: Data<App>,
    filter: Query<GroupFilter>,
    page: Paging,
) -> Result<Json<Page<Group>>> {
    let by = actor.by();
    let managed_by = (!by.administrator).then_some(by.member.id);
    Ok(Json(db::groups::list(app.db.read(), &actor.scope, managed_by, &filter, &page.0).await?))
}

/// Create a group with what is in it
///
/// A number in no group is managed by administrators, and only they put it into one; others make groups of groups they manage.
#[utoipa::path(tag = "groups", request_body = GroupInput, responses((status = 201, body = Group), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[post("/groups")]
async fn create_group(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<GroupInput>,
) -> Result<HttpResponse> {
    let group = app::groups::create(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(group))
}

/// Move numbers and groups to another group, or to none
///
/// Where they are and where they go have to be managed by the caller.
#[utoipa::path(tag = "groups", request_body = GroupMove, responses((status = 200, body = GroupMoved), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[post("/groups/moves")]
async fn move_to_group(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    input: Input<GroupMove>,
) -> Result<Json<GroupMoved>> {
    Ok(Json(app::groups::move_to(&app, &actor.scope, &actor.by(), &input.0).await?))
}

/// Get a group
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path)), responses((status = 200, body = Group), Authenticated, Permitted, Found), security(("session" = ["view_groups"])))]
#[get("/groups/{id}")]
async fn get_group(actor: Actor<can::ViewGroups>, app: Data<App>, id: Path<GroupId>) -> Result<Json<Group>> {
    Ok(Json(app::groups::get(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Rename a group, or make it another kind
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path)), request_body = GroupUpdate, responses((status = 200, body = Group), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[put("/groups/{id}")]
async fn update_group(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    id: Path<GroupId>,
    input: Input<GroupUpdate>,
) -> Result<Json<Group>> {
    Ok(Json(app::groups::update(&app, &actor.scope, &actor.by(), *id, &input.0).await?))
}

/// Delete a group
///
/// What is in it stays, in no group.
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path), GroupDeletionChoice), responses((status = 204), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[delete("/groups/{id}")]
async fn delete_group(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    id: Path<GroupId>,
    choice: Query<GroupDeletionChoice>,
) -> Result<HttpResponse> {
    let delete_emptied = choice.delete_emptied.unwrap_or(false);
    app::groups::delete(&app, &actor.scope, &actor.by(), *id, delete_emptied).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List the numbers directly in a group by name
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path), PageQuery), responses((status = 200, body = Page<NumberRef>), Authenticated, Permitted, Found, Validated), security(("session" = ["view_groups"])))]
#[get("/groups/{id}/numbers")]
async fn list_group_numbers(
    actor: Actor<can::ViewGroups>,
    app: Data<App>,
    id: Path<GroupId>,
    page: Paging,
) -> Result<Json<Page<NumberRef>>> {
    app::groups::get(&app, &actor.scope, &actor.by(), *id).await?;
    Ok(Json(db::groups::list_numbers(app.db.read(), &actor.scope, *id, &page.0).await?))
}

/// Put numbers, or groups, that are in no group into one
///
/// A number in no group is managed by administrators, and only they put it into one; others add groups they manage.
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path)), request_body = GroupChildren, responses((status = 200, body = Group), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[post("/groups/{id}/children")]
async fn add_group_children(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    id: Path<GroupId>,
    input: Input<GroupChildren>,
) -> Result<Json<Group>> {
    Ok(Json(app::groups::add_children(&app, &actor.scope, &actor.by(), *id, &input.0).await?))
}

/// Let members manage a group, those there are and new ones
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path)), request_body = GroupManagersInput, responses((status = 200, body = GroupManagersAdded), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_groups"])))]
#[post("/groups/{id}/managers")]
async fn add_group_managers(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<GroupId>,
    input: Input<GroupManagersInput>,
) -> Result<Json<GroupManagersAdded>> {
    Ok(Json(app::groups::add_managers(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Take a group from a member who manages it directly
#[utoipa::path(tag = "groups", params(("id" = GroupId, Path), ("member_id" = MemberId, Path)), responses((status = 200, body = Group), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_groups"])))]
#[delete("/groups/{id}/managers/{member_id}")]
async fn remove_group_manager(
    actor: Actor<can::EditGroups>,
    app: Data<App>,
    ids: Path<(GroupId, MemberId)>,
) -> Result<Json<Group>> {
    let (id, member) = ids.into_inner();
    Ok(Json(app::groups::remove_manager(&app, &actor.scope, &actor.by(), id, member).await?))
}

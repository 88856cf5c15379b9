//! Profiles (spec O2).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, delete, get, post, put,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    MemberId, Page, PageQuery, ProfileId,
    members::MembersAdded,
    profiles::{Profile, ProfileDeleted, ProfileInput, ProfileMembersInput},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_profiles)
        .service(get_profile)
        .service(create_profile)
        .service(update_profile)
        .service(duplicate_profile)
        .service(delete_profile)
        .service(add_profile_members)
        .service(remove_profile_member);
}

/// List the profiles by name
#[utoipa::path(tag = "profiles", params(PageQuery), responses((status = 200, body = Page<Profile>), Authenticated, Permitted, Validated), security(("session" = ["view_members"])))]
#[get("/profiles")]
async fn list_profiles(actor: Actor<can::ViewMembers>, app: Data<App>, page: Paging) -> Result<Json<Page<Profile>>> {
    Ok(Json(db::profiles::list(app.db.read(), &actor.scope, &page.0).await?))
}

/// Tell what a profile grants
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path)), responses((status = 200, body = Profile), Authenticated, Permitted, Found), security(("session" = ["view_members"])))]
#[get("/profiles/{id}")]
async fn get_profile(actor: Actor<can::ViewMembers>, app: Data<App>, id: Path<ProfileId>) -> Result<Json<Profile>> {
    Ok(Json(db::profiles::get(app.db.read(), &actor.scope, *id).await?))
}

/// Create a profile
///
/// Nobody grants what they do not have.
#[utoipa::path(tag = "profiles", request_body = ProfileInput, responses((status = 201, body = Profile), Authenticated, Permitted, Validated, Conflicts), security(("session" = ["edit_members"])))]
#[post("/profiles")]
async fn create_profile(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<ProfileInput>,
) -> Result<HttpResponse> {
    let profile = app::profiles::create(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(profile))
}

/// Change a profile
///
/// Its members find it changed on their next request.
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path)), request_body = ProfileInput, responses((status = 200, body = Profile), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_members"])))]
#[put("/profiles/{id}")]
async fn update_profile(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<ProfileId>,
    input: Input<ProfileInput>,
) -> Result<Json<Profile>> {
    Ok(Json(app::profiles::update(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Duplicate a profile
///
/// The copy has the same permissions, and a name of its own in the organization's language.
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path)), responses((status = 201, body = Profile), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[post("/profiles/{id}/duplicate")]
async fn duplicate_profile(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    id: Path<ProfileId>,
) -> Result<HttpResponse> {
    let profile = app::profiles::duplicate(&app, &actor.scope, &actor.by(), *id).await?;
    Ok(HttpResponse::Created().json(profile))
}

/// Delete a profile
///
/// Its members keep their account and lose its permissions; the answer says how many they are.
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path)), responses((status = 200, body = ProfileDeleted), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[delete("/profiles/{id}")]
async fn delete_profile(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    id: Path<ProfileId>,
) -> Result<Json<ProfileDeleted>> {
    Ok(Json(app::profiles::delete(&app, &actor.scope, &actor.by(), *id).await?))
}

/// Give a profile to members, and invite people with it
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path)), request_body = ProfileMembersInput, responses((status = 200, body = MembersAdded), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_members"])))]
#[post("/profiles/{id}/members")]
async fn add_profile_members(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    spoken: Spoken,
    id: Path<ProfileId>,
    input: Input<ProfileMembersInput>,
) -> Result<Json<MembersAdded>> {
    Ok(Json(app::profiles::add_members(&app, &actor.scope, &actor.by(), *id, &input.0, spoken.0).await?))
}

/// Take a member out of a profile
#[utoipa::path(tag = "profiles", params(("id" = ProfileId, Path), ("member_id" = MemberId, Path)), responses((status = 204), Authenticated, Permitted, Found, Conflicts), security(("session" = ["edit_members"])))]
#[delete("/profiles/{id}/members/{member_id}")]
async fn remove_profile_member(
    actor: Actor<can::EditMembers>,
    app: Data<App>,
    path: Path<(ProfileId, MemberId)>,
) -> Result<HttpResponse> {
    let (id, member) = path.into_inner();
    app::profiles::remove_member(&app, &actor.scope, &actor.by(), id, member).await?;
    Ok(HttpResponse::NoContent().finish())
}

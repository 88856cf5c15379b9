//! Members of the organization (spec O2).

use crate::{
    Result,
    access::{Actor, can},
    body::Paging,
    openapi::{Authenticated, Permitted, Validated},
};
use actix_web::{
    get,
    web::{Data, Json, Query},
};
use app::App;
use types::{
    Page, PageQuery,
    members::{Member, MemberFilter},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_members);
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

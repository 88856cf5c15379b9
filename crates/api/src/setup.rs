//! First run: the first organization and its administrator (spec P1).

use crate::{
    Result, access,
    body::Input,
    openapi::{Conflicts, Validated},
    sessions,
};
use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json},
};
use app::App;
use db::members::Credentials;
use types::{
    sessions::Session,
    setup::{Setup, SetupInput},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_setup).service(create_setup);
}

/// Tell whether this installation still waits for its first organization
#[utoipa::path(tag = "setup", responses((status = 200, body = Setup)), security(()))]
#[get("/setup")]
async fn get_setup(app: Data<App>) -> Result<Json<Setup>> {
    Ok(Json(Setup { needed: !db::organizations::any(app.db.read()).await? }))
}

/// Found the first organization and sign its administrator in
#[utoipa::path(tag = "setup", request_body = SetupInput, responses((status = 201, body = Session), Validated, Conflicts), security(()))]
#[post("/setup")]
async fn create_setup(app: Data<App>, request: HttpRequest, input: Input<SetupInput>) -> Result<HttpResponse> {
    let founded = app::organizations::found_first(&app, &input.0).await?;
    let credentials = Credentials {
        member_id: founded.administrator_id,
        organization_id: founded.organization_id,
        password_hash: String::new(),
    };
    let tx = db::begin(&app.db).await?;
    let opened = app::sign_in::open(&app, &tx, &credentials, access::user_agent(&request)).await?;
    tx.commit().await.map_err(db::Error::from)?;
    sessions::answer(&app, opened).await
}

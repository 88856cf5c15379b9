//! Copying settings from one number to many, and taking it back (spec S5).

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    Page, PageQuery, SettingsChangeId,
    settings_changes::{SettingsChange, SettingsChangeKind, SettingsCopyInput, SettingsPlan, SettingsUndo},
};
use utoipa_actix_web::service_config::ServiceConfig;

const KIND: SettingsChangeKind = SettingsChangeKind::SettingsCopy;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_settings_copies)
        .service(preview_settings_copy)
        .service(create_settings_copy)
        .service(undo_settings_copy);
}

/// List the copies of settings, the latest first
///
/// Those whose numbers are all in scope.
#[utoipa::path(tag = "settings_copies", params(PageQuery), responses((status = 200, body = Page<SettingsChange>), Authenticated, Permitted, Validated), security(("session" = ["view_settings_copies"])))]
#[get("/settings-copies")]
async fn list_settings_copies(
    actor: Actor<can::ViewSettingsCopies>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<SettingsChange>>> {
    Ok(Json(app::settings_changes::list(&app, &actor.scope, KIND, &page.0).await?))
}

/// Tell what a copy would do, number by number
#[utoipa::path(tag = "settings_copies", request_body = SettingsCopyInput, responses((status = 200, body = SettingsPlan), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_settings_copies"])))]
#[post("/settings-copies/preview")]
async fn preview_settings_copy(
    actor: Actor<can::EditSettingsCopies>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<SettingsCopyInput>,
) -> Result<Json<SettingsPlan>> {
    Ok(Json(app::settings_changes::preview_copy(&app, &actor.scope, &input.0, spoken.0).await?))
}

/// Copy parts of one number's settings to others, to all or none
#[utoipa::path(tag = "settings_copies", request_body = SettingsCopyInput, responses((status = 201, body = SettingsChange), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_settings_copies"])))]
#[post("/settings-copies")]
async fn create_settings_copy(
    actor: Actor<can::EditSettingsCopies>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<SettingsCopyInput>,
) -> Result<HttpResponse> {
    let change = app::settings_changes::copy(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(change))
}

/// Give the numbers of a copy back what they had
///
/// Refused where somebody changed one of them since, unless those are to be left alone.
#[utoipa::path(tag = "settings_copies", params(("id" = SettingsChangeId, Path)), request_body = SettingsUndo, responses((status = 200, body = SettingsChange), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_settings_copies"])))]
#[post("/settings-copies/{id}/undo")]
async fn undo_settings_copy(
    actor: Actor<can::EditSettingsCopies>,
    app: Data<App>,
    id: Path<SettingsChangeId>,
    input: Input<SettingsUndo>,
) -> Result<Json<SettingsChange>> {
    Ok(Json(app::settings_changes::undo(&app, &actor.scope, &actor.by(), KIND, *id, input.0).await?))
}

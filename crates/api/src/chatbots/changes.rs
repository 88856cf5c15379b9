//! Many chatbots at once, and taking it back.

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
    chatbots::ChatbotChangeInput,
    settings_changes::{SettingsChange, SettingsChangeKind, SettingsPlan, SettingsUndo},
};
use utoipa_actix_web::service_config::ServiceConfig;

const KIND: SettingsChangeKind = SettingsChangeKind::ChatbotChange;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_chatbot_changes)
        .service(preview_chatbot_change)
        .service(create_chatbot_change)
        .service(undo_chatbot_change);
}

/// List the changes of many chatbots, the latest first
///
/// Those whose numbers are all in scope.
#[utoipa::path(tag = "chatbots", params(PageQuery), responses((status = 200, body = Page<SettingsChange>), Authenticated, Permitted, Validated), security(("session" = ["view_chatbots"])))]
#[get("/chatbot-changes")]
async fn list_chatbot_changes(
    actor: Actor<can::ViewChatbots>,
    app: Data<App>,
    page: Paging,
) -> Result<Json<Page<SettingsChange>>> {
    Ok(Json(app::settings_changes::list(&app, &actor.scope, KIND, &page.0).await?))
}

/// Tell what a change of many chatbots would do, number by number
#[utoipa::path(tag = "chatbots", request_body = ChatbotChangeInput, responses((status = 200, body = SettingsPlan), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_chatbots"])))]
#[post("/chatbot-changes/preview")]
async fn preview_chatbot_change(
    actor: Actor<can::EditChatbots>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<ChatbotChangeInput>,
) -> Result<Json<SettingsPlan>> {
    Ok(Json(app::chatbots::preview(&app, &actor.scope, &input.0, spoken.0).await?))
}

/// Change many chatbots at once, all or none
#[utoipa::path(tag = "chatbots", request_body = ChatbotChangeInput, responses((status = 201, body = SettingsChange), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_chatbots"])))]
#[post("/chatbot-changes")]
async fn create_chatbot_change(
    actor: Actor<can::EditChatbots>,
    app: Data<App>,
    spoken: Spoken,
    input: Input<ChatbotChangeInput>,
) -> Result<HttpResponse> {
    let change = app::chatbots::change(&app, &actor.scope, &actor.by(), &input.0, spoken.0).await?;
    Ok(HttpResponse::Created().json(change))
}

/// Give the numbers of a change back what they had
///
/// Refused where somebody changed one of them since, unless those are to be left alone.
#[utoipa::path(tag = "chatbots", params(("id" = SettingsChangeId, Path)), request_body = SettingsUndo, responses((status = 200, body = SettingsChange), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_chatbots"])))]
#[post("/chatbot-changes/{id}/undo")]
async fn undo_chatbot_change(
    actor: Actor<can::EditChatbots>,
    app: Data<App>,
    id: Path<SettingsChangeId>,
    input: Input<SettingsUndo>,
) -> Result<Json<SettingsChange>> {
    Ok(Json(app::settings_changes::undo(&app, &actor.scope, &actor.by(), KIND, *id, input.0).await?))
}

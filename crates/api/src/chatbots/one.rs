//! The chatbot of one number.

use crate::{
    Result,
    access::{Actor, can},
    body::{Input, Paging},
    openapi::{AsksWhatsapp, Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    get, post, put,
    web::{Data, Json, Path, Query},
};
use app::App;
use types::{
    NumberId, Page, PageQuery,
    chatbots::{AvailabilityTemplate, Chatbot, ChatbotCard, ChatbotFilter, ChatbotInput, SuggestionFilter},
    numbers::NumberRef,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_chatbots)
        .service(list_chatbot_suggestions)
        .service(get_chatbot)
        .service(update_chatbot)
        .service(create_availability_template);
}

/// List the numbers in scope with a summary of their chatbots, by name
#[utoipa::path(tag = "chatbots", params(ChatbotFilter, PageQuery), responses((status = 200, body = Page<ChatbotCard>), Authenticated, Permitted, Validated), security(("session" = ["view_chatbots"])))]
#[get("/chatbots")]
async fn list_chatbots(
    actor: Actor<can::ViewChatbots>,
    app: Data<App>,
    filter: Query<ChatbotFilter>,
    page: Paging,
) -> Result<Json<Page<ChatbotCard>>> {
    Ok(Json(db::chatbots::list_cards(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// List the organization's numbers that an absence may suggest, in reach or not, by name
#[utoipa::path(tag = "chatbots", params(SuggestionFilter, PageQuery), responses((status = 200, body = Page<NumberRef>), Authenticated, Permitted, Validated), security(("session" = ["view_chatbots"])))]
#[get("/chatbot-suggestions")]
async fn list_chatbot_suggestions(
    actor: Actor<can::ViewChatbots>,
    app: Data<App>,
    filter: Query<SuggestionFilter>,
    page: Paging,
) -> Result<Json<Page<NumberRef>>> {
    Ok(Json(db::chatbots::list_suggestions(app.db.read(), &actor.scope, &filter, &page.0).await?))
}

/// Get a number's chatbot
#[utoipa::path(tag = "chatbots", params(("number_id" = NumberId, Path)), responses((status = 200, body = Chatbot), Authenticated, Permitted, Found, Conflicts), security(("session" = ["view_chatbots"])))]
#[get("/chatbots/{number_id}")]
async fn get_chatbot(
    actor: Actor<can::ViewChatbots>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<Chatbot>> {
    Ok(Json(app::chatbots::get(&app, &actor.scope, *number_id).await?))
}

/// Save a number's chatbot
///
/// A save names the version it started from, and is refused when there is a later one.
#[utoipa::path(tag = "chatbots", params(("number_id" = NumberId, Path)), request_body = ChatbotInput, responses((status = 200, body = Chatbot), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_chatbots"])))]
#[put("/chatbots/{number_id}")]
async fn update_chatbot(
    actor: Actor<can::EditChatbots>,
    app: Data<App>,
    spoken: Spoken,
    number_id: Path<NumberId>,
    input: Input<ChatbotInput>,
) -> Result<Json<Chatbot>> {
    Ok(Json(app::chatbots::update(&app, &actor.scope, &actor.by(), *number_id, input.0, spoken.0).await?))
}

/// Ask WhatsApp for the template of the next opening in the number's account
///
/// Where there is one already, nothing is asked, and its state is the answer.
#[utoipa::path(tag = "chatbots", params(("number_id" = NumberId, Path)), responses((status = 200, body = AvailabilityTemplate), Authenticated, Permitted, Found, AsksWhatsapp), security(("session" = ["edit_chatbots"])))]
#[post("/chatbots/{number_id}/availability-template")]
async fn create_availability_template(
    actor: Actor<can::EditChatbots>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<AvailabilityTemplate>> {
    Ok(Json(app::chatbots::create_availability_template(&app, &actor.scope, *number_id).await?))
}

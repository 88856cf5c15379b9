//! How people attend a number: tags, distribution, limits, what agents may do (spec S1).

use crate::{
    Result,
    access::{Actor, can},
    body::Input,
    openapi::{Authenticated, Conflicts, Found, Permitted, Validated},
    problems::Spoken,
};
use actix_web::{
    get, put,
    web::{Data, Json, Path},
};
use app::App;
use types::{
    NumberId,
    attention_settings::{AttentionSettingsInput, NumberAttention},
};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_attention_settings).service(update_attention_settings);
}

/// Get the attention settings of a number
#[utoipa::path(tag = "attention_settings", params(("number_id" = NumberId, Path)), responses((status = 200, body = NumberAttention), Authenticated, Permitted, Found), security(("session" = ["view_attention_settings"])))]
#[get("/attention-settings/{number_id}")]
async fn get_attention_settings(
    actor: Actor<can::ViewAttentionSettings>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<NumberAttention>> {
    Ok(Json(db::attention_settings::get(app.db.read(), &actor.scope, *number_id).await?))
}

/// Change the attention settings of a number
///
/// The next message and the next ticket run on them.
#[utoipa::path(tag = "attention_settings", params(("number_id" = NumberId, Path)), request_body = AttentionSettingsInput, responses((status = 200, body = NumberAttention), Authenticated, Permitted, Found, Validated, Conflicts), security(("session" = ["edit_attention_settings"])))]
#[put("/attention-settings/{number_id}")]
async fn update_attention_settings(
    actor: Actor<can::EditAttentionSettings>,
    app: Data<App>,
    spoken: Spoken,
    number_id: Path<NumberId>,
    input: Input<AttentionSettingsInput>,
) -> Result<Json<NumberAttention>> {
    let by = actor.by();
    Ok(Json(app::attention_settings::update(&app, &actor.scope, &by, *number_id, &input.0, spoken.0).await?))
}

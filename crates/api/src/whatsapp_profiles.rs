//! Business profiles on WhatsApp (spec S6).

use crate::{
    Error, Result,
    access::{Actor, can},
    body::Input,
    openapi::{AsksWhatsapp, Authenticated, Found, Permitted, Validated},
};
use actix_multipart::{Multipart, MultipartError};
use actix_web::{
    HttpResponse, get,
    http::header,
    post, put,
    web::{Data, Json, Path},
};
use app::App;
use futures_util::TryStreamExt;
use types::{
    ErrorCode, NumberId,
    whatsapp_profiles::{PICTURE_MAX_BYTES, WhatsappProfile, WhatsappProfileInput},
};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_whatsapp_profile)
        .service(update_whatsapp_profile)
        .service(get_whatsapp_picture)
        .service(update_whatsapp_picture);
}

/// What an upload looks like.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only tells the document what an upload looks like")]
struct PictureUpload {
    /// JPEG or PNG; 5 MB and 8,000 pixels a side at most, 192 at least.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Get a number's profile as WhatsApp has it now
#[utoipa::path(tag = "whatsapp_profiles", params(("number_id" = NumberId, Path)), responses((status = 200, body = WhatsappProfile), Authenticated, Permitted, Found, AsksWhatsapp), security(("session" = ["view_whatsapp_profiles"])))]
#[get("/whatsapp-profiles/{number_id}")]
async fn get_whatsapp_profile(
    actor: Actor<can::ViewWhatsappProfiles>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<Json<WhatsappProfile>> {
    Ok(Json(app::whatsapp_profiles::get(&app, &actor.scope, *number_id).await?))
}

/// Write a number's profile to WhatsApp
///
/// Refused with `version_conflict` when WhatsApp has another profile than the change started from.
#[utoipa::path(tag = "whatsapp_profiles", params(("number_id" = NumberId, Path)), request_body = WhatsappProfileInput, responses((status = 200, body = WhatsappProfile), Authenticated, Permitted, Found, Validated, AsksWhatsapp), security(("session" = ["edit_whatsapp_profiles"])))]
#[put("/whatsapp-profiles/{number_id}")]
async fn update_whatsapp_profile(
    actor: Actor<can::EditWhatsappProfiles>,
    app: Data<App>,
    number_id: Path<NumberId>,
    input: Input<WhatsappProfileInput>,
) -> Result<Json<WhatsappProfile>> {
    Ok(Json(app::whatsapp_profiles::update(&app, &actor.scope, &actor.by(), *number_id, &input.0).await?))
}

/// Get the picture as WhatsApp has it
#[utoipa::path(tag = "whatsapp_profiles", params(("number_id" = NumberId, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), Authenticated, Permitted, Found, AsksWhatsapp), security(("session" = ["view_whatsapp_profiles"])))]
#[get("/whatsapp-profiles/{number_id}/picture")]
async fn get_whatsapp_picture(
    actor: Actor<can::ViewWhatsappProfiles>,
    app: Data<App>,
    number_id: Path<NumberId>,
) -> Result<HttpResponse> {
    let picture = app::whatsapp_profiles::picture(&app, &actor.scope, *number_id).await?;
    Ok(HttpResponse::Ok()
        .content_type(picture.content_type)
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(picture.bytes))
}

/// Upload a picture: JPEG or PNG, cut to a square and sent to WhatsApp
#[utoipa::path(tag = "whatsapp_profiles", params(("number_id" = NumberId, Path)), request_body(content = PictureUpload, content_type = "multipart/form-data"), responses((status = 200, body = WhatsappProfile), Authenticated, Permitted, Found, Validated, AsksWhatsapp), security(("session" = ["edit_whatsapp_profiles"])))]
#[post("/whatsapp-profiles/{number_id}/picture")]
async fn update_whatsapp_picture(
    actor: Actor<can::EditWhatsappProfiles>,
    app: Data<App>,
    number_id: Path<NumberId>,
    form: Option<Multipart>,
) -> Result<Json<WhatsappProfile>> {
    db::numbers::get_whatsapp(app.db.read(), &actor.scope, *number_id).await?;
    let file = receive(form.ok_or(ErrorCode::MediaTypeUnsupported)?).await?;
    Ok(Json(app::whatsapp_profiles::update_picture(&app, &actor.scope, &actor.by(), *number_id, file).await?))
}

/// The part named `file`.
async fn receive(mut form: Multipart) -> Result<Vec<u8>> {
    while let Some(mut part) = form.try_next().await.map_err(unreadable)? {
        if part.name() != Some("file") {
            continue;
        }
        let mut file = Vec::new();
        while let Some(bytes) = part.try_next().await.map_err(unreadable)? {
            if file.len() + bytes.len() > PICTURE_MAX_BYTES {
                return Err(ErrorCode::BodyTooLarge.into());
            }
            file.extend_from_slice(&bytes);
        }
        return Ok(file);
    }
    Err(ErrorCode::MalformedRequest.into())
}

fn unreadable(error: MultipartError) -> Error {
    tracing::debug!(%error, "an upload cannot be read");
    let no_form = matches!(
        error,
        MultipartError::ContentTypeMissing | MultipartError::ContentTypeParse | MultipartError::ContentTypeIncompatible
    );
    let code = if no_form { ErrorCode::MediaTypeUnsupported } else { ErrorCode::MalformedRequest };
    code.into()
}

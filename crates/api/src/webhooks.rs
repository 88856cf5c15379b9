//! The receiver of WhatsApp's webhooks: the handshake, and events that are kept before they are answered (whatsapp.md).

use crate::{Error, Result};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Bytes, Data, Query},
};
use app::App;
use serde::Deserialize;
use serde_json::value::RawValue;
use subtle::ConstantTimeEq;
use types::ErrorCode;
use whatsapp::webhook::{SignatureError, verify_signature};

/// Bytes of an event at most; WhatsApp's are up to 3 MB.
const EVENT_MAX: usize = 4 * 1024 * 1024;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/webhooks/whatsapp")
            .app_data(web::PayloadConfig::new(EVENT_MAX))
            .route(web::get().to(shake_hands))
            .route(web::post().to(receive)),
    );
}

#[derive(Deserialize)]
struct Handshake {
    #[serde(default, rename = "hub.mode")]
    mode: String,
    #[serde(default, rename = "hub.verify_token")]
    verify_token: String,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
}

async fn shake_hands(app: Data<App>, handshake: Query<Handshake>) -> Result<HttpResponse> {
    let Handshake { mode, verify_token, challenge } = handshake.into_inner();
    let known: bool = verify_token.as_bytes().ct_eq(app.settings.whatsapp_verify_token.as_bytes()).into();
    match challenge.filter(|_| known && mode == "subscribe") {
        Some(challenge) => Ok(HttpResponse::Ok().content_type("text/plain").body(challenge)),
        None => Err(ErrorCode::VerifyTokenWrong.into()),
    }
}

async fn receive(
    app: Data<App>,
    request: HttpRequest,
    body: std::result::Result<Bytes, actix_web::Error>,
) -> Result<HttpResponse> {
    let body = body.map_err(|error| match error.as_response_error().status_code().as_u16() {
        413 => Error::from(ErrorCode::BodyTooLarge),
        _ => ErrorCode::MalformedRequest.into(),
    })?;
    // A signature that is no text is there, and wrong.
    let signature = request.headers().get("x-hub-signature-256").map(|value| value.to_str().unwrap_or_default());
    verify_signature(app.settings.whatsapp_app_secret.as_bytes(), signature, &body).map_err(|error| {
        let is_test = signature.is_some_and(|it| app::wabas::test_signature(&app, &body).as_deref() == Some(it));
        if !is_test {
            app.signature_failures.add(app.clock.now());
        }
        match error {
            SignatureError::Missing => Error::from(ErrorCode::SignatureMissing),
            SignatureError::Malformed | SignatureError::Wrong => ErrorCode::SignatureWrong.into(),
        }
    })?;
    if serde_json::from_slice::<&RawValue>(&body).is_err() {
        return Err(ErrorCode::MalformedRequest.into());
    }
    app.ingest.keep(body).await?;
    Ok(HttpResponse::Ok().finish())
}

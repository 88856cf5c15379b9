//! Whether the process lives, whether it can work, and its figures.

use crate::Error;
use actix_web::{HttpResponse, web};
use app::App;
use prometheus::{Encoder, TextEncoder};
use types::ErrorCode;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/healthz", web::get().to(alive))
        .route("/readyz", web::get().to(ready))
        .route("/metrics", web::get().to(metrics));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("alive\n")
}

async fn ready(app: web::Data<App>) -> Result<HttpResponse, Error> {
    match app.db.ready().await {
        Ok(true) => Ok(HttpResponse::Ok().content_type("text/plain").body("ready\n")),
        Ok(false) => Err(ErrorCode::Overloaded.into()),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            Err(ErrorCode::Overloaded.into())
        }
    }
}

async fn metrics() -> Result<HttpResponse, Error> {
    let mut text = Vec::new();
    let encoder = TextEncoder::new();
    encoder.encode(&prometheus::gather(), &mut text).map_err(|error| app::Error::broken(error.to_string()))?;
    Ok(HttpResponse::Ok().content_type(encoder.format_type().to_owned()).body(text))
}

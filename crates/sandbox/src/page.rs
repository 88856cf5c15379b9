//! The phones page: its files are part of the binary and ask no other host for anything.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use actix_web::web::{self, ServiceConfig};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data: blob: https:; media-src 'self' blob: https:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(crate) fn configure(service: &mut ServiceConfig) {
    service
        .route("", web::get().to(to_page))
        .route("/", web::get().to(async || file("text/html; charset=utf-8", include_str!("page/phones.html"))))
        .route("/phones.css", web::get().to(async || file("text/css; charset=utf-8", include_str!("page/phones.css"))))
        .route("/phones.js", web::get().to(async || script(include_str!("page/phones.js"))))
        .route("/bubbles.js", web::get().to(async || script(include_str!("page/bubbles.js"))))
        .route("/side.js", web::get().to(async || script(include_str!("page/side.js"))))
        .route("/state.js", web::get().to(async || script(include_str!("page/state.js"))))
        .route("/words.js", web::get().to(async || script(include_str!("page/words.js"))));
}

async fn to_page() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((LOCATION, "/sandbox/")).finish()
}

fn script(text: &'static str) -> HttpResponse {
    file("text/javascript; charset=utf-8", text)
}

fn file(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header(("x-content-type-options", "nosniff"))
        .body(text)
}

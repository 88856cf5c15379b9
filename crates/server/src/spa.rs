//! The browser app inside the binary: precompressed, its hashed files kept by browsers for ever.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../../target/spa"]
struct Files;

/// Scripts and styles come from this server alone; the app is WebAssembly.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
                      connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// A file of the app, hashed ones kept for ever; its first page for every other path, since the app has the routes.
pub(crate) async fn serve(request: HttpRequest) -> actix_web::Result<HttpResponse> {
    let path = request.path().trim_start_matches('/');
    let api = ["api/", "growth/", "webhooks/", "openapi/", "sandbox/"].iter().any(|prefix| path.starts_with(prefix));
    if api || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(api::not_found().await?);
    }
    let name = if Files::get(path).is_some() && !path.is_empty() { path } else { "index.html" };
    if name == "index.html" && path.contains('.') {
        return Ok(api::not_found().await?);
    }
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| accepted.contains(encoding))
        .find_map(|(encoding, ending)| Some((encoding, Files::get(&format!("{name}.{ending}"))?)));
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type(name))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "same-origin"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((
            header::CACHE_CONTROL,
            if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" },
        ));
    let Some((encoding, file)) = packed else {
        return Ok(match Files::get(name) {
            Some(file) => response.body(file.data.into_owned()),
            None => api::not_found().await?,
        });
    };
    Ok(response.insert_header((header::CONTENT_ENCODING, encoding)).body(file.data.into_owned()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "webmanifest") => "application/json",
        Some(_) | None => "application/octet-stream",
    }
}

//! The stream that keeps the phones page live.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::time;

use crate::Sandbox;

/// Server-sent events that name what changed; whoever fell behind is told to look at everything.
pub(super) async fn listen(sandbox: Data<Sandbox>) -> HttpResponse {
    let news = stream::unfold(sandbox.inner.listen(), async |mut listener| {
        let line = match time::timeout(Duration::from_secs(15), listener.recv()).await {
            Ok(Ok(news)) => serde_json::to_string(&news).map(|news| format!("data: {news}\n\n")).ok()?,
            Ok(Err(RecvError::Lagged(_))) => "data: {\"kind\":\"reset\",\"number\":\"\",\"phone\":\"\"}\n\n".into(),
            Ok(Err(RecvError::Closed)) => return None,
            Err(_) => ": still here\n\n".into(),
        };
        Some((Ok::<_, std::io::Error>(Bytes::from(line)), listener))
    });
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(Box::pin(news))
}

//! Media: upload by form, look-up by id, and the resumable upload that profile pictures and samples use.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::{Call, success};
use crate::clock;
use crate::store::{Kept, Media, Upload};

const MEGABYTE: usize = 1_024 * 1_024;

/// `POST /{phone_number_id}/media`.
pub(super) async fn upload(call: &Call<'_>) -> Result<HttpResponse, Refusal> {
    let body = stream::once(std::future::ready(Ok::<_, PayloadError>(call.body.clone())));
    let mut form = Multipart::new(call.request.headers(), body);
    let (mut file, mut kind, mut product) = (None, None, None);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|error| Refusal::invalid(format!("The form is not readable: {error}")))?;
        let name = field.name().unwrap_or_default().to_owned();
        let filename =
            field.content_disposition().and_then(|disposition| disposition.get_filename().map(str::to_owned));
        let own_type = field.content_type().map(ToString::to_string);
        let mut bytes = BytesMut::new();
        while let Some(chunk) =
            field.try_next().await.map_err(|error| Refusal::invalid(format!("The form breaks off: {error}")))?
        {
            bytes.extend_from_slice(&chunk);
        }
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "type" => kind = Some(text()),
            "messaging_product" => product = Some(text()),
            "file" => file = Some((filename, own_type, bytes.freeze())),
            _ => {}
        }
    }
    if product.as_deref() != Some("whatsapp") {
        return Err(Refusal::missing("messaging_product"));
    }
    let (filename, own_type, bytes) = file.ok_or_else(|| Refusal::missing("file"))?;
    let mime_type = kind.or(own_type).ok_or_else(|| Refusal::missing("type"))?;
    allowed(&mime_type, bytes.len())?;
    let id = call.sandbox.keep_media(mime_type, filename, bytes);
    Ok(HttpResponse::Ok().json(json!({"id": id})))
}

/// `GET` and `DELETE /{media_id}`.
pub(super) fn node(call: &Call<'_>, id: &str) -> Result<HttpResponse, Refusal> {
    match *call.request.method() {
        Method::GET => {
            let media = call.sandbox.inner.with(|kept| kept.find_media(id).cloned());
            let media = media.ok_or_else(|| Refusal::unknown_node(&Method::GET, id))?;
            Ok(HttpResponse::Ok().json(json!({
                "messaging_product": "whatsapp",
                "url": format!("{}/media/{id}", call.base()),
                "mime_type": media.mime_type,
                "sha256": hex::encode(Sha256::digest(&media.bytes)),
                "file_size": media.bytes.len().to_string(),
                "id": id,
            })))
        }
        Method::DELETE => {
            call.sandbox.inner.with(|kept| kept.media.retain(|media| media.id != id));
            Ok(success())
        }
        _ => Err(Refusal::unknown_node(call.request.method(), id)),
    }
}

/// `POST /{app_id}/uploads` opens a session, `POST /upload:…` with the bytes gives the handle.
pub(super) fn resumable(call: &Call<'_>, node: &str, edge: &str) -> Result<HttpResponse, Refusal> {
    if node.starts_with("upload:") {
        return receive(call, node);
    }
    if edge != "uploads" {
        return Err(Refusal::unknown_node(&Method::POST, node));
    }
    let parameters = call.parameters()?;
    let text = |key: &str| {
        let value = parameters.get(key).ok_or_else(|| Refusal::missing(key))?;
        Ok::<_, Refusal>(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let (length, mime_type) = (text("file_length")?, text("file_type")?);
    let length = length.parse().map_err(|_no_number| Refusal::invalid("Param file_length must be a number"))?;
    allowed(&mime_type, length)?;
    let session = format!("upload:{:016x}", clock::chance());
    call.sandbox.inner.with(|kept| {
        // Nobody resumes hundreds of uploads at once.
        if kept.uploads.len() > 200 {
            kept.uploads.clear();
        }
        kept.uploads.insert(session.clone(), Upload { mime_type, length, bytes: None });
    });
    Ok(HttpResponse::Ok().json(json!({"id": session})))
}

fn receive(call: &Call<'_>, session: &str) -> Result<HttpResponse, Refusal> {
    let offset = call.request.headers().get("file_offset").and_then(|offset| offset.to_str().ok());
    if offset != Some("0") {
        return Err(Refusal::invalid("Header file_offset must be 0: nothing was received yet"));
    }
    call.sandbox.inner.with(|kept| {
        let upload = kept.uploads.get_mut(session).ok_or_else(|| Refusal::unknown_node(&Method::POST, session))?;
        if upload.length != call.body.len() {
            return Err(Refusal::invalid(format!("The file has {} bytes, not {}", call.body.len(), upload.length)));
        }
        upload.bytes = Some(call.body.clone());
        Ok(())
    })?;
    Ok(HttpResponse::Ok().json(json!({"h": format!("4::{session}")})))
}

/// What a handle stands for.
pub(super) fn uploaded(kept: &Kept, handle: &str) -> Option<(String, Bytes)> {
    let upload = kept.uploads.get(handle.strip_prefix("4::")?)?;
    Some((upload.mime_type.clone(), upload.bytes.clone()?))
}

/// The bytes themselves, which need the token too.
pub(crate) fn download(media: &Media) -> HttpResponse {
    let mut parameters = Vec::new();
    if let Some(filename) = &media.filename {
        parameters.push(DispositionParam::Filename(filename.clone()));
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media.mime_type.clone()))
        .insert_header(ContentDisposition { disposition: DispositionType::Inline, parameters })
        .insert_header(("x-content-type-options", "nosniff"))
        .insert_header(("content-security-policy", "sandbox; default-src 'none'"))
        .body(media.bytes.clone())
}

impl crate::Sandbox {
    /// Keeps a file and returns its id.
    pub(crate) fn keep_media(&self, mime_type: String, filename: Option<String>, bytes: Bytes) -> String {
        let id = format!("1{:015}", clock::chance() % 1_000_000_000_000_000);
        self.inner.with(|kept| kept.keep_media(Media { id: id.clone(), mime_type, filename, bytes }));
        id
    }
}

/// The types and sizes Meta takes.
fn allowed(mime_type: &str, size: usize) -> Result<(), Refusal> {
    let plain = mime_type.split(';').next().unwrap_or_default().trim();
    let most = match plain {
        "image/jpeg" | "image/png" => 5 * MEGABYTE,
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" | "video/mp4" | "video/3gpp" => {
            16 * MEGABYTE
        }
        "image/webp" => 500 * 1_024,
        _ if plain.starts_with("application/") || plain == "text/plain" || plain == "text/csv" => 100 * MEGABYTE,
        _ => {
            let details = format!("Param file must be a file of a supported type. Received file of type '{plain}'.");
            return Err(Refusal::invalid(details));
        }
    };
    if size > most { Err(Refusal::invalid(format!("The file is larger than {most} bytes"))) } else { Ok(()) }
}

//! Problems: every answer that is not a success becomes RFC 9457 problem details in the caller's language.

use crate::Error;
use actix_web::{
    Error as ActixError, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use app::Refusal;
use types::{ErrorCode, Language, Problem, words};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Where answers are ours to word.
const OURS: &[&str] = &["/api", "/growth", "/webhooks", "/openapi", "/healthz", "/readyz", "/metrics"];
/// A caller's own request id is echoed when it is short and plain.
const REQUEST_ID_MAX: usize = 64;

/// Wrap a request: give it an id, log it once, and put a problem into words.
pub async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    // What speaks another protocol beside ours on the same address answers in its own way.
    if !OURS.iter().any(|path| request.path().starts_with(path)) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let id = request_id(&request);
    let language = language(request.request());
    let (method, app) = (request.method().clone(), crate::body::app(request.request()).cloned());
    let started = app.as_ref().map(|app| app.clock.now());
    let mut response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        // Only a failure outside any handler comes here; actix has turned all others into responses.
        Err(error) => return Err(error),
    };
    let problem = problem(&response, &id, language);
    if let Some(problem) = problem {
        let built = HttpResponse::build(response.status()).content_type("application/problem+json").json(&problem);
        let kept: Vec<_> = [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE]
            .into_iter()
            .filter_map(|name| Some((name.clone(), response.headers().get(&name)?.clone())))
            .collect();
        response = response.into_response(built);
        for (name, value) in kept {
            response.headers_mut().insert(name, value);
        }
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = app.zip(started).map_or(0, |(app, at)| (app.clock.now() - at).num_milliseconds());
    let route = response.request().match_pattern().unwrap_or_default();
    let status = response.status().as_u16();
    // Events of WhatsApp's come by the thousand; what people and programs do is worth a line.
    if route.starts_with("/api/") {
        tracing::info!(request_id = %id, %method, route, status, took_ms = took, "request");
    } else {
        tracing::debug!(request_id = %id, %method, route, status, took_ms = took, "request");
    }
    Ok(response)
}

/// Where no route is.
pub async fn not_found() -> Result<HttpResponse, Error> {
    Err(ErrorCode::NotFound.into())
}

pub(crate) fn language(request: &HttpRequest) -> Language {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::from_accept_language(header.unwrap_or_default())
}

fn problem(response: &ServiceResponse<BoxBody>, id: &str, language: Language) -> Option<Problem> {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    if response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"))
    {
        return None;
    }
    let ours = response.response().error().and_then(ActixError::as_error::<Error>);
    let refusal = match ours {
        Some(error) => error.refusal().cloned().unwrap_or_else(|| error.code().into()),
        None => code_of(status).into(),
    };
    if let Some(cause) = ours.and_then(Error::internal) {
        tracing::error!(request_id = %id, cause = %chain(cause), "a request failed");
    }
    let Refusal { code, fields, about, whatsapp } = refusal;
    let words = words::error(code, language);
    Some(Problem {
        kind: format!("/problems/{code}"),
        title: words.title.to_owned(),
        status: status.as_u16(),
        detail: words::detail(code, about.as_deref(), language),
        instance: id.to_owned(),
        code,
        errors: fields,
        about,
        whatsapp,
    })
}

/// The words for a refusal of the framework's own.
fn code_of(status: StatusCode) -> ErrorCode {
    match status.as_u16() {
        401 => ErrorCode::Unauthenticated,
        403 => ErrorCode::PermissionMissing,
        404 => ErrorCode::NotFound,
        405 => ErrorCode::MethodNotAllowed,
        413 => ErrorCode::BodyTooLarge,
        415 => ErrorCode::MediaTypeUnsupported,
        429 => ErrorCode::TooManyRequests,
        503 => ErrorCode::Overloaded,
        500..=599 => ErrorCode::Internal,
        _ => ErrorCode::MalformedRequest,
    }
}

fn request_id(request: &ServiceRequest) -> String {
    let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    given
        .filter(|id| {
            !id.is_empty() && id.len() <= REQUEST_ID_MAX && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
        .map_or_else(
            || {
                crate::body::app(request.request())
                    .map(|app| app.ids.make::<uuid::Uuid>().to_string())
                    .unwrap_or_default()
            },
            ToOwned::to_owned,
        )
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// The language the caller is answered in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken(pub(crate) Language);

impl actix_web::FromRequest for Spoken {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        std::future::ready(Ok(Self(language(request))))
    }
}

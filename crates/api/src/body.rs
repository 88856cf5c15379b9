//! Bodies and pages on their way in: read, checked field by field, and refused in the caller's language.

use crate::{Error, problems::language};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use app::App;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::{Ready, ready};
use types::{ErrorCode, FieldCode, PageQuery, page::MAX_LIMIT, validate};
use validator::Validate;

/// A JSON body whose every field is right.
#[derive(Debug)]
pub(crate) struct Input<T>(pub(crate) T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Input<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let language = language(request);
        let json = request.mime_type_is_json();
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !json {
                return Err(ErrorCode::MediaTypeUnsupported.into());
            }
            let bytes = bytes.await.map_err(|_too_large| Error::from(ErrorCode::BodyTooLarge))?;
            if let Some(pointer) = zero(&bytes) {
                return Err(Error::fields(vec![validate::field(pointer, FieldCode::Invalid, None, language)]));
            }
            let reader = &mut serde_json::Deserializer::from_slice(&bytes);
            let input: T = serde_path_to_error::deserialize(reader).map_err(|error| {
                if error.inner().is_data() {
                    let pointer = format!("/{}", error.path().to_string().replace('.', "/"));
                    Error::fields(vec![validate::field(pointer, FieldCode::Invalid, None, language)])
                } else {
                    ErrorCode::MalformedRequest.into()
                }
            })?;
            validate::check(&input, language).map_err(Error::fields)?;
            Ok(Self(input))
        })
    }
}

/// Where a body has the character zero, which not every database can keep.
fn zero(bytes: &[u8]) -> Option<String> {
    fn place(value: &Value, pointer: &str) -> Option<String> {
        match value {
            Value::String(text) => text.contains('\0').then(|| pointer.to_owned()),
            Value::Array(items) => {
                (0..).zip(items).find_map(|(at, item): (u32, _)| place(item, &format!("{pointer}/{at}")))
            }
            Value::Object(fields) => fields.iter().find_map(|(name, field)| place(field, &format!("{pointer}/{name}"))),
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }
    // Only a body that has it in writing is looked through.
    let written = bytes.windows(6).any(|part| part == b"\\u0000");
    written.then(|| place(&serde_json::from_slice(bytes).ok()?, "")).flatten()
}

/// What a list is narrowed to, every parameter of which is right.
#[derive(Debug)]
pub(crate) struct Filter<T>(pub(crate) T);

impl<T: DeserializeOwned + Validate> FromRequest for Filter<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<T>::from_query(request.query_string());
        ready(query.map_err(Error::from).and_then(|filter| {
            let filter = filter.into_inner();
            validate::check(&filter, language(request)).map_err(|mut fields| {
                for field in &mut fields {
                    field.pointer = field.pointer.replacen('/', "?", 1);
                }
                Error::fields(fields)
            })?;
            Ok(Self(filter))
        }))
    }
}

/// Which page of a list is asked for.
#[derive(Debug)]
pub(crate) struct Paging(pub(crate) PageQuery);

impl FromRequest for Paging {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<PageQuery>::from_query(request.query_string());
        ready(match query {
            Err(error) => Err(error.into()),
            Ok(page) if page.limit.is_some_and(|limit| limit == 0 || limit > MAX_LIMIT) => {
                Err(Error::fields(vec![validate::field("?limit", FieldCode::OutOfRange, None, language(request))]))
            }
            Ok(page) => Ok(Self(page.into_inner())),
        })
    }
}

/// The application behind a request.
pub(crate) fn app(request: &HttpRequest) -> Option<&App> {
    request.app_data::<web::Data<App>>().map(web::Data::get_ref)
}

trait MimeTypeIsJson {
    fn mime_type_is_json(&self) -> bool;
}

impl MimeTypeIsJson for HttpRequest {
    fn mime_type_is_json(&self) -> bool {
        use actix_web::HttpMessage;
        let kind = self.content_type();
        kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
    }
}

//! Errors on their way out: refused with a code, or internal, which the caller learns nothing of.

use actix_web::{HttpResponse, ResponseError, error::QueryPayloadError, http::StatusCode};
use types::{ErrorCode, FieldError};

/// What a handler answers instead of its reply. `problems::answer` puts it into the caller's language.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] app::Error);

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn fields(fields: Vec<FieldError>) -> Self {
        Self(app::Error::fields(fields))
    }

    pub(crate) fn code(&self) -> ErrorCode {
        self.0.code().unwrap_or(ErrorCode::Internal)
    }

    /// What the caller is told, unless it is an internal error.
    pub(crate) fn refusal(&self) -> Option<&app::Refusal> {
        match &self.0 {
            app::Error::Refused(refusal) => Some(refusal),
            app::Error::Database(_) | app::Error::Broken(_) => None,
        }
    }

    /// What is logged of an internal error; nothing of a refusal.
    pub(crate) fn internal(&self) -> Option<&app::Error> {
        match &self.0 {
            app::Error::Refused(_) => None,
            broken @ (app::Error::Database(_) | app::Error::Broken(_)) => Some(broken),
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self(code.into())
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        Self(error.into())
    }
}

impl From<QueryPayloadError> for Error {
    fn from(_: QueryPayloadError) -> Self {
        ErrorCode::MalformedRequest.into()
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

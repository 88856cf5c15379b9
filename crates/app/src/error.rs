//! What can go wrong: refused with a code and the fields it is about, or broken and only logged.

use types::{ErrorCode, FieldError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is told this.
    #[error("refused: {code}")]
    Refused { code: ErrorCode, fields: Vec<FieldError> },
    #[error(transparent)]
    Database(db::Error),
    #[error("{0}")]
    Broken(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn broken(reason: impl Into<String>) -> Self {
        Self::Broken(reason.into())
    }

    pub fn fields(fields: Vec<FieldError>) -> Self {
        Self::Refused { code: ErrorCode::ValidationFailed, fields }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused { code, fields: Vec::new() }
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Refused(code) => code.into(),
            broken @ (db::Error::Database(_) | db::Error::Json(_) | db::Error::Missing(_)) => Self::Database(broken),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Database(error.into())
    }
}

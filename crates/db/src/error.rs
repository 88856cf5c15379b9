//! What can go wrong here: a fact the caller is told, or a fault that is only logged.

use sea_orm::{DbErr, SqlErr};
use types::ErrorCode;

/// Refused with a code, or broken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is told this.
    #[error("refused: {0}")]
    Refused(ErrorCode),
    #[error("the database failed")]
    Database(#[from] DbErr),
    #[error("stored JSON cannot be read")]
    Json(#[from] serde_json::Error),
    #[error("stored value cannot be read: {0}")]
    Missing(&'static str),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code)
    }
}

impl Error {
    /// Turn the violation of a unique constraint into the fact it stands for.
    pub(crate) fn unique(code: ErrorCode) -> impl Fn(DbErr) -> Self {
        move |error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Refused(code),
            Some(_) | None => Self::Database(error),
        }
    }
}

//! What can go wrong: refused with a code and the fields it is about, or broken and only logged.

use types::{ErrorCode, FieldError, graph::GraphTrouble};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is told this.
    #[error("refused: {}", .0.code)]
    Refused(Box<Refusal>),
    #[error(transparent)]
    Database(db::Error),
    #[error("{0}")]
    Broken(String),
}

/// What the caller is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: ErrorCode,
    pub fields: Vec<FieldError>,
    /// What stands in the way, by its name.
    pub about: Option<String>,
    /// What WhatsApp refused.
    pub whatsapp: Option<GraphTrouble>,
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), about: None, whatsapp: None }
    }
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn broken(reason: impl Into<String>) -> Self {
        Self::Broken(reason.into())
    }

    pub fn fields(fields: Vec<FieldError>) -> Self {
        Self::Refused(Box::new(Refusal { fields, ..ErrorCode::ValidationFailed.into() }))
    }

    /// Refused because of something that has a name.
    pub fn about(code: ErrorCode, name: impl Into<String>) -> Self {
        Self::Refused(Box::new(Refusal { about: Some(name.into()), ..code.into() }))
    }

    /// Refused because WhatsApp refused, or was not reached.
    pub fn whatsapp(trouble: GraphTrouble) -> Self {
        let code =
            if trouble.reason.is_passing() { ErrorCode::WhatsappUnreachable } else { ErrorCode::WhatsappRefused };
        Self::Refused(Box::new(Refusal { whatsapp: Some(trouble), ..code.into() }))
    }

    /// The code of a refusal.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            Self::Database(_) | Self::Broken(_) => None,
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(Box::new(code.into()))
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

impl From<domain::groups::Refusal> for Error {
    fn from(refusal: domain::groups::Refusal) -> Self {
        let domain::groups::Refusal { code, about } = refusal;
        Self::Refused(Box::new(Refusal { about, ..code.into() }))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Database(error.into())
    }
}

//! The settings of a chatbot: what a new one starts with, how a stored one is read, what is wrong with one, and what is
//! taken over from one to another (spec S3, S5, conversation.md § 4).

mod availability;
mod check;
mod defaults;
pub(crate) mod faults;
mod fields;
mod fit;
mod places;
mod stored;

pub use availability::{Availability, availability, availability_wording};
pub use check::check;
pub use defaults::{defaults, survey_question};
pub use fields::{apply, differences, fields};
pub use fit::{fit, tidy, without_strangers};
pub use places::{chatbot_fields, field_at};
pub use stored::{read, write};

use types::FieldCode;

/// Something wrong with a settings document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer (RFC 6901) into the document.
    pub pointer: String,
    pub code: FieldCode,
    /// The most or the least it may have, where the words name it.
    pub limit: Option<i64>,
}

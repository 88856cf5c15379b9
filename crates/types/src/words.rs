//! The words of every refusal, in the three languages, checked by the compiler: a new code without words does not build.

use crate::{ErrorCode, FieldCode, Language, campaigns::RowFaultReason};

mod en;
mod es;
mod graph;
mod imports;
mod pt;

pub use graph::graph;
pub use imports::import_fault;

/// What happened, in one short sentence, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: &'static str,
    pub detail: &'static str,
}

/// The words of a refusal.
pub fn error(code: ErrorCode, language: Language) -> Words {
    let (title, detail) = match language {
        Language::Es => es::error(code),
        Language::Pt => pt::error(code),
        Language::En => en::error(code),
    };
    Words { title, detail }
}

/// What happened and what to do, with the name of what it is about in its place.
pub fn detail(code: ErrorCode, about: Option<&str>, language: Language) -> String {
    error(code, language).detail.replace("{about}", about.unwrap_or("—"))
}

/// What is wrong with a field; `limit` is the most or the least it may have.
pub fn field(code: FieldCode, limit: Option<i64>, language: Language) -> String {
    let text = match language {
        Language::Es => es::field(code),
        Language::Pt => pt::field(code),
        Language::En => en::field(code),
    };
    text.replace("{limit}", &limit.map(|limit| limit.to_string()).unwrap_or_default())
}

/// Why a row of a sheet cannot be sent.
pub fn row_fault(reason: RowFaultReason, language: Language) -> &'static str {
    match language {
        Language::Es => es::row_fault(reason),
        Language::Pt => pt::row_fault(reason),
        Language::En => en::row_fault(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphReason;
    use strum::IntoEnumIterator;

    #[test]
    fn every_refusal_has_words_in_every_language() {
        for language in Language::iter() {
            for code in ErrorCode::iter() {
                let words = error(code, language);
                assert!(!words.title.is_empty() && words.detail.ends_with(['.', '?']), "{code} in {language}");
            }
            for reason in GraphReason::iter() {
                let words = graph(reason, language);
                assert!(!words.title.is_empty() && words.detail.ends_with('.'), "{reason} in {language}");
            }
        }
    }
}

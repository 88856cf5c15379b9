//! The words of every refusal, in the three languages, checked by the compiler: a new code without words does not build.

use crate::{ErrorCode, FieldCode, Language, campaigns::RowFaultReason};

mod en;
mod es;
mod pt;

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
    use strum::IntoEnumIterator;

    #[test]
    fn every_refusal_has_words_in_every_language() {
        for language in Language::iter() {
            for code in ErrorCode::iter() {
                let words = error(code, language);
                assert!(!words.title.is_empty() && words.detail.ends_with(['.', '?']), "{code} in {language}");
            }
        }
    }
}

//! The language of the page: `types::Language` is what travels, `Locale` is what the words are generated for.

use crate::i18n::{Locale, use_i18n};
use std::cell::Cell;
use types::Language;

thread_local! {
    static CURRENT: Cell<Language> = const { Cell::new(Language::Es) };
}

/// The language the page is in, for what runs outside of components.
pub fn current() -> Language {
    CURRENT.get()
}

/// Remember the language the page changed to.
pub fn remember(language: Language) {
    CURRENT.set(language);
}

/// The language of the page, followed.
pub fn of_page() -> Language {
    of(use_i18n().get_locale())
}

pub fn of(locale: Locale) -> Language {
    match locale {
        Locale::es => Language::Es,
        Locale::pt => Language::Pt,
        Locale::en => Language::En,
    }
}

pub fn locale(language: Language) -> Locale {
    match language {
        Language::Es => Locale::es,
        Language::Pt => Locale::pt,
        Language::En => Locale::en,
    }
}

/// A language's own name, as its speakers look for it.
pub fn own_name(language: Language) -> &'static str {
    match language {
        Language::Es => "Español",
        Language::Pt => "Português",
        Language::En => "English",
    }
}

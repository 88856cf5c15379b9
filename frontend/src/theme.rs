//! Light or dark: the system's choice until the reader makes their own.

use leptos::prelude::*;

const KEY: &str = "cercano.theme";

/// Show the theme the reader chose earlier.
pub fn restore() {
    if let Some(theme) = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()) {
        show(&theme);
    }
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        Some(_) | None => {
            window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
        }
    }
}

pub fn set_dark(dark: bool) {
    let theme = if dark { "dark" } else { "light" };
    show(theme);
    if let Some(storage) = storage() {
        // A browser that keeps nothing forgets the choice on reload, which is what its reader asked for.
        let _ = storage.set_item(KEY, theme);
    }
}

fn show(theme: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

//! What went wrong, in words, with a reference to copy.

use crate::{
    api::Failed,
    i18n::{t, t_string, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, IconButton},
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::words;

/// A failure as a notice in the page.
#[component]
pub fn FailureNote(failed: Failed) -> impl IntoView {
    let i18n = use_i18n();
    let code = failed.code();
    let title = move || match code {
        Some(code) => words::error(code, language::of(i18n.get_locale())).title,
        None => t_string!(i18n, ui.offline_title),
    };
    let detail = move || match code {
        Some(code) => words::error(code, language::of(i18n.get_locale())).detail,
        None => t_string!(i18n, ui.offline_detail),
    };
    let reference = match &failed {
        Failed::Refused(problem) if problem.status >= 500 => Some(problem.instance.clone()),
        Failed::Refused(_) | Failed::Unreachable => None,
    };
    view! {
        <div class="notice danger" role="alert">
            {Icon::Warning.draw()}
            <div>
                <p class="strong">{title}</p>
                <p class="notice-text">{detail}</p>
                {reference.map(|reference| view! { <Reference reference /> })}
            </div>
        </div>
    }
}

/// A page or a list that could not be loaded, with a way to try again.
#[component]
pub fn LoadFailed(failed: Failed, on_retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="empty">
            <FailureNote failed />
            <div class="row"><Button on:click=move |_| on_retry.run(())>{t!(i18n, ui.retry)}</Button></div>
        </div>
    }
}

/// The failure of a change, when there is one.
#[component]
pub fn ChangeFailed(change: Change) -> impl IntoView {
    move || change.failed.get().map(|failed| view! { <FailureNote failed /> })
}

#[component]
fn Reference(reference: String) -> impl IntoView {
    let i18n = use_i18n();
    let copied = RwSignal::new(false);
    let name = Signal::derive(move || {
        if copied.get() { t_string!(i18n, ui.copied).to_owned() } else { t_string!(i18n, ui.copy_reference).to_owned() }
    });
    let text = reference.clone();
    view! {
        <p class="notice-reference">
            {t!(i18n, ui.reference)} <code>{reference}</code>
            <IconButton icon=Icon::Copy small=true label=name on:click=move |_| {
                copy(&text);
                copied.set(true);
            } />
        </p>
    }
}

/// Put a text on the clipboard. Where the browser does not allow it, the text can still be selected.
pub fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

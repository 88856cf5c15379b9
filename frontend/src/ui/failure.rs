//! What went wrong, in words, with a reference to copy.

use crate::{
    api::Failed,
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    language,
    remote::Change,
    ui::{
        button::{Button, IconButton},
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{graph::GraphTrouble, words};

/// A failure as a notice in the page.
#[component]
pub fn FailureNote(failed: Failed) -> impl IntoView {
    let i18n = use_i18n();
    let code = failed.code();
    let title = move || match code {
        Some(code) => words::error(code, language::of(i18n.get_locale())).title,
        None => t_string!(i18n, ui.offline_title),
    };
    let about = match &failed {
        Failed::Refused(problem) => problem.about.clone(),
        Failed::Unreachable => None,
    };
    let detail = move || match code {
        Some(code) => words::detail(code, about.as_deref(), language::of(i18n.get_locale())),
        None => t_string!(i18n, ui.offline_detail).to_owned(),
    };
    let trouble = match &failed {
        Failed::Refused(problem) => problem.whatsapp.clone(),
        Failed::Unreachable => None,
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
                {trouble.map(|trouble| view! { <GraphNote trouble /> })}
                {reference.map(|reference| view! { <Reference reference /> })}
            </div>
        </div>
    }
}

/// What WhatsApp refused, what to do about it, and when.
#[component]
pub fn GraphNote(trouble: GraphTrouble) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let GraphTrouble { reason, code, detail, trace, retry_at } = trouble;
    let words = move || words::graph(reason, language::of(i18n.get_locale()));
    let reference = [code.map(|code| code.to_string()), trace].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <div class="graph-note">
            <p class="strong">{move || words().title}</p>
            <p>{move || words().detail}</p>
            {retry_at.map(|at| view! {
                <p class="notice-text">{move || t_string!(i18n, ui.whatsapp_retry_at, time = writer.with(|writer| writer.time(at, Style::DateTime))).to_string()}</p>
            })}
            {detail.map(|detail| view! {
                <p class="notice-text">{t!(i18n, ui.whatsapp_says)}" "<q lang="en">{detail}</q></p>
            })}
            {(!reference.is_empty()).then(|| view! { <Reference reference /> })}
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

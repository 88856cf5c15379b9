//! The fields of one entry, each from what to what.

use super::{
    model::{self, Difference},
    words,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
};
use leptos::prelude::*;
use types::audit_log::AuditChange;

/// Values of a list that are shown at once; the others open.
const SHOWN: usize = 6;

#[component]
pub fn Changes(changes: Vec<AuditChange>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    move || {
        let locale = i18n.get_locale();
        let lines = changes.iter().map(|change| {
            let say = |value: &serde_json::Value| words::value(locale, &writer.get(), &change.field, value);
            let field = words::field(locale, &change.field);
            view! { <li><span class="muted">{field}":"</span>" "<Shown difference=model::difference(change, &say) /></li> }
        });
        view! { <ul class="audit-changes">{lines.collect_view()}</ul> }
    }
}

#[component]
fn Shown(difference: Difference) -> impl IntoView {
    let i18n = use_i18n();
    match difference {
        Difference::Touched => view! { <span>{t!(i18n, audit_log.touched)}</span> }.into_any(),
        Difference::Set { from: None, to: Some(to) } => view! { <ins>{to}</ins> }.into_any(),
        Difference::Set { from, to } => {
            let nothing = move || t_string!(i18n, audit_log.nothing).to_owned();
            let (from, to) = (from.unwrap_or_else(nothing), to.unwrap_or_else(nothing));
            view! {
                <span class="visually-hidden">{t!(i18n, audit_log.before)}" "</span><del>{from}</del>
                <span aria-hidden="true">" → "</span>
                <span class="visually-hidden">" "{t!(i18n, audit_log.after)}" "</span><ins>{to}</ins>
            }
            .into_any()
        }
        Difference::List { added, removed } => view! {
            {(!added.is_empty()).then(|| view! {
                <span class="visually-hidden">{t!(i18n, audit_log.added)}" "</span><span aria-hidden="true">"+ "</span>
                <ins><Values values=added /></ins>" "
            })}
            {(!removed.is_empty()).then(|| view! {
                <span class="visually-hidden">{t!(i18n, audit_log.removed)}" "</span><span aria-hidden="true">"− "</span>
                <del><Values values=removed /></del>
            })}
        }
        .into_any(),
    }
}

#[component]
fn Values(values: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let rest = values.get(SHOWN..).unwrap_or_default().to_vec();
    let first = values.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    let count = rest.len();
    view! {
        {first}
        {(count > 0).then(|| view! {
            <details class="audit-more">
                <summary>{move || t_string!(i18n, audit_log.more_values, count = count).to_string()}</summary>
                {rest.join(", ")}
            </details>
        })}
    }
}

//! The label above an editor of many: the reference number's name, and how many numbers are edited after it.

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{icon::Icon, state::Skeleton},
};
use leptos::prelude::*;
use types::numbers::NumberRef;

#[component]
pub fn EditingLabel(
    reference: Option<NumberRef>,
    /// None while they are looked up.
    #[prop(into)]
    numbers: Signal<Option<Vec<NumberRef>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        numbers.with(|numbers| match numbers.as_ref().map(Vec::len) {
            Some(1) => t_string!(i18n, settings_changes.editing_one).to_owned(),
            Some(count) => t_string!(i18n, settings_changes.editing, count = count).to_string(),
            None => "…".to_owned(),
        })
    };
    let (name, phone) = reference.map(|number| (number.name, number.phone)).unzip();
    let has_reference = name.is_some();
    view! {
        <section class="card editing-label">
            <div class="row">
                <span class="badge accent" title=phone>
                    {Icon::Phone.draw()}
                    {name}
                    {(!has_reference).then_some(t!(i18n, settings_changes.without_reference))}
                </span>
                <span class="strong" role="status">{words}</span>
            </div>
            <details>
                <summary>{t!(i18n, settings_changes.editing_show)}</summary>
                {move || match numbers.get() {
                    Some(all) => view! {
                        <ul class="editing-numbers" tabindex="0" aria-label=move || t_string!(i18n, settings_changes.numbers)>
                            {all.into_iter().map(|number| view! {
                                <li><span>{number.name}</span>" "<span class="muted small numeric">{number.phone}</span></li>
                            }).collect_view()}
                        </ul>
                    }.into_any(),
                    None => view! { <Skeleton lines=2 /> }.into_any(),
                }}
            </details>
        </section>
    }
}

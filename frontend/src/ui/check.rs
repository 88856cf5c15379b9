//! A box to tick, with a line that says what it does.

use crate::ui::field::fresh_id;
use leptos::prelude::*;

#[component]
pub fn Check(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<bool>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let below = fresh_id("check");
    let described_by = hint.map(|_| below.clone());
    view! {
        <div class="check-field">
            <label class="check">
                <input type="checkbox" prop:checked=value disabled=disabled aria-describedby=described_by
                    on:change:target=move |event| value.set(event.target().checked()) />
                <span>{label}</span>
            </label>
            {hint.map(|hint| view! { <p id=below class="field-hint">{hint}</p> })}
        </div>
    }
}

/// One of a few, each on a card with a sentence.
#[component]
pub fn RadioCards<K: Copy + PartialEq + Send + Sync + 'static>(
    #[prop(into)] legend: Signal<String>,
    value: RwSignal<K>,
    /// Key, words and sentence of each.
    #[prop(into)]
    cards: Signal<Vec<(K, String, String)>>,
) -> impl IntoView {
    let name = fresh_id("radio");
    view! {
        <fieldset class="radio-cards">
            <legend class="field-label">{legend}</legend>
            {move || cards.get().into_iter().map(|(key, words, sentence)| view! {
                <label class="radio-card">
                    <input type="radio" name=name.clone() prop:checked=move || value.get() == key on:change=move |_| value.set(key) />
                    <span><span class="strong">{words}</span><span class="muted small">{sentence}</span></span>
                </label>
            }).collect_view()}
        </fieldset>
    }
}

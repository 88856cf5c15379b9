//! A field for six digits, with the keyboard of a phone and the code of an SMS.

use super::model;
use crate::ui::{field::fresh_id, icon::Icon};
use leptos::{html, prelude::*};

#[component]
pub fn DigitsField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    autocomplete: &'static str,
    #[prop(into)] hint: Signal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id("digits");
    let below = format!("{id}-below");
    let node = NodeRef::<html::Input>::new();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input node_ref=node class="input digits" id=id type="text" inputmode="numeric" autocomplete=autocomplete
                prop:value=value aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| {
                    let digits = model::digits(&event.target().value());
                    value.set(digits.clone());
                    // What is no digit does not stay in the field, even where the value is the same as before.
                    if let Some(input) = node.get_untracked() {
                        input.set_value(&digits);
                    }
                } />
            <div id=below>
                {move || match error.get() {
                    Some(error) => view! { <p class="field-error">{Icon::Warning.draw()}{error}</p> }.into_any(),
                    None => view! { <p class="field-hint">{hint}</p> }.into_any(),
                }}
            </div>
        </div>
    }
}

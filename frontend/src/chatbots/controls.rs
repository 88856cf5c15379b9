//! The controls of the editor: each shows and writes one part of the document, with its fault below.

use super::editing::{Editing, Part};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{field::fresh_id, icon::Icon},
};
use leptos::prelude::*;
use types::settings_changes::SettingsField;

/// One field of the settings with its heading; where many numbers are edited, with the box that applies it.
#[component]
pub fn Section(
    field: SettingsField,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let id = fresh_id("section");
    let named_by = id.clone();
    let apply = editing.applied.map(|applied| {
        let on = move || applied.with(|applied| applied.contains(&field));
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=on aria-label=move || format!("{}: {}", t_string!(i18n, chatbots.apply), title.get())
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        applied.update(|applied| if on { applied.insert(field); } else { applied.remove(&field); });
                    } />
                <span>{t!(i18n, chatbots.apply)}</span>
            </label>
        }
    });
    let skipped = move || editing.applied.is_some_and(|applied| applied.with(|applied| !applied.contains(&field)));
    view! {
        <section class="card bot-section" class:skipped=skipped aria-labelledby=named_by>
            <div class="card-head">
                <div>
                    <h2 id=id>{title}</h2>
                    {hint.map(|hint| view! { <p class="small">{hint}</p> })}
                </div>
                {apply}
            </div>
            <div class="card-body">{children()}</div>
        </section>
    }
}

/// A switch.
#[component]
pub fn Toggle(
    #[prop(into)] label: Signal<String>,
    part: Part<bool>,
    /// Where the fault of what it switches is shown when nothing else shows it.
    #[prop(into)]
    pointer: String,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let editing = Editing::use_here();
    let below = fresh_id("switch");
    let (whole, switch) = (editing.fault(pointer.clone()), editing.fault(format!("{pointer}/on")));
    let error = Signal::derive(move || whole.get().or_else(|| switch.get()));
    view! {
        <div class="field">
            <label class="check switch">
                <input type="checkbox" role="switch" data-pointer=pointer prop:checked=part.value aria-describedby=below.clone()
                    disabled=disabled on:change:target=move |event| part.set(event.target().checked()) />
                <span class="strong">{label}</span>
            </label>
            <Below id=below hint error />
        </div>
    }
}

/// A line of text with its count.
#[component]
pub fn Line(
    #[prop(into)] label: Signal<String>,
    part: Part<String>,
    #[prop(into)] pointer: String,
    max: usize,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(optional, into)] hint: Signal<Option<String>>,
) -> impl IntoView {
    let editing = Editing::use_here();
    let id = fresh_id("line");
    let below = format!("{id}-below");
    let error = editing.fault_within(pointer.clone());
    let count = move || part.value.with(|text| text.chars().count());
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                <span>{label}</span>
                <Count count=Signal::derive(count) max=Signal::derive(move || max) />
            </label>
            <input class="input" id=id type=kind autocomplete="off" placeholder=placeholder prop:value=part.value data-pointer=pointer
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| part.set(event.target().value()) />
            <Below id=below hint error />
        </div>
    }
}

/// One of several.
#[component]
pub fn Pick(
    #[prop(into)] label: Signal<String>,
    part: Part<String>,
    #[prop(into)] pointer: String,
    /// Value and words of each choice.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] hint: Signal<Option<String>>,
) -> impl IntoView {
    let editing = Editing::use_here();
    let id = fresh_id("pick");
    let below = format!("{id}-below");
    let error = editing.fault(pointer.clone());
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <select class="input" id=id data-pointer=pointer aria-describedby=below.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change:target=move |event| part.set(event.target().value())>
                {move || choices.get().into_iter().map(|(key, words)| {
                    let own = key.clone();
                    let chosen = Signal::derive(move || part.value.with(|value| *value == own));
                    view! { <option value=key selected=chosen prop:selected=chosen>{words}</option> }
                }).collect_view()}
            </select>
            <Below id=below hint error />
        </div>
    }
}

/// A whole figure. What is no figure is none of those allowed, and its fault says so.
#[component]
pub fn Figure(
    #[prop(into)] label: Signal<String>,
    part: Part<u32>,
    #[prop(into)] pointer: String,
    min: u32,
    #[prop(into)] max: Signal<u32>,
) -> impl IntoView {
    let editing = Editing::use_here();
    let id = fresh_id("figure");
    let below = format!("{id}-below");
    let error = editing.fault_within(pointer.clone());
    let typed = RwSignal::new(part.value.get_untracked().to_string());
    Effect::new(move || {
        let now = part.get();
        if typed.with_untracked(|typed| typed.trim().parse().unwrap_or(0) != now) {
            typed.set(now.to_string());
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <input class="input numeric" id=id type="number" inputmode="numeric" min=min max=max prop:value=typed data-pointer=pointer
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    part.set(typed.with_untracked(|typed| typed.trim().parse().unwrap_or(0)));
                } />
            <Below id=below error />
        </div>
    }
}

/// What is wrong with a list as a whole, where no control of its own shows it. It takes the focus.
#[component]
pub fn Faulty(#[prop(into)] pointer: String, #[prop(optional)] within: bool) -> impl IntoView {
    let editing = Editing::use_here();
    let error = if within { editing.fault_within(pointer.clone()) } else { editing.fault(pointer.clone()) };
    view! {
        <div data-pointer=pointer tabindex="-1" class="bot-fault">
            {move || error.get().map(|error| view! { <p class="field-error">{Icon::Warning.draw()}{error}</p> })}
        </div>
    }
}

/// How much of a text is written.
#[component]
pub fn Count(count: Signal<usize>, max: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let over = move || count.get() > max.get();
    view! {
        <span class="field-count" class:over=over>
            <span aria-hidden="true">{count}" / "{max}</span>
            <span class="visually-hidden">{move || t_string!(i18n, ui.left, count = count.get(), max = max.get())}</span>
        </span>
    }
}

#[component]
pub fn Below(
    id: String,
    #[prop(optional)] hint: Signal<Option<String>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div id=id>
            {move || match error.get() {
                Some(error) => Some(view! { <p class="field-error">{Icon::Warning.draw()}{error}</p> }.into_any()),
                None => hint.get().map(|hint| view! { <p class="field-hint">{hint}</p> }.into_any()),
            }}
        </div>
    }
}

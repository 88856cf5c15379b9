//! Fields of a form: label, control, hint, count and error, tied together for those who do not see them.

use crate::{
    i18n::{t_string, use_i18n},
    ui::icon::Icon,
};
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::JsCast;

/// An id no other element of the page has.
pub fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Characters at most, counted while typing.
    #[prop(optional)]
    max: Option<u64>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let node = NodeRef::<leptos::html::Input>::new();
    if autofocus {
        node.on_load(|input| {
            // The browser may refuse to move the focus; the field is usable all the same.
            let _ = input.focus();
        });
    }
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                <span>{label}</span>
                {max.map(|max| view! { <Count value max /> })}
            </label>
            <input node_ref=node class="input" id=id type=kind autocomplete=autocomplete prop:value=value
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| value.set(event.target().value()) />
            <Below id=below hint error />
        </div>
    }
}

/// A password, which its writer may look at.
#[component]
pub fn PasswordField(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("field");
    let below = format!("{id}-below");
    let shown = RwSignal::new(false);
    let name = move || {
        if shown.get() { t_string!(i18n, sign_in.hide_password) } else { t_string!(i18n, sign_in.show_password) }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-beside">
                <input class="input" id=id type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete prop:value=value
                    aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                    on:input:target=move |event| value.set(event.target().value()) />
                <button type="button" class="button quiet icon-only small" aria-label=name title=name
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { Icon::EyeOff.draw() } else { Icon::Eye.draw() }}
                </button>
            </div>
            <Below id=below hint error />
        </div>
    }
}

/// Lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] node: NodeRef<leptos::html::Textarea>,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <textarea node_ref=node class="input" id=id rows=rows prop:value=value
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                on:input:target=move |event| value.set(event.target().value())></textarea>
            <Below id=below hint error />
        </div>
    }
}

/// One of several.
#[component]
pub fn Select(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    /// Value and words of each choice.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id("field");
    let below = format!("{id}-below");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <select class="input" id=id aria-describedby=below.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true") on:change:target=move |event| value.set(event.target().value())>
                {move || choices.get().into_iter().map(|(key, words)| {
                    let own = key.clone();
                    let chosen = Signal::derive(move || value.with(|value| *value == own));
                    // The attribute is what it begins with; once somebody has chosen, only the property moves it.
                    view! { <option value=key selected=chosen prop:selected=chosen>{words}</option> }
                }).collect_view()}
            </select>
            <Below id=below hint error />
        </div>
    }
}

/// A box to search by, without a visible label.
#[component]
pub fn SearchField(#[prop(into)] label: Signal<String>, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="search">
            <span class="visually-hidden">{label}</span>
            {Icon::Search.draw()}
            <input class="input" type="search" placeholder=label prop:value=value autocomplete="off"
                on:input:target=move |event| value.set(event.target().value()) />
        </label>
    }
}

#[component]
fn Count(value: RwSignal<String>, max: u64) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || value.with(|value| value.chars().count());
    let over = move || u64::try_from(count()).is_ok_and(|count| count > max);
    view! {
        <span class="field-count" class:over=over>
            <span aria-hidden="true">{count}" / "{max}</span>
            <span class="visually-hidden">{move || t_string!(i18n, ui.left, count = count(), max = max)}</span>
        </span>
    }
}

#[component]
fn Below(id: String, hint: Option<Signal<String>>, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div id=id>
            {move || match error.get() {
                Some(error) => Some(view! { <p class="field-error">{Icon::Warning.draw()}{error}</p> }.into_any()),
                None => hint.map(|hint| view! { <p class="field-hint">{hint}</p> }.into_any()),
            }}
        </div>
    }
}

/// Go to the first field that is wrong, once it is marked: who saves stands at the foot of a long form.
pub fn focus_first_fault() {
    request_animation_frame(|| {
        let wrong = document().query_selector("form [aria-invalid='true']").ok().flatten();
        if let Some(field) = wrong.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            // The browser may refuse to move the focus; what is wrong is marked all the same.
            let _ = field.focus();
        }
    });
}

/// The sentence for a field that has to be filled, as a signal of its own.
pub fn required_when(missing: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
    let i18n = use_i18n();
    Signal::derive(move || missing().then(|| t_string!(i18n, ui.required).to_owned()))
}

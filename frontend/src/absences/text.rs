//! A text the chatbot says, with its count and buttons that put a variable where the cursor is.

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        button::Button,
        field::{TextArea, fresh_id},
        icon::Icon,
    },
};
use leptos::{html, prelude::*};

const CONTACT: &str = "{{contact.name}}";
const AGENT: &str = "{{agent.name}}";
const NUMBER: &str = "{{number.name}}";
const COMPANY: &str = "{{company}}";

#[component]
pub fn TextWithVariables(
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    /// Characters at most.
    #[prop(into)]
    max: Signal<usize>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = 5)] rows: u32,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let area = NodeRef::<html::Textarea>::new();
    let named = fresh_id("variables");
    let group = named.clone();
    let insert = move |variable: &'static str| {
        let Some(area) = area.get_untracked() else { return };
        let length = u32::try_from(area.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let start = area.selection_start().ok().flatten().unwrap_or(length);
        let end = area.selection_end().ok().flatten().unwrap_or(length);
        // The browser does the insertion, so that its own counting of characters holds.
        if area.set_range_text_with_start_and_end(variable, start, end).is_ok() {
            value.set(area.value());
            let after = start.saturating_add(u32::try_from(variable.len()).unwrap_or(0));
            let _ = area.set_selection_range(after, after);
        }
        let _ = area.focus();
    };
    let count = Signal::derive(move || {
        t_string!(i18n, ui.left, count = value.with(|text| text.chars().count()), max = max.get())
    });
    view! {
        <div class="stack">
            <TextArea label value rows node=area hint=count error />
            <div class="row" role="group" aria-labelledby=group>
                <span id=named class="muted small">{t!(i18n, absences.insert_variable)}</span>
                <Button small=true icon=Icon::Plus disabled on:click=move |_| insert(CONTACT)>{t!(i18n, absences.variable_contact)}</Button>
                <Button small=true icon=Icon::Plus disabled on:click=move |_| insert(AGENT)>{t!(i18n, absences.variable_agent)}</Button>
                <Button small=true icon=Icon::Plus disabled on:click=move |_| insert(NUMBER)>{t!(i18n, absences.variable_number)}</Button>
                <Button small=true icon=Icon::Plus disabled on:click=move |_| insert(COMPANY)>{t!(i18n, absences.variable_company)}</Button>
            </div>
        </div>
    }
}

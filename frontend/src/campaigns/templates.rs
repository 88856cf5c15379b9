//! "Consultar modelos de mensajes disponibles": every template with a preview and its variables.

use crate::{
    api::{self, Query},
    i18n::{Locale, t, td_string, use_i18n},
    remote::Remote,
    ui::{
        button::Button,
        dialog::Dialog,
        failure::copy,
        field::SearchField,
        icon::Icon,
        state::{Empty, Loaded, Tone},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::templates::{self, Template};

#[component]
pub fn TemplatesDialog(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Dialog open wide=true title=say!(i18n, campaigns.templates_title)><List /></Dialog> }
}

#[component]
fn List() -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let remote = Remote::new(|| api::every(|page| api::ask(templates::LIST_TEMPLATES, &[], Query::of(&page))));
    view! {
        <div class="dialog-body">
            <SearchField label=say!(i18n, campaigns.templates_search) value=search />
            <Loaded remote children=Callback::new(move |(all,): (Signal<Vec<Template>>,)| {
                let found = Memo::new(move |_| {
                    let wanted = search.with(|wanted| wanted.trim().to_lowercase());
                    all.with(|all| all.iter().filter(|template| holds(template, &wanted)).cloned().collect::<Vec<_>>())
                });
                view! {
                    <Show when=move || found.with(|found| !found.is_empty()) fallback=move || view! {
                        <Empty icon=Icon::Document title=say!(i18n, campaigns.templates_empty) text=say!(i18n, campaigns.templates_empty_text) />
                    }>
                        <ul class="template-list">
                            <For each=move || found.get() key=|template| template.id children=|template| view! { <Card template /> } />
                        </ul>
                    </Show>
                }.into_any()
            }) />
        </div>
    }
}

#[component]
fn Card(template: Template) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let name = template.name.clone();
    let status = StoredValue::new(template.status.clone());
    let copy_name = move |_| {
        copy(&name);
        toasts.success(untrack(|| crate::i18n::t_string!(i18n, ui.copied)));
    };
    view! {
        <li class="template">
            <div class="template-head">
                <h3><code>{template.name.clone()}</code></h3>
                <span class="badge">{template.language.clone()}</span>
                <span class=format!("badge {}", tone(&template.status).class())>{move || status.with_value(|status| status_words(i18n.get_locale(), status))}</span>
            </div>
            <TemplatePreview template=template.clone() />
            <div class="template-foot">
                <p class="small">
                    {if template.variables.is_empty() {
                        view! { <span class="muted">{t!(i18n, campaigns.no_variables)}</span> }.into_any()
                    } else {
                        view! {
                            <span class="muted">{t!(i18n, campaigns.variables)}": "</span>
                            {template.variables.iter().map(|variable| view! { <code class="variable">{variable.clone()}</code>" " }).collect_view()}
                        }.into_any()
                    }}
                </p>
                <Button small=true icon=Icon::Copy on:click=copy_name>{t!(i18n, campaigns.copy_name)}<span class="visually-hidden">{template.name}</span></Button>
            </div>
        </li>
    }
}

/// The message as its receiver sees it, variables unfilled.
#[component]
pub fn TemplatePreview(template: Template) -> impl IntoView {
    view! {
        <div class="template-preview"><div class="bubble out">
            {template.header.map(|header| view! { <p class="bubble-text strong">{header}</p> })}
            <p class="bubble-text">{template.body}</p>
            {template.footer.map(|footer| view! { <p class="muted small">{footer}</p> })}
            {(!template.buttons.is_empty()).then(|| view! {
                <ul class="bubble-options">{template.buttons.iter().map(|button| view! { <li>{button.clone()}</li> }).collect_view()}</ul>
            })}
        </div></div>
    }
}

/// Whether a template has the text in its name or its body; `wanted` is in lower case.
pub fn holds(template: &Template, wanted: &str) -> bool {
    template.name.to_lowercase().contains(wanted) || template.body.to_lowercase().contains(wanted)
}

/// WhatsApp's word for a template's state in ours; a word that is newer than this page is shown as it came.
pub fn status_words(locale: Locale, status: &str) -> String {
    match status {
        "APPROVED" => td_string!(locale, campaigns.approved).to_owned(),
        "PENDING" => td_string!(locale, campaigns.pending).to_owned(),
        "REJECTED" => td_string!(locale, campaigns.rejected).to_owned(),
        "PAUSED" => td_string!(locale, campaigns.template_paused).to_owned(),
        "DISABLED" => td_string!(locale, campaigns.template_disabled).to_owned(),
        other => other.to_owned(),
    }
}

pub fn tone(status: &str) -> Tone {
    match status {
        "APPROVED" => Tone::Success,
        "PENDING" | "PAUSED" => Tone::Warning,
        "REJECTED" | "DISABLED" => Tone::Danger,
        _ => Tone::Plain,
    }
}

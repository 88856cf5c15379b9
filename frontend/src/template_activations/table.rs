//! Every template of an account, each with its switch.

use super::model::{self, Narrowing};
use crate::{
    campaigns::templates::{TemplatePreview, status_words, tone},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{
        button::{Button, IconButton},
        dialog::Dialog,
        field::{SearchField, Select},
        icon::Icon,
        state::Empty,
        table::TableBox,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{TemplateId, template_activations::NumberTemplate, templates::Template};

/// Templates shown at a time.
const SHOWN: usize = 100;

#[component]
pub fn Templates(
    templates: RwSignal<Vec<NumberTemplate>>,
    inactive: RwSignal<BTreeSet<TemplateId>>,
    may_edit: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let [search, status, category, language] = [(); 4].map(|()| RwSignal::new(String::new()));
    let narrowing = Memo::new(move |_| Narrowing {
        search: search.get(),
        status: status.get(),
        category: category.get(),
        language: language.get(),
    });
    let found = Memo::new(move |_| {
        templates.with(|templates| {
            narrowing.with(|by| model::shown(templates, by).into_iter().cloned().collect::<Vec<Template>>())
        })
    });
    let limit = RwSignal::new(SHOWN);
    Effect::new(move || {
        narrowing.track();
        limit.set(SHOWN);
    });
    let switch_all = move |active: bool| {
        let ids: Vec<TemplateId> = found.with_untracked(|found| found.iter().map(|template| template.id).collect());
        inactive.update(|inactive| {
            for id in ids {
                if active {
                    inactive.remove(&id)
                } else {
                    inactive.insert(id)
                };
            }
        });
    };
    let none = Signal::derive(move || found.with(Vec::is_empty));
    let previewed = RwSignal::new(None::<Template>);
    view! {
        <section class="card" aria-label=move || t_string!(i18n, template_activations.title)>
            <div class="template-filters">
                <SearchField label=say!(i18n, template_activations.search) value=search />
                <Choice label=say!(i18n, template_activations.status) any=say!(i18n, template_activations.any_status)
                    value=status templates of=|template| &template.status words=|locale, word| status_words(locale, word) />
                <Choice label=say!(i18n, template_activations.category) any=say!(i18n, template_activations.any_category)
                    value=category templates of=|template| &template.category words=category_words />
                <Choice label=say!(i18n, template_activations.language) any=say!(i18n, template_activations.any_language)
                    value=language templates of=|template| &template.language words=|_, word| word.to_owned() />
            </div>
            <div class="template-tools">
                <span class="muted" role="status">{move || t_string!(i18n, template_activations.shown, count = found.with(Vec::len)).to_string()}</span>
                <Show when=move || may_edit.get()>
                    <Button small=true disabled=none on:click=move |_| switch_all(true)>{t!(i18n, template_activations.activate_shown)}</Button>
                    <Button small=true disabled=none on:click=move |_| switch_all(false)>{t!(i18n, template_activations.deactivate_shown)}</Button>
                </Show>
            </div>
            <Show when=move || !none.get() fallback=move || view! {
                <Empty icon=Icon::Search title=say!(i18n, template_activations.none_found) text=say!(i18n, template_activations.none_found_text) />
            }>
                <TableBox label=say!(i18n, template_activations.title)>
                    <thead><tr>
                        <th scope="col">{t!(i18n, template_activations.on)}</th>
                        <th scope="col">{t!(i18n, template_activations.template)}</th>
                        <th scope="col">{t!(i18n, template_activations.language)}</th>
                        <th scope="col">{t!(i18n, template_activations.category)}</th>
                        <th scope="col">{t!(i18n, template_activations.status)}</th>
                        <th scope="col"><span class="visually-hidden">{t!(i18n, template_activations.preview)}</span></th>
                    </tr></thead>
                    <tbody>
                        <For each=move || found.with(|found| found.iter().take(limit.get()).cloned().collect::<Vec<_>>())
                            key=|template| (template.id, template.status.clone(), template.synced_at)
                            children=move |template| view! { <Row template inactive may_edit previewed /> } />
                    </tbody>
                </TableBox>
                <Show when=move || { found.with(Vec::len) > limit.get() }>
                    <div class="more"><Button small=true on:click=move |_| limit.update(|limit| *limit += SHOWN)>{t!(i18n, template_activations.more)}</Button></div>
                </Show>
            </Show>
        </section>
        <Preview previewed />
    }
}

/// One of the values that the templates have.
#[component]
fn Choice(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] any: Signal<String>,
    value: RwSignal<String>,
    templates: RwSignal<Vec<NumberTemplate>>,
    of: fn(&Template) -> &str,
    words: fn(Locale, &str) -> String,
) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let mut choices = vec![(String::new(), any.get())];
        let values = templates.with(|templates| model::values(templates, of));
        choices.extend(values.into_iter().map(|value| {
            let words = words(i18n.get_locale(), &value);
            (value, words)
        }));
        choices
    });
    view! { <Select label value choices /> }
}

#[component]
fn Row(
    template: Template,
    inactive: RwSignal<BTreeSet<TemplateId>>,
    may_edit: Memo<bool>,
    previewed: RwSignal<Option<Template>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = template.id;
    let active = Memo::new(move |_| inactive.with(|inactive| !inactive.contains(&id)));
    let Template { name, language, category, status, .. } = template.clone();
    let colour = tone(&status).class();
    let (named, spoken) = (name.clone(), language.clone());
    let label = move || {
        t_string!(i18n, template_activations.switch, name = named.clone(), language = spoken.clone()).to_string()
    };
    let looked = name.clone();
    let look =
        Signal::derive(move || t_string!(i18n, template_activations.preview_named, name = looked.clone()).to_string());
    view! {
        <tr>
            <td>
                <label class="check pick">
                    <input type="checkbox" role="switch" aria-label=label disabled=move || !may_edit.get() prop:checked=active
                        on:change:target=move |event| {
                            let on = event.target().checked();
                            inactive.update(|inactive| { if on { inactive.remove(&id) } else { inactive.insert(id) }; });
                        } />
                    <span aria-hidden="true">{move || if active.get() { t_string!(i18n, template_activations.on) } else { t_string!(i18n, template_activations.off) }}</span>
                </label>
            </td>
            <td class="template-name"><code>{name}</code></td>
            <td>{language}</td>
            <td>{move || category_words(i18n.get_locale(), &category)}</td>
            <td><span class=format!("badge {colour}")>{move || status_words(i18n.get_locale(), &status)}</span></td>
            <td><IconButton icon=Icon::Eye small=true label=look on:click=move |_| previewed.set(Some(template.clone())) /></td>
        </tr>
    }
}

/// The message itself, on demand.
#[component]
fn Preview(previewed: RwSignal<Option<Template>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    Effect::new(move || {
        if previewed.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            previewed.set(None);
        }
    });
    let title = Signal::derive(move || {
        let name = previewed.with(|template| template.as_ref().map(|template| template.name.clone()));
        t_string!(i18n, template_activations.preview_named, name = name.unwrap_or_default()).to_string()
    });
    view! {
        <Dialog open title>
            <div class="dialog-body">{move || previewed.get().map(|template| view! { <TemplatePreview template /> })}</div>
        </Dialog>
    }
}

/// WhatsApp's word for a kind of template in ours; a newer one is shown as it came.
fn category_words(locale: Locale, category: &str) -> String {
    match category {
        "MARKETING" => td_string!(locale, template_activations.category_marketing).to_owned(),
        "UTILITY" => td_string!(locale, template_activations.category_utility).to_owned(),
        "AUTHENTICATION" => td_string!(locale, template_activations.category_authentication).to_owned(),
        other => other.to_owned(),
    }
}

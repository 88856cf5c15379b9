//! Writing to a contact by a template: choose it, fill it, see it, send it.

use super::model::{self, Values, Wrong};
use crate::{
    api::{self, Failed, Query},
    bubble::WhatsappPreview,
    clock,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl::{Style, use_writer},
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        field::{SearchField, TextField, focus_first_fault},
        icon::Icon,
        state::{Empty, Loaded},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use types::{
    ErrorCode, NumberId, Page,
    off_hours_contacts::{self, OffHoursContact, OffHoursMessageInput, OffHoursTemplateFilter},
    templates::Template,
};

/// To whom somebody is about to write.
#[derive(Clone, Copy)]
pub struct Sending {
    open: RwSignal<bool>,
    to: RwSignal<Option<OffHoursContact>>,
}

impl Sending {
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), to: RwSignal::new(None) }
    }

    pub fn ask(self, to: OffHoursContact) {
        self.to.set(Some(to));
        self.open.set(true);
    }
}

#[component]
pub fn SendDialog(sending: Sending, list: Remote<Page<OffHoursContact>>) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || {
        let name = sending.to.with(|to| {
            let contact = &to.as_ref()?.contact;
            contact.name.clone().filter(|name| !name.trim().is_empty()).or_else(|| contact.phone.clone())
        });
        let name = name.unwrap_or_else(|| t_string!(i18n, off_hours_contacts.no_name).to_owned());
        t_string!(i18n, off_hours_contacts.send_to, name = name)
    });
    view! {
        <Dialog open=sending.open title wide=true>
            {move || sending.to.get_untracked().map(|to| view! { <Writing sending to list /> })}
        </Dialog>
    }
}

#[component]
fn Writing(sending: Sending, to: OffHoursContact, list: Remote<Page<OffHoursContact>>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    // Made once: however often it is tried, it is one message.
    let client_id = clock::fresh_id();
    let (id, number) = (to.id, to.number.id);
    // A colleague may write while this is open.
    let current = Memo::new(move |_| {
        let listed = list.value.with(|page| page.as_ref()?.items.iter().find(|other| other.id == id).cloned());
        listed.unwrap_or_else(|| to.clone())
    });
    let chosen = RwSignal::new(None::<Template>);
    let values = RwSignal::new(Values::new());
    let (pressed, confirming) = (RwSignal::new(false), RwSignal::new(false));
    let change = Change::new();
    let wrong = Memo::new(move |_| {
        chosen
            .with(|template| {
                template
                    .as_ref()
                    .filter(|_| pressed.get())
                    .map(|template| values.with(|values| model::wrong(template, values)))
            })
            .unwrap_or_default()
    });
    let send = move || {
        let Some(template) = chosen.get_untracked() else { return };
        pressed.set(true);
        if values.with_untracked(|values| !model::wrong(&template, values).is_empty()) {
            return focus_first_fault();
        }
        let again = confirming.get_untracked();
        if !again && current.with_untracked(|current| current.sent.is_some()) {
            return confirming.set(true);
        }
        let input = OffHoursMessageInput {
            client_id,
            template_id: template.id,
            variables: values.with_untracked(|values| model::variables(&template, values)),
            again,
        };
        let work = async move { api::send(off_hours_contacts::SEND_OFF_HOURS_MESSAGE, &[&id], &input).await };
        change.run(work, move |sent| {
            list.value.update(|page| {
                if let Some(row) = page.iter_mut().flat_map(|page| &mut page.items).find(|row| row.id == id) {
                    *row = sent;
                }
            });
            sending.open.set(false);
            toasts.success(untrack(|| t_string!(i18n, off_hours_contacts.sent_done)));
        });
    };
    // Somebody was quicker: who still wants to write says so.
    let is_repeated = |failed: &Failed| failed.code() == Some(ErrorCode::MessageAlreadySent);
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_repeated)) {
            change.failed.set(None);
            confirming.set(true);
            list.reload();
        }
    });
    let unchosen = Signal::derive(move || chosen.with(Option::is_none));
    view! {
        <form novalidate class="off-hours-send" on:submit=move |event| {
            event.prevent_default();
            send();
        }>
            <div class="dialog-body">
                {move || match chosen.get() {
                    None => view! { <Templates number chosen values /> }.into_any(),
                    Some(template) => view! { <Filling template chosen values wrong change pressed /> }.into_any(),
                }}
                <Repeated current confirming />
                <ChangeFailed change />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| sending.open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true icon=Icon::Send busy=change.busy disabled=unchosen>
                    {move || if confirming.get() { t_string!(i18n, off_hours_contacts.send_again) } else { t_string!(i18n, off_hours_contacts.send) }}
                </Button>
            </div>
        </form>
    }
}

/// Asks before a second message: says who wrote, and when.
#[component]
fn Repeated(current: Memo<OffHoursContact>, confirming: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let details = move || {
        let sent = current.with(|current| current.sent.clone())?;
        let time = writer.with(|writer| writer.time(sent.at, Style::DateTime));
        let who = sent.by.map_or_else(|| t_string!(i18n, off_hours_contacts.sent_by_itself).to_owned(), |by| by.name);
        Some(t_string!(i18n, off_hours_contacts.already_by, name = who, time = time))
    };
    let already = move || confirming.get() || current.with(|current| current.sent.is_some());
    view! {
        <div role="alert">
            <Show when=already>
                <div class="notice warning">{Icon::Warning.draw()}<div>
                    <p class="strong">{t!(i18n, off_hours_contacts.already)}</p>
                    <p class="notice-text">{details}" "{move || confirming.get().then(|| t_string!(i18n, off_hours_contacts.already_ask))}</p>
                </div></div>
            </Show>
        </div>
    }
}

/// The templates that can be sent from the number.
#[component]
fn Templates(number: NumberId, chosen: RwSignal<Option<Template>>, values: RwSignal<Values>) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let filter = OffHoursTemplateFilter { number_id: number };
    let remote = Remote::new(move || {
        api::every(move |page| {
            api::ask(off_hours_contacts::LIST_OFF_HOURS_TEMPLATES, &[], Query::of(&filter).and(&page))
        })
    });
    view! {
        <p>{t!(i18n, off_hours_contacts.choose_template)}</p>
        <SearchField label=say!(i18n, off_hours_contacts.template_search) value=search />
        <Loaded remote lines=6 children=Callback::new(move |(all,): (Signal<Vec<Template>>,)| {
            let found = Memo::new(move |_| all.with(|all| search.with(|wanted| model::found(all, wanted))));
            view! {
                <Show when=move || found.with(|found| !found.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Document title=say!(i18n, off_hours_contacts.templates_none) text=say!(i18n, off_hours_contacts.templates_none_text) />
                }>
                    <ul class="off-hours-templates">
                        <For each=move || found.get() key=|template| (template.id, template.body.clone()) children=move |template| {
                            let (name, taken) = (template.name.clone(), template.clone());
                            view! {
                                <li>
                                    <div>
                                        <p><code>{template.name}</code>" "<span class="badge">{template.language}</span></p>
                                        <p class="muted small off-hours-body">{template.body}</p>
                                    </div>
                                    <Button small=true on:click=move |_| {
                                        values.set(Values::new());
                                        chosen.set(Some(taken.clone()));
                                    }>{t!(i18n, off_hours_contacts.choose)}<span class="visually-hidden">" "{name}</span></Button>
                                </li>
                            }
                        } />
                    </ul>
                </Show>
            }.into_any()
        }) />
    }
}

/// The template's variables, each with its field, beside the message they make.
#[component]
fn Filling(
    template: Template,
    chosen: RwSignal<Option<Template>>,
    values: RwSignal<Values>,
    wrong: Memo<BTreeMap<String, Wrong>>,
    change: Change,
    pressed: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let variables = template.variables.clone();
    let none = variables.is_empty();
    let (shown, named) = (StoredValue::new(template.clone()), template.name.clone());
    let message =
        Signal::derive(move || shown.with_value(|template| values.with(|values| model::preview(template, values))));
    let back = move |_| {
        pressed.set(false);
        change.failed.set(None);
        chosen.set(None);
    };
    view! {
        <div class="off-hours-filling">
            <div class="stack">
                <div class="row">
                    <p class="strong"><code>{named}</code></p>
                    <Button small=true icon=Icon::Back on:click=back>{t!(i18n, off_hours_contacts.choose_other)}</Button>
                </div>
                {none.then(|| view! { <p class="muted">{t!(i18n, campaigns.no_variables)}</p> })}
                {variables.into_iter().enumerate().map(|(place, name)| {
                    let media = model::is_media(&template, &name);
                    view! { <Variable name place media values wrong change /> }
                }).collect_view()}
            </div>
            <WhatsappPreview message label=say!(i18n, off_hours_contacts.preview) nothing=say!(i18n, off_hours_contacts.preview) />
        </div>
    }
}

#[component]
fn Variable(
    name: String,
    place: usize,
    /// It is the address of a picture, a video or a document.
    media: bool,
    values: RwSignal<Values>,
    wrong: Memo<BTreeMap<String, Wrong>>,
    change: Change,
) -> impl IntoView {
    let i18n = use_i18n();
    let value = RwSignal::new(values.with_untracked(|values| values.get(&name).cloned()).unwrap_or_default());
    let (key, own) = (name.clone(), name.clone());
    Effect::new(move || {
        let typed = value.get();
        values.update(|values| {
            values.insert(key.clone(), typed);
        });
    });
    let label = Signal::derive(move || label(i18n.get_locale(), &name, media));
    let error = Signal::derive(move || {
        let mistake = wrong.with(|wrong| wrong.get(&own).copied());
        let own = mistake.map(|mistake| match mistake {
            Wrong::Missing => t_string!(i18n, ui.required),
            Wrong::TooLong => t_string!(i18n, off_hours_contacts.too_long),
            Wrong::NotALink => t_string!(i18n, off_hours_contacts.not_a_link),
        });
        own.map(ToOwned::to_owned).or_else(|| {
            change.failed.with(|failed| match failed {
                Some(Failed::Refused(problem)) => model::refused(&problem.errors, place),
                Some(Failed::Unreachable) | None => None,
            })
        })
    });
    let kind = if media { "url" } else { "text" };
    view! { <TextField label value kind autocomplete="off" error /> }
}

/// A variable by where it stands, as its text shows it.
fn label(locale: Locale, name: &str, media: bool) -> String {
    if media {
        return td_string!(locale, off_hours_contacts.variable_media).to_owned();
    }
    let braces = format!("{{{{{}}}}}", model::short(name));
    match name.split_once('.') {
        Some(("header", _)) => td_string!(locale, off_hours_contacts.variable_header, name = braces),
        Some(("body", _)) => td_string!(locale, off_hours_contacts.variable_body, name = braces),
        Some(("button", _)) => td_string!(locale, off_hours_contacts.variable_button, name = braces),
        Some(_) | None => braces,
    }
}

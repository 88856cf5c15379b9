//! The changes that were made, the latest first, each with its undoing.

use super::{model, undo::UndoDialog, words};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::reload_on,
    remote::Remote,
    session::Session,
    ui::{
        button::Button,
        icon::Icon,
        more::More,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use types::{
    Endpoint, Page, PageQuery, Permission,
    audit_log::AuditSubject,
    chatbots,
    settings_changes::{self, SettingsChange, SettingsUndo},
};

/// Where changes of a kind are listed and undone.
#[derive(Clone, Copy)]
pub struct Past {
    list: Endpoint<(), Page<SettingsChange>>,
    pub undo: Endpoint<SettingsUndo, SettingsChange>,
    /// Who may undo.
    edit: Permission,
    subjects: &'static [AuditSubject],
}

/// Many chatbots edited at once (S3).
pub const CHATBOT_CHANGES: Past = Past {
    list: chatbots::LIST_CHATBOT_CHANGES,
    undo: chatbots::UNDO_CHATBOT_CHANGE,
    edit: Permission::EditChatbots,
    subjects: &[AuditSubject::Chatbot],
};
/// Settings copied from one number to others (S5).
pub const SETTINGS_COPIES: Past = Past {
    list: settings_changes::LIST_SETTINGS_COPIES,
    undo: settings_changes::UNDO_SETTINGS_COPY,
    edit: Permission::EditSettingsCopies,
    subjects: &[AuditSubject::SettingsCopy],
};

/// Names of numbers that fit in a row.
const NAMES: usize = 3;

#[component]
pub fn PastChanges(
    past: Past,
    #[prop(into)] label: Signal<String>,
    /// Says what will be here one day.
    #[prop(into)]
    none: Signal<String>,
    /// Counts the changes that this page makes.
    made: RwSignal<u32>,
    /// Gets a change that was undone here.
    #[prop(optional)]
    on_undone: Option<Callback<(SettingsChange,)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ask = move |page: PageQuery| api::ask(past.list, &[], Query::of(&page));
    let shown = StoredValue::new(0_usize);
    let list = Remote::new(move || {
        made.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || shown.set_value(list.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    reload_on(past.subjects, list);
    let (undoing, open) = (RwSignal::new(None::<SettingsChange>), RwSignal::new(false));
    let undo = Callback::new(move |(change,): (SettingsChange,)| {
        undoing.set(Some(change));
        open.set(true);
    });
    view! {
        <Loaded remote=list lines=3 children=Callback::new(move |(page,): (Signal<Page<SettingsChange>>,)| view! {
            <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                <Empty icon=Icon::Clock title=say!(i18n, settings_changes.past_none) text=none />
            }>
                <Table past page label undo />
                <More remote=list ask />
            </Show>
        }.into_any()) />
        <UndoDialog past undoing open on_done=Callback::new(move |(undone,)| {
            list.reload();
            if let Some(on_undone) = on_undone {
                on_undone.run((undone,));
            }
        }) />
    }
}

#[component]
fn Table(
    past: Past,
    page: Signal<Page<SettingsChange>>,
    label: Signal<String>,
    undo: Callback<(SettingsChange,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_undo = Memo::new(move |_| session.can(past.edit));
    view! {
        <TableBox label>
            <thead><tr>
                <th scope="col">{t!(i18n, settings_changes.when)}</th>
                <th scope="col">{t!(i18n, settings_changes.who)}</th>
                <th scope="col">{t!(i18n, settings_changes.reference)}</th>
                <th scope="col">{t!(i18n, settings_changes.what)}</th>
                <th scope="col">{t!(i18n, settings_changes.numbers)}</th>
                <th scope="col">{t!(i18n, settings_changes.state)}</th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|change| (change.id, change.undone_at, change.kept)
                    children=move |change| view! { <Line change may_undo undo /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Line(change: SettingsChange, may_undo: Memo<bool>, undo: Callback<(SettingsChange,)>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let asked = StoredValue::new(change.clone());
    let SettingsChange { at, by, reference, fields, numbers, number_names, undone_at, undone_by, kept, .. } = change;
    let time = move || writer.with(|writer| writer.time(at, Style::DateTime));
    let (first, more) = model::shortened(&number_names, numbers, NAMES);
    let all = number_names.join(", ");
    let reference_name = move || {
        reference.clone().map_or_else(|| t_string!(i18n, settings_changes.without_reference).to_owned(), |one| one.name)
    };
    let undone_by = undone_by.map(|member| member.name).unwrap_or_default();
    let undone = move || {
        undone_at.map(|at| {
            let time = writer.with(|writer| writer.time(at, Style::DateTime));
            t_string!(i18n, settings_changes.undone_by, name = undone_by.clone(), time = time).to_string()
        })
    };
    view! {
        <tr>
            <td class="nowrap">{time}</td>
            <td>{by.name}</td>
            <td>{reference_name}</td>
            <td class="past-fields">{move || words::fields(i18n.get_locale(), &fields)}</td>
            <td>
                <span class="strong numeric">{move || writer.with(|writer| writer.count(numbers))}</span>
                <p class="muted small" title=all>
                    {first}" "
                    {(more > 0).then(|| view! { <span>{move || t_string!(i18n, settings_changes.names_more, count = more).to_string()}</span> })}
                </p>
            </td>
            <td>
                {if undone_at.is_some() {
                    view! {
                        <span class="badge">{t!(i18n, settings_changes.undone)}</span>
                        <p class="muted small">{undone}</p>
                        {(kept > 0).then(|| view! { <p class="small">{move || kept_words(i18n, kept)}</p> })}
                    }.into_any()
                } else {
                    view! {
                        <Show when=move || may_undo.get() fallback=move || view! { <span class="badge success">{t!(i18n, settings_changes.applied)}</span> }>
                            <Button small=true icon=Icon::Undo on:click=move |_| undo.run((asked.get_value(),))>
                                {t!(i18n, settings_changes.undo)}<span class="visually-hidden">" · "{time}</span>
                            </Button>
                        </Show>
                    }.into_any()
                }}
            </td>
        </tr>
    }
}

/// How many numbers an undoing left alone.
pub fn kept_words(i18n: leptos_i18n::I18nContext<crate::i18n::Locale>, kept: u64) -> String {
    match kept {
        1 => t_string!(i18n, settings_changes.kept_one).to_owned(),
        count => t_string!(i18n, settings_changes.kept, count = count).to_string(),
    }
}

/// A change just made: what it did, and the way back.
#[component]
pub fn Applied(
    past: Past,
    change: SettingsChange,
    /// The way on.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let change = RwSignal::new(change);
    let (undoing, open) = (RwSignal::new(None::<SettingsChange>), RwSignal::new(false));
    let words = move || {
        change.with(|change| {
            if change.undone_at.is_some() {
                return t_string!(i18n, settings_changes.done_undone).to_owned();
            }
            let names = names(i18n, change);
            match change.numbers {
                1 => t_string!(i18n, settings_changes.done_one, names = names).to_string(),
                count => t_string!(i18n, settings_changes.done, count = count, names = names).to_string(),
            }
        })
    };
    let undo = move |_| {
        undoing.set(Some(change.get_untracked()));
        open.set(true);
    };
    view! {
        <section class="card">
            <div class="card-body">
                <div class="notice success" role="status">
                    {Icon::Check.draw()}
                    <div>
                        <p class="strong">{t!(i18n, settings_changes.done_title)}</p>
                        <p>{words}</p>
                        {move || change.with(|change| (change.kept > 0).then(|| kept_words(i18n, change.kept))).map(|words| view! { <p>{words}</p> })}
                    </div>
                </div>
                <div class="row">
                    <Show when=move || change.with(|change| change.undone_at.is_none())>
                        <Button icon=Icon::Undo on:click=undo>{t!(i18n, settings_changes.undo)}</Button>
                    </Show>
                    {children()}
                </div>
            </div>
        </section>
        <UndoDialog past undoing open on_done=Callback::new(move |(undone,)| change.set(undone)) />
    }
}

/// The first names of a change's numbers, and how many more there are.
pub fn names(i18n: leptos_i18n::I18nContext<crate::i18n::Locale>, change: &SettingsChange) -> String {
    let (first, more) = model::shortened(&change.number_names, change.numbers, change.number_names.len());
    if more == 0 {
        return first;
    }
    format!("{first} {}", t_string!(i18n, settings_changes.names_more, count = more))
}

//! Numbers chosen in a table, and groups beside them: the boxes of the rows, and the bar that says what is chosen.

use super::model::{self, Choice};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::Remote,
    ui::{
        button::{Button, IconButton, Kind},
        choices::{Choice as Item, Choices},
        dialog::Dialog,
        field::{SearchField, Select},
        icon::Icon,
        state::Loaded,
    },
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use types::{
    GroupId,
    audit_log::AuditSubject,
    numbers::{self, NumberGroup, NumberRef},
};

/// What is chosen on a page.
pub type Selection = RwSignal<Choice>;

/// The groups above the numbers in reach.
pub fn groups() -> Remote<Vec<NumberGroup>> {
    let groups = Remote::new(|| api::every(|page| api::ask(numbers::LIST_NUMBER_GROUPS, &[], Query::of(&page))));
    reload_on(&[AuditSubject::Group, AuditSubject::Number], groups);
    groups
}

/// Search and group above a table of numbers.
#[component]
pub fn Filters(search: RwSignal<String>, group: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let groups = groups();
    let choices = Signal::derive(move || {
        let mut choices = vec![(String::new(), t_string!(i18n, settings_changes.all_groups).to_owned())];
        groups.value.with(|groups| {
            choices.extend(groups.iter().flatten().map(|group| (group.id.to_string(), group.name.clone())));
        });
        choices
    });
    view! {
        <div class="number-filters">
            <SearchField label=say!(i18n, settings_changes.search) value=search />
            <Select label=say!(i18n, settings_changes.group) value=group choices />
        </div>
    }
}

/// The box in the head of a table: all that are shown, or none of them.
#[component]
pub fn SelectPage(selection: Selection, #[prop(into)] numbers: Signal<Vec<NumberRef>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| numbers.with(|numbers| selection.with(|choice| model::all_chosen(choice, numbers))));
    let some = Memo::new(move |_| {
        let any =
            |choice: &Choice| numbers.with(|numbers| numbers.iter().any(|one| choice.numbers.contains_key(&one.id)));
        !all.get() && selection.with(any)
    });
    view! {
        <label class="check pick">
            <input type="checkbox" aria-label=move || t_string!(i18n, settings_changes.select_page)
                prop:checked=all prop:indeterminate=some on:change:target=move |event| {
                    let on = event.target().checked();
                    let shown = numbers.get_untracked();
                    selection.update(|choice| for number in shown {
                        if on { choice.numbers.insert(number.id, number); } else { choice.numbers.remove(&number.id); }
                    });
                } />
        </label>
    }
}

/// The box of a row.
#[component]
pub fn SelectRow(selection: Selection, number: NumberRef, #[prop(optional)] disabled: bool) -> impl IntoView {
    let i18n = use_i18n();
    let id = number.id;
    let name = number.name.clone();
    let label = move || t_string!(i18n, settings_changes.select, name = name.clone()).to_string();
    view! {
        <label class="check pick">
            <input type="checkbox" disabled=disabled aria-label=label prop:checked=move || selection.with(|choice| choice.numbers.contains_key(&id))
                on:change:target=move |event| {
                    let on = event.target().checked();
                    let number = number.clone();
                    selection.update(|choice| if on { choice.numbers.insert(id, number); } else { choice.numbers.remove(&id); });
                } />
        </label>
    }
}

/// What is chosen, and what can be done with it.
#[component]
pub fn SelectionBar(selection: Selection, on_edit: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let adding = RwSignal::new(false);
    let count = Memo::new(move |_| selection.with(|choice| choice.numbers.len()));
    let groups = Memo::new(move |_| {
        selection.with(|choice| choice.groups.iter().map(|(id, name)| (*id, name.clone())).collect::<Vec<_>>())
    });
    let empty = Memo::new(move |_| selection.with(Choice::is_empty));
    let words = move || match (count.get(), groups.with(Vec::is_empty)) {
        (0, false) => t_string!(i18n, settings_changes.selected_only_groups).to_owned(),
        (1, _) => t_string!(i18n, settings_changes.selected_one).to_owned(),
        (count, _) => t_string!(i18n, settings_changes.selected, count = count).to_string(),
    };
    view! {
        <div class="selection-bar" role="group" aria-label=move || t_string!(i18n, settings_changes.selection)>
            <div class="selection-words">
                <span class="strong" role="status">{words}</span>
                {move || (count.get() > 0 && groups.with(|groups| !groups.is_empty())).then(|| view! { <span>{t!(i18n, settings_changes.selected_groups)}</span> })}
                <For each=move || groups.get() key=Clone::clone children=move |(id, name)| {
                    let label = name.clone();
                    view! {
                        <span class="badge accent">
                            {Icon::Group.draw()}{name}
                            <IconButton icon=Icon::Close small=true
                                label=Signal::derive(move || t_string!(i18n, settings_changes.remove_group, name = label.clone()).to_string())
                                on:click=move |_| selection.update(|choice| { choice.groups.remove(&id); }) />
                        </span>
                    }
                } />
            </div>
            <div class="row">
                <Button small=true icon=Icon::Group on:click=move |_| adding.set(true)>{t!(i18n, settings_changes.add_group)}</Button>
                <Show when=move || !empty.get()>
                    <Button small=true on:click=move |_| selection.set(Choice::default())>{t!(i18n, settings_changes.clear)}</Button>
                </Show>
                <Button small=true kind=Kind::Primary icon=Icon::Edit disabled=empty on:click=move |_| on_edit.run(())>
                    {t!(i18n, settings_changes.edit)}
                    {move || (count.get() > 0 && groups.with(Vec::is_empty)).then(|| format!(" ({})", count.get()))}
                </Button>
            </div>
        </div>
        <AddGroups open=adding selection />
    }
}

#[component]
fn AddGroups(open: RwSignal<bool>, selection: Selection) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog open title=say!(i18n, settings_changes.add_group)><GroupForm open selection /></Dialog>
    }
}

#[component]
fn GroupForm(open: RwSignal<bool>, selection: Selection) -> impl IntoView {
    let i18n = use_i18n();
    let remote = groups();
    let chosen =
        RwSignal::new(selection.with_untracked(|choice| choice.groups.keys().copied().collect::<BTreeSet<_>>()));
    let add = move || {
        let names: BTreeMap<GroupId, String> = remote
            .value
            .with_untracked(|groups| groups.iter().flatten().map(|group| (group.id, group.name.clone())).collect());
        let wanted = chosen.get_untracked();
        selection.update(|choice| choice.groups = names.into_iter().filter(|(id, _)| wanted.contains(id)).collect());
        open.set(false);
    };
    view! {
        <form class="dialog-form" novalidate on:submit=move |event| {
            event.prevent_default();
            add();
        }>
            <div class="dialog-body">
                <p class="muted">{t!(i18n, settings_changes.add_group_text)}</p>
                <GroupChoices remote chosen />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true>{t!(i18n, ui.add)}</Button>
            </div>
        </form>
    }
}

/// Groups to be checked, each with how many numbers it has.
#[component]
pub fn GroupChoices(remote: Remote<Vec<NumberGroup>>, chosen: RwSignal<BTreeSet<GroupId>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Loaded remote lines=4 children=Callback::new(move |(all,): (Signal<Vec<NumberGroup>>,)| {
            let items = Memo::new(move |_| {
                let detail = |count: u64| match count {
                    1 => t_string!(i18n, settings_changes.group_numbers_one).to_owned(),
                    count => t_string!(i18n, settings_changes.group_numbers, count = count).to_string(),
                };
                all.get().into_iter().map(|group| Item {
                    key: group.id, words: group.name, detail: detail(group.number_count), mark: None, disabled: false,
                }).collect::<Vec<_>>()
            });
            view! {
                <Choices label=say!(i18n, settings_changes.groups) search_label=say!(i18n, settings_changes.groups_search)
                    items chosen none=say!(i18n, settings_changes.no_groups) />
            }.into_any()
        }) />
    }
}

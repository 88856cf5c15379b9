//! A new group: what it groups first, then its name, its kind, and what is in it from the start.

use super::{
    board,
    model::{self, Tree},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    numbers::people_dialog,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        choices::{Choice, Choices},
        dialog::Dialog,
        failure::ChangeFailed,
        field::{Select, TextField, fresh_id, required_when},
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use strum::IntoEnumIterator;
use types::{
    GroupId, MemberId, NumberId, Permission,
    groups::{self, GroupContent, GroupInput, GroupKind, NAME_MAX},
    members::Member,
    numbers::{self, NumberCard, NumberCardFilter},
};

#[component]
pub fn CreateGroup(open: RwSignal<bool>, tree: Memo<Tree>, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Dialog open title=say!(i18n, groups.create) wide=true><Form open tree on_done /></Dialog> }
}

/// What is chosen for the new group.
#[derive(Clone, Copy)]
struct Draft {
    content: RwSignal<GroupContent>,
    name: RwSignal<String>,
    kind: RwSignal<String>,
    numbers: RwSignal<BTreeSet<NumberId>>,
    groups: RwSignal<BTreeSet<GroupId>>,
    managers: RwSignal<BTreeSet<MemberId>>,
    parent: RwSignal<String>,
}

impl Draft {
    fn of(content: GroupContent) -> Self {
        Self {
            content: RwSignal::new(content),
            name: RwSignal::new(String::new()),
            kind: RwSignal::new(GroupKind::default().to_string()),
            numbers: RwSignal::new(BTreeSet::new()),
            groups: RwSignal::new(BTreeSet::new()),
            managers: RwSignal::new(BTreeSet::new()),
            parent: RwSignal::new(String::new()),
        }
    }

    fn is_empty(self) -> bool {
        match self.content.get() {
            GroupContent::Numbers => self.numbers.with(BTreeSet::is_empty),
            GroupContent::Groups => self.groups.with(BTreeSet::is_empty),
        }
    }

    /// Only what belongs to the chosen content is sent.
    fn input(self) -> GroupInput {
        let content = self.content.get_untracked();
        let numbers = || self.numbers.with_untracked(|all| all.iter().copied().collect());
        let groups = || self.groups.with_untracked(|all| all.iter().copied().collect());
        GroupInput {
            name: self.name.with_untracked(|name| name.trim().to_owned()),
            kind: self.kind.with_untracked(|kind| kind.parse().unwrap_or_default()),
            content,
            number_ids: if content == GroupContent::Numbers { numbers() } else { Vec::new() },
            group_ids: if content == GroupContent::Groups { groups() } else { Vec::new() },
            manager_ids: self.managers.with_untracked(|all| all.iter().copied().collect()),
            parent_id: self.parent.with_untracked(|id| id.parse().ok()),
        }
    }
}

#[component]
fn Form(open: RwSignal<bool>, tree: Memo<Tree>, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (toasts, session) = (Toasts::use_here(), Session::use_here());
    let change = Change::new();
    // A number in no group is the administrators' to put into one; others make groups of groups they manage.
    let any_content = session.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.can(Permission::Administer)));
    let draft = Draft::of(if any_content { GroupContent::Numbers } else { GroupContent::Groups });
    let pressed = RwSignal::new(false);
    let missing = required_when(move || pressed.get() && draft.name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let nothing = Memo::new(move |_| pressed.get() && draft.is_empty());
    let submit = move || {
        pressed.set(true);
        let input = draft.input();
        if input.name.is_empty() || untrack(|| draft.is_empty()) {
            return;
        }
        let work = async move { api::send(groups::CREATE_GROUP, &[], &input).await };
        change.run(work, move |_| {
            toasts.success(t_string!(i18n, groups.created));
            open.set(false);
            on_done.run(());
        });
    };
    let parents = Signal::derive(move || {
        let mut found = tree.with(|tree| {
            let groups = tree.all().filter(|group| group.content == GroupContent::Groups);
            groups.map(|group| (group.id.to_string(), group.name.clone())).collect::<Vec<_>>()
        });
        found.sort_by_key(|(_, name)| name.to_lowercase());
        std::iter::once((String::new(), t_string!(i18n, groups.move_none).to_owned())).chain(found).collect::<Vec<_>>()
    });
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <ChangeFailed change />
                {any_content.then(|| view! { <Content draft /> })}
                <div class="two">
                    <TextField label=say!(i18n, groups.name) value=draft.name max=NAME_MAX
                        error=Signal::derive(move || missing.get().or_else(|| refused.get())) />
                    <KindSelect value=draft.kind />
                </div>
                <Show when=move || draft.content.get() == GroupContent::Numbers fallback=move || view! {
                    <GroupChoices tree to=None chosen=draft.groups />
                }>
                    <NumberChoices chosen=draft.numbers />
                </Show>
                {move || nothing.get().then(|| view! { <p class="field-error" role="alert">{t!(i18n, groups.choose_one)}</p> })}
                <Show when=move || session.can(Permission::ViewMembers)>
                    <details class="group-optional">
                        <summary>{t!(i18n, groups.choose_managers)}</summary>
                        <ManagerChoices chosen=draft.managers />
                    </details>
                </Show>
                <Select label=say!(i18n, groups.parent) value=draft.parent choices=parents />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, groups.create_do)}</Button>
            </div>
        </form>
    }
}

/// Numbers or groups; the choice comes first, since it never changes afterwards.
#[component]
fn Content(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let group = StoredValue::new(fresh_id("content"));
    let option = move |content: GroupContent, words: Signal<String>, text: Signal<String>| {
        view! {
            <label class="check content-option">
                <input type="radio" name=group.get_value() prop:checked=move || draft.content.get() == content
                    on:change=move |_| draft.content.set(content) />
                <span class="choice-words"><span class="strong">{words}</span><span class="muted small">{text}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="plain-fieldset">
            <legend class="field-label">{t!(i18n, groups.what)}</legend>
            <div class="two">
                {option(GroupContent::Numbers, say!(i18n, groups.of_numbers), say!(i18n, groups.of_numbers_text))}
                {option(GroupContent::Groups, say!(i18n, groups.of_groups), say!(i18n, groups.of_groups_text))}
            </div>
        </fieldset>
    }
}

#[component]
pub fn KindSelect(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        GroupKind::iter().map(|kind| (kind.to_string(), model::kind(locale, kind).to_owned())).collect::<Vec<_>>()
    });
    view! { <Select label=say!(i18n, groups.kind) value choices=kinds /> }
}

/// Numbers in reach that are in no group.
#[component]
pub fn NumberChoices(chosen: RwSignal<BTreeSet<NumberId>>) -> impl IntoView {
    let i18n = use_i18n();
    let free = Remote::new(|| {
        api::every(|page| {
            let filter =
                NumberCardFilter { without_group: Some(true), in_scope: Some(true), ..NumberCardFilter::default() };
            api::ask(numbers::LIST_NUMBER_CARDS, &[], Query::of(&filter).and(&page))
        })
    });
    let item = |card: &NumberCard| Choice {
        key: card.id,
        words: card.name.clone(),
        detail: card.phone.clone(),
        mark: None,
        disabled: false,
    };
    view! {
        <p class="field-label">{t!(i18n, groups.choose_numbers)}</p>
        <Loaded remote=free lines=3 children=Callback::new(move |(free,): (Signal<Vec<NumberCard>>,)| view! {
            <Choices label=say!(i18n, groups.choose_numbers) search_label=say!(i18n, groups.search_numbers)
                items=Signal::derive(move || free.with(|free| free.iter().map(item).collect::<Vec<_>>())) chosen none=say!(i18n, groups.choose_none) />
        }.into_any()) />
    }
}

/// Groups that are in none, and can be put there.
#[component]
pub fn GroupChoices(tree: Memo<Tree>, to: Option<GroupId>, chosen: RwSignal<BTreeSet<GroupId>>) -> impl IntoView {
    let i18n = use_i18n();
    let items = Signal::derive(move || {
        let locale = i18n.get_locale();
        tree.with(|tree| {
            let able = tree.addable(to).into_iter();
            able.map(|group| Choice {
                key: group.id,
                words: group.name.clone(),
                detail: model::counted(locale, group.content, group.child_count),
                mark: Some(model::kind(locale, group.kind).to_owned()),
                disabled: false,
            })
            .collect::<Vec<_>>()
        })
    });
    view! {
        <p class="field-label">{t!(i18n, groups.choose_groups)}</p>
        <Choices label=say!(i18n, groups.choose_groups) search_label=say!(i18n, groups.search) items chosen none=say!(i18n, groups.choose_none) />
    }
}

#[component]
fn ManagerChoices(chosen: RwSignal<BTreeSet<MemberId>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Remote::new(people_dialog::every_member);
    view! {
        <Loaded remote=all lines=3 children=Callback::new(move |(all,): (Signal<Vec<Member>>,)| {
            let items = Signal::derive(move || {
                let invited = t_string!(i18n, members.status_invited);
                all.with(|all| all.iter().map(|member| people_dialog::item(member, invited)).collect::<Vec<_>>())
            });
            view! {
                <Choices label=say!(i18n, groups.managers) search_label=say!(i18n, members.search) items chosen none=say!(i18n, members.none_found) />
            }.into_any()
        }) />
    }
}

/// The groups as the pages of one group need them.
pub fn forest() -> (Remote<Vec<groups::Group>>, Memo<Tree>) {
    let remote = Remote::new(board::every_group);
    (remote, Memo::new(move |_| Tree::new(remote.value.get().unwrap_or_default())))
}

//! What is directly in a group: put in, and taken out.

use super::{
    create::{GroupChoices, NumberChoices, forest},
    model,
    mover::EmptiedChoice,
    page::Here,
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Dialog,
        failure::ChangeFailed,
        icon::Icon,
        more::More,
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use std::collections::BTreeSet;
use types::{
    GroupId, NumberId, Page, PageQuery, Permission,
    audit_log::AuditSubject,
    groups::{self, Group, GroupChildren, GroupContent, GroupMove},
    numbers::NumberRef,
};

/// One number or group of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Number(NumberId),
    Group(GroupId),
}

#[component]
pub fn Parts(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let session = Session::use_here();
    let adding = RwSignal::new(false);
    let content = group.with_untracked(|group| group.content);
    // A number in no group is the administrators' to put into one.
    let may_add =
        move || here.may_edit.get() && (content == GroupContent::Groups || session.can(Permission::Administer));
    let words = move || match content {
        GroupContent::Numbers => t_string!(i18n, groups.add_numbers).to_owned(),
        GroupContent::Groups => t_string!(i18n, groups.add_groups).to_owned(),
    };
    view! {
        <Show when=may_add>
            <div class="card-body"><div class="row row-end">
                <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| adding.set(true)>{words}</Button>
            </div></div>
        </Show>
        {match content {
            GroupContent::Numbers => view! { <NumberParts /> }.into_any(),
            GroupContent::Groups => view! { <GroupParts /> }.into_any(),
        }}
        <Dialog open=adding title=Signal::derive(words)><AddParts open=adding content /></Dialog>
    }
}

#[component]
fn NumberParts() -> impl IntoView {
    let here = expect_context::<Here>();
    let session = Session::use_here();
    let ask =
        move |page: PageQuery| api::ask(groups::LIST_GROUP_NUMBERS, &[&here.id.get_untracked()], Query::of(&page));
    let shown = StoredValue::new(0_usize);
    let numbers = Remote::new(move || {
        // The group itself is loaded anew whenever what is in it changes.
        here.remote.value.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || shown.set_value(numbers.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    view! {
        <Loaded remote=numbers lines=3 children=Callback::new(move |(page,): (Signal<Page<NumberRef>>,)| view! {
            <ul class="people-list">
                <For each=move || page.with(|page| page.items.clone()) key=|number| (number.id, number.name.clone())
                    children=move |number| {
                        let path = session.can(Permission::ViewNumbers).then(|| routes::number(number.id));
                        view! { <PartRow part=Part::Number(number.id) name=number.name detail=number.phone path /> }
                    } />
            </ul>
            <More remote=numbers ask />
        }.into_any()) />
    }
}

#[component]
fn GroupParts() -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let (all, tree) = forest();
    reload_on(&[AuditSubject::Group], all);
    let children = move || {
        let locale = i18n.get_locale();
        tree.with(|tree| {
            let groups = tree.children(here.id.get()).into_iter().filter_map(|id| tree.get(id));
            groups
                .map(|group| (group.id, group.name.clone(), model::counted(locale, group.content, group.child_count)))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <Loaded remote=all lines=3 children=Callback::new(move |(_,): (Signal<Vec<Group>>,)| view! {
            <ul class="people-list">
                <For each=children key=Clone::clone children=|(id, name, detail)| view! {
                    <PartRow part=Part::Group(id) name detail path=Some(routes::group(id)) />
                } />
            </ul>
        }.into_any()) />
    }
}

#[component]
fn PartRow(part: Part, name: String, detail: String, path: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let open = RwSignal::new(false);
    let own = StoredValue::new(name.clone());
    let label = Signal::derive(move || t_string!(i18n, groups.take_out, name = own.get_value()).to_string());
    view! {
        <li class="person-row">
            <div class="person-words">
                <p class="strong">{match path {
                    Some(path) => view! { <A href=path>{name}</A> }.into_any(),
                    None => name.into_any(),
                }}</p>
                <p class="muted small numeric">{detail}</p>
            </div>
            <Show when=move || here.may_edit.get()>
                <IconButton icon=Icon::Minus small=true label on:click=move |_| open.set(true) />
            </Show>
            <Dialog open title=label><TakeOut open part name=own /></Dialog>
        </li>
    }
}

/// Take it out of the group; when nothing is left, the group goes too, if that is wanted.
#[component]
fn TakeOut(open: RwSignal<bool>, part: Part, name: StoredValue<String>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let delete_emptied = RwSignal::new(false);
    let take_out = move |_| {
        let (number_ids, group_ids) = match part {
            Part::Number(id) => (vec![id], Vec::new()),
            Part::Group(id) => (Vec::new(), vec![id]),
        };
        let input = GroupMove { number_ids, group_ids, to: None, delete_emptied: delete_emptied.get_untracked() };
        let work = async move { api::send(groups::MOVE_TO_GROUP, &[], &input).await };
        change.run(work, move |moved| {
            toasts.success(t_string!(i18n, groups.taken_out, name = name.get_value()).to_string());
            open.set(false);
            let here_id = here.id.get_untracked();
            if moved.deleted_groups.iter().any(|group| group.id == here_id) {
                navigate.with_value(|navigate| navigate(routes::GROUPS, NavigateOptions::default()));
            } else {
                here.remote.reload();
            }
        });
    };
    view! {
        <div class="dialog-body">
            <p>{t!(i18n, groups.take_out_text)}</p>
            <EmptiedChoice change value=delete_emptied />
        </div>
        <div class="dialog-foot">
            <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
            <Button kind=Kind::Danger busy=change.busy on:click=take_out>{t!(i18n, ui.remove)}</Button>
        </div>
    }
}

/// Numbers, or groups, that are in no group yet.
#[component]
fn AddParts(open: RwSignal<bool>, content: GroupContent) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let numbers = RwSignal::new(BTreeSet::<NumberId>::new());
    let chosen_groups = RwSignal::new(BTreeSet::<GroupId>::new());
    let nothing = Signal::derive(move || numbers.with(BTreeSet::is_empty) && chosen_groups.with(BTreeSet::is_empty));
    let id = here.id.get_untracked();
    let add = move || {
        let input = GroupChildren {
            number_ids: numbers.with_untracked(|all| all.iter().copied().collect()),
            group_ids: chosen_groups.with_untracked(|all| all.iter().copied().collect()),
        };
        let work = async move { api::send(groups::ADD_GROUP_CHILDREN, &[&id], &input).await };
        change.run(work, move |group| {
            toasts.success(t_string!(i18n, groups.added));
            open.set(false);
            here.remote.value.set(Some(group));
        });
    };
    view! {
        <form novalidate on:submit=move |event| {
            event.prevent_default();
            add();
        }>
            <div class="dialog-body">
                <ChangeFailed change />
                {match content {
                    GroupContent::Numbers => view! { <NumberChoices chosen=numbers /> }.into_any(),
                    GroupContent::Groups => {
                        let (_, tree) = forest();
                        view! { <GroupChoices tree to=Some(id) chosen=chosen_groups /> }.into_any()
                    }
                }}
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy disabled=nothing>{t!(i18n, ui.add)}</Button>
            </div>
        </form>
    }
}

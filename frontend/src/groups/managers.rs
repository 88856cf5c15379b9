//! Who manages a group: those of its own, who are added and removed here, and those of the groups above.

use super::page::Here;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    numbers::people_dialog::PeopleDialog,
    remote::Change,
    session::Session,
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Confirm,
        icon::Icon,
        state::{Avatar, Empty},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    MemberId, Permission,
    groups::{self, Group, GroupManagersInput},
    members::{AddedMember, MemberRef, NewMemberWithProfile},
};

/// New managers at a time at most.
const NEW_MAX: usize = 5;

#[component]
pub fn Managers(group: Signal<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let session = Session::use_here();
    let adding = RwSignal::new(false);
    let change = Change::new();
    let added = RwSignal::new(None::<Vec<AddedMember>>);
    let add = move |(member_ids, new_members): (Vec<MemberId>, Vec<NewMemberWithProfile>)| {
        let (id, input) = (here.id.get_untracked(), GroupManagersInput { member_ids, new_members });
        let work = async move { api::send(groups::ADD_GROUP_MANAGERS, &[&id], &input).await };
        change.run(work, move |answer| {
            here.remote.value.set(Some(answer.group));
            added.set(Some(answer.added));
        });
    };
    let there = Signal::derive(move || group.with(|group| group.managers.iter().map(|one| one.id).collect::<Vec<_>>()));
    let nobody =
        Memo::new(move |_| group.with(|group| group.managers.is_empty() && group.inherited_managers.is_empty()));
    let all = move || {
        group.with(|group| {
            let own = group.managers.iter().map(|one| (one.clone(), false));
            own.chain(group.inherited_managers.iter().map(|one| (one.clone(), true))).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="card-body">
            <div class="row group-managers-head">
                <p class="muted">{t!(i18n, groups.managers_text)}</p>
                <Show when=move || here.may_edit.get() && session.can(Permission::ViewMembers)>
                    <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| adding.set(true)>{t!(i18n, groups.add_managers)}</Button>
                </Show>
            </div>
            <Show when=move || here.may_edit.get() && !session.can(Permission::ViewMembers)>
                <p class="muted">{t!(i18n, groups.add_needs_members)}</p>
            </Show>
        </div>
        <Show when=move || !nobody.get() fallback=move || view! {
            <Empty icon=Icon::People title=say!(i18n, groups.no_managers) text=say!(i18n, groups.no_managers_text) />
        }>
            <ul class="people-list">
                <For each=all key=|(one, inherited)| (one.id, one.name.clone(), *inherited)
                    children=|(manager, inherited)| view! { <Manager manager inherited /> } />
            </ul>
        </Show>
        <PeopleDialog open=adding title=say!(i18n, groups.add_managers) there change added on_add=Callback::new(add)
            existing=say!(i18n, numbers.existing_members) new_people=say!(i18n, groups.new_managers)
            another=say!(i18n, groups.new_manager) max=NEW_MAX />
    }
}

#[component]
fn Manager(manager: MemberRef, inherited: bool) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let removing = RwSignal::new(false);
    let change = Change::new();
    let member = manager.id;
    let name = StoredValue::new(manager.name.clone());
    let remove = move |()| {
        let id = here.id.get_untracked();
        change.run(api::ask(groups::REMOVE_GROUP_MANAGER, &[&id, &member], Query::none()), move |group: Group| {
            toasts.success(t_string!(i18n, groups.manager_removed, name = name.get_value()).to_string());
            removing.set(false);
            here.remote.value.set(Some(group));
        });
    };
    let label = Signal::derive(move || t_string!(i18n, groups.remove_manager, name = name.get_value()).to_string());
    view! {
        <li class="person-row">
            <Avatar name=manager.name.clone() small=true />
            <div class="person-words">
                <p class="strong">{manager.name}</p>
                {inherited.then(|| view! { <p class="muted small">{t!(i18n, groups.inherited_text)}</p> })}
            </div>
            {inherited.then(|| view! { <span class="badge">{t!(i18n, groups.inherited)}</span> })}
            <Show when=move || here.may_edit.get() && !inherited>
                <IconButton icon=Icon::Minus small=true label on:click=move |_| removing.set(true) />
            </Show>
            <Confirm open=removing change on_confirm=Callback::new(remove) title=label
                consequence=say!(i18n, groups.remove_manager_text) action=say!(i18n, ui.remove) />
        </li>
    }
}

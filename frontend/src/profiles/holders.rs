//! Who has a profile, and in how many numbers they are.

use super::add_members::AddMembers;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    members::{PersonCell, StatusBadge},
    realtime::reload_on,
    remote::{Change, Remote},
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Confirm,
        icon::Icon,
        more::More,
        state::{Empty, Loaded},
        table::TableBox,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    Page, ProfileId,
    audit_log::AuditSubject,
    members::{self, Member, MemberFilter},
    profiles::{self, Profile},
};

#[component]
pub fn Holders(profile: Signal<Profile>, remote: Remote<Profile>, givable: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let adding = RwSignal::new(false);
    let id = profile.with_untracked(|profile| profile.id);
    let filter = move || MemberFilter { profile_id: Some(id), ..MemberFilter::default() };
    let list = Remote::new(move || api::ask(members::LIST_MEMBERS, &[], Query::of(&filter())));
    reload_on(&[AuditSubject::Profile, AuditSubject::Member, AuditSubject::Number], list);
    let changed = Callback::new(move |()| {
        list.reload();
        remote.reload();
    });
    let count = move || profile.with(|profile| super::members_words(i18n.get_locale(), profile.member_count));
    let add = move || {
        view! {
            <Show when=move || givable.get()>
                <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| adding.set(true)>{t!(i18n, profiles.add_members)}</Button>
            </Show>
        }
    };
    view! {
        <section class="card" aria-labelledby="profile-holders">
            <div class="card-head">
                <div>
                    <h2 id="profile-holders">{t!(i18n, profiles.members_of)}" "<span class="tab-count">{count}</span></h2>
                    <p class="small">{t!(i18n, profiles.members_of_text)}</p>
                </div>
                {add()}
            </div>
            <Loaded remote=list lines=3 children=Callback::new(move |(page,): (Signal<Page<Member>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::People title=say!(i18n, profiles.no_members) text=say!(i18n, profiles.no_members_text) />
                }>
                    <Table page id givable changed />
                    <More remote=list ask=move |page| api::ask(members::LIST_MEMBERS, &[], Query::of(&filter()).and(&page)) />
                </Show>
            }.into_any()) />
            <AddMembers open=adding profile changed />
        </section>
    }
}

#[component]
fn Table(page: Signal<Page<Member>>, id: ProfileId, givable: Memo<bool>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox short=true label=say!(i18n, profiles.members_of)>
            <thead><tr>
                <th scope="col">{t!(i18n, members.name)}</th>
                <th scope="col">{t!(i18n, members.status)}</th>
                <th scope="col" class="figure">{t!(i18n, members.numbers)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, profiles.actions)}</span></th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone())
                    key=|member| (member.id, member.status, member.number_count, member.name.clone())
                    children=move |member| view! { <Line member id givable changed /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Line(member: Member, id: ProfileId, givable: Memo<bool>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let toasts = Toasts::use_here();
    let asking = RwSignal::new(false);
    let change = Change::new();
    let (member_id, numbers, status) = (member.id, member.number_count, member.status);
    let name = StoredValue::new(member.name.clone());
    let remove = move |()| {
        let work = api::ask(profiles::REMOVE_PROFILE_MEMBER, &[&id, &member_id], Query::none());
        change.run(work, move |()| {
            asking.set(false);
            toasts.success(t_string!(i18n, profiles.removed));
            changed.run(());
        });
    };
    let title = Signal::derive(move || t_string!(i18n, profiles.remove_named, name = name.get_value()).to_string());
    view! {
        <tr>
            <td><PersonCell id=member_id name=member.name email=member.email /></td>
            <td><StatusBadge status /></td>
            <td class="figure">{move || writer.with(|writer| writer.count(numbers))}</td>
            <td>
                <Show when=move || givable.get()>
                    <div class="row row-end"><IconButton icon=Icon::Close small=true label=title on:click=move |_| asking.set(true) /></div>
                </Show>
                <Confirm open=asking title change on_confirm=Callback::new(remove) action=say!(i18n, ui.remove)
                    consequence=Signal::derive(move || t_string!(i18n, profiles.remove_text, name = name.get_value()).to_string()) />
            </td>
        </tr>
    }
}

//! One member: who they are, what they attend, where they are signed in, and their access.

use super::{StatusBadge, access::Access, details::Details};
use crate::{
    account::sessions::SessionTable,
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    profiles::{every_profile, model},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::Button,
        dialog::Confirm,
        icon::Icon,
        page::use_title,
        state::{Empty, Loaded},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use types::{
    MemberId, Permission,
    audit_log::AuditSubject,
    members::{self, Member, MemberStatus},
    numbers::NumberRef,
    profiles::Profile,
    sessions::SessionInfo,
};
use uuid::Uuid;

#[component]
pub fn MemberPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<MemberId>().ok()));
    view! {
        <div class="page">
            <A href=routes::MEMBERS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, members.back)}</A>
            // An address that is no id is an id nobody has.
            {move || view! { <One id=wanted.get().unwrap_or(MemberId(Uuid::nil())) /> }}
        </div>
    }
}

#[component]
fn One(id: MemberId) -> impl IntoView {
    let remote = Remote::new(move || async move {
        let member = api::ask(members::GET_MEMBER, &[&id], Query::none()).await?;
        Ok((member, every_profile().await?))
    });
    reload_on(&[AuditSubject::Member, AuditSubject::Profile, AuditSubject::Number, AuditSubject::Group], remote);
    view! {
        <Loaded remote children=Callback::new(move |(both,): (Signal<(Member, Vec<Profile>)>,)| {
            let changed = Callback::new(move |()| remote.reload());
            view! { <Whole both changed /> }.into_any()
        }) />
    }
}

#[component]
fn Whole(both: Signal<(Member, Vec<Profile>)>, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let member = Signal::derive(move || both.with(|(member, _)| member.clone()));
    let name = Signal::derive(move || both.with(|(member, _)| member.name.clone()));
    let id = member.with_untracked(|member| member.id);
    use_title(name);
    let own = Memo::new(move |_| session.me.with(|me| me.as_ref().is_some_and(|me| me.id == id)));
    // Whoever has more than oneself is not changed by oneself.
    let within = Memo::new(move |_| {
        let mine = session.me.with(|me| me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default());
        both.with(|(member, profiles)| {
            let theirs = member.profile.as_ref().and_then(|own| profiles.iter().find(|profile| profile.id == own.id));
            theirs.is_none_or(|profile| model::may_give(&mine, profile))
        })
    });
    let may_edit = Memo::new(move |_| session.can(Permission::EditMembers));
    let editable = Signal::derive(move || may_edit.get() && within.get());
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p>{t!(i18n, members.member_sentence)}</p>
            </div>
        </header>
        <Show when=move || own.get()>
            <div class="notice">{Icon::Info.draw()}<div><p>{t!(i18n, members.own_note)}" "
                <A href=routes::ACCOUNT>{t!(i18n, shell.own_account)}</A></p></div></div>
        </Show>
        <Show when=move || may_edit.get() && !within.get()>
            <div class="notice">{Icon::Info.draw()}<div><p>{t!(i18n, members.profile_not_yours)}</p></div></div>
        </Show>
        <Show when=move || member.with(|member| member.status == MemberStatus::Deactivated)>
            <div class="notice warning">{Icon::Warning.draw()}<div><p class="notice-text">{t!(i18n, members.deactivated_note)}</p></div></div>
        </Show>
        <Card member />
        <Details member editable changed />
        <Numbers id />
        <Sessions member editable />
        <Show when=move || editable.get() && !own.get()><Access member changed /></Show>
    }
}

#[component]
fn Card(member: Signal<Member>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let seen = move || match member.with(|member| member.last_seen_at) {
        Some(at) => writer.with(|writer| writer.time(at, Style::DateTime)),
        None => t_string!(i18n, members.never_seen).to_owned(),
    };
    let since = move || writer.with(|writer| writer.time(member.with(|member| member.created_at), Style::DateTime));
    let profile = move || {
        let name = member.with(|member| member.profile.as_ref().map(|profile| profile.name.clone()));
        name.unwrap_or_else(|| t_string!(i18n, members.no_profile).to_owned())
    };
    view! {
        <section class="card">
            <dl class="card-body facts">
                <div><dt>{t!(i18n, members.status)}</dt><dd>{move || view! { <StatusBadge status=member.with(|member| member.status) /> }}</dd></div>
                <div><dt>{t!(i18n, members.email)}</dt><dd>{move || member.with(|member| member.email.clone())}</dd></div>
                <div><dt>{t!(i18n, members.profile)}</dt><dd>{profile}</dd></div>
                <div><dt>{t!(i18n, members.numbers)}</dt><dd class="numeric">{move || member.with(|member| member.number_count)}</dd></div>
                <div><dt>{t!(i18n, members.groups_managed)}</dt><dd class="numeric">{move || member.with(|member| member.group_count)}</dd></div>
                <div><dt>{t!(i18n, members.last_seen)}</dt><dd>{seen}</dd></div>
                <div><dt>{t!(i18n, members.since)}</dt><dd>{since}</dd></div>
            </dl>
        </section>
    }
}

#[component]
fn Numbers(id: MemberId) -> impl IntoView {
    let i18n = use_i18n();
    let all =
        Remote::new(move || api::every(move |page| api::ask(members::LIST_MEMBER_NUMBERS, &[&id], Query::of(&page))));
    reload_on(&[AuditSubject::Number, AuditSubject::Member], all);
    view! {
        <section class="card" aria-labelledby="member-numbers">
            <div class="card-head"><h2 id="member-numbers">{t!(i18n, members.numbers)}</h2></div>
            <Loaded remote=all lines=3 children=Callback::new(move |(list,): (Signal<Vec<NumberRef>>,)| view! {
                <Show when=move || list.with(|list| !list.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Phone title=say!(i18n, members.no_numbers) text=say!(i18n, members.no_numbers_text) />
                }>
                    <ul class="number-refs">
                        <For each=move || list.get() key=|number| (number.id, number.name.clone()) children=|number| view! {
                            <li><span class="strong">{number.name}</span>" "<span class="muted numeric nowrap">{number.phone}</span></li>
                        } />
                    </ul>
                </Show>
            }.into_any()) />
        </section>
    }
}

#[component]
fn Sessions(member: Signal<Member>, editable: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let id = member.with_untracked(|member| member.id);
    let all =
        Remote::new(move || api::every(move |page| api::ask(members::LIST_MEMBER_SESSIONS, &[&id], Query::of(&page))));
    reload_on(&[AuditSubject::Member], all);
    let asking = RwSignal::new(false);
    let change = Change::new();
    let sign_out = move |()| {
        change.run(api::ask(members::DELETE_MEMBER_SESSIONS, &[&id], Query::none()), move |()| {
            asking.set(false);
            toasts.success(t_string!(i18n, members.signed_out));
            all.reload();
        });
    };
    let some = Memo::new(move |_| all.value.with(|all| all.as_ref().is_some_and(|all| !all.is_empty())));
    let title = Signal::derive(move || {
        t_string!(i18n, members.sign_out_title, name = member.with(|member| member.name.clone())).to_string()
    });
    view! {
        <section class="card" aria-labelledby="member-sessions">
            <div class="card-head">
                <div><h2 id="member-sessions">{t!(i18n, members.sessions)}</h2><p class="small">{t!(i18n, members.sessions_text)}</p></div>
                <Show when=move || editable.get() && some.get()>
                    <Button icon=Icon::Out on:click=move |_| asking.set(true)>{t!(i18n, members.sign_out)}</Button>
                </Show>
            </div>
            <Loaded remote=all lines=3 children=Callback::new(move |(list,): (Signal<Vec<SessionInfo>>,)| view! {
                <SessionTable list label=say!(i18n, members.sessions) />
            }.into_any()) />
            <Confirm open=asking title change on_confirm=Callback::new(sign_out)
                consequence=say!(i18n, members.sign_out_text) action=say!(i18n, members.sign_out) />
        </section>
    }
}

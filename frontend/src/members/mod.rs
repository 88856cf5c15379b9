//! Members: the people with a login, and what becomes of their invitations (O2, P1).

mod access;
mod add;
mod details;
mod page;
pub mod people_form;
pub mod sent_links;

pub use page::MemberPage;

use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl::{Style, use_writer},
    profiles::{Sections, every_profile},
    realtime::reload_on,
    remote::{Remote, rested},
    routes,
    session::Session,
    ui::{
        button::{Button, Kind},
        field::{SearchField, Select},
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Avatar, Empty, Loaded, Tone},
        table::TableBox,
    },
};
use add::AddDialog;
use leptos::prelude::*;
use leptos_router::components::A;
use strum::IntoEnumIterator;
use types::{
    MemberId, Page, Permission,
    audit_log::AuditSubject,
    members::{self, Member, MemberFilter, MemberStatus},
};

/// What the profile filter says for those without one; no id is this word.
const WITHOUT: &str = "without";

/// What the list is narrowed to.
#[derive(Clone, Copy)]
struct Narrowed {
    search: RwSignal<String>,
    rested: RwSignal<String>,
    profile: RwSignal<String>,
    status: RwSignal<String>,
}

impl Narrowed {
    fn filter(self) -> MemberFilter {
        let q = self.rested.with(|wanted| wanted.trim().to_owned());
        let profile = self.profile.get();
        MemberFilter {
            q: (!q.is_empty()).then_some(q),
            profile_id: profile.parse().ok(),
            without_profile: (profile == WITHOUT).then_some(true),
            status: self.status.with(|status| status.parse().ok()),
        }
    }
}

#[component]
pub fn Members() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let search = RwSignal::new(String::new());
    let narrowed = Narrowed {
        search,
        rested: rested(search),
        profile: RwSignal::new(String::new()),
        status: RwSignal::new(String::new()),
    };
    let list = Remote::new(move || api::ask(members::LIST_MEMBERS, &[], Query::of(&narrowed.filter())));
    reload_on(&[AuditSubject::Member, AuditSubject::Profile, AuditSubject::Number, AuditSubject::Group], list);
    let adding = RwSignal::new(false);
    let may_edit = Memo::new(move |_| session.can(Permission::EditMembers));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, members.title) sentence=say!(i18n, members.sentence)>
                <Show when=move || may_edit.get()>
                    <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| adding.set(true)>{t!(i18n, members.add)}</Button>
                </Show>
            </PageHead>
            <Sections />
            <section class="card" aria-label=move || t_string!(i18n, members.title)>
                <Filters narrowed />
                <Loaded remote=list children=Callback::new(move |(page,): (Signal<Page<Member>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! { <Nobody narrowed /> }>
                        <List page />
                        <More remote=list ask=move |page| {
                            api::ask(members::LIST_MEMBERS, &[], Query::of(&untrack(|| narrowed.filter())).and(&page))
                        } />
                    </Show>
                }.into_any()) />
            </section>
            <AddDialog open=adding added=Callback::new(move |()| list.reload()) />
        </div>
    }
}

#[component]
fn Filters(narrowed: Narrowed) -> impl IntoView {
    let i18n = use_i18n();
    let profiles = Remote::new(every_profile);
    reload_on(&[AuditSubject::Profile], profiles);
    let profile_choices = Signal::derive(move || {
        let mut choices = vec![
            (String::new(), t_string!(i18n, members.all_profiles).to_owned()),
            (WITHOUT.to_owned(), t_string!(i18n, members.no_profile).to_owned()),
        ];
        profiles.value.with(|all| {
            choices.extend(all.iter().flatten().map(|profile| (profile.id.to_string(), profile.name.clone())));
        });
        choices
    });
    let status_choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let mut choices = vec![(String::new(), t_string!(i18n, members.all_statuses).to_owned())];
        choices.extend(MemberStatus::iter().map(|one| (one.to_string(), status_words(locale, one).to_owned())));
        choices
    });
    view! {
        <div class="filters">
            <SearchField label=say!(i18n, members.search) value=narrowed.search />
            <Select label=say!(i18n, members.profile) value=narrowed.profile choices=profile_choices />
            <Select label=say!(i18n, members.status) value=narrowed.status choices=status_choices />
        </div>
    }
}

#[component]
fn Nobody(narrowed: Narrowed) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        if narrowed.filter() == MemberFilter::default() {
            view! { <Empty icon=Icon::People title=say!(i18n, members.empty) text=say!(i18n, members.empty_text) /> }
                .into_any()
        } else {
            view! { <Empty icon=Icon::Search title=say!(i18n, members.none_found) text=say!(i18n, members.none_found_text) /> }.into_any()
        }
    }
}

#[component]
fn List(page: Signal<Page<Member>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox label=say!(i18n, members.title)>
            <thead><tr>
                <th scope="col">{t!(i18n, members.name)}</th>
                <th scope="col">{t!(i18n, members.profile)}</th>
                <th scope="col">{t!(i18n, members.status)}</th>
                <th scope="col" class="figure">{t!(i18n, members.numbers)}</th>
                <th scope="col">{t!(i18n, members.last_seen)}</th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone())
                    key=|member| (member.id, member.status, member.number_count, member.last_seen_at, member.name.clone(),
                        member.email.clone(), member.profile.clone().map(|profile| profile.name))
                    children=|member| view! { <Line member /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Line(member: Member) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let Member { id, name, email, status, profile, number_count, last_seen_at, .. } = member;
    let has_profile = profile.is_some();
    let profile = profile.map(|profile| profile.name).unwrap_or_default();
    let seen = move || match last_seen_at {
        Some(at) => writer.with(|writer| writer.time(at, Style::DateTime)),
        None => t_string!(i18n, members.never_seen).to_owned(),
    };
    view! {
        <tr>
            <td><PersonCell id name email /></td>
            <td>
                {profile}
                {(!has_profile).then(|| view! { <span class="badge warning">{t!(i18n, members.no_profile)}</span> })}
            </td>
            <td><StatusBadge status /></td>
            <td class="figure">{move || writer.with(|writer| writer.count(number_count))}</td>
            <td class="nowrap muted">{seen}</td>
        </tr>
    }
}

/// A member's name, which leads to the page about them, above the e-mail.
#[component]
pub fn PersonCell(id: MemberId, name: String, email: String) -> impl IntoView {
    view! {
        <div class="person-cell">
            <Avatar name=name.clone() small=true />
            <div>
                <A href=routes::member(id) attr:class="plain-link strong">{name}</A>
                <span class="muted small">{email}</span>
            </div>
        </div>
    }
}

#[component]
pub fn StatusBadge(status: MemberStatus) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match status {
        MemberStatus::Invited => Tone::Warning,
        MemberStatus::Active => Tone::Success,
        MemberStatus::Deactivated => Tone::Plain,
    };
    view! { <span class=format!("badge {}", tone.class())>{move || status_words(i18n.get_locale(), status)}</span> }
}

pub fn status_words(locale: Locale, status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Invited => td_string!(locale, members.status_invited),
        MemberStatus::Active => td_string!(locale, members.status_active),
        MemberStatus::Deactivated => td_string!(locale, members.status_deactivated),
    }
}

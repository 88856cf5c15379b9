//! Members and permissions: the profiles there are (O2). One profile's own page is beside it.

mod add_members;
mod editor;
mod form;
mod holders;
pub mod model;
mod page;
pub mod words;

pub use page::ProfilePage;

use crate::{
    api::{self, Query},
    i18n::{Locale, t, t_string, td_string, use_i18n},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::IconButton,
        failure::ChangeFailed,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use types::{
    Permission,
    audit_log::AuditSubject,
    profiles::{self, Profile},
};

#[component]
pub fn Profiles() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let all = Remote::new(every_profile);
    reload_on(&[AuditSubject::Profile, AuditSubject::Member], all);
    let may_edit = Memo::new(move |_| session.can(Permission::EditMembers));
    let change = Change::new();
    let create = move || {
        view! {
            <Show when=move || may_edit.get()>
                <A href=routes::NEW_PROFILE attr:class="button primary">{Icon::Plus.draw()}{t!(i18n, profiles.create)}</A>
            </Show>
        }
    };
    view! {
        <div class="page">
            <PageHead title=say!(i18n, profiles.title) sentence=say!(i18n, profiles.sentence)>{create()}</PageHead>
            <Sections />
            <ChangeFailed change />
            <section class="card" aria-label=move || t_string!(i18n, profiles.profiles)>
                <Loaded remote=all children=Callback::new(move |(list,): (Signal<Vec<Profile>>,)| view! {
                    <Show when=move || list.with(|list| !list.is_empty()) fallback=move || view! {
                        <Empty icon=Icon::People title=say!(i18n, profiles.empty) text=say!(i18n, profiles.empty_text)>{create()}</Empty>
                    }>
                        <List list may_edit change />
                    </Show>
                }.into_any()) />
            </section>
        </div>
    }
}

/// The two lists of this part: profiles, and the people who have them.
#[component]
pub fn Sections() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="tabs sections" aria-label=move || t_string!(i18n, profiles.sections)>
            <A href=routes::PROFILES exact=true attr:class="tab">{t!(i18n, profiles.profiles)}</A>
            <A href=routes::MEMBERS exact=true attr:class="tab">{t!(i18n, profiles.members)}</A>
        </nav>
    }
}

#[component]
fn List(list: Signal<Vec<Profile>>, may_edit: Memo<bool>, change: Change) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox label=say!(i18n, profiles.profiles)>
            <thead><tr>
                <th scope="col">{t!(i18n, profiles.name)}</th>
                <th scope="col">{t!(i18n, profiles.description)}</th>
                <th scope="col" class="figure">{t!(i18n, profiles.members)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, profiles.actions)}</span></th>
            </tr></thead>
            <tbody>
                <For each=move || list.get() key=|profile| (profile.id, profile.version, profile.member_count)
                    children=move |profile| view! { <Line profile may_edit change /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Line(profile: Profile, may_edit: Memo<bool>, change: Change) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let navigate = use_navigate();
    let id = profile.id;
    let name = StoredValue::new(profile.name.clone());
    let count = profile.member_count;
    let givable = {
        let profile = profile.clone();
        Memo::new(move |_| {
            session.me.with(|me| me.as_ref().is_some_and(|me| model::may_give(&me.permissions, &profile)))
        })
    };
    let edits = Memo::new(move |_| may_edit.get() && givable.get() && !profile.administrator);
    let duplicate = StoredValue::new_local(move || {
        let navigate = navigate.clone();
        change.run(api::ask(profiles::DUPLICATE_PROFILE, &[&id], Query::none()), move |copy: Profile| {
            toasts.success(t_string!(i18n, profiles.duplicated));
            navigate(&routes::profile(copy.id), NavigateOptions::default());
        });
    });
    let open_label = move || {
        let name = name.get_value();
        if edits.get() {
            t_string!(i18n, profiles.edit_named, name = name).to_string()
        } else {
            t_string!(i18n, profiles.open_named, name = name).to_string()
        }
    };
    view! {
        <tr>
            <td class="strong">
                <A href=routes::profile(id) attr:class="plain-link">{profile.name}</A>
                {profile.administrator.then(|| view! { " "<span class="badge accent">{t!(i18n, profiles.administrator)}</span> })}
            </td>
            <td class="profile-description">{profile.description}</td>
            <td class="figure">{move || members_words(i18n.get_locale(), count)}</td>
            <td>
                <div class="row row-end tight">
                    <A href=routes::profile(id) attr:class="button quiet icon-only small" attr:aria-label=open_label attr:title=open_label>
                        {move || if edits.get() { Icon::Edit.draw() } else { Icon::Right.draw() }}
                    </A>
                    <Show when=move || may_edit.get() && givable.get()>
                        <IconButton icon=Icon::Copy small=true disabled=change.busy
                            label=Signal::derive(move || t_string!(i18n, profiles.duplicate_named, name = name.get_value()).to_string())
                            on:click=move |_| duplicate.with_value(|duplicate| duplicate()) />
                    </Show>
                </div>
            </td>
        </tr>
    }
}

pub fn members_words(locale: Locale, count: u64) -> String {
    match count {
        1 => td_string!(locale, profiles.count_one).to_owned(),
        count => td_string!(locale, profiles.count, count = count).to_string(),
    }
}

/// All profiles; an organization has few.
pub async fn every_profile() -> api::Result<Vec<Profile>> {
    api::every(|page| api::ask(profiles::LIST_PROFILES, &[], Query::of(&page))).await
}

//! One profile: its permissions, who has it, and its end. `/profiles/new` makes one.

use super::{form::ProfileForm, holders::Holders, model};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::{Button, Kind},
        dialog::Confirm,
        icon::Icon,
        page::{PageHead, use_title},
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use types::{
    Permission, ProfileId,
    audit_log::AuditSubject,
    profiles::{self, Profile},
};
use uuid::Uuid;

#[component]
pub fn ProfilePage() -> impl IntoView {
    let params = use_params_map();
    let wanted = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let new = routes::NEW_PROFILE.rsplit('/').next().unwrap_or_default();
    move || {
        if wanted.with(|wanted| wanted == new) {
            view! { <NewProfile /> }.into_any()
        } else {
            // An address that is no id is an id nobody has.
            let id = wanted.get().parse().unwrap_or(ProfileId(Uuid::nil()));
            view! { <ExistingProfile id /> }.into_any()
        }
    }
}

#[component]
fn NewProfile() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let locked = Signal::derive(move || !session.can(Permission::EditMembers));
    view! {
        <div class="page">
            <Back />
            <PageHead title=say!(i18n, profiles.create) sentence=say!(i18n, profiles.create_sentence) />
            <ProfileForm profile=None locked />
        </div>
    }
}

#[component]
fn Back() -> impl IntoView {
    let i18n = use_i18n();
    view! { <A href=routes::PROFILES attr:class="back-link">{Icon::Back.draw()}{t!(i18n, profiles.back)}</A> }
}

#[component]
fn ExistingProfile(id: ProfileId) -> impl IntoView {
    let remote = Remote::new(move || api::ask(profiles::GET_PROFILE, &[&id], Query::none()));
    reload_on(&[AuditSubject::Profile, AuditSubject::Member], remote);
    view! {
        <div class="page">
            <Back />
            <Loaded remote children=Callback::new(move |(profile,): (Signal<Profile>,)| view! { <Whole profile remote /> }.into_any()) />
        </div>
    }
}

#[component]
fn Whole(profile: Signal<Profile>, remote: Remote<Profile>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let name = Signal::derive(move || profile.with(|profile| profile.name.clone()));
    use_title(name);
    let built_in = Memo::new(move |_| profile.with(|profile| profile.administrator));
    let givable = Memo::new(move |_| {
        let mine = session.me.with(|me| me.as_ref().map(|me| me.permissions.clone()).unwrap_or_default());
        session.can(Permission::EditMembers) && profile.with(|profile| model::may_give(&mine, profile))
    });
    let may_edit = Memo::new(move |_| session.can(Permission::EditMembers));
    let locked = Signal::derive(move || built_in.get() || !givable.get());
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p>{move || {
                    let description = profile.with(|profile| profile.description.clone());
                    if description.is_empty() { t_string!(i18n, profiles.profile_sentence).to_owned() } else { description }
                }}</p>
            </div>
            <div class="page-head-actions"><Duplicate profile givable /></div>
        </header>
        <Show when=move || built_in.get()>
            <div class="notice">{Icon::Shield.draw()}<div><p>{t!(i18n, profiles.administrator_note)}</p></div></div>
        </Show>
        <Show when=move || may_edit.get() && !built_in.get() && !givable.get()>
            <div class="notice">{Icon::Info.draw()}<div><p>{t!(i18n, profiles.beyond_note)}</p></div></div>
        </Show>
        <Holders profile remote givable />
        <ProfileForm profile=Some(profile) locked />
        <Show when=move || !locked.get()><Delete profile /></Show>
    }
}

#[component]
fn Duplicate(profile: Signal<Profile>, givable: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let duplicate = move |_| {
        let id = profile.with_untracked(|profile| profile.id);
        change.run(api::ask(profiles::DUPLICATE_PROFILE, &[&id], Query::none()), move |copy: Profile| {
            toasts.success(t_string!(i18n, profiles.duplicated));
            navigate.with_value(|navigate| navigate(&routes::profile(copy.id), NavigateOptions::default()));
        });
    };
    view! {
        <Show when=move || givable.get()>
            <Button icon=Icon::Copy busy=change.busy on:click=duplicate>{t!(i18n, profiles.duplicate)}</Button>
        </Show>
    }
}

#[component]
fn Delete(profile: Signal<Profile>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Change::new();
    let asking = RwSignal::new(false);
    let delete = move |()| {
        let id = profile.with_untracked(|profile| profile.id);
        change.run(api::ask(profiles::DELETE_PROFILE, &[&id], Query::none()), move |_| {
            toasts.success(t_string!(i18n, profiles.deleted));
            navigate.with_value(|navigate| navigate(routes::PROFILES, NavigateOptions::default()));
        });
    };
    let title = Signal::derive(move || {
        t_string!(i18n, profiles.delete_title, name = profile.with(|profile| profile.name.clone())).to_string()
    });
    let consequence = Signal::derive(move || match profile.with(|profile| profile.member_count) {
        0 => t_string!(i18n, profiles.delete_text_none).to_owned(),
        1 => t_string!(i18n, profiles.delete_text_one).to_owned(),
        count => t_string!(i18n, profiles.delete_text, count = count).to_string(),
    });
    view! {
        <section class="card end-card">
            <p class="muted">{t!(i18n, profiles.delete_hint)}</p>
            <Button kind=Kind::Danger icon=Icon::Trash on:click=move |_| asking.set(true)>{t!(i18n, profiles.delete)}</Button>
            <Confirm open=asking title consequence change on_confirm=Callback::new(delete) action=say!(i18n, profiles.delete) />
        </section>
    }
}

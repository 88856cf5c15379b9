//! One's own account: name, language, password and sessions (P1).

mod model;
pub mod sessions;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    language,
    realtime::reload_on,
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::{PasswordField, Select, TextField, required_when},
        page::PageHead,
        state::Loaded,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use sessions::SessionTable;
use strum::IntoEnumIterator;
use types::{
    ErrorCode, FieldCode, Language, SessionId,
    audit_log::AuditSubject,
    members::NAME_MAX,
    sessions::{self as calls, Me, MeInput, PasswordInput, SessionInfo},
    validate::PASSWORD_MIN,
    words,
};

#[component]
pub fn Account() -> impl IntoView {
    let i18n = use_i18n();
    let all = Remote::new(|| api::every(|page| api::ask(calls::LIST_SESSIONS, &[], Query::of(&page))));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, account.title) sentence=say!(i18n, account.sentence) />
            <Own />
            <Password changed=Callback::new(move |()| all.reload()) />
            <Sessions all />
        </div>
    }
}

#[component]
fn Own() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let own = move |what: fn(&Me) -> String| session.me.with(|me| me.as_ref().map(what).unwrap_or_default());
    let name = RwSignal::new(untrack(|| own(|me| me.name.clone())));
    let chosen = RwSignal::new(untrack(|| own(|me| me.language.to_string())));
    let choices: Vec<(String, String)> =
        Language::iter().map(|one| (one.to_string(), language::own_name(one).to_owned())).collect();
    let submit = move || {
        pressed.set(true);
        let wanted = name.with_untracked(|name| name.trim().to_owned());
        let Some(status) = session.me.with_untracked(|me| me.as_ref().map(|me| me.agent_status)) else { return };
        let Ok(language) = chosen.with_untracked(|chosen| chosen.parse()) else { return };
        if wanted.is_empty() {
            return;
        }
        let input = MeInput { language, agent_status: status, name: Some(wanted) };
        change.run(async move { api::send(calls::UPDATE_ME, &[], &input).await }, move |me| {
            session.enter(me);
            toasts.success(t_string!(i18n, account.saved));
        });
    };
    let missing = required_when(move || pressed.get() && name.with(|name| name.trim().is_empty()));
    let refused = change.field("name");
    let profile = move || own(|me| me.profile.as_ref().map(|profile| profile.name.clone()).unwrap_or_default());
    view! {
        <form class="card" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="card-head"><h2>{t!(i18n, account.you)}</h2></div>
            <div class="card-body">
                <ChangeFailed change />
                <dl class="facts">
                    <div><dt>{t!(i18n, account.email)}</dt><dd>{move || own(|me| me.email.clone())}</dd>
                        <dd class="muted small">{t!(i18n, account.email_hint)}</dd></div>
                    <div><dt>{t!(i18n, account.profile)}</dt><dd>{profile}</dd></div>
                </dl>
                <div class="two">
                    <TextField label=say!(i18n, account.name) value=name max=NAME_MAX autocomplete="name" hint=say!(i18n, account.name_hint)
                        error=Signal::derive(move || missing.get().or_else(|| refused.get())) />
                    <Select label=say!(i18n, account.language) value=chosen choices />
                </div>
                <div class="row row-end"><Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, ui.save)}</Button></div>
            </div>
        </form>
    }
}

#[component]
fn Password(changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let (current, fresh) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let short = move || fresh.with(|fresh| fresh.chars().count() < PASSWORD_MIN);
    let submit = move || {
        pressed.set(true);
        let input = PasswordInput { current_password: current.get_untracked(), password: fresh.get_untracked() };
        if input.current_password.is_empty() || untrack(short) {
            return;
        }
        change.run(async move { api::send(calls::UPDATE_MY_PASSWORD, &[], &input).await }, move |()| {
            pressed.set(false);
            current.set(String::new());
            fresh.set(String::new());
            toasts.success(t_string!(i18n, account.password_changed));
            changed.run(());
        });
    };
    let missing = required_when(move || pressed.get() && current.with(String::is_empty));
    let wrong = move || {
        let wrong = change.failed.with(|failed| failed.as_ref()?.code()) == Some(ErrorCode::PasswordWrong);
        wrong.then(|| words::error(ErrorCode::PasswordWrong, language::of(i18n.get_locale())).detail.to_owned())
    };
    let too_short = move || {
        let limit = i64::try_from(PASSWORD_MIN).ok();
        (pressed.get() && short()).then(|| words::field(FieldCode::TooShort, limit, language::of(i18n.get_locale())))
    };
    let refused = change.field("password");
    let email = move || session.me.with(|me| me.as_ref().map(|me| me.email.clone()).unwrap_or_default());
    view! {
        <form class="card" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="card-head"><div><h2>{t!(i18n, account.password)}</h2><p class="small">{t!(i18n, account.password_text)}</p></div></div>
            <div class="card-body">
                <ChangeFailed change />
                // So that the browser's keeper of passwords knows whose it is.
                <input type="text" autocomplete="username" prop:value=email hidden=true />
                <div class="two">
                    <PasswordField label=say!(i18n, account.current_password) value=current autocomplete="current-password"
                        error=Signal::derive(move || missing.get().or_else(wrong)) />
                    <PasswordField label=say!(i18n, account.new_password) value=fresh autocomplete="new-password"
                        hint=say!(i18n, account.password_hint) error=Signal::derive(move || too_short().or_else(|| refused.get())) />
                </div>
                <div class="row row-end">
                    <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, account.change_password)}</Button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn Sessions(all: Remote<Vec<SessionInfo>>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    reload_on(&[AuditSubject::Member], all);
    let change = Change::new();
    let end = Callback::new(move |id: SessionId| {
        change.run(api::ask(calls::DELETE_SESSION, &[&id], Query::none()), move |()| {
            toasts.success(t_string!(i18n, account.ended));
            all.reload();
        });
    });
    view! {
        <section class="card" aria-labelledby="own-sessions">
            <div class="card-head">
                <div><h2 id="own-sessions">{t!(i18n, account.sessions)}</h2><p class="small">{t!(i18n, account.sessions_text)}</p></div>
            </div>
            <ChangeFailed change />
            <Loaded remote=all lines=3 children=Callback::new(move |(list,): (Signal<Vec<SessionInfo>>,)| view! {
                <SessionTable list label=say!(i18n, account.sessions) on_end=end busy=change.busy />
            }.into_any()) />
        </section>
    }
}

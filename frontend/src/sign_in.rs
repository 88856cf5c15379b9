//! Sign-in by e-mail and password (P1).

use crate::{
    api,
    i18n::{t, use_i18n},
    member_links::Forgot,
    remote::Change,
    session::Session,
    shell::preferences::{LanguageMenu, ThemeButton},
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::{PasswordField, TextField, required_when},
        page::use_title,
    },
};
use leptos::prelude::*;
use types::sessions::{self, SessionInput};

#[component]
pub fn SignIn() -> impl IntoView {
    let i18n = use_i18n();
    let forgot = RwSignal::new(false);
    use_title(say!(i18n, sign_in.title));
    view! {
        <main class="gate">
            <div class="gate-card">
                <div class="gate-brand"><img src="/logo.svg" alt="" width="36" height="36" />"Cercano"</div>
                {move || if forgot.get() {
                    view! { <Forgot shown=forgot /> }.into_any()
                } else {
                    view! { <Form forgot /> }.into_any()
                }}
            </div>
            <div class="gate-foot"><LanguageMenu /><ThemeButton /></div>
        </main>
    }
}

#[component]
fn Form(forgot: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let change = Change::new();
    let pressed = RwSignal::new(false);
    let email_missing = required_when(move || pressed.get() && email.with(|email| email.trim().is_empty()));
    let password_missing = required_when(move || pressed.get() && password.with(String::is_empty));
    let email_wrong = change.field("email");
    let submit = move || {
        pressed.set(true);
        let input = SessionInput { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        if input.email.is_empty() || input.password.is_empty() {
            return;
        }
        change.run(async move { api::send(sessions::CREATE_SESSION, &[], &input).await }, move |fresh| {
            session.enter(fresh.me);
        });
    };
    view! {
        <div class="gate-head">
            <h1>{t!(i18n, sign_in.title)}</h1>
            <p class="muted">{t!(i18n, sign_in.sentence)}</p>
        </div>
        <form class="gate-form" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <ChangeFailed change />
            <TextField label=say!(i18n, sign_in.email) value=email
                kind="email" autocomplete="username" autofocus=true
                error=Signal::derive(move || email_missing.get().or_else(|| email_wrong.get())) />
            <PasswordField label=say!(i18n, sign_in.password) value=password
                autocomplete="current-password" error=password_missing />
            <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, sign_in.submit)}</Button>
            <button type="button" class="text-button" on:click=move |_| forgot.set(true)>{t!(i18n, member_links.forgot)}</button>
        </form>
    }
}

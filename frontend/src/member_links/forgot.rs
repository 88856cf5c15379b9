//! Who forgot the password asks for a link. The answer never tells whether anybody has the address.

use crate::{
    api,
    i18n::{t, use_i18n},
    language,
    remote::Change,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::TextField,
    },
};
use leptos::prelude::*;
use types::{
    FieldCode,
    member_links::{self as calls, PasswordResetInput},
    validate, words,
};

#[component]
pub fn Forgot(
    /// Whether this is shown instead of what it came from.
    shown: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let change = Change::new();
    let email = RwSignal::new(String::new());
    let pressed = RwSignal::new(false);
    let asked = RwSignal::new(false);
    let wrong = move || email.with(|email| validate::email(email.trim()).is_err());
    let submit = move || {
        pressed.set(true);
        if untrack(wrong) {
            return;
        }
        let input = PasswordResetInput { email: email.with_untracked(|email| email.trim().to_owned()) };
        change.run(async move { api::send(calls::CREATE_PASSWORD_RESET, &[], &input).await }, move |()| {
            asked.set(true);
        });
    };
    let no_email = move || {
        (pressed.get() && wrong()).then(|| words::field(FieldCode::NotAnEmail, None, language::of(i18n.get_locale())))
    };
    let refused = change.field("email");
    let back = move || view! { <Button on:click=move |_| shown.set(false)>{t!(i18n, member_links.back)}</Button> };
    move || {
        if asked.get() {
            return view! {
                <div class="gate-head" role="status">
                    <h1>{t!(i18n, member_links.asked_title)}</h1>
                    <p>{t!(i18n, member_links.asked_text)}</p>
                </div>
                <div class="row">{back()}</div>
            }
            .into_any();
        }
        view! {
            <div class="gate-head">
                <h1>{t!(i18n, member_links.forgot_title)}</h1>
                <p class="muted">{t!(i18n, member_links.forgot_text)}</p>
            </div>
            <form class="gate-form" novalidate on:submit=move |event| {
                event.prevent_default();
                submit();
            }>
                <ChangeFailed change />
                <TextField label=say!(i18n, member_links.email) value=email kind="email" autocomplete="username" autofocus=true
                    error=Signal::derive(move || no_email().or_else(|| refused.get())) />
                <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, member_links.ask)}</Button>
                {back()}
            </form>
        }
        .into_any()
    }
}

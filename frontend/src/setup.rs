//! The first start: an organization and its administrator (P1).

use crate::{
    api,
    i18n::{t, use_i18n},
    intl, language,
    remote::Change,
    session::Session,
    shell::preferences::{LanguageMenu, ThemeButton},
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        field::{PasswordField, Select, TextField},
        page::use_title,
    },
};
use leptos::prelude::*;
use types::{
    setup::{self, SetupInput},
    validate,
};

#[component]
pub fn SetupPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (own_zone, zones) = intl::time_zones();
    let text = || RwSignal::new(String::new());
    let (organization, name, email, password) = (text(), text(), text(), text());
    let time_zone = RwSignal::new(own_zone);
    let zones: Vec<(String, String)> = zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let change = Change::new();
    let pressed = RwSignal::new(false);
    use_title(say!(i18n, setup.title));

    let input = move || SetupInput {
        organization: organization.get().trim().to_owned(),
        time_zone: time_zone.get(),
        language: language::of(i18n.get_locale()),
        name: name.get().trim().to_owned(),
        email: email.get().trim().to_owned(),
        password: password.get(),
    };
    // The same checks as the server's, so that most mistakes show before anything is sent.
    let wrong = Memo::new(move |_| {
        if !pressed.get() {
            return Vec::new();
        }
        let input = input();
        validate::check(&input, input.language).err().unwrap_or_default()
    });
    let error = move |field: &'static str| {
        let refused = change.field(field);
        Signal::derive(move || {
            let own = wrong.with(|wrong| {
                wrong
                    .iter()
                    .find(|error| error.pointer.trim_start_matches('/') == field)
                    .map(|error| error.detail.clone())
            });
            own.or_else(|| refused.get())
        })
    };
    let submit = move || {
        pressed.set(true);
        if wrong.with_untracked(|wrong| !wrong.is_empty()) {
            return;
        }
        let input = untrack(input);
        change.run(async move { api::send(setup::CREATE_SETUP, &[], &input).await }, move |fresh| {
            session.enter(fresh.me);
        });
    };
    view! {
        <main class="gate">
            <div class="gate-card wide">
                <div class="gate-brand"><img src="/logo.svg" alt="" width="36" height="36" />"Cercano"</div>
                <div class="gate-head">
                    <h1>{t!(i18n, setup.title)}</h1>
                    <p class="muted">{t!(i18n, setup.sentence)}</p>
                </div>
                <form class="gate-form" novalidate on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }>
                    <ChangeFailed change />
                    <fieldset class="gate-part">
                        <legend>{t!(i18n, setup.organization_part)}</legend>
                        <div class="two">
                            <TextField label=say!(i18n, setup.organization)
                                value=organization autocomplete="organization" autofocus=true error=error("organization") />
                            <Select label=say!(i18n, setup.time_zone) value=time_zone
                                choices=zones hint=say!(i18n, setup.time_zone_hint)
                                error=error("time_zone") />
                        </div>
                    </fieldset>
                    <fieldset class="gate-part">
                        <legend>{t!(i18n, setup.administrator_part)}</legend>
                        <div class="two">
                            <TextField label=say!(i18n, setup.name) value=name
                                autocomplete="name" error=error("name") />
                            <TextField label=say!(i18n, setup.email) value=email
                                kind="email" autocomplete="username" error=error("email") />
                        </div>
                        <PasswordField label=say!(i18n, setup.password) value=password
                            autocomplete="new-password" error=error("password")
                            hint=say!(i18n, setup.password_hint) />
                    </fieldset>
                    <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, setup.submit)}</Button>
                </form>
            </div>
            <div class="gate-foot"><LanguageMenu /><ThemeButton /></div>
        </main>
    }
}

//! What a member sees who has no profile, or no number (decisions: the "no access" page).

use crate::{
    i18n::{t, t_string, use_i18n},
    realtime::{Realtime, use_events},
    session::Session,
    ui::{
        button::{Button, Kind},
        page::use_title,
    },
};
use leptos::prelude::*;
use types::events::Event;

#[component]
pub fn NoAccess() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    use_title(say!(i18n, no_access.title));
    // Whoever is given a profile or a number here comes in by themselves.
    Realtime::provide();
    use_events(move |event| {
        if matches!(event, Event::AccessChanged | Event::Reset) {
            session.refresh();
        }
    });
    let why = move || {
        let profile = session.me.with(|me| me.as_ref()?.profile.as_ref().map(|profile| profile.name.clone()));
        match profile {
            Some(profile) => t_string!(i18n, no_access.no_number, profile = profile),
            None => t_string!(i18n, no_access.no_profile).to_owned(),
        }
    };
    let organization =
        move || session.me.with(|me| me.as_ref().map(|me| me.organization.name.clone()).unwrap_or_default());
    let email = move || session.me.with(|me| me.as_ref().map(|me| me.email.clone()).unwrap_or_default());
    view! {
        <main class="gate">
            <div class="gate-card">
                <div class="gate-brand"><img src="/logo.svg" alt="" width="36" height="36" />"Cercano"</div>
                <div class="gate-head">
                    <h1>{t!(i18n, no_access.title)}</h1>
                    <p>{why}</p>
                    <p class="muted">{move || t_string!(i18n, no_access.ask, organization = organization())}</p>
                </div>
                <div class="row">
                    <Button kind=Kind::Primary on:click=move |_| session.refresh()>{t!(i18n, no_access.again)}</Button>
                    <Button on:click=move |_| session.sign_out()>{t!(i18n, shell.sign_out)}</Button>
                </div>
                <p class="muted small">{move || t_string!(i18n, no_access.signed_in_as, email = email())}</p>
            </div>
        </main>
    }
}

//! The organization itself: name, zone, language, retention, and how its mail goes out (Administración).

mod general;
mod mail;

use crate::{
    api::{self, Query},
    i18n::use_i18n,
    realtime::reload_on,
    remote::Remote,
    ui::{page::PageHead, state::Loaded},
};
use general::General;
use leptos::prelude::*;
use mail::Mail;
use types::{
    audit_log::AuditSubject,
    organizations::{self, MailSettings, Organization as Saved},
};

#[component]
pub fn Organization() -> impl IntoView {
    let i18n = use_i18n();
    let saved = Remote::new(|| api::ask(organizations::GET_ORGANIZATION, &[], Query::none()));
    let settings = Remote::new(|| api::ask(organizations::GET_MAIL_SETTINGS, &[], Query::none()));
    reload_on(&[AuditSubject::Organization], saved);
    reload_on(&[AuditSubject::Organization], settings);
    view! {
        <div class="page">
            <PageHead title=say!(i18n, organizations.title) sentence=say!(i18n, organizations.sentence) />
            <Loaded remote=saved children=Callback::new(move |(saved,): (Signal<Saved>,)| view! { <General saved /> }.into_any()) />
            <Loaded remote=settings children=Callback::new(move |(current,): (Signal<Option<MailSettings>>,)| view! {
                <Mail current settings />
            }.into_any()) />
        </div>
    }
}

//! Perfil de WhatsApp: what customers see of a number (S6).

mod conflict;
mod crop;
mod crop_dialog;
mod form;
mod inputs;
pub mod model;
mod picture;
mod preview;
mod verticals;

use crate::{
    api::{self, Query},
    i18n::use_i18n,
    realtime::use_events,
    remote::Remote,
    shell::numbers::{
        Numbers,
        choose::Choose,
        unsaved::{NumberGuard, Unsaved},
    },
    ui::{page::PageHead, state::Loaded, unsaved::UnsavedGuard},
};
use form::Form;
use leptos::prelude::*;
use std::time::Duration;
use types::{
    NumberId,
    audit_log::AuditSubject,
    events::Event,
    whatsapp_profiles::{self, WhatsappProfile as Profile},
};

const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn WhatsappProfile() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let unsaved = Unsaved::provide(numbers.chosen);
    let shown = Memo::new(move |_| unsaved.shown.get());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, whatsapp_profiles.title) sentence=say!(i18n, whatsapp_profiles.sentence) />
            {move || match shown.get() {
                Some(id) => view! { <One id /> }.into_any(),
                None => view! { <Choose text=say!(i18n, whatsapp_profiles.choose_text) /> }.into_any(),
            }}
            <UnsavedGuard dirty=unsaved.dirty />
            <NumberGuard consequence=say!(i18n, whatsapp_profiles.leave_text) />
        </div>
    }
}

#[component]
fn One(id: NumberId) -> impl IntoView {
    let unsaved = expect_context::<Unsaved>();
    let remote = Remote::new(move || api::ask(whatsapp_profiles::GET_WHATSAPP_PROFILE, &[&id], Query::none()));
    // What is being edited is not pulled away: the save will say that there is a conflict.
    use_events(move |event| match event {
        Event::ListChanged { subject: AuditSubject::WhatsappProfile } | Event::Reset
            if !unsaved.dirty.get_untracked() =>
        {
            remote.reload_soon(BURST);
        }
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. }
        | Event::AccessChanged
        | Event::Reset
        | Event::ListChanged { .. } => {}
    });
    view! {
        <Loaded remote lines=10 children=Callback::new(move |(profile,): (Signal<Profile>,)| view! { <Form profile remote /> }.into_any()) />
    }
}

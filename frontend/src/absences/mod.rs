//! Ausencia del agente: the chosen number's absence (spec A1).

pub mod banner;
mod conflict;
mod editing;
mod fields;
mod form;
mod model;
mod suggested;
pub mod text;

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
    absences::{self, Absence},
    audit_log::AuditSubject,
    events::Event,
};

const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn Absences() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let unsaved = Unsaved::provide(numbers.chosen);
    let shown = Memo::new(move |_| unsaved.shown.get());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, absences.title) sentence=say!(i18n, absences.sentence) />
            {move || match shown.get() {
                Some(id) => view! { <One id /> }.into_any(),
                None => view! { <Choose text=say!(i18n, absences.choose_text) /> }.into_any(),
            }}
            <UnsavedGuard dirty=unsaved.dirty />
            <NumberGuard consequence=say!(i18n, absences.leave_text) />
        </div>
    }
}

#[component]
fn One(id: NumberId) -> impl IntoView {
    let unsaved = expect_context::<Unsaved>();
    let remote = Remote::new(move || api::ask(absences::GET_ABSENCE, &[&id], Query::none()));
    // What is being edited is not pulled away: the save will say that there is a conflict.
    use_events(move |event| match event {
        Event::AbsenceChanged { number_id, .. } if *number_id == id && !unsaved.dirty.get_untracked() => {
            remote.reload_soon(BURST);
        }
        Event::ListChanged {
            subject: AuditSubject::Absence | AuditSubject::Chatbot | AuditSubject::SettingsCopy | AuditSubject::Number,
        }
        | Event::Reset
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
        <Loaded remote lines=10 children=Callback::new(move |(absence,): (Signal<Absence>,)| view! { <Form absence remote /> }.into_any()) />
    }
}

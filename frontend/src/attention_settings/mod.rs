//! Atención: how people attend the chosen number (S1).

mod conflict;
mod fields;
mod form;
mod inputs;
mod model;

use crate::{
    api::{self, Query},
    i18n::{t, use_i18n},
    realtime::use_events,
    remote::Remote,
    routes,
    session::Session,
    shell::numbers::{
        Numbers,
        choose::Choose,
        unsaved::{NumberGuard, Unsaved},
    },
    ui::{icon::Icon, page::PageHead, state::Loaded, unsaved::UnsavedGuard},
};
use form::Form;
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{
    NumberId, Permission,
    attention_settings::{self, NumberAttention},
    audit_log::AuditSubject,
    events::Event,
};

const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn AttentionSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let (numbers, session) = (Numbers::use_here(), Session::use_here());
    let unsaved = Unsaved::provide(numbers.chosen);
    let shown = Memo::new(move |_| unsaved.shown.get());
    let may_copy = Memo::new(move |_| session.can(Permission::ViewSettingsCopies));
    view! {
        <div class="page">
            <PageHead title=say!(i18n, attention_settings.title) sentence=say!(i18n, attention_settings.sentence)>
                <Show when=move || may_copy.get()>
                    <A href=move || numbers.address(routes::SETTINGS_COPIES) attr:class="button secondary">
                        {Icon::Copy.draw()}{t!(i18n, attention_settings.copy)}
                    </A>
                </Show>
            </PageHead>
            {move || match shown.get() {
                Some(id) => view! { <One id /> }.into_any(),
                None => view! { <Choose text=say!(i18n, attention_settings.choose_text) /> }.into_any(),
            }}
            <UnsavedGuard dirty=unsaved.dirty />
            <NumberGuard consequence=say!(i18n, attention_settings.leave_text) />
        </div>
    }
}

#[component]
fn One(id: NumberId) -> impl IntoView {
    let unsaved = expect_context::<Unsaved>();
    let remote = Remote::new(move || api::ask(attention_settings::GET_ATTENTION_SETTINGS, &[&id], Query::none()));
    // What is being edited is not pulled away: the save will say that there is a conflict.
    use_events(move |event| match event {
        Event::ListChanged { subject: AuditSubject::AttentionSettings | AuditSubject::SettingsCopy } | Event::Reset
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
        <Loaded remote lines=12 children=Callback::new(move |(attention,): (Signal<NumberAttention>,)| view! { <Form attention remote /> }.into_any()) />
    }
}

//! One inclusion: its review while it is a draft, its actions afterwards.

use super::{list::StatusBadge, model, results::Results, review::Review, targets::Chosen};
use crate::{
    api::{self, Query},
    i18n::{t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::use_events,
    remote::Remote,
    ui::{page::use_title, state::Loaded},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::{
    NumberImportId,
    events::Event,
    number_imports::{self, NumberImport, NumberImportStatus},
};
use uuid::Uuid;

#[component]
pub fn NumberImportPage() -> impl IntoView {
    let params = use_params_map();
    Chosen::provide();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<NumberImportId>().ok()));
    // An address that is no id is an id nobody has.
    let remote = Remote::new(move || {
        let id = id.get().unwrap_or(NumberImportId(Uuid::nil()));
        api::ask(number_imports::GET_NUMBER_IMPORT, &[&id], Query::none())
    });
    // Whatever comes late, an answer or an event, never takes the page back to an earlier state.
    Effect::new(move |latest: Option<Option<NumberImport>>| match (latest.flatten(), remote.value.get()) {
        (Some(latest), Some(other)) if !model::follows(&latest, &other) => {
            remote.value.set(Some(latest.clone()));
            Some(latest)
        }
        (_, other) => other,
    });
    use_events(move |event| match event {
        Event::NumberImportChanged { import } if Some(import.id) == id.get_untracked() => {
            remote.value.set(Some(import.clone()));
        }
        Event::Reset => remote.reload(),
        Event::NumberImportChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::AccessChanged
        | Event::ListChanged { .. } => {}
    });
    view! {
        <div class="page">
            <Loaded remote children=Callback::new(move |(import,): (Signal<NumberImport>,)| {
                let is_draft = Memo::new(move |_| import.with(|import| import.status == NumberImportStatus::Draft));
                view! {
                    <Head import />
                    {move || if is_draft.get() {
                        view! { <Review import remote /> }.into_any()
                    } else {
                        view! { <Results import remote /> }.into_any()
                    }}
                }.into_any()
            }) />
        </div>
    }
}

#[component]
fn Head(import: Signal<NumberImport>) -> impl IntoView {
    let i18n = use_i18n();
    let writer = use_writer();
    let name = Signal::derive(move || import.with(|import| import.file_name.clone()));
    let status = Signal::derive(move || import.with(|import| import.status));
    use_title(name);
    let who = move || {
        let (name, at) = import.with(|i| (i.created_by.name.clone(), i.started_at.unwrap_or(i.created_at)));
        t_string!(i18n, number_imports.by, name = name, time = writer.with(|writer| writer.time(at, Style::DateTime)))
    };
    let sentence = move || match status.get() {
        NumberImportStatus::Draft => t_string!(i18n, number_imports.review_sentence),
        NumberImportStatus::Running => t_string!(i18n, number_imports.running_sentence),
        NumberImportStatus::Finished => t_string!(i18n, number_imports.finished_sentence),
    };
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p>{sentence}" "{who}</p>
            </div>
            <div class="page-head-actions"><StatusBadge status /></div>
        </header>
    }
}

//! Contactos fuera del horario: who wrote while attendance was closed or the agent away (spec A4).

mod model;
mod row;
mod send;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::Remote,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        check::Check,
        debounced::debounced,
        field::SearchField,
        icon::Icon,
        more::More,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use row::Row;
use send::{SendDialog, Sending};
use std::time::Duration;
use types::{
    Page, PageQuery, Permission,
    events::Event,
    off_hours_contacts::{self, OffHoursContact, OffHoursContactFilter},
};

/// Changes come in bursts; the list is asked for once per burst.
const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn OffHoursContacts() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let (search, unsent) = (RwSignal::new(String::new()), RwSignal::new(false));
    let wanted = debounced(search);
    let filter = Memo::new(move |_| OffHoursContactFilter {
        number_id: numbers.chosen.get(),
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        unsent: unsent.get().then_some(true),
    });
    let ask = move |page: PageQuery| {
        api::ask(off_hours_contacts::LIST_OFF_HOURS_CONTACTS, &[], filter.with_untracked(Query::of).and(&page))
    };
    // The rows that are shown stay when something changes; another filter starts at the top.
    let shown = StoredValue::new(0_usize);
    let list = Remote::new(move || {
        filter.track();
        api::at_least(shown.get_value(), ask)
    });
    Effect::new(move || {
        filter.track();
        shown.set_value(0);
    });
    Effect::new(move || shown.set_value(list.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()))));
    use_events(move |event| match event {
        Event::OffHoursContactsChanged { number_id }
            if numbers.chosen.get_untracked().is_none_or(|chosen| chosen == *number_id) =>
        {
            list.reload_soon(BURST);
        }
        Event::AccessChanged | Event::Reset => list.reload_soon(BURST),
        Event::OffHoursContactsChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::ListChanged { .. }
        | Event::MessageChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
    let sending = Sending::new();
    let narrowed = move || filter.with(|filter| filter.q.is_some() || filter.unsent.is_some());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, off_hours_contacts.title) sentence=say!(i18n, off_hours_contacts.sentence) />
            <section class="card" aria-label=move || t_string!(i18n, off_hours_contacts.title)>
                <div class="card-head">
                    <p class="small">{t!(i18n, off_hours_contacts.days)}</p>
                    <div class="off-hours-filter">
                        <Check label=say!(i18n, off_hours_contacts.only_unsent) value=unsent />
                        <SearchField label=say!(i18n, off_hours_contacts.search) value=search />
                    </div>
                </div>
                <Loaded remote=list children=Callback::new(move |(page,): (Signal<Page<OffHoursContact>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || if narrowed() {
                        view! { <Empty icon=Icon::Search title=say!(i18n, off_hours_contacts.not_found) text=say!(i18n, off_hours_contacts.not_found_text) /> }
                    } else {
                        view! { <Empty icon=Icon::Clock title=say!(i18n, off_hours_contacts.empty) text=say!(i18n, off_hours_contacts.empty_text) /> }
                    }>
                        <Table page sending />
                        <More remote=list ask />
                    </Show>
                }.into_any()) />
                <p class="visually-hidden" role="status">{move || {
                    let count = list.value.with(|page| page.as_ref().map_or(0, |page| page.items.len()));
                    narrowed().then(|| t_string!(i18n, off_hours_contacts.found, count = count))
                }}</p>
            </section>
            <SendDialog sending list />
        </div>
    }
}

#[component]
fn Table(page: Signal<Page<OffHoursContact>>, sending: Sending) -> impl IntoView {
    let i18n = use_i18n();
    let (numbers, session) = (Numbers::use_here(), Session::use_here());
    let of_all = Memo::new(move |_| numbers.chosen.get().is_none());
    let may_send = Memo::new(move |_| session.can(Permission::EditOffHoursContacts));
    view! {
        <TableBox label=say!(i18n, off_hours_contacts.title)>
            <thead><tr>
                <th scope="col">{t!(i18n, off_hours_contacts.at)}</th>
                <th scope="col">{t!(i18n, off_hours_contacts.name)}</th>
                <th scope="col">{t!(i18n, off_hours_contacts.contact)}</th>
                <Show when=move || of_all.get()><th scope="col">{t!(i18n, off_hours_contacts.number)}</th></Show>
                <th scope="col">{t!(i18n, off_hours_contacts.callback)}</th>
                <th scope="col">{t!(i18n, off_hours_contacts.sent)}</th>
                <Show when=move || may_send.get()>
                    <th scope="col"><span class="visually-hidden">{t!(i18n, off_hours_contacts.send)}</span></th>
                </Show>
            </tr></thead>
            <tbody>
                // A row in another state is drawn anew.
                <For each=move || page.get().items key=|contact| format!("{contact:?}") children=move |contact| view! {
                    <Row contact of_all may_send sending />
                } />
            </tbody>
        </TableBox>
    }
}

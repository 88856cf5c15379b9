//! Inicio: what waits for the member now, what is wrong, and what is still to be set up.

mod own;
mod pending;
mod start;
mod troubled;

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    realtime::use_events,
    remote::Remote,
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{icon::Icon, page::PageHead, state::Loaded},
};
use leptos::prelude::*;
use leptos_router::components::A;
use own::Own;
use pending::Pending;
use start::Start;
use std::time::Duration;
use troubled::Troubled;
use types::{
    Permission,
    events::Event,
    tickets::{self, TicketCounts, TicketCountsFilter},
};

/// Tickets change in bursts; the counts are asked for once per burst.
const BURST: Duration = Duration::from_millis(400);

#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let first_name = move || {
        session.me.with(|me| {
            me.as_ref().and_then(|me| me.name.split_whitespace().next().map(str::to_owned)).unwrap_or_default()
        })
    };
    let may_attend = Memo::new(move |_| session.can(Permission::ViewDesk));
    view! {
        <div class="page">
            <PageHead title=Signal::derive(move || t_string!(i18n, home.hello, name = first_name())) sentence=say!(i18n, home.sentence)>
                <Show when=move || may_attend.get()>
                    <A href=routes::DESK attr:class="button primary">{Icon::Chat.draw()}{t!(i18n, home.go_desk)}</A>
                </Show>
            </PageHead>
            <Show when=move || may_attend.get()><Figures /></Show>
            <TryIt />
            <Start />
            <Troubled />
            <Pending />
            <Own />
        </div>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let counts = Remote::new(move || {
        let filter = TicketCountsFilter { number_id: numbers.chosen.get() };
        async move { api::ask(tickets::COUNT_TICKETS, &[], Query::of(&filter)).await }
    });
    use_events(move |event| {
        if matches!(event, Event::TicketChanged { .. } | Event::Reset) {
            counts.reload_soon(BURST);
        }
    });
    view! {
        <section aria-label=move || t_string!(i18n, home.figures)>
            <Loaded remote=counts lines=3 children=Callback::new(move |(counts,): (Signal<TicketCounts>,)| view! {
                <ul class="figures">
                    <Figure view="waiting" words=say!(i18n, home.waiting) hint=say!(i18n, home.waiting_hint) count=Signal::derive(move || counts.get().waiting) />
                    <Figure view="mine" words=say!(i18n, home.mine) hint=say!(i18n, home.mine_hint) count=Signal::derive(move || counts.get().mine) />
                    <Figure view="mine" words=say!(i18n, home.unread) hint=say!(i18n, home.unread_hint) count=Signal::derive(move || counts.get().mine_unread) />
                    <Figure view="all" words=say!(i18n, home.open) hint=say!(i18n, home.open_hint) count=Signal::derive(move || counts.get().all) />
                </ul>
            }.into_any()) />
        </section>
    }
}

/// One figure, and the list of Desk it counts.
#[component]
fn Figure(view: &'static str, words: Signal<String>, hint: Signal<String>, count: Signal<u64>) -> impl IntoView {
    let writer = use_writer();
    view! {
        <li>
            <A href=format!("{}?{}={view}", routes::DESK, routes::VIEW) attr:class="figure-card">
                <span class="figure-words">{words}</span>
                <span class="figure-count">{move || writer.with(|writer| writer.count(count.get()))}</span>
                <span class="muted small">{hint}</span>
            </A>
        </li>
    }
}

/// The way to play a customer, where the sandbox is on.
#[component]
fn TryIt() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let url = Memo::new(move |_| session.me.with(|me| me.as_ref().and_then(|me| me.phones_url.clone())));
    move || {
        url.get().map(|url| view! {
        <section class="card try-card">
            <div class="stack">
                <h2>{t!(i18n, home.try_phone)}</h2>
                <p class="muted">{t!(i18n, home.try_text)}</p>
            </div>
            <a class="button secondary" href=url target="_blank" rel="noopener">{t!(i18n, home.try_open)}{Icon::External.draw()}</a>
        </section>
    })
    }
}

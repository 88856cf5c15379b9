//! Inicio: what waits for the member now, and the numbers in reach.

use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    intl::use_writer,
    messages,
    realtime::use_events,
    remote::{Change, Remote},
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        icon::Icon,
        page::PageHead,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{
    NumberId, Permission,
    events::Event,
    numbers::{self, Number},
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
            <NumberList />
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

#[component]
fn NumberList() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    view! {
        <section class="card" aria-labelledby="home-numbers">
            <div class="card-head">
                <div><h2 id="home-numbers">{t!(i18n, home.numbers)}</h2><p class="small">{t!(i18n, home.numbers_sentence)}</p></div>
            </div>
            <Loaded remote=numbers.all children=Callback::new(move |(all,): (Signal<Vec<Number>>,)| view! {
                <Show when=move || all.with(|all| !all.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Phone title=say!(i18n, home.numbers_empty) text=say!(i18n, home.numbers_empty_text) />
                }>
                    <TableBox label=say!(i18n, home.numbers)>
                        <thead><tr>
                            <th scope="col">{t!(i18n, home.number_name)}</th>
                            <th scope="col">{t!(i18n, home.number_phone)}</th>
                            <th scope="col" class="figure">{t!(i18n, home.number_rate)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, home.number_choose)}</span></th>
                        </tr></thead>
                        <tbody>
                            <For each=move || all.get() key=|number| (number.id, number.paused_reason.clone()) children=move |number| {
                                let id = number.id;
                                let name = number.name.clone();
                                view! {
                                    <tr>
                                        <td class="strong">
                                            {number.name}
                                            {number.paused_reason.map(|reason| view! { <Paused id reason /> })}
                                        </td>
                                        <td class="numeric nowrap">{number.phone}</td>
                                        <td class="figure">{number.throughput}</td>
                                        <td class="figure">
                                            <Show when=move || numbers.chosen.get() == Some(id) fallback={
                                                let name = name.clone();
                                                move || {
                                                    let name = name.clone();
                                                    view! {
                                                        <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                                                            {t!(i18n, home.number_choose)}<span class="visually-hidden">{name}</span>
                                                        </Button>
                                                    }
                                                }
                                            }>
                                                <span class="badge accent">{t!(i18n, home.number_chosen)}</span>
                                            </Show>
                                        </td>
                                    </tr>
                                }
                            } />
                        </tbody>
                    </TableBox>
                </Show>
            }.into_any()) />
        </section>
    }
}

/// Why a number sends nothing, and the way to let it send again once that is put right.
#[component]
fn Paused(id: NumberId, reason: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let numbers = Numbers::use_here();
    let change = Change::new();
    let resume = move |_| {
        change.run(api::ask(numbers::RESUME_NUMBER, &[&id], Query::none()), move |_: Number| numbers.all.reload());
    };
    view! {
        <p class="paused-number">
            <span class="badge danger">
                {move || t_string!(i18n, home.number_paused, reason = messages::reason(i18n.get_locale(), &reason)).to_string()}
            </span>
            <Show when=move || session.can(Permission::EditNumbers)>
                <Button small=true busy=change.busy on:click=resume>{t!(i18n, home.number_resume)}</Button>
            </Show>
        </p>
    }
}

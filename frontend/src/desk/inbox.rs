//! The inbox: tabs with counts, search, and the list of tickets.

use super::{
    bubble::Ticks,
    head::Urgent,
    model::{self},
    state::Desk,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl::{Style, use_writer},
    messages, routes,
    ui::{
        button::Button,
        failure::LoadFailed,
        field::SearchField,
        icon::Icon,
        state::{Avatar, Empty, Skeleton},
        tabs::{Tab, Tabs},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use strum::IntoEnumIterator;
use types::{
    TicketId,
    contacts::ContactRef,
    tickets::{InboxView, Ticket, TicketPriority},
};

/// How long after the last key a search begins.
const PAUSE: Duration = Duration::from_millis(250);

#[component]
pub fn InboxPane() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let search = RwSignal::new(String::new());
    Effect::new(move |before: Option<String>| {
        let typed = search.get();
        if before.is_some() {
            let asked = typed.clone();
            set_timeout(
                move || {
                    let still = search.try_with_untracked(|now| *now == asked) == Some(true);
                    if still && desk.wanted.with_untracked(|wanted| *wanted != asked) {
                        desk.wanted.set(asked);
                    }
                },
                PAUSE,
            );
        }
        typed
    });
    let tabs = Signal::derive(move || {
        let locale = i18n.get_locale();
        let counts = desk.counts.value.get();
        InboxView::iter()
            .map(|view| {
                let count = counts.and_then(|counts| match view {
                    InboxView::Waiting => Some(counts.waiting),
                    InboxView::Mine => Some(counts.mine),
                    InboxView::All => Some(counts.all),
                    InboxView::Closed => None,
                });
                Tab {
                    key: view,
                    words: view_words(locale, view).to_owned(),
                    count: count.map(|count| count.to_string()),
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <section class="inbox" aria-label=move || t_string!(i18n, desk.inbox)>
            <div class="inbox-head">
                <Tabs label=say!(i18n, desk.inbox) tabs chosen=desk.view panel="inbox-list" />
                <SearchField label=say!(i18n, desk.search) value=search />
            </div>
            <div class="inbox-list" id="inbox-list" role="tabpanel" aria-label=move || view_words(i18n.get_locale(), desk.view.get())
                aria-busy=move || desk.list.loading.get().then_some("true")>
                <Tickets />
            </div>
        </section>
    }
}

#[component]
fn Tickets() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let none = Memo::new(move |_| desk.list.tickets.with(Vec::is_empty));
    let retry = Callback::new(move |()| desk.list.reload());
    let more = move |_| {
        if let Some(showing) = untrack(|| desk.showing()) {
            desk.list.more(&showing);
        }
    };
    view! {
        {move || match (none.get(), desk.list.failed.get(), desk.list.loading.get()) {
            (_, Some(failed), _) => view! { <LoadFailed failed on_retry=retry /> }.into_any(),
            (true, None, true) => view! { <Skeleton lines=12 /> }.into_any(),
            (true, None, false) => view! { <NoTickets /> }.into_any(),
            (false, None, _) => ().into_any(),
        }}
        <ul>
            <For each=move || desk.list.tickets.with(|list| list.iter().map(|ticket| ticket.id).collect::<Vec<_>>()) key=|id| *id
                children=|id| view! { <TicketRow id /> } />
        </ul>
        <Show when=move || desk.list.cursor.with(Option::is_some)>
            <div class="inbox-more"><Button small=true busy=desk.list.loading on:click=more>{t!(i18n, ui.more)}</Button></div>
        </Show>
    }
}

#[component]
fn NoTickets() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let words = move || {
        let locale = i18n.get_locale();
        if desk.wanted.with(|wanted| !wanted.trim().is_empty()) {
            (td_string!(locale, desk.not_found), td_string!(locale, desk.not_found_text))
        } else {
            match desk.view.get() {
                InboxView::Waiting => {
                    (td_string!(locale, desk.empty_waiting), td_string!(locale, desk.empty_waiting_text))
                }
                InboxView::Mine => (td_string!(locale, desk.empty_mine), td_string!(locale, desk.empty_mine_text)),
                InboxView::All => (td_string!(locale, desk.empty_all), td_string!(locale, desk.empty_all_text)),
                InboxView::Closed => {
                    (td_string!(locale, desk.empty_closed), td_string!(locale, desk.empty_closed_text))
                }
            }
        }
    };
    view! {
        <Empty icon=Icon::Chat title=Signal::derive(move || words().0.to_owned()) text=Signal::derive(move || words().1.to_owned()) />
    }
}

#[component]
fn TicketRow(id: TicketId) -> impl IntoView {
    let desk = Desk::use_here();
    // The last state stays while the row is being taken away.
    let ticket = Memo::new(move |before: Option<&Option<Ticket>>| {
        let found = desk.list.tickets.with(|list| list.iter().find(|ticket| ticket.id == id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let current = move || (desk.chosen.get() == Some(id)).then_some("true");
    let href = move || desk.numbers.address(&routes::ticket(id));
    view! {
        <li class="ticket-item">
            <A href=href attr:class="ticket-row" attr:aria-current=current attr:data-ticket=id.to_string() scroll=false>
                {move || ticket.get().map(|ticket| view! { <TicketCard ticket /> })}
            </A>
        </li>
    }
}

#[component]
fn TicketCard(ticket: Ticket) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let writer = use_writer();
    let name = name_of(&ticket.contact);
    let shown = StoredValue::new(name.clone());
    let initials = name.unwrap_or_default();
    let at = model::last_at(&ticket);
    let unread = ticket.unread;
    let me = desk.session.me.with_untracked(|me| me.as_ref().map(|me| me.id));
    let other = ticket.assignee.filter(|assignee| Some(assignee.id) != me).map(|assignee| assignee.name);
    let all_numbers = move || desk.numbers.chosen.get().is_none();
    let number = StoredValue::new(ticket.number.name);
    let queue = StoredValue::new(ticket.queue.map(|queue| queue.name));
    let urgent = ticket.priority == TicketPriority::High;
    view! {
        <Avatar name=initials />
        <span class="ticket-card">
            <span class="ticket-line">
                <span class="ticket-name clip" class:strong=move || { unread > 0 }>
                    {move || shown.get_value().unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned())}
                </span>
                <time class="ticket-time" title=move || writer.with(|writer| writer.time(at, Style::DateTime))>
                    {move || writer.with(|writer| writer.short(at))}
                </time>
            </span>
            <span class="ticket-line">
                <span class="ticket-preview clip">
                    {ticket.last_message.map(|last| {
                        let ticks = (!last.from_contact).then(|| model::ticks(last.status)).flatten();
                        let status = last.status;
                        view! {
                            {ticks.map(|ticks| view! {
                                <Ticks ticks /><span class="visually-hidden">{move || messages::status(i18n.get_locale(), status)}": "</span>
                            })}
                            {last.preview}
                        }
                    })}
                </span>
                {(unread > 0).then(|| view! {
                    <span class="badge solid"><span aria-hidden="true">{unread}</span>
                        <span class="visually-hidden">{move || t_string!(i18n, desk.unread, count = unread)}</span></span>
                })}
            </span>
            <span class="ticket-line small muted">
                <span class="clip">
                    "#"{ticket.ticket_number}
                    {move || all_numbers().then(|| format!(" · {}", number.get_value()))}
                    {move || format!(" · {}", queue.get_value().unwrap_or_else(|| t_string!(i18n, desk.default_queue).to_owned()))}
                    {other.map(|name| format!(" · {name}"))}
                </span>
                {urgent.then(|| view! { <Urgent /> })}
            </span>
        </span>
    }
}

/// What a contact is called: the name, else the phone.
pub fn name_of(contact: &ContactRef) -> Option<String> {
    contact.name.clone().filter(|name| !name.trim().is_empty()).or_else(|| contact.phone.clone())
}

fn view_words(locale: Locale, view: InboxView) -> &'static str {
    match view {
        InboxView::Waiting => td_string!(locale, desk.waiting),
        InboxView::Mine => td_string!(locale, desk.mine),
        InboxView::All => td_string!(locale, desk.all),
        InboxView::Closed => td_string!(locale, desk.closed),
    }
}

//! The head of a thread: who it is, how long one may answer, and what one may do.

use super::{actions::TakeButton, close::CloseButton, inbox::name_of, model, state::Desk, transfer::TransferButton};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes,
    ui::{
        button::IconButton,
        icon::Icon,
        state::{Avatar, Tone},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::tickets::{CloseReason, Ticket, TicketPriority, TicketStatus};

#[component]
pub fn ThreadHead(details: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let about = move |read: fn(&Ticket) -> Option<String>| desk.ticket.with(|ticket| ticket.as_ref().and_then(read));
    let name = Memo::new(move |_| about(|ticket| name_of(&ticket.contact)));
    let phone = move || about(|ticket| ticket.contact.phone.clone().filter(|_| ticket.contact.name.is_some()));
    let number = move || about(|ticket| Some(ticket.number.name.clone()));
    let queue = move || about(|ticket| ticket.queue.as_ref().map(|queue| queue.name.clone()));
    let urgent = Memo::new(move |_| {
        desk.ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.priority == TicketPriority::High))
    });
    let ticket_number = move || desk.ticket.with(|ticket| ticket.as_ref().map_or(0, |ticket| ticket.ticket_number));
    let state = Memo::new(move |_| {
        desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| (ticket.status, ticket.close_reason)))
    });
    let details_label = Signal::derive(move || {
        if details.get() {
            t_string!(i18n, desk.hide_details).to_owned()
        } else {
            t_string!(i18n, desk.details).to_owned()
        }
    });
    view! {
        <header class="thread-head">
            <A href=move || desk.numbers.address(routes::DESK) attr:class="button quiet icon-only thread-back"
                attr:aria-label=move || t_string!(i18n, desk.back)>{Icon::Back.draw()}</A>
            {move || view! { <Avatar name=name.get().unwrap_or_default() /> }}
            <div class="thread-about">
                <div class="thread-who">
                    <h2 class="clip">{move || name.get().unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned())}</h2>
                    <p class="muted small clip">
                        {move || phone().map(|phone| format!("{phone} · "))}{number}" · #"{ticket_number}
                        {move || format!(" · {}", queue().unwrap_or_else(|| t_string!(i18n, desk.default_queue).to_owned()))}
                    </p>
                </div>
                <div class="thread-marks">
                    <Window />
                    {move || urgent.get().then(|| view! { <Urgent /> })}
                    {move || state.get().map(|(status, reason)| view! {
                        <span class=format!("badge thread-state {}", status_tone(status).class())>{move || state_words(i18n.get_locale(), status, reason)}</span>
                    })}
                </div>
            </div>
            <div class="thread-tools">
                <TakeButton />
                <TransferButton />
                <CloseButton />
                <span class="details-button" class:on=details>
                    <IconButton icon=Icon::Info label=details_label on:click=move |_| details.update(|details| *details = !*details) />
                </span>
            </div>
        </header>
    }
}

/// It is attended before the others.
#[component]
pub fn Urgent() -> impl IntoView {
    let i18n = use_i18n();
    view! { <span class="badge warning urgent">{Icon::Flag.draw()}{t!(i18n, desk.priority_high)}</span> }
}

/// The 24-hour service window, counting down.
#[component]
fn Window() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let open =
        move || desk.ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.status != TicketStatus::Closed));
    let left = Memo::new(move |_| {
        let now = desk.now.get();
        desk.ticket.with(|ticket| ticket.as_ref().and_then(|ticket| model::minutes_left(ticket, now)))
    });
    let words = move || match left.get() {
        Some(minutes) => t_string!(i18n, desk.window_left, time = duration(i18n.get_locale(), minutes)),
        None => t_string!(i18n, desk.window_shut).to_owned(),
    };
    let tone = move || match left.get() {
        None => "badge danger window",
        Some(minutes) if minutes < 120 => "badge warning window",
        Some(_) => "badge window",
    };
    view! {
        <Show when=open>
            <span class=tone title=move || t_string!(i18n, desk.window)>
                {Icon::Clock.draw()}<span class="visually-hidden">{move || t_string!(i18n, desk.window)}": "</span><span>{words}</span>
            </span>
        </Show>
    }
}

fn duration(locale: Locale, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => td_string!(locale, desk.time_minutes, minutes = minutes),
        (hours, minutes) => td_string!(locale, desk.time_hours, hours = hours, minutes = minutes),
    }
}

fn status_tone(status: TicketStatus) -> Tone {
    match status {
        TicketStatus::Waiting => Tone::Warning,
        TicketStatus::Assigned => Tone::Accent,
        TicketStatus::Answered => Tone::Success,
        TicketStatus::Closed => Tone::Plain,
    }
}

pub fn state_words(locale: Locale, status: TicketStatus, reason: Option<CloseReason>) -> &'static str {
    match (status, reason) {
        (TicketStatus::Waiting, _) => td_string!(locale, desk.status_waiting),
        (TicketStatus::Assigned, _) => td_string!(locale, desk.status_assigned),
        (TicketStatus::Answered, _) => td_string!(locale, desk.status_answered),
        (TicketStatus::Closed, None) => td_string!(locale, desk.status_closed),
        (TicketStatus::Closed, Some(CloseReason::Agent)) => td_string!(locale, desk.reason_agent),
        (TicketStatus::Closed, Some(CloseReason::Manager)) => td_string!(locale, desk.reason_manager),
        (TicketStatus::Closed, Some(CloseReason::Contact)) => td_string!(locale, desk.reason_contact),
        (TicketStatus::Closed, Some(CloseReason::Inactivity)) => td_string!(locale, desk.reason_inactivity),
        (TicketStatus::Closed, Some(CloseReason::Transferred)) => td_string!(locale, desk.reason_transferred),
    }
}

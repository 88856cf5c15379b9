//! What changes a ticket: take it, close it.

use super::{inbox::name_of, state::Desk};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        dialog::Confirm,
        failure::ChangeFailed,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    TicketId,
    tickets::{self, InboxView, TicketStatus},
};

/// Take a waiting ticket.
#[component]
pub fn TakeButton() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let waits = Memo::new(move |_| {
        desk.may_answer.get()
            && desk.ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| ticket.status == TicketStatus::Waiting))
    });
    let take = move |_| {
        let Some(id) = open_id(&desk) else { return };
        change.run(api::ask(tickets::TAKE_TICKET, &[&id], Query::none()), move |ticket| {
            desk.apply(&ticket);
            // It left the list it was taken from: its taker goes where it is now.
            if desk.view.get_untracked() == InboxView::Waiting {
                desk.view.set(InboxView::Mine);
            }
            toasts.success(untrack(|| t_string!(i18n, desk.taken)));
        });
    };
    // Somebody else was quicker: show the ticket as it is now.
    Effect::new(move || {
        if change.failed.with(Option::is_some) {
            desk.reopen();
        }
    });
    view! {
        <Show when=move || waits.get()>
            <Button kind=Kind::Primary busy=change.busy on:click=take>{t!(i18n, desk.take)}</Button>
        </Show>
        <div class="thread-refused"><ChangeFailed change /></div>
    }
}

/// Close one's ticket, after a question.
#[component]
pub fn CloseButton() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let toasts = Toasts::use_here();
    let change = Change::new();
    let asking = expect_context::<Asking>().0;
    let open = Memo::new(move |_| may_close(&desk));
    let title = Signal::derive(move || {
        let about =
            desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| (ticket.ticket_number, name_of(&ticket.contact))));
        let (number, name) = about.unwrap_or_default();
        let name = name.unwrap_or_else(|| t_string!(i18n, desk.no_name).to_owned());
        t_string!(i18n, desk.close_title, number = number, name = name)
    });
    let close = move |()| {
        let Some(id) = open_id(&desk) else { return };
        let closing =
            async move { api::send(tickets::CLOSE_TICKET, &[&id], &tickets::TicketCloseInput::default()).await };
        change.run(closing, move |ticket| {
            asking.set(false);
            desk.apply(&ticket);
            toasts.success(untrack(|| t_string!(i18n, desk.closed_done)));
        });
    };
    view! {
        <Show when=move || open.get()>
            <Button on:click=move |_| asking.set(true)>{t!(i18n, desk.close)}</Button>
        </Show>
        <Confirm open=asking title change kind=Kind::Primary on_confirm=Callback::new(close)
            consequence=say!(i18n, desk.close_text) action=say!(i18n, desk.close) />
    }
}

/// Whether the question before closing is open; the keyboard opens it too.
#[derive(Clone, Copy)]
pub struct Asking(pub RwSignal<bool>);

/// Whether the open ticket is one's own to close; followed.
pub fn may_close(desk: &Desk) -> bool {
    let me = desk.session.me.with(|me| me.as_ref().map(|me| me.id));
    desk.may_answer.get()
        && desk.ticket.with(|ticket| {
            ticket.as_ref().is_some_and(|ticket| {
                ticket.status != TicketStatus::Closed && me.is_some_and(|me| super::model::is_mine(ticket, me))
            })
        })
}

fn open_id(desk: &Desk) -> Option<TicketId> {
    desk.ticket.with_untracked(|ticket| ticket.as_ref().map(|ticket| ticket.id))
}

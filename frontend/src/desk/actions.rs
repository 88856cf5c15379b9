//! What changes a ticket: take it, close it, hand it over.

use super::{model, state::Desk};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Change,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    TicketId,
    tickets::{self, InboxView, TicketOptions, TicketStatus},
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

/// Which question about the open ticket is open; the keyboard opens them too.
#[derive(Clone, Copy)]
pub struct Asking {
    pub close: RwSignal<bool>,
    pub transfer: RwSignal<bool>,
}

impl Asking {
    pub fn provide() {
        provide_context(Self { close: RwSignal::new(false), transfer: RwSignal::new(false) });
    }

    pub fn use_here() -> Self {
        expect_context::<Self>()
    }
}

/// Whether the open ticket is one's own to close; followed.
pub fn may_close(desk: &Desk) -> bool {
    may(desk, |options| options.may_close)
}

/// Whether the open ticket is one's own to hand over; followed.
pub fn may_transfer(desk: &Desk) -> bool {
    may(desk, |options| options.may_transfer)
}

fn may(desk: &Desk, granted: fn(&TicketOptions) -> bool) -> bool {
    let Some(me) = desk.session.me.with(|me| me.as_ref().map(|me| me.id)) else { return false };
    let manages = desk.manages.get();
    desk.may_answer.get()
        && desk.options().is_some_and(|options| granted(&options))
        && desk.ticket.with(|ticket| ticket.as_ref().is_some_and(|ticket| model::is_to_handle(ticket, me, manages)))
}

pub fn open_id(desk: &Desk) -> Option<TicketId> {
    desk.ticket.with_untracked(|ticket| ticket.as_ref().map(|ticket| ticket.id))
}

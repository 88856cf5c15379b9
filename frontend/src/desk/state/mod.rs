//! What the panes of Desk share: the inbox, the open thread, and what is on its way to the server.

mod inbox;
mod options;
mod outbox;
mod thread;

use super::model::{self, Pending, Showing};
use crate::{
    api::{self, Failed, Query},
    clock,
    realtime::{Realtime, use_events},
    remote::Remote,
    routes,
    session::Session,
    shell::numbers::Numbers,
};
use chrono::{DateTime, Utc};
use inbox::Inbox;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::time::Duration;
use thread::Thread;
use types::{
    Permission, TicketId,
    audit_log::AuditSubject,
    events::Event,
    messages::Message,
    tickets::{self, InboxView, Ticket, TicketCounts, TicketCountsFilter},
};
use wasm_bindgen_futures::spawn_local;

/// How often the countdown of the service window moves.
const TICK: Duration = Duration::from_secs(15);
/// Tickets change in bursts; the counts are asked for once per burst.
const BURST: Duration = Duration::from_millis(400);

#[derive(Clone, Copy)]
pub struct Desk {
    pub session: Session,
    pub numbers: Numbers,
    pub view: RwSignal<InboxView>,
    pub wanted: RwSignal<String>,
    pub counts: Remote<TicketCounts>,
    pub list: Inbox,
    /// The ticket of the address.
    pub chosen: Memo<Option<TicketId>>,
    pub ticket: RwSignal<Option<Ticket>>,
    pub ticket_failed: RwSignal<Option<Failed>>,
    pub thread: Thread,
    pub pending: RwSignal<Vec<Pending>>,
    pub now: RwSignal<DateTime<Utc>>,
    pub may_answer: Memo<bool>,
    /// Whom the settings of numbers do not bind.
    pub manages: Memo<bool>,
    known_options: RwSignal<options::Known>,
    /// Read aloud once.
    pub announcement: RwSignal<String>,
    /// What events said of messages whose answer is still awaited.
    echoes: StoredValue<Vec<Message>>,
    sending: StoredValue<bool>,
}

impl Desk {
    pub fn provide() -> Self {
        let session = Session::use_here();
        let numbers = Numbers::use_here();
        let params = use_params_map();
        let view = use_query_map().with_untracked(|query| query.get(routes::VIEW)?.parse().ok()).unwrap_or_default();
        let counts = Remote::new(move || {
            let filter = TicketCountsFilter { number_id: numbers.chosen.get() };
            api::ask(tickets::COUNT_TICKETS, &[], Query::of(&filter))
        });
        let desk = Self {
            session,
            numbers,
            view: RwSignal::new(view),
            wanted: RwSignal::new(String::new()),
            counts,
            list: Inbox::new(),
            chosen: Memo::new(move |_| params.with(|params| params.get("ticket")?.parse().ok())),
            ticket: RwSignal::new(None),
            ticket_failed: RwSignal::new(None),
            thread: Thread::new(),
            pending: RwSignal::new(Vec::new()),
            now: RwSignal::new(clock::now()),
            may_answer: Memo::new(move |_| session.can(Permission::EditDesk)),
            manages: Memo::new(move |_| session.can(Permission::EditMonitoring)),
            known_options: RwSignal::new(options::Known::new()),
            announcement: RwSignal::new(String::new()),
            echoes: StoredValue::new(Vec::new()),
            sending: StoredValue::new(false),
        };
        provide_context(desk);
        desk.follow();
        desk
    }

    pub fn use_here() -> Self {
        expect_context::<Self>()
    }

    /// Which tickets the inbox shows; followed.
    pub fn showing(self) -> Option<Showing> {
        let me = self.session.me.with(|me| me.as_ref().map(|me| me.id))?;
        Some(Showing { view: self.view.get(), number: self.numbers.chosen.get(), wanted: self.wanted.get(), me })
    }

    fn follow(self) {
        Effect::new(move || {
            self.list.again.track();
            if let Some(showing) = self.showing() {
                self.list.load(&showing, None);
            }
        });
        Effect::new(move || self.open(self.chosen.get()));
        let open =
            Memo::new(move |_| self.ticket.with(|ticket| ticket.as_ref().map(|ticket| (ticket.id, ticket.number.id))));
        Effect::new(move || {
            if let Some((id, number)) = open.get() {
                self.ask_options_of(id, number);
            }
        });
        use_events(move |event| self.take(event));
        if let Ok(clock) = set_interval_with_handle(move || self.now.set(clock::now()), TICK) {
            on_cleanup(move || clock.clear());
        }
        let realtime = expect_context::<Realtime>();
        Effect::new(move |was_lost: Option<bool>| {
            let lost = realtime.lost.get();
            if was_lost == Some(true) && !lost {
                self.retry_unreached();
            }
            lost
        });
    }

    fn take(self, event: &Event) {
        match event {
            Event::TicketChanged { ticket } => self.apply(ticket),
            Event::MessageChanged { message, .. } => self.hear(message),
            Event::Reset | Event::AccessChanged => {
                self.list.reload();
                self.counts.reload();
                self.open(self.chosen.get_untracked());
                self.thread.refresh();
                self.ask_options();
            }
            Event::ListChanged { subject: AuditSubject::AttentionSettings | AuditSubject::SettingsCopy } => {
                self.ask_options();
            }
            Event::CampaignChanged { .. }
            | Event::ListChanged { .. }
            | Event::AbsenceChanged { .. }
            | Event::OffHoursContactsChanged { .. }
            | Event::NumberImportChanged { .. } => {}
        }
    }

    /// A ticket is new or changed, wherever that was learned.
    pub fn apply(self, ticket: &Ticket) {
        if let Some(showing) = untrack(|| self.showing()) {
            let known = self.list.tickets.with_untracked(|list| list.iter().any(|other| other.id == ticket.id));
            self.list.tickets.update(|list| showing.place(list, ticket));
            // It took over the place of the one before in the queue, which only the server knows.
            if !known && showing.view == InboxView::Waiting && ticket.parent_id.is_some() && showing.fits(ticket) {
                self.list.reload();
            }
        }
        if self.list.loading.get_untracked() {
            self.list.overtaken.set_value(true);
        }
        if self.ticket.with_untracked(|open| open.as_ref().is_some_and(|open| open.id == ticket.id)) {
            self.ticket.set(Some(ticket.clone()));
        }
        self.counts.reload_soon(BURST);
    }

    fn hear(self, message: &Message) {
        if self.thread.of.get_untracked() != Some(message.conversation_id) {
            return;
        }
        let me = self.session.me.with_untracked(|me| me.as_ref().map(|me| me.id));
        let echo = me.is_some_and(|me| self.pending.with_untracked(|pending| model::is_echo(message, pending, me)));
        let known = self.thread.messages.with_untracked(|list| list.iter().any(|other| other.id == message.id));
        if echo && !known {
            return self.echoes.update_value(|echoes| echoes.push(message.clone()));
        }
        self.thread.messages.update(|list| model::upsert(list, message.clone()));
        if message.author.is_contact() && !known && !document().hidden() {
            self.mark_read();
        }
    }

    /// Show a ticket: at once with what the inbox knows of it, then with what the server says.
    fn open(self, id: Option<TicketId>) {
        self.ticket_failed.set(None);
        let Some(id) = id else {
            self.ticket.set(None);
            self.thread.of.set(None);
            return;
        };
        let known = self.list.tickets.with_untracked(|list| list.iter().find(|ticket| ticket.id == id).cloned());
        if let Some(ticket) = &known {
            self.thread.load(ticket.conversation_id);
        }
        if known.is_some() || self.ticket.with_untracked(|open| open.as_ref().is_none_or(|open| open.id != id)) {
            self.ticket.set(known);
        }
        spawn_local(async move {
            let answer = api::ask(tickets::GET_TICKET, &[&id], Query::none()).await;
            if self.chosen.try_get_untracked() != Some(Some(id)) {
                return;
            }
            match answer {
                Ok(ticket) => {
                    let unread = ticket.unread > 0;
                    self.thread.load(ticket.conversation_id);
                    self.ticket.set(Some(ticket));
                    if unread {
                        self.mark_read();
                    }
                }
                Err(failed) => self.ticket_failed.set(Some(failed)),
            }
        });
    }

    pub fn reopen(self) {
        self.thread.of.set(None);
        self.open(self.chosen.get_untracked());
    }

    fn mark_read(self) {
        let Some(id) = self.chosen.get_untracked().filter(|_| self.may_answer.get_untracked()) else { return };
        spawn_local(async move {
            // Unread marks are a convenience: when this one call fails, the next opening sets it right.
            if let Ok(ticket) = api::ask(tickets::READ_TICKET, &[&id], Query::none()).await
                && self.chosen.try_get_untracked().is_some()
            {
                self.apply(&ticket);
            }
        });
    }
}

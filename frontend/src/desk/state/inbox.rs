//! The tickets of the inbox, page by page, kept by events.

use crate::{
    api::{self, Failed, Query},
    desk::model::Showing,
};
use leptos::prelude::*;
use types::{
    PageQuery,
    tickets::{self, Ticket, TicketFilter},
};
use wasm_bindgen_futures::spawn_local;

#[derive(Clone, Copy)]
pub struct Inbox {
    pub tickets: RwSignal<Vec<Ticket>>,
    pub cursor: RwSignal<Option<String>>,
    pub loading: RwSignal<bool>,
    pub failed: RwSignal<Option<Failed>>,
    pub again: RwSignal<u32>,
    /// Something changed while a page was on its way.
    pub overtaken: StoredValue<bool>,
    question: StoredValue<u32>,
}

impl Inbox {
    pub fn new() -> Self {
        Self {
            tickets: RwSignal::new(Vec::new()),
            cursor: RwSignal::new(None),
            loading: RwSignal::new(true),
            failed: RwSignal::new(None),
            again: RwSignal::new(0),
            overtaken: StoredValue::new(false),
            question: StoredValue::new(0),
        }
    }

    pub fn reload(self) {
        self.again.update(|number| *number = number.wrapping_add(1));
    }

    pub fn more(self, showing: &Showing) {
        if let Some(cursor) = self.cursor.get_untracked().filter(|_| !self.loading.get_untracked()) {
            self.load(showing, Some(cursor));
        }
    }

    pub fn load(self, showing: &Showing, cursor: Option<String>) {
        let first = cursor.is_none();
        let filter = TicketFilter {
            view: showing.view,
            number_id: showing.number,
            q: Some(showing.wanted.trim().to_owned()).filter(|wanted| !wanted.is_empty()),
        };
        let asked = api::ask(tickets::LIST_TICKETS, &[], Query::of(&filter).and(&PageQuery { limit: None, cursor }));
        self.question.update_value(|number| *number = number.wrapping_add(1));
        let mine = self.question.get_value();
        self.loading.set(true);
        self.overtaken.set_value(false);
        if first {
            // What no longer fits goes at once; what still fits stays until the answer is here.
            self.tickets.update(|list| list.retain(|ticket| showing.fits(ticket)));
        }
        let showing = showing.clone();
        spawn_local(async move {
            let answer = asked.await;
            if self.question.try_get_value() != Some(mine) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => {
                    self.failed.set(None);
                    self.cursor.set(page.next_cursor);
                    self.tickets.update(|list| {
                        if first {
                            *list = page.items;
                        } else {
                            page.items.iter().for_each(|ticket| showing.place(list, ticket));
                        }
                    });
                }
                Err(failed) => self.failed.set(Some(failed)),
            }
            if self.overtaken.get_value() {
                self.reload();
            }
        });
    }
}

//! What the settings of a ticket's number let one do with it.

use super::Desk;
use crate::api::{self, Query};
use leptos::prelude::*;
use std::collections::HashMap;
use types::{
    NumberId, TicketId,
    tickets::{self, TicketOptions},
};
use wasm_bindgen_futures::spawn_local;

/// By number, for they are the same for all its tickets: the next ticket of a number shows its buttons at once.
pub type Known = HashMap<NumberId, TicketOptions>;

impl Desk {
    /// Of the open ticket; none until they are known. Followed.
    pub fn options(self) -> Option<TicketOptions> {
        let number = self.ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.number.id))?;
        self.known_options.with(|known| known.get(&number).cloned())
    }

    /// Ask for those of the open ticket, which may have changed since they were asked for.
    pub fn ask_options(self) {
        let open = self.ticket.with_untracked(|ticket| ticket.as_ref().map(|ticket| (ticket.id, ticket.number.id)));
        if let Some((id, number)) = open {
            self.ask_options_of(id, number);
        }
    }

    pub(super) fn ask_options_of(self, id: TicketId, number: NumberId) {
        spawn_local(async move {
            // Without an answer the buttons stay as they are, and the server decides.
            if let Ok(options) = api::ask(tickets::GET_TICKET_OPTIONS, &[&id], Query::none()).await {
                self.known_options.try_update(|known| known.insert(number, options));
            }
        });
    }
}

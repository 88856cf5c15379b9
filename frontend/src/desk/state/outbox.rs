//! What one writes, on its way to the server.

use super::Desk;
use crate::{
    api::{self, Failed},
    clock,
    desk::model::{self, Pending},
};
use leptos::prelude::*;
use types::{
    TicketId,
    messages::Message,
    tickets::{self, TicketMessageInput},
};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;

impl Desk {
    /// Answer the contact: it shows at once and goes out in its turn.
    pub fn send(self, ticket: TicketId, text: String) {
        let client_id = clock::fresh_id();
        let at = clock::now();
        self.pending.update(|list| list.push(Pending { client_id, ticket, text, at, failed: None }));
        self.work();
    }

    pub fn retry(self, client_id: Uuid) {
        self.pending.update(|list| {
            list.iter_mut().filter(|waiting| waiting.client_id == client_id).for_each(|waiting| waiting.failed = None);
        });
        self.work();
    }

    pub fn discard(self, client_id: Uuid) {
        self.pending.update(|list| list.retain(|waiting| waiting.client_id != client_id));
    }

    /// What did not reach the server is tried again when there is a connection again.
    pub fn retry_unreached(self) {
        self.pending.update(|list| {
            list.iter_mut()
                .filter(|waiting| waiting.failed == Some(Failed::Unreachable))
                .for_each(|waiting| waiting.failed = None);
        });
        self.work();
    }

    /// One at a time, so that the contact reads them in the order they were written.
    fn work(self) {
        if self.sending.get_value() {
            return;
        }
        self.sending.set_value(true);
        spawn_local(async move {
            while let Some(next) = self.next_pending() {
                let input = TicketMessageInput::text(next.client_id, next.text);
                let answer = api::send(tickets::CREATE_TICKET_MESSAGE, &[&next.ticket], &input).await;
                if self.pending.try_with_untracked(|_| ()).is_none() {
                    return;
                }
                self.settle(next.client_id, answer);
            }
            self.sending.try_set_value(false);
        });
    }

    fn next_pending(self) -> Option<Pending> {
        self.pending.try_with_untracked(|list| list.iter().find(|waiting| waiting.failed.is_none()).cloned()).flatten()
    }

    fn settle(self, client_id: Uuid, answer: api::Result<Message>) {
        match answer {
            Ok(message) => {
                if self.thread.of.get_untracked() == Some(message.conversation_id) {
                    let id = message.id;
                    self.thread.messages.update(|list| {
                        model::merge(list, vec![message]);
                        // Events may have brought it further than the answer says.
                        self.echoes.update_value(|echoes| {
                            echoes
                                .iter()
                                .filter(|echo| echo.id == id)
                                .for_each(|echo| model::upsert(list, echo.clone()));
                            echoes.retain(|echo| echo.id != id);
                        });
                    });
                }
                self.discard(client_id);
            }
            Err(failed) => self.pending.update(|list| {
                list.iter_mut()
                    .filter(|waiting| waiting.client_id == client_id)
                    .for_each(|waiting| waiting.failed = Some(failed.clone()));
            }),
        }
    }
}

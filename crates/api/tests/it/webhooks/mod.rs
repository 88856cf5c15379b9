//! WhatsApp's webhooks: who may tell us something, what is taken, and what comes of it.

mod door;
mod identities;
mod intake;
mod persons;
mod reports;

use crate::test_app::{Caller, Organization, Person, TestApp};
use types::{
    ConversationId, NumberId, Permission,
    conversations::LIST_CONVERSATION_MESSAGES,
    messages::{Message, MessageContent},
    tickets::{COUNT_TICKETS, LIST_TICKETS, Ticket},
};

/// An organization with one number and its agent.
pub(crate) struct House {
    pub(crate) organization: Organization,
    pub(crate) agent: Person,
    pub(crate) number_id: NumberId,
    /// What WhatsApp calls the number.
    pub(crate) number: String,
}

impl House {
    pub(crate) async fn new(app: &TestApp, name: &str) -> Self {
        let organization = app.organization(name).await;
        let agent = app.member(&organization, Permission::AGENT).await;
        let number_id = app.number(&organization, name, &[&agent]).await;
        Self { organization, agent, number_id, number: crate::test_app::phone_number_id(number_id) }
    }
}

/// The only ticket that is open.
pub(crate) async fn only_ticket(caller: &Caller) -> Ticket {
    let mut tickets = caller.query(LIST_TICKETS, &[], "view=all").await.ok().items;
    assert_eq!(tickets.len(), 1, "there is one ticket");
    tickets.remove(0)
}

pub(crate) async fn open_tickets(caller: &Caller) -> u64 {
    caller.call(COUNT_TICKETS, &[]).await.ok().all
}

/// A thread, oldest first.
pub(crate) async fn thread(caller: &Caller, conversation: ConversationId) -> Vec<Message> {
    let page = caller.query(LIST_CONVERSATION_MESSAGES, &[&conversation], "limit=200").await.ok();
    page.items.into_iter().rev().collect()
}

/// What the contact said in a thread.
pub(crate) fn of_contact(thread: &[Message]) -> Vec<String> {
    thread.iter().filter(|message| message.author.is_contact()).map(words).collect()
}

pub(crate) fn words(message: &Message) -> String {
    if let MessageContent::Text { body } = &message.content {
        return body.clone();
    }
    format!("{:?}", message.content)
}

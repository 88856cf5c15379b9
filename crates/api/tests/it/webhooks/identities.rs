//! Two contacts that turn out to be one person, and persons who change their number.

use super::{House, of_contact, only_ticket, open_tickets, thread};
use crate::test_app::{TestApp, body, eventually, noon, phone_number_id, text};
use serde_json::{Value, json};
use types::{
    ErrorCode,
    contacts::GET_CONTACT,
    conversations::{LIST_CONVERSATION_MESSAGES, SEARCH_MESSAGES},
    messages::Author,
    tickets::{CloseReason, LIST_TICKETS, TAKE_TICKET, Ticket},
};

const OLD: &str = "56955550111";
const NEW: &str = "56955550199";

fn message(number: &str, message: Value, name: Option<&str>) -> Value {
    let contacts: Vec<_> = name.map(|name| json!({"profile": {"name": name}})).into_iter().collect();
    body(&[
        json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": number}, "contacts": contacts, "messages": [message]}),
    ])
}

/// A text of somebody who is called by a phone, an id, or both.
fn said(number: &str, (from, user_id): (Option<&str>, Option<&str>), wamid: &str, words: &str) -> Value {
    let mut said =
        json!({"id": wamid, "timestamp": noon().timestamp().to_string(), "type": "text", "text": {"body": words}});
    if let Some(from) = from {
        said["from"] = json!(from);
    }
    if let Some(user_id) = user_id {
        said["from_user_id"] = json!(user_id);
    }
    message(number, said, None)
}

fn changed_number(number: &str, wamid: &str) -> Value {
    let change =
        json!({"body": format!("Ana changed from {OLD} to {NEW}"), "wa_id": NEW, "type": "user_changed_number"});
    let at = (noon().timestamp() + 1).to_string();
    message(number, json!({"from": OLD, "id": wamid, "timestamp": at, "type": "system", "system": change}), None)
}

async fn all(house: &House, view: &str) -> Vec<Ticket> {
    house.agent.query(LIST_TICKETS, &[], &format!("view={view}")).await.ok().items
}

#[actix_web::test]
async fn two_contacts_that_turn_out_to_be_one_person_become_one_with_all_that_was_said() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, OLD, "w.1", "phone", noon())).await;
    app.told(&said(&house.number, (None, Some("US.7")), "w.2", "id")).await;
    let tickets = all(&house, "all").await;
    assert_eq!(tickets.len(), 2);
    let (older, younger) = (&tickets[1], &tickets[0]);
    house.agent.call(TAKE_TICKET, &[&younger.id]).await.ok();
    app.told(&said(&house.number, (Some(OLD), Some("US.7")), "w.3", "both")).await;
    app.told(&text(&house.number, "56955550112", "w.4", "someone else", noon())).await;
    let tickets = all(&house, "all").await;
    assert_eq!(tickets.len(), 2, "theirs and someone else's");
    let ticket = tickets.iter().find(|ticket| ticket.id == older.id).expect("the older one stays");
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["phone", "id", "both"]);
    assert!(thread(&house.agent, ticket.conversation_id).await.iter().all(|said| said.ticket_id != Some(younger.id)));
    assert_eq!((ticket.unread, ticket.contact.name.as_deref()), (3, Some("Ana")));
    let closed = all(&house, "closed").await;
    assert_eq!((closed[0].id, closed[0].close_reason), (younger.id, Some(CloseReason::Transferred)));
    assert_eq!((closed[0].contact.id, closed[0].conversation_id), (older.contact.id, older.conversation_id));
    house.agent.call(GET_CONTACT, &[&younger.contact.id]).await.refused(ErrorCode::NotFound);
    house.agent.call(LIST_CONVERSATION_MESSAGES, &[&younger.conversation_id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_merge_keeps_what_was_said_on_every_number() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let second = phone_number_id(app.number(&house.organization, "two", &[&house.agent]).await);
    app.told(&text(&house.number, OLD, "w.1", "phone", noon())).await;
    app.told(&said(&second, (None, Some("US.7")), "w.2", "id")).await;
    app.told(&said(&second, (Some(OLD), Some("US.7")), "w.3", "both")).await;
    let tickets = all(&house, "all").await;
    assert_eq!(tickets.len(), 2, "one on each number");
    assert_eq!(tickets[0].contact, tickets[1].contact, "of one person");
    assert_eq!(of_contact(&thread(&house.agent, tickets[0].conversation_id).await), ["id", "both"]);
    assert_eq!(of_contact(&thread(&house.agent, tickets[1].conversation_id).await), ["phone"]);
}

#[actix_web::test]
async fn what_was_said_before_a_merge_is_found_as_the_contact_that_stays() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let second = phone_number_id(app.number(&house.organization, "two", &[&house.agent]).await);
    app.told(&text(&house.number, OLD, "w.1", "phone", noon())).await;
    app.told(&said(&second, (None, Some("US.7")), "w.2", "secreto")).await;
    let found = async |query: String| house.agent.query(SEARCH_MESSAGES, &[], &query).await.ok().items.len();
    eventually("it is found", async || (found("q=secreto".to_owned()).await == 1).then_some(())).await;
    app.told(&said(&house.number, (Some(OLD), Some("US.7")), "w.3", "both")).await;
    let kept = all(&house, "all").await.remove(0).contact.id;
    let of_contact = format!("q=secreto&contact_id={kept}");
    eventually("it is the contact's", async || (found(of_contact.clone()).await == 1).then_some(())).await;
}

#[actix_web::test]
async fn both_ids_in_one_body_with_messages_by_either_make_one_contact() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let at = noon().timestamp().to_string();
    let messages: Vec<_> = [(Some(OLD), None, "phone"), (None, Some("US.7"), "id"), (Some(OLD), Some("US.7"), "both")]
        .into_iter()
        .map(|(from, user_id, words)| {
            let mut said = json!({"id": words, "timestamp": at, "type": "text", "text": {"body": words}});
            if let Some(from) = from {
                said["from"] = json!(from);
            }
            if let Some(user_id) = user_id {
                said["from_user_id"] = json!(user_id);
            }
            said
        })
        .collect();
    app.told(&body(&[
        json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.number}, "contacts": [], "messages": messages}),
    ]))
    .await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["phone", "id", "both"]);
}

#[actix_web::test]
async fn who_changes_their_number_stays_the_same_contact() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, OLD, "w.1", "before", noon())).await;
    let before = only_ticket(&house.agent).await;
    app.told(&changed_number(&house.number, "w.2")).await;
    let changed = only_ticket(&house.agent).await;
    assert_eq!((changed.contact.id, changed.contact.name.as_deref()), (before.contact.id, Some("Ana")));
    assert_eq!(changed.contact.phone.as_deref(), Some("+56955550199"));
    assert_eq!((changed.unread, changed.window_closes_at), (1, before.window_closes_at), "WhatsApp is not the contact");
    app.told(&text(&house.number, NEW, "w.3", "after", noon())).await;
    let after = only_ticket(&house.agent).await;
    let said = thread(&house.agent, after.conversation_id).await;
    assert_eq!(of_contact(&said), ["before", "after"]);
    assert!(said.iter().any(|said| said.author == Author::System && super::words(said).contains("changed")));
    // Someone else has the old number now, and the word of the change comes once more.
    app.told(&text(&house.number, OLD, "w.4", "new here", noon())).await;
    app.told(&changed_number(&house.number, "w.2")).await;
    assert_eq!(open_tickets(&house.agent).await, 2);
    let ticket = all(&house, "all").await.into_iter().find(|ticket| ticket.id == after.id).unwrap();
    assert_eq!(ticket.contact.phone.as_deref(), Some("+56955550199"));
}

#[actix_web::test]
async fn who_wrote_from_the_new_number_before_the_change_was_told_is_one_contact() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, OLD, "w.1", "before", noon())).await;
    let before = only_ticket(&house.agent).await;
    app.told(&text(&house.number, NEW, "w.3", "after", noon())).await;
    assert_eq!(open_tickets(&house.agent).await, 2);
    app.told(&changed_number(&house.number, "w.2")).await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!((ticket.id, ticket.contact.id), (before.id, before.contact.id));
    assert_eq!(ticket.contact.phone.as_deref(), Some("+56955550199"));
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["before", "after"]);
}

#[actix_web::test]
async fn a_change_of_number_of_somebody_unknown_makes_nobody() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&changed_number(&house.number, "w.2")).await;
    assert_eq!(open_tickets(&house.agent).await, 0);
    app.told(&text(&house.number, NEW, "w.3", "after", noon())).await;
    assert_eq!(only_ticket(&house.agent).await.unread, 1);
}

#[actix_web::test]
async fn a_phone_that_has_another_person_now_brings_no_two_together() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&said(&house.number, (Some(OLD), Some("US.1")), "w.1", "first")).await;
    app.told(&said(&house.number, (Some(NEW), Some("US.2")), "w.2", "second")).await;
    app.told(&said(&house.number, (Some(OLD), Some("US.2")), "w.3", "third")).await;
    assert_eq!(open_tickets(&house.agent).await, 2);
}

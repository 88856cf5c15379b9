//! Reports on our messages: late, twice, out of order, about others' messages, and never backwards.

use super::{House, only_ticket, thread};
use crate::test_app::{TestApp, noon, status, statuses, text, texts};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use std::collections::HashMap;
use types::{
    MessageId,
    messages::{Author, Message, MessageStatus},
    tickets::LIST_TICKETS,
};

/// Bot's messages, each of another contact, that wait to be sent.
async fn waiting_messages(app: &TestApp, house: &House, count: usize) -> Vec<Message> {
    let names: Vec<_> = (0..count).map(|index| (format!("569555{index:05}"), format!("wamid.in.{index}"))).collect();
    let messages: Vec<_> = names.iter().map(|(from, wamid)| (from.as_str(), wamid.as_str(), "Hola")).collect();
    app.told(&texts(&house.number, &messages, noon())).await;
    let tickets = house.agent.query(LIST_TICKETS, &[], "view=all&limit=200").await.ok().items;
    assert_eq!(tickets.len(), count);
    let mut found = Vec::new();
    for ticket in tickets {
        let thread = thread(&house.agent, ticket.conversation_id).await;
        found.push(thread.into_iter().find(|message| message.author == Author::Bot).unwrap());
    }
    found
}

async fn by_id(house: &House, message: &Message) -> Message {
    let thread = thread(&house.agent, message.conversation_id).await;
    thread.into_iter().find(|found| found.id == message.id).unwrap()
}

/// When WhatsApp says each thing happened.
fn time_of(word: &str) -> DateTime<Utc> {
    let seconds = match word {
        "sent" => 1,
        "delivered" => 5,
        "read" => 9,
        _ => 3,
    };
    noon() + TimeDelta::seconds(seconds)
}

fn report(message: &Message, word: &str) -> Value {
    let id = message.id.to_string();
    status(&format!("wamid.out.{id}"), word, Some(&id), time_of(word))
}

/// Every order of some words.
fn orders(words: &[&'static str]) -> Vec<Vec<&'static str>> {
    if words.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for index in 0..words.len() {
        let mut rest = words.to_vec();
        let first = rest.remove(index);
        found.extend(orders(&rest).into_iter().map(|order| [vec![first], order].concat()));
    }
    found.sort();
    found.dedup();
    found
}

#[actix_web::test]
async fn reports_in_any_order_and_any_of_them_twice_end_in_the_same_state() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let cases: Vec<(&[&str], MessageStatus)> = vec![
        (&["sent", "delivered", "read"], MessageStatus::Read),
        (&["sent", "sent", "delivered", "read"], MessageStatus::Read),
        (&["sent", "delivered", "delivered", "read"], MessageStatus::Read),
        (&["sent", "delivered", "read", "read"], MessageStatus::Read),
        (&["sent", "failed", "failed"], MessageStatus::Failed),
        (&["sent", "delivered", "failed"], MessageStatus::Delivered),
    ];
    let runs: Vec<_> =
        cases.iter().flat_map(|(words, end)| orders(words).into_iter().map(|order| (order, *end))).collect();
    let messages = waiting_messages(&app, &house, runs.len()).await;
    // One event a report: all first ones, then all second ones, so that every run has its order.
    for step in 0..4 {
        for ((order, _), message) in runs.iter().zip(&messages) {
            if let Some(word) = order.get(step) {
                assert_eq!(app.hear(&statuses(&house.number, &[report(message, word)])).await, 200);
            }
        }
    }
    app.settled().await;
    let mut ends: HashMap<Vec<&str>, Message> = HashMap::new();
    for ((order, end), message) in runs.iter().zip(&messages) {
        let found = by_id(&house, message).await;
        assert_eq!(found.status, *end, "{order:?}");
        assert_eq!(found.failure.is_some(), *end == MessageStatus::Failed, "{order:?}");
        let mut kind = order.clone();
        kind.sort_unstable();
        kind.dedup();
        let same = ends.entry(kind).or_insert_with(|| found.clone());
        let times = |message: &Message| (message.sent_at, message.delivered_at, message.read_at);
        assert_eq!(times(&found), times(same), "{order:?}");
    }
    let read = &ends[&vec!["delivered", "read", "sent"]];
    let times = [read.sent_at, read.delivered_at, read.read_at].map(Option::unwrap);
    assert_eq!(times, ["sent", "delivered", "read"].map(time_of));
}

#[actix_web::test]
async fn the_same_reports_in_one_body_end_in_the_same_state() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let messages = waiting_messages(&app, &house, 2).await;
    let mixed: Vec<_> = ["read", "sent", "delivered", "sent"]
        .iter()
        .flat_map(|word| messages.iter().map(|message| report(message, word)))
        .collect();
    app.told(&statuses(&house.number, &mixed)).await;
    for message in &messages {
        let found = by_id(&house, message).await;
        assert_eq!((found.status, found.delivered_at), (MessageStatus::Read, Some(time_of("delivered"))));
    }
}

#[actix_web::test]
async fn a_message_that_was_delivered_does_not_fail_any_more() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let message = waiting_messages(&app, &house, 1).await.remove(0);
    for word in ["read", "delivered", "failed"] {
        app.told(&statuses(&house.number, &[report(&message, word)])).await;
        let found = by_id(&house, &message).await;
        assert_eq!((found.status, found.failure), (MessageStatus::Read, None), "after {word}");
    }
}

#[actix_web::test]
async fn a_failure_says_why_in_whatsapps_words() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let message = waiting_messages(&app, &house, 1).await.remove(0);
    app.told(&statuses(&house.number, &[report(&message, "failed")])).await;
    let failure = by_id(&house, &message).await.failure.unwrap();
    assert_eq!(
        (failure.code, failure.reason.as_str(), failure.detail.as_str()),
        (131_026, "undeliverable", "No such phone.")
    );
}

#[actix_web::test]
async fn a_later_report_finds_its_message_by_whatsapps_id_alone() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let message = waiting_messages(&app, &house, 1).await.remove(0);
    app.told(&statuses(&house.number, &[report(&message, "sent")])).await;
    let wamid = format!("wamid.out.{}", message.id);
    app.told(&statuses(&house.number, &[status(&wamid, "read", None, time_of("read"))])).await;
    assert_eq!(by_id(&house, &message).await.status, MessageStatus::Read);
}

#[actix_web::test]
async fn a_report_of_another_number_about_our_message_is_ignored() {
    let app = TestApp::start().await;
    let (ours, theirs) = (House::new(&app, "ours").await, House::new(&app, "theirs").await);
    let message = waiting_messages(&app, &ours, 1).await.remove(0);
    app.told(&statuses(&theirs.number, &[report(&message, "read")])).await;
    app.told(&statuses("a number nobody has", &[report(&message, "failed")])).await;
    let found = by_id(&ours, &message).await;
    assert!(matches!(found.status, MessageStatus::Queued | MessageStatus::Sending), "{:?}", found.status);
    let unknown: MessageId = app.app.ids.make();
    let stray = status("wamid.stray", "read", Some(&unknown.to_string()), noon());
    let odd = status("wamid.odd", "read", Some("not one of our ids"), noon());
    let new = status("wamid.new", "teleported", None, noon());
    app.told(&statuses(&ours.number, &[stray, odd, new, report(&message, "sent")])).await;
    assert_eq!(by_id(&ours, &message).await.status, MessageStatus::Sent, "what comes after is worked on");
}

#[actix_web::test]
async fn a_report_about_a_contacts_own_message_changes_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let conversation = only_ticket(&house.agent).await.conversation_id;
    let before = thread(&house.agent, conversation).await;
    let own = before.iter().find(|message| message.author.is_contact()).unwrap();
    app.told(&statuses(&house.number, &[status("wamid.1", "read", Some(&own.id.to_string()), noon())])).await;
    app.told(&statuses(&house.number, &[status("wamid.1", "failed", None, noon())])).await;
    let after = thread(&house.agent, conversation).await;
    let same = after.iter().find(|message| message.id == own.id).unwrap();
    assert_eq!((same.status, same.read_at, &same.failure), (MessageStatus::Received, None, &None));
}

//! What the customer sees of the agent: blue ticks and that somebody is writing (spec S1).

use super::waiting;
use crate::{
    test_app::{Organization, Person, TestApp, eventually},
    webhooks::{House, only_ticket},
};
use chrono::TimeDelta;
use sandbox::demo_world;
use serde_json::json;
use std::time::Duration;
use types::{
    ErrorCode, NumberId, Permission,
    tickets::{CLOSE_TICKET, READ_TICKET, TAKE_TICKET, TYPE_IN_TICKET, Ticket, TicketCloseInput},
};

const PHONE: &str = "56955550190";

/// A customer has written to a number of the sandbox, and an agent has the ticket.
async fn conversation(app: &TestApp) -> (Organization, Person, NumberId, Ticket) {
    let organization = app.organization("one").await;
    let agent = app.member(&organization, Permission::AGENT).await;
    let number = app.sandbox_numbers(&organization, &[&agent]).await[0];
    app.phones().write(PHONE, demo_world().numbers[0].id, "Hola").await;
    app.phones().shows(PHONE, demo_world().numbers[0].id, 3).await;
    let ticket = only_ticket(&agent).await;
    agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    (organization, agent, number, ticket)
}

/// How far the customer's own message came, on their phone.
async fn ticks(app: &TestApp) -> String {
    let path = format!("phones/{PHONE}/messages?number={}", demo_world().numbers[0].id);
    let shown = app.phones().control("GET", &path, &json!({})).await;
    shown["messages"][0]["status"].as_str().unwrap_or_default().to_owned()
}

/// What the phone's page is told until somebody is writing.
async fn told_typing(stream: &mut reqwest::Response) {
    let wait = async {
        let mut text = String::new();
        while !text.contains("\"kind\":\"typing\"") {
            text.push_str(&String::from_utf8_lossy(&stream.chunk().await.unwrap().unwrap()));
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("nobody was told that somebody is writing");
}

#[actix_web::test]
async fn the_customer_sees_that_it_was_read_where_the_number_wants_it() {
    let app = TestApp::with_sandbox().await;
    let (organization, agent, number, ticket) = conversation(&app).await;
    agent.call(READ_TICKET, &[&ticket.id]).await.ok();
    app.attend(&organization, number, |settings| settings.customer_signals.read_receipts = true).await;
    assert_ne!(ticks(&app).await, "read", "until then it did not");
    app.phones().write(PHONE, demo_world().numbers[0].id, "¿Hola?").await;
    eventually("the second one is unread", async || (only_ticket(&agent).await.unread == 1).then_some(())).await;
    agent.call(READ_TICKET, &[&ticket.id]).await.ok();
    eventually("the second one is read", async || {
        let path = format!("phones/{PHONE}/messages?number={}", demo_world().numbers[0].id);
        let shown = app.phones().control("GET", &path, &json!({})).await;
        let mut theirs = shown["messages"].as_array().unwrap().iter().filter(|one| one["shown"]["body"] == "¿Hola?");
        theirs.next().is_some_and(|one| one["status"] == "read").then_some(())
    })
    .await;
}

#[actix_web::test]
async fn the_customer_sees_that_somebody_writes_where_the_number_wants_it() {
    let app = TestApp::with_sandbox().await;
    let (organization, agent, number, ticket) = conversation(&app).await;
    app.attend(&organization, number, |settings| settings.customer_signals.typing = true).await;
    let mut stream = app.phones().listen().await;
    agent.call(TYPE_IN_TICKET, &[&ticket.id]).await.ok();
    told_typing(&mut stream).await;
}

#[actix_web::test]
async fn only_who_has_the_open_ticket_writes_in_it() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    house.agent.call(TYPE_IN_TICKET, &[&ticket.id]).await.refused(ErrorCode::TicketNotYours);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    house.agent.call(TYPE_IN_TICKET, &[&ticket.id]).await.ok();
    house.organization.administrator.call(TYPE_IN_TICKET, &[&ticket.id]).await.refused(ErrorCode::TicketNotYours);
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    house.agent.call(TYPE_IN_TICKET, &[&ticket.id]).await.refused(ErrorCode::TicketClosed);
}

#[actix_web::test]
async fn whatsapp_is_told_once_in_ten_seconds_however_fast_somebody_types() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let now = app.app.clock.now();
    let typing = &app.app.typing;
    assert!(typing.due(ticket.id, now));
    assert!(!typing.due(ticket.id, now + TimeDelta::seconds(9)));
    assert!(typing.due(app.app.ids.make(), now + TimeDelta::seconds(9)), "another ticket is another matter");
    assert!(typing.due(ticket.id, now + TimeDelta::seconds(10)));
}

//! Who is not connected attends nobody (decisions: agent states).

use crate::{
    test_app::{Person, TestApp, eventually, text},
    webhooks::House,
};
use chrono::TimeDelta;
use types::{
    sessions::{AgentStatus, GET_ME},
    tickets::{GET_TICKET, LIST_TICKETS},
};

async fn status(person: &Person) -> AgentStatus {
    person.call(GET_ME, &[]).await.ok().agent_status
}

async fn becomes(person: &Person, wanted: AgentStatus) {
    eventually("the state", async || (status(person).await == wanted).then_some(())).await;
}

/// Somebody else comes, so that it is looked who is there.
async fn somebody_comes(app: &TestApp, house: &House) {
    let other = app.member(&house.organization, &[]).await;
    other.is(AgentStatus::Online).await;
    eventually("it was written down who is here", async || {
        // Whoever is connected is seen now, whatever the clock was when they came.
        let left = db::presence::has_left(app.app.db.read(), app.app.clock.now()).await.unwrap();
        (!left).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn who_has_no_connection_for_a_minute_is_offline_and_the_ticket_waits_again_after_the_set_time() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.serve(&house.organization, house.number_id, None, &[&house.agent]).await;
    house.agent.is(AgentStatus::Online).await;
    app.told(&text(&house.number, "56955550300", "wamid.1", "Hola", app.app.clock.now())).await;
    let ticket = eventually("the ticket is handed out", async || {
        house.agent.query(LIST_TICKETS, &[], "view=mine").await.ok().items.pop()
    })
    .await;
    house.agent.leaves();
    app.app.clock.advance(TimeDelta::seconds(61));
    somebody_comes(&app, &house).await;
    becomes(&house.agent, AgentStatus::Offline).await;
    eventually("its return is set", async || app.return_is_set(ticket.conversation_id).await.then_some(())).await;
    app.app.clock.advance(TimeDelta::minutes(11));
    eventually("the ticket waits again", async || {
        let ticket = house.organization.administrator.call(GET_TICKET, &[&ticket.id]).await.ok();
        ticket.assignee.is_none().then_some(())
    })
    .await;
}

#[actix_web::test]
async fn who_is_connected_stays_what_they_are_however_the_clock_jumps() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    house.agent.is(AgentStatus::Paused).await;
    app.app.clock.advance(TimeDelta::hours(30));
    let agent = app.renewed(&house.agent);
    somebody_comes(&app, &house).await;
    assert_eq!(status(&agent).await, AgentStatus::Paused);
}

#[actix_web::test]
async fn who_comes_back_within_an_hour_is_again_what_they_were_and_later_has_to_say_so() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let agent = &house.agent;
    for (away, then) in [(59, AgentStatus::Invisible), (61, AgentStatus::Offline)] {
        agent.is(AgentStatus::Invisible).await;
        agent.leaves();
        app.app.clock.advance(TimeDelta::seconds(61));
        somebody_comes(&app, &house).await;
        becomes(agent, AgentStatus::Offline).await;
        app.app.clock.advance(TimeDelta::minutes(away));
        agent.comes_back(&app);
        somebody_comes(&app, &house).await;
        becomes(&app.renewed(agent), then).await;
    }
}

#[actix_web::test]
async fn who_chose_to_be_offline_stays_so() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let agent = &house.agent;
    agent.is(AgentStatus::Online).await;
    agent.leaves();
    app.app.clock.advance(TimeDelta::seconds(61));
    somebody_comes(&app, &house).await;
    becomes(agent, AgentStatus::Offline).await;
    agent.is(AgentStatus::Offline).await;
    agent.comes_back(&app);
    somebody_comes(&app, &house).await;
    assert_eq!(status(agent).await, AgentStatus::Offline);
}

#[actix_web::test]
async fn who_is_being_changed_by_somebody_else_is_not_waited_for() {
    let app = TestApp::start().await;
    // `SQLite` has one writer: there is nobody else.
    if app.app.db.is_sqlite() {
        return;
    }
    let house = House::new(&app, "one").await;
    let (one, other) = (house.agent.id, house.organization.administrator.id);
    let changing = db::begin(&app.app.db).await.unwrap();
    let held = eventually("the member is free", async || {
        let held = db::presence::hold_free(&changing, &[one]).await.unwrap();
        (!held.is_empty()).then_some(held)
    })
    .await;
    assert_eq!(held, [one]);
    let beat = db::begin(&app.app.db).await.unwrap();
    let free = db::presence::hold_free(&beat, &[one, other]).await.unwrap();
    assert!(!free.contains(&one), "{free:?}");
}

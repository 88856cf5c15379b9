//! Who is not connected attends nobody (decisions: agent states).

use crate::{
    conversations::column,
    test_app::{Person, TestApp, eventually, text},
    webhooks::House,
};
use chrono::TimeDelta;
use types::{
    sessions::{AgentStatus, GET_ME},
    tickets::{GET_TICKET, LIST_TICKETS, TAKE_TICKET},
};

async fn status(person: &Person) -> AgentStatus {
    person.call(GET_ME, &[]).await.ok().agent_status
}

/// It is written down who is here, and looked who is not.
async fn look(app: &TestApp) {
    app::presence::beat(&app.app).await.unwrap();
    app::presence::sweep_once(&app.app).await.unwrap();
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
    look(&app).await;
    assert_eq!(status(&house.agent).await, AgentStatus::Offline);
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
    let since = column::<i64>(&app, "SELECT agent_status_at FROM members WHERE agent_status = 'paused'").await;
    app.app.clock.advance(TimeDelta::hours(30));
    let agent = app.renewed(&house.agent);
    // A beat of the worker's may hold the member, who is then seen by the next one.
    eventually("the member is seen", async || {
        app::presence::beat(&app.app).await.unwrap();
        let seen = column::<i64>(&app, "SELECT seen_at FROM members WHERE agent_status = 'paused'").await;
        (seen == [app.app.clock.now().timestamp_millis()]).then_some(())
    })
    .await;
    app::presence::sweep_once(&app.app).await.unwrap();
    assert_eq!(status(&agent).await, AgentStatus::Paused);
    let still = column::<i64>(&app, "SELECT agent_status_at FROM members WHERE agent_status = 'paused'").await;
    assert_eq!(still, since, "they never left");
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
        look(&app).await;
        assert_eq!(status(agent).await, AgentStatus::Offline);
        app.app.clock.advance(TimeDelta::minutes(away));
        agent.comes_back(&app);
        look(&app).await;
        assert_eq!(status(&app.renewed(agent)).await, then);
    }
}

#[actix_web::test]
async fn after_a_start_nobody_is_taken_for_gone_before_they_could_come_back() {
    let mut app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    house.agent.is(AgentStatus::Online).await;
    house.agent.leaves();
    app.app.clock.advance(TimeDelta::hours(1));
    app.restart().await;
    // The worker that was started looks at once, and again when somebody comes.
    let other = app.member(&house.organization, &[]).await;
    eventually("the other one is seen", async || {
        let seen = column::<i64>(&app, "SELECT seen_at FROM members WHERE seen_at IS NOT NULL").await;
        seen.contains(&app.app.clock.now().timestamp_millis()).then_some(())
    })
    .await;
    drop(other);
    assert_eq!(status(&app.renewed(&house.agent)).await, AgentStatus::Online);
}

#[actix_web::test]
async fn who_acts_without_a_connection_is_what_they_were_before_it_was_gone() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550300", "wamid.1", "Hola", app.app.clock.now())).await;
    let ticket = house.agent.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    house.agent.is(AgentStatus::Invisible).await;
    house.agent.leaves();
    app.app.clock.advance(TimeDelta::seconds(61));
    look(&app).await;
    assert_eq!(status(&house.agent).await, AgentStatus::Offline);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    assert_eq!(status(&house.agent).await, AgentStatus::Invisible);
}

#[actix_web::test]
async fn who_chose_to_be_offline_stays_so() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let agent = &house.agent;
    agent.is(AgentStatus::Online).await;
    agent.leaves();
    app.app.clock.advance(TimeDelta::seconds(61));
    look(&app).await;
    assert_eq!(status(agent).await, AgentStatus::Offline);
    agent.is(AgentStatus::Offline).await;
    agent.comes_back(&app);
    look(&app).await;
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

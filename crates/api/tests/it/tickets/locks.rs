//! Whoever changes a ticket and its member at once takes the locks in one order: conversation, member, timers.

use crate::{
    conversations::{ANA, column},
    test_app::{TestApp, eventually, noon, text},
    webhooks::{House, only_ticket},
};
use sea_orm::DatabaseBackend;
use types::{
    members::DEACTIVATE_MEMBER,
    sessions::{AgentStatus, GET_ME},
    tickets::{TAKE_TICKET, Ticket},
};

/// Somebody waits for what another transaction holds. With `SQLite` they wait before they begin.
async fn somebody_waits(app: &TestApp) {
    if app.app.db.read().get_database_backend() != DatabaseBackend::Postgres {
        return;
    }
    let waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    eventually("somebody waits", async || (column::<i64>(app, waiting).await[0] > 0).then_some(())).await;
}

/// Ana's ticket, which the house's agent has.
async fn taken(app: &TestApp, house: &House) -> Ticket {
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    ticket
}

#[actix_web::test]
async fn who_is_deactivated_while_they_answer_is_waited_for_and_neither_is_refused() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = taken(&app, &house).await;
    let scope = db::Scope::of_organization(house.organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::tickets::hold(&tx, ticket.id).await.unwrap();
    let answer = async {
        somebody_waits(&app).await;
        db::distribution::assigned(&tx, &scope, house.agent.id, noon()).await.unwrap();
        tx.commit().await.unwrap();
    };
    let ids: [&dyn std::fmt::Display; 1] = [&house.agent.id];
    let (deactivated, ()) = tokio::join!(house.organization.administrator.call(DEACTIVATE_MEMBER, &ids), answer);
    deactivated.ok();
}

#[actix_web::test]
async fn who_comes_back_while_they_take_a_ticket_is_waited_for_and_neither_is_refused() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = taken(&app, &house).await;
    house.agent.is(AgentStatus::Offline).await;
    eventually("it is to go back", async || app.return_is_set(ticket.conversation_id).await.then_some(())).await;
    let scope = db::Scope::of_organization(house.organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::distribution::assigned(&tx, &scope, house.agent.id, noon()).await.unwrap();
    let take = async {
        somebody_waits(&app).await;
        db::distribution::stay(&tx, &scope, house.agent.id).await.unwrap();
        tx.commit().await.unwrap();
    };
    tokio::join!(house.agent.is(AgentStatus::Online), take);
    assert_eq!(house.agent.call(GET_ME, &[]).await.ok().agent_status, AgentStatus::Online);
}

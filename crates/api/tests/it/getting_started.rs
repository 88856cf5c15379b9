//! What numbers still need to be operative (spec S4).

use crate::test_app::{TestApp, noon, phone_number_id, text};
use db::{Scope, wabas::WabaState};
use types::{
    ErrorCode, Permission,
    getting_started::{GET_GETTING_STARTED, GET_ORGANIZATION_START, GettingStarted, LIST_GETTING_STARTED, StartStep},
    wabas::CONNECT_SANDBOX,
};

fn missing(started: &GettingStarted) -> Vec<StartStep> {
    started.steps.iter().filter(|step| !step.done).map(|step| step.step).collect()
}

#[actix_web::test]
async fn each_step_is_done_when_what_it_says_is_there() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let nobody = app.member(&organization, &[]).await;
    let number = app.number(&organization, "Norte", &[&nobody]).await;
    let started = async || admin.call(GET_GETTING_STARTED, &[&number]).await.ok();
    let mut left = vec![
        StartStep::WebhookSubscribed,
        StartStep::ProfileFilled,
        StartStep::AgentsReady,
        StartStep::TemplatesApproved,
        StartStep::FirstMessageReceived,
    ];
    assert_eq!(missing(&started().await), left, "an agent without a password cannot sign in");

    app.told(&text(&phone_number_id(number), "56955550190", "wamid.first", "Hola", noon())).await;
    left.pop();
    assert_eq!(missing(&started().await), left);
    app.templates(&organization).await;
    left.pop();
    assert_eq!(missing(&started().await), left);
    let eva = app.joined(&organization, "Eva", None).await;
    let scope = Scope::of_organization(organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::add_agents(&tx, &scope, number, &[eva.id]).await.unwrap();
    tx.commit().await.unwrap();
    left.pop();
    assert_eq!(missing(&started().await), left);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::set_profile_filled(&tx, number, Some(noon())).await.unwrap();
    let state = WabaState { subscribed: Some(true), ..WabaState::default() };
    db::wabas::set_state(&tx, &scope, organization.waba_id, &state, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let started = started().await;
    assert_eq!((missing(&started), started.ready), (vec![], true));
}

#[actix_web::test]
async fn numbers_that_need_something_come_first_and_only_those_in_reach() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let agent = app.member(&organization, &[Permission::ViewGettingStarted]).await;
    let ours = app.number(&organization, "Beta", &[&agent]).await;
    let (alfa, gama) = (app.number(&organization, "Alfa", &[]).await, app.number(&organization, "Gama", &[]).await);
    app.told(&text(&phone_number_id(alfa), "56955550190", "wamid.alfa", "Hola", noon())).await;
    let names = async |query: &str| {
        let page = admin.query(LIST_GETTING_STARTED, &[], query).await.ok();
        page.items.into_iter().map(|item| item.number.name).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Alfa", "Beta", "Gama"]);
    assert_eq!(names("missing=first_message_received").await, ["Beta", "Gama"]);
    assert_eq!(names("pending=false").await, [""; 0]);
    assert_eq!(names("pending=true&q=gam").await, ["Gama"]);
    assert_eq!(names(&format!("number_id={gama}")).await, ["Gama"]);
    let first = admin.query(LIST_GETTING_STARTED, &[], "limit=2").await.ok();
    let rest = format!("limit=2&cursor={}", first.next_cursor.unwrap());
    assert_eq!(names(&rest).await, ["Gama"]);

    let seen = agent.call(LIST_GETTING_STARTED, &[]).await.ok().items;
    assert_eq!(seen.iter().map(|item| item.number.id).collect::<Vec<_>>(), [ours]);
    agent.call(GET_GETTING_STARTED, &[&gama]).await.refused(ErrorCode::NotFound);
    let other = app.organization("two").await.administrator;
    other.call(GET_GETTING_STARTED, &[&gama]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_number_that_needs_nothing_comes_after_those_that_do() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let eva = app.joined(&organization, "Eva", None).await;
    let ready = app.number(&organization, "Alfa", &[&eva]).await;
    app.number(&organization, "Beta", &[&eva]).await;
    app.templates(&organization).await;
    app.told(&text(&phone_number_id(ready), "56955550190", "wamid.alfa", "Hola", noon())).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::set_profile_filled(&tx, ready, Some(noon())).await.unwrap();
    let state = WabaState { subscribed: Some(true), ..WabaState::default() };
    let scope = Scope::of_organization(organization.id);
    db::wabas::set_state(&tx, &scope, organization.waba_id, &state, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let admin = &organization.administrator;
    let first = admin.query(LIST_GETTING_STARTED, &[], "limit=1").await.ok();
    assert_eq!((first.items[0].number.name.as_str(), first.items[0].ready), ("Beta", false));
    let query = format!("limit=1&cursor={}", first.next_cursor.unwrap());
    let last = admin.query(LIST_GETTING_STARTED, &[], &query).await.ok();
    assert_eq!((last.items[0].number.name.as_str(), last.items[0].ready), ("Alfa", true));
    let done = admin.query(LIST_GETTING_STARTED, &[], "pending=false").await.ok().items;
    assert_eq!(done.len(), 1);
}

#[actix_web::test]
async fn the_organization_is_told_what_it_lacks_and_whether_there_is_a_sandbox() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let start = admin.call(GET_ORGANIZATION_START, &[]).await.ok();
    assert_eq!((start.waba_connected, start.numbers_included, start.members_invited), (true, false, false));
    assert!(start.sandbox_available);
    admin.call(CONNECT_SANDBOX, &[]).await.ok();
    let agent = app.member(&organization, &[Permission::ViewGettingStarted]).await;
    app.number(&organization, "n", &[&agent]).await;
    let start = agent.call(GET_ORGANIZATION_START, &[]).await.ok();
    assert_eq!((start.waba_connected, start.numbers_included, start.members_invited), (true, true, true));
    assert!(!start.sandbox_available);
}

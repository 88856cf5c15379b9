//! The template that tells of the next opening.

use super::{get, save};
use crate::test_app::{Person, TestApp, eventually};
use sandbox::demo_world;
use serde_json::json;
use types::{
    ErrorCode, NumberId, WabaId,
    chatbots::{AVAILABILITY_TEMPLATE, AvailabilityState, CREATE_AVAILABILITY_TEMPLATE, OptionalText},
    wabas::{CONNECT_SANDBOX, SYNCHRONIZE_WABA},
};

/// An administrator with the sandbox's account, and its first number.
async fn connected(app: &TestApp) -> (Person, WabaId, NumberId) {
    let mut organization = app.organization("one").await;
    let admin = organization.administrator.clone();
    organization.waba_id = admin.call(CONNECT_SANDBOX, &[]).await.ok().id;
    admin.call(SYNCHRONIZE_WABA, &[&organization.waba_id]).await.ok();
    let numbers = app.sandbox_numbers(&organization, &[&admin]).await;
    (admin, organization.waba_id, numbers[0])
}

/// The sandbox has one; it is taken away there.
async fn deleted_there(app: &TestApp) {
    let world = demo_world();
    let edge = format!("{}/v23.0/{}/message_templates", app.phones().graph(), world.waba_id);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.delete(edge).query(&[("name", AVAILABILITY_TEMPLATE)]).bearer_auth(world.access_token);
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[actix_web::test]
async fn the_template_is_asked_for_once_and_notify_next_hours_waits_for_its_approval() {
    let app = TestApp::with_sandbox().await;
    let (admin, waba, number) = connected(&app).await;
    deleted_there(&app).await;
    admin.call(SYNCHRONIZE_WABA, &[&waba]).await.ok();
    assert_eq!(get(&admin, number).await.availability_template.state, AvailabilityState::Missing);
    let asked = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&number]).await.ok();
    assert_eq!((asked.state, asked.language.as_deref()), (AvailabilityState::Pending, Some("es")));
    assert_eq!(admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&number]).await.ok().language, asked.language);
    eventually("the template is approved", async || {
        admin.call(SYNCHRONIZE_WABA, &[&waba]).await.ok();
        let state = get(&admin, number).await.availability_template.state;
        (state == AvailabilityState::Approved).then_some(())
    })
    .await;
    let saved = save(&admin, number, |settings| {
        settings.attention.notify_next_hours = OptionalText { on: true, text: "¿Te avisamos?".to_owned() };
    })
    .await;
    assert!(saved.settings.attention.notify_next_hours.on);
}

#[actix_web::test]
async fn a_template_that_was_made_elsewhere_is_found_where_whatsapp_says_it_exists() {
    let app = TestApp::with_sandbox().await;
    let (admin, _, number) = connected(&app).await;
    let forgotten = format!("DELETE FROM templates WHERE name = '{AVAILABILITY_TEMPLATE}'");
    assert_ne!(super::execute(&app, &forgotten).await, 0);
    let found = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&number]).await.ok();
    assert_eq!(found.state, AvailabilityState::Approved);
}

#[actix_web::test]
async fn what_whatsapp_refuses_of_the_template_is_explained() {
    let app = TestApp::with_sandbox().await;
    let (admin, _, number) = connected(&app).await;
    super::execute(&app, &format!("DELETE FROM templates WHERE name = '{AVAILABILITY_TEMPLATE}'")).await;
    let faults = json!({"management": [{"edge": "message_templates", "code": 100, "details": "No"}]});
    app.phones().control("PUT", "faults", &faults).await;
    let refused = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&number]).await;
    refused.refused(ErrorCode::WhatsappRefused);
    assert!(refused.problem().whatsapp.is_some());
}

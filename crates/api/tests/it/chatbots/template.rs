//! The template that tells of the next opening.

use super::{get, save};
use crate::test_app::{TestApp, eventually};
use serde_json::json;
use types::{
    ErrorCode,
    chatbots::{AVAILABILITY_TEMPLATE, AvailabilityState, CREATE_AVAILABILITY_TEMPLATE, OptionalText},
    wabas::SYNCHRONIZE_WABA,
};

#[actix_web::test]
async fn the_template_is_asked_for_once_and_notify_next_hours_waits_for_its_approval() {
    let app = TestApp::with_sandbox().await;
    let mut organization = app.organization("one").await;
    let admin = organization.administrator.clone();
    organization.waba_id = admin.call(types::wabas::CONNECT_SANDBOX, &[]).await.ok().id;
    let numbers = app.sandbox_numbers(&organization, &[&admin]).await;
    // The sandbox may have one already; then there is nothing to be asked.
    let asked = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&numbers[0]]).await.ok();
    assert!([AvailabilityState::Pending, AvailabilityState::Approved].contains(&asked.state), "{asked:?}");
    let again = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&numbers[0]]).await.ok();
    assert_eq!(again.language, asked.language);
    let waba = organization.waba_id;
    eventually("the template is approved", async || {
        admin.call(SYNCHRONIZE_WABA, &[&waba]).await.ok();
        let state = get(&admin, numbers[0]).await.availability_template.state;
        (state == AvailabilityState::Approved).then_some(())
    })
    .await;
    let saved = save(&admin, numbers[0], |settings| {
        settings.attention.notify_next_hours = OptionalText { on: true, text: "¿Te avisamos?".to_owned() };
    })
    .await;
    assert!(saved.settings.attention.notify_next_hours.on);
}

#[actix_web::test]
async fn a_template_that_was_made_elsewhere_is_found_where_whatsapp_says_it_exists() {
    let app = TestApp::with_sandbox().await;
    let mut organization = app.organization("one").await;
    let admin = organization.administrator.clone();
    organization.waba_id = admin.call(types::wabas::CONNECT_SANDBOX, &[]).await.ok().id;
    let numbers = app.sandbox_numbers(&organization, &[&admin]).await;
    admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&numbers[0]]).await.ok();
    let forgotten = format!("DELETE FROM templates WHERE name = '{AVAILABILITY_TEMPLATE}'");
    assert_eq!(super::execute(&app, &forgotten).await, 1);
    let found = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&numbers[0]]).await.ok();
    assert!([AvailabilityState::Pending, AvailabilityState::Approved].contains(&found.state), "{found:?}");
}

#[actix_web::test]
async fn what_whatsapp_refuses_of_the_template_is_explained() {
    let app = TestApp::with_sandbox().await;
    let mut organization = app.organization("one").await;
    let admin = organization.administrator.clone();
    organization.waba_id = admin.call(types::wabas::CONNECT_SANDBOX, &[]).await.ok().id;
    let numbers = app.sandbox_numbers(&organization, &[&admin]).await;
    super::execute(&app, &format!("DELETE FROM templates WHERE name = '{AVAILABILITY_TEMPLATE}'")).await;
    let faults = json!({"management": [{"edge": "message_templates", "code": 100, "details": "No"}]});
    app.phones().control("PUT", "faults", &faults).await;
    let refused = admin.call(CREATE_AVAILABILITY_TEMPLATE, &[&numbers[0]]).await;
    refused.refused(ErrorCode::WhatsappRefused);
    assert!(refused.problem().whatsapp.is_some());
}

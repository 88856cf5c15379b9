//! The first start.

use crate::test_app::TestApp;
use serde_json::json;
use types::{
    ErrorCode,
    sessions::GET_ME,
    setup::{CREATE_SETUP, GET_SETUP},
};

#[actix_web::test]
async fn the_first_run_founds_one_organization_and_signs_its_administrator_in() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    assert!(stranger.call(GET_SETUP, &[]).await.ok().needed);
    let input = json!({
        "organization": " Viajes ", "time_zone": "America/Santiago", "language": "pt", "name": "Ana",
        "email": "Ana@Example.com", "password": "long enough"
    });
    let session = stranger.json(CREATE_SETUP, &[], input.clone()).await.ok();
    assert_eq!(session.me.organization.name, "Viajes");
    assert_eq!(session.me.email, "ana@example.com");
    assert!(session.me.reaches_all && session.me.has_access());
    let signed_in = crate::test_app::Caller::new(&app.base, Some(session.token));
    assert_eq!(signed_in.call(GET_ME, &[]).await.ok().name, "Ana");
    assert!(!stranger.call(GET_SETUP, &[]).await.ok().needed);
    stranger.json(CREATE_SETUP, &[], input).await.refused(ErrorCode::AlreadySetUp);
}

#[actix_web::test]
async fn every_wrong_field_is_named_at_once() {
    let app = TestApp::start().await;
    let input = json!({
        "organization": "  ", "time_zone": "", "language": "es", "name": "Ana", "email": "nobody", "password": "short"
    });
    let fields = app.stranger().json(CREATE_SETUP, &[], input).await.wrong_fields();
    assert_eq!(fields, ["/email not_an_email", "/organization required", "/password too_short", "/time_zone required"]);
    let zone = json!({
        "organization": "V", "time_zone": "Mars/Base", "language": "es", "name": "A", "email": "a@b.cl", "password": "long enough"
    });
    assert_eq!(app.stranger().json(CREATE_SETUP, &[], zone).await.wrong_fields(), ["/time_zone not_a_time_zone"]);
    let unknown = json!({"organization": "V", "surprise": true});
    assert_eq!(app.stranger().json(CREATE_SETUP, &[], unknown).await.wrong_fields(), ["/surprise invalid"]);
}

//! How people attend a number (spec S1): who sees and changes it, and what is left behind.

use crate::{
    test_app::{Stream, TestApp, noon},
    webhooks::House,
};
use chrono::TimeDelta;
use serde_json::json;
use types::{
    ErrorCode, NumberId, Permission,
    attention_settings::{
        AttentionSettings, AttentionSettingsInput, GET_ATTENTION_SETTINGS, UPDATE_ATTENTION_SETTINGS,
    },
    audit_log::{AuditAction, AuditSubject, LIST_AUDIT_LOG},
    events::Event,
};

const BOTH: &[Permission] = &[Permission::ViewAttentionSettings, Permission::EditAttentionSettings];

#[actix_web::test]
async fn a_number_nobody_has_set_has_the_defaults() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let found = house.organization.administrator.call(GET_ATTENTION_SETTINGS, &[&house.number_id]).await.ok();
    assert_eq!((found.version, found.changed_at, found.number.id), (1, None, house.number_id));
    assert_eq!(found.settings.cancel_words, ["salir", "sair", "exit"]);
    assert_eq!((found.settings.tickets_at_a_time, found.settings.return_to_queue_minutes), (5, 10));
}

#[actix_web::test]
async fn what_is_saved_is_read_again_with_its_version_and_its_time() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.app.clock.advance(TimeDelta::minutes(1));
    let saved = app
        .attend(&house.organization, house.number_id, |settings| {
            settings.tags = vec!["Reclamo".to_owned(), "Venta".to_owned()];
            settings.agent_may.transfer = false;
        })
        .await;
    assert_eq!((saved.version, saved.changed_at), (2, Some(noon() + TimeDelta::minutes(1))));
    let found = house.organization.administrator.call(GET_ATTENTION_SETTINGS, &[&house.number_id]).await.ok();
    assert_eq!(found, saved);
    assert_eq!((found.settings.tags.len(), found.settings.agent_may.transfer), (2, false));
}

#[actix_web::test]
async fn who_started_from_a_version_of_before_is_told_and_changes_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let saved = app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 7).await;
    let stale = AttentionSettingsInput { version: 1, settings: AttentionSettings::default() };
    let answer = admin.send(UPDATE_ATTENTION_SETTINGS, &[&house.number_id], &stale).await;
    answer.refused(ErrorCode::VersionConflict);
    assert_eq!(admin.call(GET_ATTENTION_SETTINGS, &[&house.number_id]).await.ok(), saved);
}

#[actix_web::test]
async fn of_two_who_save_at_once_one_is_told() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let input = AttentionSettingsInput { version: 1, settings: AttentionSettings::default() };
    let save = async || admin.send(UPDATE_ATTENTION_SETTINGS, &[&house.number_id], &input).await.status;
    let (one, other) = tokio::join!(save(), save());
    let mut statuses = [one, other];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[actix_web::test]
async fn a_change_is_in_the_audit_log_field_by_field_and_open_pages_are_told() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let mut stream = Stream::open(admin, None).await;
    app.attend(&house.organization, house.number_id, |settings| {
        settings.tickets_at_a_time = 9;
        settings.mandatory_tag = true;
        settings.tags = vec!["Venta".to_owned()];
    })
    .await;
    let entry = admin.query(LIST_AUDIT_LOG, &[], "subject=attention_settings").await.ok().items.remove(0);
    assert_eq!((entry.action, entry.subject_name.as_str()), (AuditAction::Updated, "one"));
    assert_eq!(entry.member.unwrap().id, admin.id);
    let changes: Vec<_> = entry.changes.into_iter().map(|change| (change.field, change.from, change.to)).collect();
    assert_eq!(
        changes,
        [
            ("tags".to_owned(), json!([]), json!(["Venta"])),
            ("mandatory_tag".to_owned(), json!(false), json!(true)),
            ("tickets_at_a_time".to_owned(), json!(5), json!(9)),
        ]
    );
    let listed = Event::ListChanged { subject: AuditSubject::AttentionSettings };
    stream.until(|event| *event == listed).await;
}

#[actix_web::test]
async fn a_number_out_of_reach_or_of_another_organization_does_not_exist() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let member = app.member(&house.organization, BOTH).await;
    let own = app.number(&house.organization, "own", &[&member]).await;
    let nobody: NumberId = app.app.ids.make();
    member.call(GET_ATTENTION_SETTINGS, &[&own]).await.ok();
    let input = AttentionSettingsInput { version: 1, settings: AttentionSettings::default() };
    for number in [house.number_id, other.number_id, nobody] {
        member.call(GET_ATTENTION_SETTINGS, &[&number]).await.refused(ErrorCode::NotFound);
        member.send(UPDATE_ATTENTION_SETTINGS, &[&number], &input).await.refused(ErrorCode::NotFound);
    }
    let untouched = house.organization.administrator.call(GET_ATTENTION_SETTINGS, &[&house.number_id]).await.ok();
    assert_eq!(untouched.version, 1);
}

#[actix_web::test]
async fn who_may_only_look_changes_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let viewer = app.member(&house.organization, &[Permission::ViewAttentionSettings]).await;
    let number = app.number(&house.organization, "own", &[&viewer]).await;
    let found = viewer.call(GET_ATTENTION_SETTINGS, &[&number]).await.ok();
    let input = AttentionSettingsInput { version: 1, settings: found.settings };
    viewer.send(UPDATE_ATTENTION_SETTINGS, &[&number], &input).await.refused(ErrorCode::PermissionMissing);
}

#[actix_web::test]
async fn a_document_with_a_field_nobody_knows_or_without_one_is_refused() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let whole = serde_json::to_value(AttentionSettings::default()).unwrap();
    let mut more = whole.clone();
    more["surprise"] = json!(1);
    let mut less = whole;
    less.as_object_mut().unwrap().remove("tags");
    for settings in [more, less] {
        let body = json!({"version": 1, "settings": settings});
        let answer = admin.json(UPDATE_ATTENTION_SETTINGS, &[&house.number_id], body).await;
        assert!([400, 422].contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(admin.call(GET_ATTENTION_SETTINGS, &[&house.number_id]).await.ok().version, 1);
}

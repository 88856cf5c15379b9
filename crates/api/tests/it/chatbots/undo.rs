//! Taking a change of many back (spec S3).

use super::{change, email, get, house, monday_only, queue, save, with_queues};
use crate::test_app::{Person, TestApp};
use futures_util::future::join;
use types::{
    ErrorCode, SettingsChangeId,
    audit_log::{AuditAction, LIST_AUDIT_LOG},
    chatbots::{CREATE_CHATBOT_CHANGE, LIST_CHATBOT_CHANGES, UNDO_CHATBOT_CHANGE},
    groups::REMOVE_GROUP_MANAGER,
    numbers::REMOVE_NUMBER_AGENT,
    settings_changes::{SettingsField, SettingsUndo, UNDO_SETTINGS_COPY},
};

const ALL: SettingsUndo = SettingsUndo { skip_changed: false };
const UNCHANGED: SettingsUndo = SettingsUndo { skip_changed: true };

/// Change the hours and the goodbye of two numbers.
async fn changed(editor: &Person, ids: [types::NumberId; 2]) -> SettingsChangeId {
    let mut settings = get(editor, ids[0]).await.settings;
    settings.hours = monday_only();
    "Adiós".clone_into(&mut settings.attention.post_attendance.text);
    let fields = &[SettingsField::OpeningHours, SettingsField::PostAttendance];
    editor.send(CREATE_CHATBOT_CHANGE, &[], &change(&ids, &settings, fields)).await.ok().id
}

#[actix_web::test]
async fn undoing_gives_back_the_changed_fields_and_nothing_else_and_only_once() {
    let app = TestApp::start().await;
    let (organization, editor, _, ids) = house(&app).await;
    let before = get(&editor, ids[0]).await.settings;
    let id = changed(&editor, ids).await;
    // Another field may change meanwhile.
    save(&editor, ids[0], |settings| settings.faq.intro = "¿Qué quieres saber?".to_owned()).await;
    let undone = editor.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.ok();
    assert_eq!((undone.undone_by.map(|member| member.id), undone.kept), (Some(editor.id), 0));
    let after = get(&editor, ids[0]).await;
    assert_eq!((after.version, after.settings.faq.intro.as_str()), (4, "¿Qué quieres saber?"));
    assert_eq!((after.settings.hours, after.settings.attention), (before.hours, before.attention));
    editor.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.refused(ErrorCode::ChangeUndone);
    let entries = organization.administrator.query(LIST_AUDIT_LOG, &[], &format!("subject_id={id}")).await.ok().items;
    assert_eq!(
        entries.iter().map(|entry| entry.action).collect::<Vec<_>>(),
        [AuditAction::Undone, AuditAction::Created]
    );
}

#[actix_web::test]
async fn of_two_who_undo_at_once_one_does() {
    let app = TestApp::start().await;
    let (organization, editor, _, ids) = house(&app).await;
    let id = changed(&editor, ids).await;
    let at: [&dyn std::fmt::Display; 1] = [&id];
    let (one, two) = join(
        editor.send(UNDO_CHATBOT_CHANGE, &at, &ALL),
        organization.administrator.send(UNDO_CHATBOT_CHANGE, &at, &ALL),
    )
    .await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(get(&editor, ids[0]).await.version, 3);
}

#[actix_web::test]
async fn numbers_somebody_changed_since_are_named_or_left_alone() {
    let app = TestApp::start().await;
    let (_, editor, _, ids) = house(&app).await;
    let id = changed(&editor, ids).await;
    save(&editor, ids[1], |settings| settings.attention.post_attendance.text = "Chao".to_owned()).await;
    let refused = editor.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await;
    refused.refused(ErrorCode::SettingsChangedSince);
    assert_eq!(refused.problem().about.as_deref(), Some("Norte"));
    assert!(!get(&editor, ids[0]).await.settings.hours.always, "all or none");
    assert_eq!(editor.send(UNDO_CHATBOT_CHANGE, &[&id], &UNCHANGED).await.ok().kept, 1);
    assert!(get(&editor, ids[0]).await.settings.hours.always);
    let kept = get(&editor, ids[1]).await.settings;
    assert_eq!((kept.hours.always, kept.attention.post_attendance.text.as_str()), (false, "Chao"));
}

#[actix_web::test]
async fn an_undo_that_would_give_nothing_back_is_refused_and_not_spent() {
    let app = TestApp::start().await;
    let (_, editor, _, ids) = house(&app).await;
    let id = changed(&editor, ids).await;
    for number in ids {
        save(&editor, number, |settings| settings.attention.post_attendance.text = "Chao".to_owned()).await;
    }
    let refused = editor.send(UNDO_CHATBOT_CHANGE, &[&id], &UNCHANGED).await;
    refused.refused(ErrorCode::SettingsChangedSince);
    let about = refused.problem().about.unwrap_or_default();
    assert_eq!(about.split(", ").count(), 2, "{about}");
    save(&editor, ids[0], |settings| settings.attention.post_attendance.text = "Adiós".to_owned()).await;
    assert_eq!(editor.send(UNDO_CHATBOT_CHANGE, &[&id], &UNCHANGED).await.ok().kept, 1);
    assert!(get(&editor, ids[0]).await.settings.hours.always);
}

#[actix_web::test]
async fn a_change_with_a_number_out_of_reach_is_neither_listed_nor_undone() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let editor = app.member(&organization, super::EDITOR).await;
    let group = app.group(&organization, None, &[&editor]).await;
    let managed = app.grouped_number(&organization, "Sur", &[], Some(group)).await;
    let own = app.number(&organization, "Norte", &[&editor]).await;
    let id = changed(&editor, [managed, own]).await;
    assert_eq!(editor.call(LIST_CHATBOT_CHANGES, &[]).await.ok().items.len(), 1);
    let admin = &organization.administrator;
    admin.call(REMOVE_GROUP_MANAGER, &[&group, &editor.id]).await.ok();
    assert!(editor.call(LIST_CHATBOT_CHANGES, &[]).await.ok().items.is_empty());
    editor.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.refused(ErrorCode::NotFound);
    assert_eq!(admin.call(LIST_CHATBOT_CHANGES, &[]).await.ok().items.len(), 1);
    admin.send(UNDO_SETTINGS_COPY, &[&id], &ALL).await.refused(ErrorCode::NotFound);
    let other = app.organization("two").await.administrator;
    other.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.refused(ErrorCode::NotFound);
    admin.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.ok();
}

#[actix_web::test]
async fn undoing_puts_nobody_back_who_has_lost_access_since() {
    let app = TestApp::start().await;
    let (organization, editor, colleague, [first, second]) = house(&app).await;
    save(&editor, first, |settings| {
        *settings = with_queues(settings, vec![queue("Ventas", &[&editor, &colleague])]);
    })
    .await;
    let settings = with_queues(&get(&editor, second).await.settings, vec![queue("Pagos", &[&colleague])]);
    let input = change(&[first], &settings, &[SettingsField::AttendanceCentre]);
    let id = editor.send(CREATE_CHATBOT_CHANGE, &[], &input).await.ok().id;
    organization.administrator.call(REMOVE_NUMBER_AGENT, &[&first, &colleague.id]).await.ok();
    editor.send(UNDO_CHATBOT_CHANGE, &[&id], &ALL).await.ok();
    let own = get(&editor, first).await.settings.queues.own;
    assert_eq!(
        own.iter().map(|queue| (queue.name.as_str(), queue.agents.clone())).collect::<Vec<_>>(),
        [("Ventas", vec![email(&editor)])]
    );
}

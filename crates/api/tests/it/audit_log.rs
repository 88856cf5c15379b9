//! The audit log: everything that was changed, never changed itself (spec P6).

use crate::{
    profiles::input,
    test_app::{Person, TestApp},
};
use chrono::Duration;
use db::ConnectionTrait;
use serde_json::json;
use types::{
    ErrorCode, Permission,
    audit_log::{AuditAction, AuditSubject, EXPORT_AUDIT_LOG, LIST_AUDIT_LOG},
    profiles::{CREATE_PROFILE, DELETE_PROFILE, UPDATE_PROFILE},
};

async fn names(admin: &Person, query: &str) -> Vec<String> {
    let items = admin.query(LIST_AUDIT_LOG, &[], query).await.ok().items;
    items.iter().map(|entry| format!("{} {}", entry.action, entry.subject_name)).collect()
}

#[actix_web::test]
async fn a_change_is_kept_with_who_made_it_from_what_to_what() {
    let app = TestApp::start().await;
    let (organization, other) = (app.organization("one").await, app.organization("two").await);
    let admin = &organization.administrator;
    let profile = admin.send(CREATE_PROFILE, &[], &input("Equipo", &[], None)).await.ok();
    let change = input("Equipo A", &[Permission::ViewDesk], Some(profile.version));
    admin.send(UPDATE_PROFILE, &[&profile.id], &change).await.ok();
    let entries = admin.call(LIST_AUDIT_LOG, &[]).await.ok().items;
    let (latest, first) = (&entries[0], &entries[1]);
    assert_eq!((latest.subject, latest.action), (AuditSubject::Profile, AuditAction::Updated));
    assert_eq!((latest.subject_id, latest.subject_name.as_str()), (Some(profile.id.0), "Equipo A"));
    assert_eq!(latest.member.as_ref().map(|member| (member.id, member.name.as_str())), Some((admin.id, "Admin one")));
    let changes: Vec<_> = latest.changes.iter().map(|one| (one.field.as_str(), &one.from, &one.to)).collect();
    assert_eq!(
        changes,
        [("name", &json!("Equipo"), &json!("Equipo A")), ("permissions", &json!([]), &json!(["view_desk"]))]
    );
    assert_eq!((first.action, first.at), (AuditAction::Created, app.app.clock.now()));
    assert_eq!(other.administrator.call(LIST_AUDIT_LOG, &[]).await.ok().items, []);
    // What was refused was not done.
    admin.send(UPDATE_PROFILE, &[&profile.id], &change).await.refused(ErrorCode::VersionConflict);
    assert_eq!(admin.call(LIST_AUDIT_LOG, &[]).await.ok().items.len(), 2);
}

#[actix_web::test]
async fn entries_are_found_by_name_kind_person_and_time_page_by_page() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let mut ids = Vec::new();
    for name in ["Ñandú 100%", "Cóndor", "Zorro"] {
        ids.push(admin.send(CREATE_PROFILE, &[], &input(name, &[], None)).await.ok().id);
        app.app.clock.advance(Duration::minutes(1));
    }
    admin.call(DELETE_PROFILE, &[&ids[1]]).await.ok();
    for (query, expected) in [
        ("", vec!["deleted Cóndor", "created Zorro", "created Cóndor", "created Ñandú 100%"]),
        ("q=%C3%B1AND%C3%9A", vec!["created Ñandú 100%"]),
        ("q=100%25", vec!["created Ñandú 100%"]),
        ("q=admin%20ONE&limit=1", vec!["deleted Cóndor"]),
        ("subject=member", vec![]),
        (&format!("subject=profile&subject_id={}", ids[2]), vec!["created Zorro"]),
        (&format!("member_id={}", organization.id), vec![]),
        ("from=2026-06-02T12:01:00Z&to=2026-06-02T12:02:00Z", vec!["created Cóndor"]),
    ] {
        assert_eq!(names(admin, query).await, expected, "{query}");
    }
    let first = admin.query(LIST_AUDIT_LOG, &[], "limit=3").await.ok();
    let rest = names(admin, &format!("limit=3&cursor={}", first.next_cursor.unwrap())).await;
    assert_eq!(rest, ["created Ñandú 100%"]);
    admin.query(LIST_AUDIT_LOG, &[], "cursor=zz").await.refused(ErrorCode::MalformedRequest);
}

#[actix_web::test]
async fn the_export_is_whole_and_nothing_in_it_is_a_formula() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    for index in 0..70 {
        admin.send(CREATE_PROFILE, &[], &input(&format!("=HYPERLINK({index})"), &[], None)).await.ok();
    }
    let answer = admin.call(EXPORT_AUDIT_LOG, &[]).await;
    assert_eq!(answer.status, 200);
    let text = answer.text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let lines: Vec<_> = text.lines().collect();
    // Three fields each.
    assert_eq!(lines.len(), 1 + 70 * 3);
    assert_eq!(lines[0], "at,member,subject,subject_id,subject_name,action,field,from,to");
    assert!(lines[1].starts_with("2026-06-02T08:00:00.000-04:00,Admin one,profile,"), "{}", lines[1]);
    assert!(lines[1].contains(",'=HYPERLINK(69),created,name,,'=HYPERLINK(69)"), "{}", lines[1]);
    let filtered = admin.query(EXPORT_AUDIT_LOG, &[], "subject=member").await.text;
    assert_eq!(filtered.lines().count(), 1);
}

#[actix_web::test]
async fn an_export_of_more_than_a_page_has_every_entry_once() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let entries: Vec<_> = (0..450)
        .map(|index| db::audit_log::NewAuditEntry {
            id: app.app.ids.make(),
            subject: AuditSubject::Number,
            subject_id: None,
            subject_name: format!("number {index}."),
            action: AuditAction::Updated,
            changes: Vec::new(),
        })
        .collect();
    let scope = db::Scope::of_organization(organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::audit_log::create_all(&tx, &scope, None, &entries, app.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let text = organization.administrator.call(EXPORT_AUDIT_LOG, &[]).await.text;
    assert_eq!(text.lines().count(), 451);
    for index in 0..450 {
        assert_eq!(text.matches(&format!(",number {index}.,")).count(), 1, "{index}");
    }
}

#[actix_web::test]
async fn the_database_itself_refuses_to_change_or_delete_an_entry() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    admin.send(CREATE_PROFILE, &[], &input("Equipo", &[], None)).await.ok();
    for change in ["UPDATE audit_log SET subject_name = 'x'", "DELETE FROM audit_log"] {
        let tx = db::begin(&app.app.db).await.unwrap();
        let refused = tx.execute_unprepared(change).await.unwrap_err().to_string();
        assert!(refused.contains("the audit log is only added to"), "{refused}");
    }
    assert_eq!(names(&admin, "").await, ["created Equipo"]);
}

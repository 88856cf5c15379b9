//! Numbers: which a member sees (product.md § Who sees what), and who may do what with them (spec O3).

mod agents;
mod cards;
mod delete;

use crate::test_app::{Person, TestApp};
use types::audit_log::{AuditAction, AuditChange, LIST_AUDIT_LOG};
use types::getting_started::LIST_GETTING_STARTED;
use types::numbers::{
    GET_NUMBER, GET_NUMBER_CARD, LIST_NUMBER_CARDS, LIST_NUMBER_GROUPS, LIST_NUMBERS, NumberInput, RESUME_NUMBER,
    UPDATE_NUMBER,
};
use types::verifications::LIST_VERIFICATIONS;
use types::{ErrorCode, Permission};

async fn names(person: &Person) -> Vec<String> {
    person.call(LIST_NUMBERS, &[]).await.ok().items.into_iter().map(|number| number.name).collect()
}

#[actix_web::test]
async fn an_agent_sees_attended_numbers_a_manager_those_of_every_group_below_an_administrator_all() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let agent = app.member(&organization, Permission::AGENT).await;
    let manager = app.member(&organization, Permission::AGENT).await;
    let nobody = app.member(&organization, Permission::AGENT).await;
    let top = app.group(&organization, None, &[&manager]).await;
    let middle = app.group(&organization, Some(top), &[]).await;
    let beside = app.group(&organization, None, &[]).await;
    app.grouped_number(&organization, "a", &[&agent], None).await;
    let below = app.grouped_number(&organization, "b", &[], Some(middle)).await;
    app.grouped_number(&organization, "c", &[], Some(beside)).await;

    assert_eq!(names(&agent).await, ["a"]);
    assert_eq!(names(&manager).await, ["b"]);
    assert!(names(&nobody).await.is_empty());
    assert_eq!(names(&organization.administrator).await, ["a", "b", "c"]);
    agent.call(GET_NUMBER, &[&below]).await.refused(ErrorCode::NotFound);
    assert_eq!(manager.call(GET_NUMBER, &[&below]).await.ok().name, "b");
}

#[actix_web::test]
async fn pages_of_numbers_neither_repeat_nor_skip_while_numbers_are_added() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    for name in ["b", "d", "f", "h"] {
        app.number(&organization, name, &[]).await;
    }
    let admin = &organization.administrator;
    let first = admin.query(LIST_NUMBERS, &[], "limit=2").await.ok();
    app.number(&organization, "a", &[]).await;
    app.number(&organization, "e", &[]).await;
    let next = admin.query(LIST_NUMBERS, &[], &format!("limit=9&cursor={}", first.next_cursor.unwrap())).await.ok();
    let names: Vec<_> = first.items.iter().chain(&next.items).map(|number| number.name.as_str()).collect();
    assert_eq!(names, ["b", "d", "e", "f", "h"]);
    assert_eq!(next.next_cursor, None);
}

#[actix_web::test]
async fn a_cursor_nobody_gave_out_is_refused_and_a_limit_has_its_bounds() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    for cursor in ["zz", "5b5d", "%00", "ñ"] {
        admin.query(LIST_NUMBERS, &[], &format!("cursor={cursor}")).await.refused(ErrorCode::MalformedRequest);
    }
    for limit in ["0", "201"] {
        assert_eq!(
            admin.query(LIST_NUMBERS, &[], &format!("limit={limit}")).await.wrong_fields(),
            ["?limit out_of_range"]
        );
    }
    admin.query(LIST_NUMBERS, &[], "limit=x").await.refused(ErrorCode::MalformedRequest);
}

#[actix_web::test]
async fn a_search_takes_its_wildcards_literally() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    app.number(&organization, "100% Viajes", &[]).await;
    app.number(&organization, "Otra", &[]).await;
    let found = organization.administrator.query(LIST_NUMBERS, &[], "q=%25%20v").await.ok();
    assert_eq!(found.items.len(), 1);
}

#[actix_web::test]
async fn the_selector_lists_numbers_of_a_group_at_any_depth_and_those_in_trouble() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let top = app.group(&organization, None, &[]).await;
    let below = app.group(&organization, Some(top), &[]).await;
    app.grouped_number(&organization, "a", &[], Some(below)).await;
    let b = app.number(&organization, "b", &[]).await;
    let listed = async |query: &str| -> Vec<String> {
        let page = admin.query(LIST_NUMBERS, &[], query).await.ok();
        page.items.into_iter().map(|number| number.name).collect()
    };
    assert_eq!(listed(&format!("group_id={top}")).await, ["a"]);
    assert!(listed("troubled=true").await.is_empty());
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::pause(&tx, b, Some("auth")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(listed("troubled=true").await, ["b"]);
}

#[actix_web::test]
async fn the_selectors_groups_are_those_above_numbers_in_reach_with_how_many_of_them_each_has() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let agent = app.member(&organization, Permission::AGENT).await;
    let top = app.group(&organization, None, &[]).await;
    let (left, right) =
        (app.group(&organization, Some(top), &[]).await, app.group(&organization, Some(top), &[]).await);
    app.grouped_number(&organization, "a", &[&agent], Some(left)).await;
    app.grouped_number(&organization, "b", &[&agent], Some(left)).await;
    app.grouped_number(&organization, "c", &[], Some(right)).await;
    app.number(&organization, "d", &[&agent]).await;
    let counts = async |person: &Person| {
        let groups = person.call(LIST_NUMBER_GROUPS, &[]).await.ok().items;
        let mut counts: Vec<_> =
            groups.into_iter().map(|group| (group.id, group.parent_id, group.number_count)).collect();
        counts.sort();
        counts
    };
    let (of_top, of_left, of_right) = (|n| (top, None, n), (left, Some(top), 2), (right, Some(top), 1));
    assert_eq!(counts(&agent).await, [of_top(2), of_left]);
    assert_eq!(counts(&organization.administrator).await, [of_top(3), of_left, of_right]);
}

#[actix_web::test]
async fn a_name_is_found_whatever_the_case_of_its_accents() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    app.number(&organization, "ÁREA Ñandú", &[]).await;
    app.number(&organization, "Otra", &[]).await;
    let admin = &organization.administrator;
    for wanted in ["área", "ÁREA", "ñandú", "ÑANDÚ"] {
        assert_eq!(admin.query(LIST_NUMBERS, &[], &format!("q={wanted}")).await.ok().items.len(), 1, "{wanted}");
        assert_eq!(admin.query(LIST_NUMBER_CARDS, &[], &format!("q={wanted}")).await.ok().items.len(), 1, "{wanted}");
        let verifications = admin.query(LIST_VERIFICATIONS, &[], &format!("q={wanted}")).await.ok();
        assert_eq!(verifications.items.len(), 1, "{wanted}");
        let started = admin.query(LIST_GETTING_STARTED, &[], &format!("q={wanted}")).await.ok();
        assert_eq!(started.items.len(), 1, "{wanted}");
    }
}

#[actix_web::test]
async fn an_owner_is_replaced_and_never_removed() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let owner = app.member(&organization, Permission::AGENT).await;
    let id = app.number(&organization, "n", &[&owner]).await;
    let card = admin.call(GET_NUMBER_CARD, &[&id]).await.ok();
    let input =
        |owner_id| NumberInput { name: "n".to_owned(), owner_id, language: card.language, version: card.version };
    let wrong = admin.send(UPDATE_NUMBER, &[&id], &input(None)).await.wrong_fields();
    assert_eq!(wrong, ["/owner_id required"]);
    assert_eq!(admin.send(UPDATE_NUMBER, &[&id], &input(Some(owner.id))).await.ok().owner.unwrap().id, owner.id);
}

#[actix_web::test]
async fn whoever_lets_a_paused_number_send_again_is_in_the_audit_log() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let id = app.number(&organization, "n", &[admin]).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::pause(&tx, id, Some("auth")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(admin.call(RESUME_NUMBER, &[&id]).await.ok().paused_reason, None);
    let entry = admin.call(LIST_AUDIT_LOG, &[]).await.ok().items.remove(0);
    assert_eq!((entry.action, entry.subject_name.as_str()), (AuditAction::Resumed, "n"));
    assert_eq!(entry.changes, [AuditChange::from("reason", "auth")]);
}

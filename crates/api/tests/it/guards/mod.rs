//! The guards, driven by the served document, so that a new operation cannot be forgotten.

pub(crate) mod document;
mod fixture;
mod matrix;

use crate::test_app::{Caller, TestApp};
use document::Operation;
use serde_json::Value;
use strum::IntoEnumIterator;
use types::Permission;

/// Operations that need no session. This list may only shrink. It grew once, by the links: who chooses a first password, or
/// has forgotten theirs, cannot sign in, and the link's secret is their key.
const OPEN: &[&str] = &[
    "POST /api/v1/member-links/check",
    "POST /api/v1/member-links/use",
    "POST /api/v1/password-resets",
    "POST /api/v1/sessions",
    "GET /api/v1/setup",
    "POST /api/v1/setup",
];

#[actix_web::test]
async fn the_committed_documents_are_the_served_ones() {
    let app = TestApp::start().await;
    for (path, committed) in [
        ("/openapi/app.json", include_str!("../../../../../openapi/app.json")),
        ("/openapi/growth.json", include_str!("../../../../../openapi/growth.json")),
    ] {
        let served = app.stranger().raw(types::Method::Get, path).send().await.unwrap().text().await.unwrap();
        assert!(served == committed, "{path}: run `cargo xtask openapi` and commit the result");
    }
}

#[actix_web::test]
async fn only_the_listed_operations_are_open_to_strangers() {
    let app = TestApp::start().await;
    let mut open = Vec::new();
    for operation in document::operations() {
        let answer = call(&app.stranger(), operation, "00000000-0000-7000-8000-000000000000").await;
        if operation.permissions.is_none() {
            open.push(operation.name());
        } else {
            assert_eq!(answer, 401, "{} lets a stranger in", operation.name());
        }
    }
    assert_eq!(open, OPEN);
}

#[actix_web::test]
async fn every_operation_demands_exactly_the_permission_it_declares() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    for operation in document::operations() {
        let Some(declared) = operation.permissions.clone() else { continue };
        let all: Vec<_> = Permission::iter().filter(|permission| !declared.contains(permission)).collect();
        let (without, with) = (app.member(&organization, &all).await, app.member(&organization, &declared).await);
        app.number(&organization, "n", &[&without, &with]).await;
        let id = "00000000-0000-7000-8000-000000000000";
        if !declared.is_empty() {
            assert_eq!(call(&without, operation, id).await, 403, "{} does not need {declared:?}", operation.name());
        }
        let status = call(&with, operation, id).await;
        assert!(![401, 403].contains(&status), "{} answers {status} to {declared:?}", operation.name());
    }
}

#[actix_web::test]
async fn another_organizations_ids_do_not_exist() {
    let app = TestApp::start().await;
    let (ours, theirs) = (app.organization("ours").await, app.organization("theirs").await);
    let agent = app.member(&theirs, &[]).await;
    app.number(&theirs, "n", &[&agent]).await;
    let known = fixture::ids(&app, &ours).await;
    for operation in document::operations().iter().filter(|operation| operation.path.contains('{')) {
        let id = known.iter().find(|(prefix, _)| operation.path.starts_with(prefix)).map(|(_, id)| id.clone());
        let id = id.unwrap_or_else(|| panic!("{}: name an id of ours in guards/fixture.rs", operation.name()));
        let status = call(&theirs.administrator, operation, &id).await;
        assert_eq!(status, 404, "{} knows another organization's id", operation.name());
    }
}

async fn call(caller: &Caller, operation: &Operation, id: &str) -> u16 {
    let path = operation
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let body = operation.example.clone();
    caller.request::<Value>(operation.method, &operation.path, &path, body).await.status
}

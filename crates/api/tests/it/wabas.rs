//! WhatsApp Business Accounts (Administración).

use crate::test_app::{Organization, TestApp, eventually, noon};
use chrono::TimeDelta;
use db::{
    ConnectionTrait, Scope,
    templates::{NewTemplate, TemplateTold},
    wabas::WabaState,
};
use sandbox::demo_world;
use serde_json::{Value, json};
use types::{
    ErrorCode, Permission, WabaId,
    graph::GraphReason,
    wabas::{
        CHECK_WABA, CONNECT_SANDBOX, CREATE_WABA, DELETE_WABA, GET_WABA, LIST_WABA_REFS, LIST_WABAS, SYNCHRONIZE_WABA,
        TEST_WABA_WEBHOOK, UPDATE_WABA, Waba,
    },
};

fn input(app: &TestApp) -> Value {
    let world = demo_world();
    json!({"name": "", "waba_id": world.waba_id, "app_id": world.app_id, "token": world.access_token,
           "base_url": app.phones().graph()})
}

async fn connected(organization: &Organization) -> Waba {
    organization.administrator.call(CONNECT_SANDBOX, &[]).await.ok()
}

#[actix_web::test]
async fn an_account_is_connected_after_graph_was_asked_for_it() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let mut wrong = input(&app);
    wrong["token"] = json!("somebody's else");
    let refused = admin.json(CREATE_WABA, &[], wrong).await;
    refused.refused(ErrorCode::WhatsappRefused);
    assert_eq!(refused.problem().whatsapp.map(|trouble| trouble.reason), Some(GraphReason::TokenInvalid));
    let mut unknown = input(&app);
    unknown["waba_id"] = json!("999999999");
    let refused = admin.json(CREATE_WABA, &[], unknown).await;
    assert_eq!(refused.problem().whatsapp.map(|trouble| trouble.reason), Some(GraphReason::AccountUnknown));
    assert_eq!(admin.call(LIST_WABAS, &[]).await.ok().items.len(), 1, "nothing was stored");

    let answer = admin.json(CREATE_WABA, &[], input(&app)).await;
    assert!(!answer.text.contains(demo_world().access_token), "the token never comes back");
    let waba = answer.ok();
    assert_eq!((waba.name.as_str(), waba.sandbox, waba.subscribed), ("Cercano Demo", true, true));
    assert_eq!((waba.template_count, waba.trouble.clone()), (6, None));
    assert!(waba.synchronized_at.is_some() && waba.checked_at.is_some());
    let listed = admin.call(LIST_WABAS, &[]).await;
    assert!(!listed.text.contains(demo_world().access_token));
    let names: Vec<_> = admin.call(LIST_WABA_REFS, &[]).await.ok().items.into_iter().map(|waba| waba.name).collect();
    assert_eq!(names, ["Cercano Demo", "one"]);
    admin.json(CREATE_WABA, &[], input(&app)).await.refused(ErrorCode::WabaAlreadyConnected);
    let other = app.organization("two").await;
    other.administrator.json(CREATE_WABA, &[], input(&app)).await.refused(ErrorCode::WabaAlreadyConnected);
}

#[actix_web::test]
async fn the_sandboxs_account_is_connected_where_there_is_a_sandbox() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    organization.administrator.call(CONNECT_SANDBOX, &[]).await.refused(ErrorCode::SandboxUnavailable);

    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let waba = connected(&organization).await;
    assert!(waba.sandbox && waba.subscribed && waba.trouble.is_none());
    let world = app.phones().control("GET", "world", &json!({})).await;
    let told = &world["wabas"][demo_world().waba_id]["override_callback_uri"];
    assert_eq!(*told, json!(format!("{}/webhooks/whatsapp", app.base)), "the handshake was done with our own server");
}

#[actix_web::test]
async fn only_addresses_the_operator_trusts_are_called() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    for base_url in [
        "http://127.0.0.1:9/graph",
        "http://169.254.169.254/latest",
        "http://10.1.2.3",
        "http://[::1]/",
        "http://2130706433/",
        "http://localhost/",
        "https://157.240.1.1/graph",
        "https://graph.facebook.com.example.com",
    ] {
        let mut wrong = input(&app);
        wrong["base_url"] = json!(base_url);
        let answer = organization.administrator.json(CREATE_WABA, &[], wrong).await;
        assert_eq!(answer.wrong_fields(), ["/base_url not_an_address"], "{base_url}");
    }
    let mut wrong = input(&app);
    wrong["graph_version"] = json!("../x");
    let answer = organization.administrator.json(CREATE_WABA, &[], wrong).await;
    assert_eq!(answer.wrong_fields(), ["/graph_version invalid"]);
    let mut wrong = input(&app);
    wrong["token"] = Value::Null;
    let answer = organization.administrator.json(CREATE_WABA, &[], wrong).await;
    assert_eq!(answer.wrong_fields(), ["/token required"]);
}

#[actix_web::test]
async fn an_account_is_reached_where_the_operator_says_accounts_may_be() {
    let graph = sandbox_alone();
    let app = TestApp::operated(|settings| settings.graph_urls.push(graph.clone())).await;
    let organization = app.organization("one").await;
    let mut elsewhere = input(&app);
    elsewhere["base_url"] = json!(format!("{graph}/"));
    let refused = organization.administrator.json(CREATE_WABA, &[], elsewhere).await;
    let trouble = refused.problem().whatsapp.map(|trouble| trouble.reason);
    assert_eq!(trouble, Some(GraphReason::Unreachable), "it was called, and nobody is there");
}

/// An address at which nobody is.
fn sandbox_alone() -> String {
    "http://127.0.0.1:9/graph".to_owned()
}

#[actix_web::test]
async fn the_names_of_accounts_are_for_who_imports_numbers_or_verifies_them() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    app.number(&organization, "Camila", &[]).await;
    for (permission, seen) in [
        (Permission::ViewNumberImports, 1),
        (Permission::ViewVerifications, 1),
        (Permission::ViewDesk, 0),
        (Permission::ViewNumbers, 0),
    ] {
        let member = app.member(&organization, &[permission]).await;
        app.number(&organization, permission.as_ref(), &[&member]).await;
        assert_eq!(member.call(LIST_WABA_REFS, &[]).await.ok().items.len(), seen, "{permission:?}");
    }
    assert_eq!(organization.administrator.call(LIST_WABA_REFS, &[]).await.ok().items.len(), 1);
}

#[actix_web::test]
async fn the_sandbox_is_needed_while_an_account_of_it_is_connected() {
    let app = TestApp::with_sandbox().await;
    let needed = || async { db::wabas::needs_sandbox(app.app.db.read(), demo_world().waba_id).await.unwrap() };
    assert!(needed().await, "nobody has connected anything");
    // An account outside the sandbox.
    let organization = app.organization("one").await;
    assert!(!needed().await);
    let waba = connected(&organization).await;
    assert!(needed().await, "one account is the sandbox's, though another is not");
    organization.administrator.call(DELETE_WABA, &[&waba.id]).await.ok();
    assert!(!needed().await);
}

#[actix_web::test]
async fn a_change_keeps_the_token_and_a_new_address_needs_it_again() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let waba = connected(&organization).await;
    let mut change = input(&app);
    change["name"] = json!("Ventas");
    change["token"] = Value::Null;
    change["version"] = json!(waba.version);
    let changed = admin.json(UPDATE_WABA, &[&waba.id], change.clone()).await.ok();
    assert_eq!((changed.name.as_str(), changed.trouble.clone()), ("Ventas", None), "the stored token still reaches it");
    admin.json(UPDATE_WABA, &[&waba.id], change.clone()).await.refused(ErrorCode::VersionConflict);

    change["version"] = json!(changed.version);
    let mut elsewhere = change.clone();
    elsewhere["base_url"] = json!("https://graph.facebook.com");
    assert_eq!(admin.json(UPDATE_WABA, &[&waba.id], elsewhere).await.wrong_fields(), ["/token required"]);
    let mut other = change.clone();
    other["waba_id"] = json!("123456");
    assert_eq!(admin.json(UPDATE_WABA, &[&waba.id], other).await.wrong_fields(), ["/waba_id invalid"]);
    let mut wrong = change;
    wrong["token"] = json!("not the token");
    admin.json(UPDATE_WABA, &[&waba.id], wrong).await.refused(ErrorCode::WhatsappRefused);
    assert_eq!(admin.call(CHECK_WABA, &[&waba.id]).await.ok().trouble, None, "a wrong token is not stored");
}

#[actix_web::test]
async fn an_account_is_disconnected_only_without_numbers() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    app.number(&organization, "Camila", &[admin]).await;
    let refused = admin.call(DELETE_WABA, &[&organization.waba_id]).await;
    refused.refused(ErrorCode::WabaHasNumbers);
    assert_eq!(refused.problem().about.as_deref(), Some("Camila"));

    let waba = connected(&organization).await;
    admin.call(DELETE_WABA, &[&waba.id]).await.ok();
    admin.call(GET_WABA, &[&waba.id]).await.refused(ErrorCode::NotFound);
    let world = app.phones().control("GET", "world", &json!({})).await;
    assert_eq!(world["wabas"][demo_world().waba_id]["subscribed"], false);
    connected(&organization).await;
}

#[actix_web::test]
async fn synchronizing_brings_templates_and_numbers_up_to_date() {
    let app = TestApp::with_sandbox().await;
    let mut organization = app.organization("one").await;
    let waba = connected(&organization).await;
    organization.waba_id = waba.id;
    let numbers = app.sandbox_numbers(&organization, &[&organization.administrator]).await;
    let scope = Scope::of_organization(organization.id);
    gone_template(&app, &organization, waba.id).await;
    let world = demo_world();
    let first = world.numbers[0].id;
    app.phones()
        .control("PUT", &format!("numbers/{first}"), &json!({"quality_rating": "RED", "status": "FLAGGED"}))
        .await;
    app.phones().control("PUT", &format!("templates/{}", world.templates[0].id), &json!({"status": "PAUSED"})).await;
    let added = app.phones().control("POST", "numbers", &json!({"count": 1})).await;

    let done = organization.administrator.call(SYNCHRONIZE_WABA, &[&waba.id]).await.ok();
    assert_eq!((done.templates, done.deleted_templates, done.numbers), (6, 1, 6));
    assert_eq!(json!(done.not_included), json!([added["numbers"][0]["display_phone_number"]]));
    let kept = db::wabas::list_numbers(app.app.db.read(), &scope, waba.id).await.unwrap();
    let kept = kept.iter().find(|number| number.id == numbers[0]).unwrap();
    assert_eq!((kept.quality.as_deref(), kept.whatsapp_status.as_deref()), (Some("RED"), Some("FLAGGED")));
    assert_eq!((kept.messaging_limit.as_deref(), kept.throughput), (Some("TIER_100K"), 80));
    let templates = db::templates::list_all(app.app.db.read(), &scope).await.unwrap();
    let paused: Vec<_> = templates.iter().filter(|template| template.status == "PAUSED").collect();
    assert_eq!((templates.len(), paused.len()), (6, 1));
}

#[actix_web::test]
async fn an_account_that_is_told_of_while_it_is_synchronized_is_waited_for_and_nobody_is_refused() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let waba = connected(&organization).await;
    let admin = &organization.administrator;
    admin.call(SYNCHRONIZE_WABA, &[&waba.id]).await.ok();
    // `SQLite` has one writer: nobody waits within a transaction.
    if app.app.db.is_sqlite() {
        return;
    }
    let template = &demo_world().templates[0];
    let told = TemplateTold {
        waba_id: &waba.waba_id,
        template_id: None,
        name: Some(template.name),
        language: Some(template.language),
        status: Some("PAUSED"),
        category: None,
        at: app.app.clock.now(),
    };
    let inbox = db::begin(&app.app.db).await.unwrap();
    db::wabas::hold(&inbox, &[&waba.waba_id]).await.unwrap();
    let release = async {
        eventually("the synchronization waits for the account", async || {
            let waiting = "SELECT 1 / COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                           AND wait_event_type = 'Lock'";
            app.app.db.read().execute_unprepared(waiting).await.ok()
        })
        .await;
        // Whoever holds the account can have its templates.
        db::templates::tell(&inbox, &told, app.app.clock.now()).await.unwrap();
        inbox.commit().await.unwrap();
    };
    let at: [&dyn std::fmt::Display; 1] = [&waba.id];
    let (synchronized, ()) = futures_util::future::join(admin.call(SYNCHRONIZE_WABA, &at), release).await;
    synchronized.ok();
}

async fn gone_template(app: &TestApp, organization: &Organization, waba_id: WabaId) {
    let gone = NewTemplate {
        id: app.app.ids.make(),
        organization_id: organization.id,
        waba_id,
        template_id: "1",
        name: "gone",
        language: "es",
        category: "UTILITY",
        status: "APPROVED",
        components: json!([]),
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::templates::save(&tx, &[gone], noon()).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn the_webhook_is_tested_over_http_and_wrong_signatures_are_counted() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let waba = connected(&organization).await;
    let test = admin.call(TEST_WABA_WEBHOOK, &[&waba.id]).await.ok();
    for check in [&test.subscribed, &test.handshake, &test.signature] {
        assert!(check.passed, "{test:?}");
    }
    assert_eq!((test.signature_failures, test.last_event_at), (0, None), "the test's own wrong one does not count");
    assert_eq!(test.callback_url, format!("{}/webhooks/whatsapp", app.base));

    assert_eq!(app.post(b"{}".to_vec(), Some("sha256=00")).await, 403);
    assert_eq!(app.post(b"{}".to_vec(), None).await, 401);
    let test = admin.call(TEST_WABA_WEBHOOK, &[&waba.id]).await.ok();
    assert_eq!(test.signature_failures, 2);
    assert!(test.last_signature_failure_at.is_some());

    let unsubscribed = admin.call(TEST_WABA_WEBHOOK, &[&organization.waba_id]).await.ok();
    assert!(!unsubscribed.subscribed.passed && unsubscribed.subscribed.detail.is_some());
}

#[actix_web::test]
async fn the_time_of_the_last_event_is_the_accounts_own() {
    let app = TestApp::with_sandbox().await;
    let mut organization = app.organization("one").await;
    let waba = connected(&organization).await;
    let other = organization.waba_id;
    organization.waba_id = waba.id;
    app.sandbox_numbers(&organization, &[&organization.administrator]).await;
    app.phones().write("5491160000001", demo_world().numbers[0].id, "Hola").await;
    let admin = &organization.administrator;
    eventually("the event is noted", async || admin.call(GET_WABA, &[&waba.id]).await.ok().last_event_at).await;
    assert_eq!(admin.call(GET_WABA, &[&other]).await.ok().last_event_at, None);
}

#[actix_web::test]
async fn an_account_that_fails_does_not_stop_the_others() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let waba = connected(&organization).await;
    let scope = Scope::of_organization(organization.id);
    let before = app.app.clock.now() - TimeDelta::hours(1);
    let tx = db::begin(&app.app.db).await.unwrap();
    for id in [organization.waba_id, waba.id] {
        db::wabas::set_state(&tx, &scope, id, &WabaState::default(), before).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(app::wabas::synchronize_due(&app.app).await.unwrap(), 1);
    let admin = &organization.administrator;
    let failed = admin.call(GET_WABA, &[&organization.waba_id]).await.ok();
    assert_eq!(failed.trouble.map(|trouble| trouble.reason), Some(GraphReason::AccountUnknown));
    let done = admin.call(GET_WABA, &[&waba.id]).await.ok();
    assert!(done.synchronized_at > Some(before) && done.trouble.is_none());
    assert_eq!(app::wabas::synchronize_due(&app.app).await.unwrap(), 0, "both were asked just now");
}

//! Verifying and registering numbers (spec S7).

use crate::test_app::{Organization, Person, TestApp, eventually, phone_number_id};
use chrono::TimeDelta;
use db::{ConnectionTrait, Scope, numbers::NewNumber};
use domain::verifications::AttemptKind;
use sandbox::demo_world;
use serde_json::{Value, json};
use types::{
    ErrorCode, Language, NumberId, Permission,
    graph::{GraphReason, GraphTrouble},
    tickets::LIST_TICKETS,
    verifications::{
        CHECK_CODE, CodeMethod, GET_VERIFICATION, LIST_VERIFICATIONS, REGISTER_NUMBER, REQUEST_CODE, VerificationStage,
    },
};
use whatsapp::GraphEndpoint;

/// A number that is in its account and nothing more, and what WhatsApp calls it.
async fn pending(app: &TestApp, organization: &Organization, agents: &[&Person], phone: &str) -> (NumberId, String) {
    let endpoint = GraphEndpoint { base_url: app.phones().graph(), version: "v23.0".to_owned() };
    let world = demo_world();
    let added =
        app.app.whatsapp.add_phone_number(&endpoint, world.access_token, world.waba_id, "56", phone, "Nueva").await;
    let graph_id = added.unwrap();
    let id: NumberId = app.app.ids.make();
    let agents: Vec<_> = agents.iter().map(|agent| agent.id).collect();
    let settings = domain::chatbots::defaults(Language::Es);
    let new = NewNumber {
        id,
        organization_id: organization.id,
        waba_id: organization.waba_id,
        group_id: None,
        owner_id: agents.first().copied(),
        agents: &agents,
        phone_number_id: Some(&graph_id),
        phone: &format!("+56{phone}"),
        name: "Nueva",
        language: Language::Es,
        throughput: 80,
        chatbot: Some(&settings),
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::create(&tx, &new, app.app.clock.now()).await.unwrap();
    let scope = Scope::of_organization(organization.id);
    let mut number = db::numbers::get_whatsapp(&tx, &scope, id).await.unwrap();
    (number.whatsapp_status, number.verified_at, number.registered_at) = (Some("PENDING".to_owned()), None, None);
    db::numbers::set_whatsapp(&tx, &number, app.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    (id, graph_id)
}

/// What the phone of a number shows.
async fn code(app: &TestApp, graph_id: &str) -> Value {
    let world = app.phones().control("GET", "world", &json!({})).await;
    world["numbers"].as_array().unwrap().iter().find(|number| number["id"] == graph_id).unwrap()["sms"].clone()
}

async fn tried(
    app: &TestApp,
    organization: &Organization,
    id: NumberId,
    kind: AttemptKind,
    ago: TimeDelta,
    reason: Option<GraphReason>,
) {
    let scope = Scope::of_organization(organization.id);
    let attempt = app.app.ids.make();
    let tx = db::begin(&app.app.db).await.unwrap();
    let at = app.app.clock.now() - ago;
    db::verifications::create(&tx, &scope, attempt, id, organization.administrator.id, kind, at).await.unwrap();
    let trouble = reason.map(GraphTrouble::from_reason);
    db::verifications::finish(&tx, &scope, attempt, trouble.as_ref()).await.unwrap();
    tx.commit().await.unwrap();
}

const CODE: AttemptKind = AttemptKind::Code(CodeMethod::Sms);

#[actix_web::test]
async fn a_number_goes_live_by_code_and_pin() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let agent = app
        .member(&organization, &[Permission::ViewVerifications, Permission::EditVerifications, Permission::ViewDesk])
        .await;
    let (id, graph_id) = pending(&app, &organization, &[&agent], "955550201").await;
    assert_eq!(agent.call(GET_VERIFICATION, &[&id]).await.ok().stage, VerificationStage::Unverified);
    let pin = json!({"pin": "190-283"});
    agent.json(REGISTER_NUMBER, &[&id], pin.clone()).await.refused(ErrorCode::NumberNotVerified);
    agent.json(CHECK_CODE, &[&id], json!({"code": "000000"})).await.refused(ErrorCode::CodeNotRequested);

    let sent = agent.json(REQUEST_CODE, &[&id], json!({"method": "voice", "language": "pt"})).await.ok();
    assert_eq!(sent.code.map(|code| code.method), Some(CodeMethod::Voice));
    assert_eq!((sent.codes_left, sent.guesses_left), (4, 5));
    let again = agent.json(REQUEST_CODE, &[&id], json!({"method": "sms", "language": "es"})).await;
    again.refused(ErrorCode::CodeTooSoon);
    let shown = code(&app, &graph_id).await;
    assert_eq!((&shown["method"], &shown["language"]), (&json!("VOICE"), &json!("pt_BR")));
    let right = shown["code"].as_str().unwrap().to_owned();

    let wrong = if right == "111111" { "222222" } else { "111111" };
    let refused = agent.json(CHECK_CODE, &[&id], json!({"code": wrong})).await;
    refused.refused(ErrorCode::WhatsappRefused);
    assert_eq!(refused.problem().whatsapp.map(|trouble| trouble.reason), Some(GraphReason::CodeWrong));
    let after = agent.call(GET_VERIFICATION, &[&id]).await.ok();
    assert_eq!((after.guesses_left, after.trouble.map(|trouble| trouble.reason)), (4, Some(GraphReason::CodeWrong)));

    let grouped = format!("{}-{}", &right[..3], &right[3..]);
    let verified = agent.json(CHECK_CODE, &[&id], json!({"code": grouped})).await.ok();
    assert_eq!((verified.stage, verified.trouble), (VerificationStage::Verified, None));
    assert_eq!(code(&app, &graph_id).await, Value::Null, "a code is good once");
    agent.json(CHECK_CODE, &[&id], json!({"code": right})).await.refused(ErrorCode::NumberAlreadyVerified);
    let live = agent.json(REGISTER_NUMBER, &[&id], pin).await.ok();
    assert_eq!((live.stage, live.registrations_left), (VerificationStage::Registered, 9));
    assert_eq!(live.whatsapp_status.as_deref(), Some("CONNECTED"));

    app.phones().write("56955550299", &graph_id, "Hola").await;
    eventually("its first message arrives", async || {
        agent.call(LIST_TICKETS, &[]).await.ok().items.into_iter().next().filter(|ticket| ticket.number.id == id)
    })
    .await;
    for secret in [right.as_str(), "190283"] {
        assert!(!everything_kept(&app).await.contains(secret), "neither a code nor a PIN is kept anywhere");
    }
}

/// The audit log and the attempts as they are stored.
async fn everything_kept(app: &TestApp) -> String {
    let mut kept = String::new();
    for sql in [
        "SELECT action || ' ' || subject_name || ' ' || CAST(changes AS TEXT) AS kept FROM audit_log",
        "SELECT kind || ' ' || COALESCE(method, '') || ' ' || COALESCE(CAST(trouble AS TEXT), '') AS kept FROM verification_attempts",
    ] {
        let statement = sea_orm::Statement::from_string(app.app.db.read().get_database_backend(), sql);
        for row in app.app.db.read().query_all_raw(statement).await.unwrap() {
            kept.push_str(&row.try_get::<String>("", "kept").unwrap());
        }
    }
    assert!(kept.contains("registered"), "{kept}");
    kept
}

#[actix_web::test]
async fn codes_guesses_and_registrations_are_limited() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (codes, _) = pending(&app, &organization, &[admin], "955550202").await;
    for minutes in [50, 40, 30, 20, 5] {
        tried(&app, &organization, codes, CODE, TimeDelta::minutes(minutes), None).await;
    }
    let request = json!({"method": "sms", "language": "es"});
    admin.json(REQUEST_CODE, &[&codes], request).await.refused(ErrorCode::CodesUsedUp);
    for _ in 0..5 {
        tried(&app, &organization, codes, AttemptKind::Guess, TimeDelta::zero(), Some(GraphReason::CodeWrong)).await;
    }
    admin.json(CHECK_CODE, &[&codes], json!({"code": "123456"})).await.refused(ErrorCode::GuessesUsedUp);

    let numbers = app.sandbox_numbers(&organization, &[admin]).await;
    for hours in 1..=10 {
        let reason = Some(GraphReason::PinWrong);
        tried(&app, &organization, numbers[0], AttemptKind::Registration, TimeDelta::hours(hours), reason).await;
    }
    admin.json(REGISTER_NUMBER, &[&numbers[0]], json!({"pin": "123456"})).await.refused(ErrorCode::RegistrationsUsedUp);
    let listed = admin.query(LIST_VERIFICATIONS, &[], "limit=3").await.ok();
    assert_eq!(listed.items[0].number.id, codes, "those that are not registered come first");
    let second = admin.query(LIST_VERIFICATIONS, &[], &format!("limit=3&cursor={}", listed.next_cursor.unwrap())).await;
    assert_eq!(second.ok().items.len(), 3);
    assert_eq!(admin.query(LIST_VERIFICATIONS, &[], "pending=true").await.ok().items.len(), 1);
}

#[actix_web::test]
async fn what_graph_refuses_is_explained_with_the_time_to_try_again() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (id, graph_id) = pending(&app, &organization, &[admin], "955550203").await;
    let faults = json!({"management": [{"edge": "request_code", "code": 136_024, "subcode": 2_388_091,
        "details": "You have tried too many times. Try again in 2 hours."}]});
    app.phones().control("PUT", &format!("numbers/{graph_id}/faults"), &faults).await;
    let request = json!({"method": "sms", "language": "en"});
    let refused = admin.json(REQUEST_CODE, &[&id], request.clone()).await;
    refused.refused(ErrorCode::WhatsappRefused);
    let trouble = refused.problem().whatsapp.unwrap();
    let wait = trouble.retry_at.unwrap() - app.app.clock.now();
    assert_eq!((trouble.reason, trouble.code), (GraphReason::TooManyCodes, Some(136_024)));
    assert!(wait > TimeDelta::minutes(110) && wait <= TimeDelta::hours(2), "{wait}");
    let known = admin.call(GET_VERIFICATION, &[&id]).await.ok();
    assert_eq!((known.next_code_at, known.codes_left), (trouble.retry_at, 5));
    admin.json(REQUEST_CODE, &[&id], request).await.refused(ErrorCode::CodeTooSoon);
}

#[actix_web::test]
async fn a_code_that_is_too_old_is_told_apart_from_a_wrong_one() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (id, graph_id) = pending(&app, &organization, &[admin], "955550204").await;
    admin.json(REQUEST_CODE, &[&id], json!({"method": "sms", "language": "es"})).await.ok();
    let shown = code(&app, &graph_id).await;
    app.phones().control("PUT", &format!("numbers/{graph_id}"), &json!({"code_expired": true})).await;
    let refused = admin.json(CHECK_CODE, &[&id], json!({"code": shown["code"]})).await;
    assert_eq!(refused.problem().whatsapp.map(|trouble| trouble.reason), Some(GraphReason::CodeExpired));
}

#[actix_web::test]
async fn an_answer_that_gets_lost_is_settled_by_asking_what_is_the_case() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (id, graph_id) = pending(&app, &organization, &[admin], "955550205").await;
    let faults = json!({"management": [{"edge": "request_code", "unanswered": true}, {"edge": "verify_code", "unanswered": true},
        {"edge": "register", "unanswered": true}]});
    app.phones().control("PUT", &format!("numbers/{graph_id}/faults"), &faults).await;
    let lost = admin.json(REQUEST_CODE, &[&id], json!({"method": "sms", "language": "es"})).await;
    lost.refused(ErrorCode::WhatsappUnreachable);
    let known = admin.call(GET_VERIFICATION, &[&id]).await.ok();
    assert!(known.code.is_some() && known.codes_left == 4, "it may have been sent, so it counts and can be entered");
    let shown = code(&app, &graph_id).await;
    let verified = admin.json(CHECK_CODE, &[&id], json!({"code": shown["code"]})).await.ok();
    assert_eq!(verified.stage, VerificationStage::Verified);
    let live = admin.json(REGISTER_NUMBER, &[&id], json!({"pin": "123456"})).await.ok();
    assert_eq!(live.stage, VerificationStage::Registered);
}

#[actix_web::test]
async fn of_two_who_ask_for_a_code_at_once_one_gets_it() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (id, _) = pending(&app, &organization, &[admin], "955550206").await;
    let at: [&dyn std::fmt::Display; 1] = [&id];
    let request = || admin.json(REQUEST_CODE, &at, json!({"method": "sms", "language": "es"}));
    let (one, two) = futures_util::future::join(request(), request()).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 429]);
    assert_eq!(admin.call(GET_VERIFICATION, &at).await.ok().codes_left, 4);
}

#[actix_web::test]
async fn only_numbers_in_reach_can_be_verified() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let agent = app.member(&organization, &[Permission::ViewVerifications, Permission::EditVerifications]).await;
    app.number(&organization, "Own", &[&agent]).await;
    let (id, _) = pending(&app, &organization, &[admin], "955550207").await;
    agent.call(GET_VERIFICATION, &[&id]).await.refused(ErrorCode::NotFound);
    let request = json!({"method": "sms", "language": "es"});
    agent.json(REQUEST_CODE, &[&id], request).await.refused(ErrorCode::NotFound);
    assert_eq!(agent.call(LIST_VERIFICATIONS, &[]).await.ok().items.len(), 1);
}

#[actix_web::test]
async fn without_whatsapp_a_number_is_as_it_was_last_known() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let id = app.number(&organization, "Own", &[admin]).await;
    assert!(!phone_number_id(id).is_empty());
    let known = admin.call(GET_VERIFICATION, &[&id]).await.ok();
    assert_eq!(known.stage, VerificationStage::Registered);
    assert_eq!(known.trouble.map(|trouble| trouble.reason), Some(GraphReason::Unreachable));
}

#[actix_web::test]
async fn a_number_that_was_deleted_and_included_again_has_no_more_attempts_than_before() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (first, _) = pending(&app, &organization, &[admin], "955550177").await;
    for minutes in [2, 4] {
        tried(&app, &organization, first, AttemptKind::Code(CodeMethod::Sms), TimeDelta::minutes(minutes), None).await;
    }
    let before = admin.call(GET_VERIFICATION, &[&first]).await.ok();
    let scope = Scope::of_organization(organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::delete(&tx, &scope, first, app.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let graph_id = format!("again-{first}");
    let again: NumberId = app.app.ids.make();
    let new = NewNumber {
        id: again,
        organization_id: organization.id,
        waba_id: organization.waba_id,
        group_id: None,
        owner_id: None,
        agents: &[],
        phone_number_id: Some(&graph_id),
        phone: "+56955550177",
        name: "Otra vez",
        language: Language::Es,
        throughput: 80,
        chatbot: None,
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::create(&tx, &new, app.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let listed = admin.call(LIST_VERIFICATIONS, &[]).await.ok().items;
    let after = listed.iter().find(|verification| verification.number.id == again).unwrap();
    assert!(before.codes_left < 5, "{before:?}");
    assert_eq!((after.codes_left, after.guesses_left), (before.codes_left, before.guesses_left));
}

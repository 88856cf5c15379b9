//! What WhatsApp tells about templates by webhook, and what is read of them.

use super::{EDITOR, add_template};
use crate::test_app::{Organization, Stream, TestApp, eventually, noon};
use chrono::{DateTime, TimeDelta, Utc};
use db::{Scope, templates::StoredTemplate};
use sandbox::demo_world;
use serde_json::{Value, json};
use types::{
    audit_log::AuditSubject,
    events::Event,
    wabas::{CONNECT_SANDBOX, SYNCHRONIZE_WABA, Waba},
};

/// An event of an account about a template, told at a time.
fn told(account: &str, field: &str, at: Option<DateTime<Utc>>, value: Value) -> Value {
    let mut entry = json!({"id": account, "changes": [{"field": field, "value": value}]});
    if let Some(at) = at {
        entry["time"] = json!(at.timestamp());
    }
    json!({"object": "whatsapp_business_account", "entry": [entry]})
}

fn status(account: &str, id: &str, event: &str, at: DateTime<Utc>) -> Value {
    let value = json!({"event": event, "message_template_id": id, "message_template_name": "aviso",
                       "message_template_language": "es", "reason": "NONE"});
    told(account, "message_template_status_update", Some(at), value)
}

async fn stored(app: &TestApp, organization: &Organization) -> Vec<StoredTemplate> {
    db::templates::list_all(app.app.db.read(), &Scope::of_organization(organization.id)).await.unwrap()
}

/// An organization with one number and the template `aviso`, which WhatsApp calls `aviso-es`.
async fn house(app: &TestApp, name: &str) -> Organization {
    let organization = app.organization(name).await;
    app.number(&organization, name, &[]).await;
    add_template(app, &organization, "aviso", "es", "Aviso").await;
    organization
}

async fn state(app: &TestApp, organization: &Organization) -> String {
    stored(app, organization).await.into_iter().map(|template| template.status + " " + &template.category).collect()
}

/// Whether the account is to be asked for before its time.
async fn is_due(app: &TestApp, organization: &Organization) -> bool {
    let before = app.app.clock.now() - TimeDelta::minutes(15);
    let due = db::wabas::due(app.app.db.read(), before).await.unwrap();
    due.iter().any(|(of, _)| *of == organization.id)
}

/// Graph was asked just now.
async fn asked(app: &TestApp, organization: &Organization) {
    let scope = Scope::of_organization(organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    let state = db::wabas::WabaState { synchronized: true, ..Default::default() };
    db::wabas::set_state(&tx, &scope, organization.waba_id, &state, app.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn a_templates_status_and_category_are_brought_up_to_date_at_once_and_open_pages_are_told() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    let editor = app.member(&organization, EDITOR).await;
    app.number(&organization, "theirs", &[&editor]).await;
    let mut stream = Stream::open(&editor, None).await;
    let later = noon() + TimeDelta::seconds(5);
    app.told(&status("waba-one", "aviso-es", "PAUSED", later)).await;
    assert_eq!(state(&app, &organization).await, "PAUSED UTILITY");
    let activations = |event: &Event| matches!(event, Event::ListChanged { subject: AuditSubject::TemplateActivation });
    stream.until(activations).await;
    let moved = json!({"message_template_id": "aviso-es", "previous_category": "UTILITY", "new_category": "MARKETING"});
    app.told(&told("waba-one", "template_category_update", Some(later), moved)).await;
    assert_eq!(state(&app, &organization).await, "PAUSED MARKETING");
    stream.until(activations).await;
}

#[actix_web::test]
async fn a_template_is_found_by_name_and_language_where_no_id_is_given_and_numbers_may_be_ids() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    let named = json!({"event": "REJECTED", "message_template_name": "aviso", "message_template_language": "es"});
    app.told(&told("waba-one", "message_template_status_update", None, named)).await;
    assert_eq!(state(&app, &organization).await, "REJECTED UTILITY");
    let other = json!({"event": "APPROVED", "message_template_name": "aviso", "message_template_language": "pt_BR"});
    app.told(&told("waba-one", "message_template_status_update", None, other)).await;
    let another = json!({"event": "APPROVED", "message_template_id": 1_234, "message_template_name": "aviso",
                         "message_template_language": "es"});
    app.told(&told("waba-one", "message_template_status_update", None, another)).await;
    assert_eq!(state(&app, &organization).await, "REJECTED UTILITY", "a name may have been given to another template");
}

#[actix_web::test]
async fn words_nobody_knows_yet_are_kept_and_a_reinstated_template_is_approved() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    for (event, expected) in [
        ("ON_THE_MOON", "ON_THE_MOON UTILITY"),
        ("reinstated", "APPROVED UTILITY"),
        ("FLAGGED", "APPROVED UTILITY"),
        ("DISABLED", "DISABLED UTILITY"),
    ] {
        app.told(&status("waba-one", "aviso-es", event, noon())).await;
        assert_eq!(state(&app, &organization).await, expected, "{event}");
    }
}

#[actix_web::test]
async fn an_event_told_twice_changes_nothing_and_one_told_too_late_is_asked_of_graph() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    asked(&app, &organization).await;
    let later = noon() + TimeDelta::minutes(2);
    app.told(&status("waba-one", "aviso-es", "PAUSED", later)).await;
    app.told(&status("waba-one", "aviso-es", "PAUSED", later)).await;
    assert_eq!(state(&app, &organization).await, "PAUSED UTILITY");
    assert!(!is_due(&app, &organization).await);
    app.told(&status("waba-one", "aviso-es", "APPROVED", noon() + TimeDelta::minutes(1))).await;
    assert_eq!(state(&app, &organization).await, "PAUSED UTILITY", "it is older than what is known");
    asked_for(&app, &organization).await;
}

/// The account is asked for: nobody is there, and that is its trouble.
async fn asked_for(app: &TestApp, organization: &Organization) {
    let scope = Scope::of_organization(organization.id);
    eventually("Graph is asked", async || {
        let waba = db::wabas::get(app.app.db.read(), &scope, organization.waba_id).await.unwrap();
        waba.trouble.map(drop)
    })
    .await;
}

#[actix_web::test]
async fn a_template_nobody_knows_has_its_account_asked_for() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    asked(&app, &organization).await;
    let quality = json!({"message_template_id": "aviso-es", "new_quality_score": "RED"});
    app.told(&told("waba-one", "message_template_quality_update", Some(noon()), quality)).await;
    assert!(!is_due(&app, &organization).await, "what is known needs no asking");
    app.told(&status("waba-one", "another", "APPROVED", noon())).await;
    asked_for(&app, &organization).await;
}

#[actix_web::test]
async fn an_account_speaks_of_its_own_templates_only() {
    let app = TestApp::start().await;
    let (ours, theirs) = (house(&app, "one").await, house(&app, "two").await);
    add_template(&app, &theirs, "suya", "es", "Suya").await;
    asked(&app, &theirs).await;
    for account in ["waba-one", "waba-nobody"] {
        app.told(&status(account, "suya-es", "DISABLED", noon())).await;
    }
    app.told(&status("waba-one", "aviso-es", "PAUSED", noon())).await;
    assert_eq!(state(&app, &ours).await, "PAUSED UTILITY");
    let theirs_now: Vec<_> = stored(&app, &theirs).await.into_iter().map(|template| template.status).collect();
    assert_eq!(theirs_now, ["APPROVED", "APPROVED"]);
    assert!(!is_due(&app, &theirs).await);
}

#[actix_web::test]
async fn an_event_without_its_word_is_kept_and_does_no_harm() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    for value in [json!({}), json!({"event": null}), json!({"event": {"a": 1}}), json!([])] {
        app.told(&told("waba-one", "message_template_status_update", Some(noon()), value)).await;
    }
    app.told(&told("waba-one", "message_template_status_update", None, json!({"event": "PAUSED"}))).await;
    assert_eq!(state(&app, &organization).await, "APPROVED UTILITY");
}

#[actix_web::test]
async fn what_was_told_while_graph_was_read_is_not_overwritten_by_what_was_read() {
    let app = TestApp::start().await;
    let organization = house(&app, "one").await;
    app.app.clock.advance(TimeDelta::minutes(1));
    app.told(&status("waba-one", "aviso-es", "PAUSED", noon() + TimeDelta::minutes(1))).await;
    // Saved by a reading that began at noon.
    add_template(&app, &organization, "aviso", "es", "Aviso").await;
    assert_eq!(state(&app, &organization).await, "PAUSED UTILITY");
}

#[actix_web::test]
async fn a_template_made_at_graph_comes_here_by_itself_and_every_page_of_templates_is_read() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let waba: Waba = organization.administrator.call(CONNECT_SANDBOX, &[]).await.ok();
    let before = waba.template_count;
    app.phones().control("PUT", "settings", &json!({"template_review_ms": 50})).await;
    let new = |name: &str| {
        json!({"name": name, "language": "es", "category": "UTILITY",
               "components": [{"type": "BODY", "text": "Hola"}]})
    };
    app.phones().graph_post(&format!("{}/message_templates", demo_world().waba_id), &new("recien_hecha")).await;
    eventually("the new template is here, approved", async || {
        let all = stored(&app, &organization).await;
        all.into_iter().find(|template| template.name == "recien_hecha" && template.status == "APPROVED")
    })
    .await;
    for number in 0..130 {
        let name = format!("pagina_{number:03}");
        app.phones().graph_post(&format!("{}/message_templates", demo_world().waba_id), &new(&name)).await;
    }
    let read = organization.administrator.call(SYNCHRONIZE_WABA, &[&waba.id]).await.ok();
    assert_eq!(read.templates, before + 131);
    let rejected = stored(&app, &organization).await.remove(0);
    let id = graph_id(&app, &rejected.name, &rejected.language).await;
    app.phones().control("PUT", &format!("templates/{id}"), &json!({"status": "PAUSED"})).await;
    eventually("its pause is here", async || {
        let all = stored(&app, &organization).await;
        all.into_iter().find(|template| template.id == rejected.id && template.status == "PAUSED")
    })
    .await;
}

/// What the sandbox calls a template.
async fn graph_id(app: &TestApp, name: &str, language: &str) -> String {
    let world = app.phones().control("GET", "world", &json!({})).await;
    let all = world["templates"].as_array().unwrap();
    let found = all.iter().find(|template| template["name"] == json!(name) && template["language"] == json!(language));
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

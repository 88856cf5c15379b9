//! What numbers still need to be operative (spec S4).

use crate::test_app::{Organization, Person, TestApp, noon, phone_number_id, text};
use db::{
    Scope,
    templates::{NewTemplate, StoredTemplate},
    wabas::WabaState,
};
use serde_json::json;
use types::{
    ErrorCode, NumberId, Permission,
    chatbots::{AVAILABILITY_TEMPLATE, Chatbot, ChatbotInput, GET_CHATBOT, UPDATE_CHATBOT},
    getting_started::{GET_GETTING_STARTED, GET_ORGANIZATION_START, GettingStarted, LIST_GETTING_STARTED, StartStep},
    sessions::GET_ME,
    settings_changes::Targets,
    template_activations::{TemplateActivationsInput, UPDATE_TEMPLATE_ACTIVATIONS},
    wabas::CONNECT_SANDBOX,
};

fn missing(started: &GettingStarted) -> Vec<StartStep> {
    started.steps.iter().filter(|step| !step.done).map(|step| step.step).collect()
}

/// Save a chatbot's settings with these agents in its default queue.
async fn review(person: &Person, number: NumberId, agents: &[&Person]) {
    let Chatbot { version, mut settings, .. } = person.call(GET_CHATBOT, &[&number]).await.ok();
    let mut emails = Vec::new();
    for agent in agents {
        emails.push(agent.call(GET_ME, &[]).await.ok().email);
    }
    settings.queues.default_agents = emails;
    person.send(UPDATE_CHATBOT, &[&number], &ChatbotInput { version, settings }).await.ok();
}

#[actix_web::test]
async fn each_step_is_done_when_what_it_says_is_there() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let nobody = app.member(&organization, &[]).await;
    let number = app.number(&organization, "Norte", &[&nobody]).await;
    let started = async || admin.call(GET_GETTING_STARTED, &[&number]).await.ok();
    let mut left = vec![
        StartStep::WebhookSubscribed,
        StartStep::ProfileFilled,
        StartStep::AgentsReady,
        StartStep::AgentInQueue,
        StartStep::HoursSet,
        StartStep::GreetingReviewed,
        StartStep::TemplatesApproved,
        StartStep::AvailabilityTemplate,
        StartStep::FirstMessageReceived,
    ];
    assert_eq!(missing(&started().await), left, "an agent without a password cannot sign in");

    app.told(&text(&phone_number_id(number), "56955550190", "wamid.first", "Hola", noon())).await;
    left.pop();
    assert_eq!(missing(&started().await), left);
    app.templates(&organization).await;
    left.truncate(left.len() - 2);
    assert_eq!(missing(&started().await), left);
    let eva = app.joined(&organization, "Eva", None).await;
    let scope = Scope::of_organization(organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::add_agents(&tx, &scope, number, &[eva.id]).await.unwrap();
    tx.commit().await.unwrap();
    left.retain(|step| *step != StartStep::AgentsReady);
    assert_eq!(missing(&started().await), left);
    review(admin, number, &[&eva]).await;
    left.truncate(2);
    assert_eq!(missing(&started().await), left, "somebody has looked at the settings, and an agent is in a queue");
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::set_profile_filled(&tx, number, Some(noon())).await.unwrap();
    let state = WabaState { subscribed: Some(true), ..WabaState::default() };
    db::wabas::set_state(&tx, &scope, organization.waba_id, &state, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let started = started().await;
    assert_eq!((missing(&started), started.ready), (vec![], true));
}

#[actix_web::test]
async fn numbers_that_need_something_come_first_and_only_those_in_reach() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let agent = app.member(&organization, &[Permission::ViewGettingStarted]).await;
    let ours = app.number(&organization, "Beta", &[&agent]).await;
    let (alfa, gama) = (app.number(&organization, "Alfa", &[]).await, app.number(&organization, "Gama", &[]).await);
    app.told(&text(&phone_number_id(alfa), "56955550190", "wamid.alfa", "Hola", noon())).await;
    let names = async |query: &str| {
        let page = admin.query(LIST_GETTING_STARTED, &[], query).await.ok();
        page.items.into_iter().map(|item| item.number.name).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Alfa", "Beta", "Gama"]);
    assert_eq!(names("missing=first_message_received").await, ["Beta", "Gama"]);
    assert_eq!(names("pending=false").await, [""; 0]);
    assert_eq!(names("pending=true&q=gam").await, ["Gama"]);
    assert_eq!(names(&format!("number_id={gama}")).await, ["Gama"]);
    let first = admin.query(LIST_GETTING_STARTED, &[], "limit=2").await.ok();
    let rest = format!("limit=2&cursor={}", first.next_cursor.unwrap());
    assert_eq!(names(&rest).await, ["Gama"]);

    let seen = agent.call(LIST_GETTING_STARTED, &[]).await.ok().items;
    assert_eq!(seen.iter().map(|item| item.number.id).collect::<Vec<_>>(), [ours]);
    agent.call(GET_GETTING_STARTED, &[&gama]).await.refused(ErrorCode::NotFound);
    let other = app.organization("two").await.administrator;
    other.call(GET_GETTING_STARTED, &[&gama]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_number_that_needs_nothing_comes_after_those_that_do() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let eva = app.joined(&organization, "Eva", None).await;
    let ready = app.number(&organization, "Alfa", &[&eva]).await;
    app.number(&organization, "Beta", &[&eva]).await;
    app.templates(&organization).await;
    review(&organization.administrator, ready, &[&eva]).await;
    app.told(&text(&phone_number_id(ready), "56955550190", "wamid.alfa", "Hola", noon())).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::set_profile_filled(&tx, ready, Some(noon())).await.unwrap();
    let state = WabaState { subscribed: Some(true), ..WabaState::default() };
    let scope = Scope::of_organization(organization.id);
    db::wabas::set_state(&tx, &scope, organization.waba_id, &state, noon()).await.unwrap();
    tx.commit().await.unwrap();
    let admin = &organization.administrator;
    let first = admin.query(LIST_GETTING_STARTED, &[], "limit=1").await.ok();
    assert_eq!((first.items[0].number.name.as_str(), first.items[0].ready), ("Beta", false));
    let query = format!("limit=1&cursor={}", first.next_cursor.unwrap());
    let last = admin.query(LIST_GETTING_STARTED, &[], &query).await.ok();
    assert_eq!((last.items[0].number.name.as_str(), last.items[0].ready), ("Alfa", true));
    let done = admin.query(LIST_GETTING_STARTED, &[], "pending=false").await.ok().items;
    assert_eq!(done.len(), 1);
}

#[actix_web::test]
async fn the_organization_is_told_what_it_lacks_and_whether_there_is_a_sandbox() {
    let app = TestApp::with_sandbox().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let start = admin.call(GET_ORGANIZATION_START, &[]).await.ok();
    assert_eq!((start.waba_connected, start.numbers_included, start.members_invited), (true, false, false));
    assert!(start.sandbox_available);
    admin.call(CONNECT_SANDBOX, &[]).await.ok();
    let agent = app.member(&organization, &[Permission::ViewGettingStarted]).await;
    app.number(&organization, "n", &[&agent]).await;
    let start = agent.call(GET_ORGANIZATION_START, &[]).await.ok();
    assert_eq!((start.waba_connected, start.numbers_included, start.members_invited), (true, true, true));
    assert!(!start.sandbox_available);
}

async fn stored(app: &TestApp, organization: &Organization) -> Vec<StoredTemplate> {
    db::templates::list_all(app.app.db.read(), &Scope::of_organization(organization.id)).await.unwrap()
}

#[actix_web::test]
async fn a_number_whose_templates_are_all_switched_off_lacks_templates_and_one_active_is_enough() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let number = app.number(&organization, "Norte", &[]).await;
    app.templates(&organization).await;
    let lacks = async || {
        missing(&admin.call(GET_GETTING_STARTED, &[&number]).await.ok()).contains(&StartStep::TemplatesApproved)
    };
    let templates = stored(&app, &organization).await;
    let all: Vec<_> = templates.iter().filter(|it| it.name != AVAILABILITY_TEMPLATE).map(|it| it.id).collect();
    let off = |inactive: &[_]| TemplateActivationsInput {
        targets: Targets { number_ids: vec![number], group_ids: Vec::new() },
        reference_number_id: None,
        inactive_template_ids: inactive.to_vec(),
        version: None,
    };
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &off(&all)).await.ok();
    assert!(lacks().await, "the one of the next opening does not count");
    admin.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &off(&all[1..])).await.ok();
    assert!(!lacks().await);
}

#[actix_web::test]
async fn the_template_of_the_next_opening_has_to_be_approved_with_its_two_buttons() {
    let quick = |texts: &[&str]| {
        let buttons: Vec<_> = texts.iter().map(|text| json!({"type": "QUICK_REPLY", "text": text})).collect();
        json!([{"type": "BODY", "text": "Estamos"}, {"type": "BUTTONS", "buttons": buttons}])
    };
    let app = TestApp::start().await;
    for (index, (name, status, components, done)) in [
        (AVAILABILITY_TEMPLATE, "APPROVED", quick(&["Sí", "No"]), true),
        (AVAILABILITY_TEMPLATE, "PENDING", quick(&["Sí", "No"]), false),
        (AVAILABILITY_TEMPLATE, "APPROVED", quick(&["Sí", "Quizás"]), false),
        (AVAILABILITY_TEMPLATE, "APPROVED", quick(&["Sí"]), false),
        ("otra", "APPROVED", quick(&["Sí", "No"]), false),
    ]
    .into_iter()
    .enumerate()
    {
        let organization = app.organization(&format!("o{index}")).await;
        let number = app.number(&organization, "Norte", &[]).await;
        let new = NewTemplate {
            id: app.app.ids.make(),
            organization_id: organization.id,
            waba_id: organization.waba_id,
            template_id: "1",
            name,
            language: "es",
            category: "UTILITY",
            status,
            components,
        };
        let tx = db::begin(&app.app.db).await.unwrap();
        db::templates::save(&tx, &[new], noon()).await.unwrap();
        tx.commit().await.unwrap();
        let started = organization.administrator.call(GET_GETTING_STARTED, &[&number]).await.ok();
        assert_eq!(!missing(&started).contains(&StartStep::AvailabilityTemplate), done, "{name} {status} {index}");
    }
}

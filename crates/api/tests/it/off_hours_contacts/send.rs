//! Writing to those who wrote off hours.

use super::{House, list, message, row};
use crate::{
    test_app::{Person, Stream, TestApp, noon, phone_number_id, status, statuses, text},
    webhooks::{only_ticket, thread},
};
use chrono::TimeDelta;
use db::Scope;
use serde_json::json;
use std::fmt::Display;
use types::{
    ErrorCode, NumberId, Permission, TemplateId,
    attention_settings::{AttentionSettingsInput, GET_ATTENTION_SETTINGS, UPDATE_ATTENTION_SETTINGS},
    audit_log::{AuditAction, LIST_AUDIT_LOG},
    chatbots::AVAILABILITY_TEMPLATE,
    events::Event,
    messages::{Author, MessageContent, MessageStatus, Origin, TemplateVariable},
    off_hours_contacts::{LIST_OFF_HOURS_TEMPLATES, OffHoursMessageInput, SEND_OFF_HOURS_MESSAGE},
    settings_changes::Targets,
    template_activations::{TemplateActivationsInput, UPDATE_TEMPLATE_ACTIVATIONS},
    tickets::TicketStatus,
};

fn values(values: &[(&str, &str)]) -> Vec<TemplateVariable> {
    let variable =
        |(name, value): &(&str, &str)| TemplateVariable { name: (*name).to_owned(), value: (*value).to_owned() };
    values.iter().map(variable).collect()
}

const RIGHT: &[(&str, &str)] =
    &[("header.1", "Ana"), ("body.1", "3 de 12"), ("body.2", "$ 15.000"), ("body.3", "mañana")];

/// The templates that can be sent from a number.
async fn offered(person: &Person, number: NumberId) -> Vec<(String, TemplateId)> {
    let page = person.query(LIST_OFF_HOURS_TEMPLATES, &[], &format!("number_id={number}")).await.ok();
    page.items.into_iter().map(|template| (template.name, template.id)).collect()
}

async fn template(house: &House, name: &str) -> TemplateId {
    offered(&house.agent, house.number).await.into_iter().find(|(known, _)| known == name).unwrap().1
}

/// The payment reminder with all of its variables.
async fn reminder(app: &TestApp, house: &House) -> OffHoursMessageInput {
    let template_id = template(house, "recordatorio_de_pago").await;
    OffHoursMessageInput { client_id: app.app.ids.make(), template_id, variables: values(RIGHT), again: false }
}

async fn switch_off(house: &House, template: TemplateId) {
    let input = TemplateActivationsInput {
        targets: Targets { number_ids: vec![house.number], group_ids: Vec::new() },
        reference_number_id: None,
        inactive_template_ids: vec![template],
        version: None,
    };
    house.organization.administrator.send(UPDATE_TEMPLATE_ACTIVATIONS, &[], &input).await.ok();
}

#[actix_web::test]
async fn a_template_is_sent_with_its_variables_and_the_row_turns_to_sent_at_once_for_everybody() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let colleague = app.member(&house.organization, &[Permission::ViewOffHoursContacts]).await;
    let scope = Scope::of_organization(house.organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::add_agents(&tx, &scope, house.number, &[colleague.id]).await.unwrap();
    tx.commit().await.unwrap();
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon() - TimeDelta::hours(1)).await;
    let mut stream = Stream::open(&colleague, None).await;
    let input = reminder(&app, &house).await;
    let sent = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
    let by = sent.sent.clone().and_then(|sent| sent.by).map(|by| by.id);
    assert_eq!((sent.sent.as_ref().map(|sent| sent.at), by), (Some(noon()), Some(house.agent.id)));
    stream.until(|event| *event == Event::OffHoursContactsChanged { number_id: house.number }).await;
    assert_eq!(row(&colleague, writer.conversation).await, sent);

    let [message] = thread(&house.agent, writer.conversation).await.try_into().unwrap();
    // It may be on its way already.
    assert!(matches!(message.status, MessageStatus::Queued | MessageStatus::Sending), "{}", message.status);
    assert_eq!((message.id.0, message.ticket_id), (input.client_id, None));
    assert!(matches!(message.author, Author::Member { id, .. } if id == house.agent.id));
    let MessageContent::Template { name, header, body, buttons, .. } = message.content else { panic!("no template") };
    assert_eq!((name.as_str(), header.as_deref()), ("recordatorio_de_pago", Some("Hola, Ana")));
    assert_eq!(body, "Su cuota 3 de 12 por $ 15.000 vence el mañana. Si ya pagó, avísenos.");
    assert_eq!(buttons, ["Ya pagué", "Quiero hablar"]);
    let stored = db::messages::find(app.app.db.read(), &scope, message.id).await.unwrap().unwrap();
    assert_eq!(stored.origin, Some(Origin::OffHours));
    let admin = &house.organization.administrator;
    let entry = admin.query(LIST_AUDIT_LOG, &[], "subject=off_hours_contact").await.ok().items.remove(0);
    assert_eq!((entry.action, entry.subject_name.as_str()), (AuditAction::Sent, "Ana"));
    assert_eq!(entry.changes[0].to, json!("recordatorio_de_pago"));
}

#[actix_web::test]
async fn the_same_client_id_twice_is_one_message_and_nobody_elses_is_taken() {
    let app = TestApp::start().await;
    let (house, theirs) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let other = house.wrote(&app, Some("Beto"), "+56955550202", noon()).await;
    let input = reminder(&app, &house).await;
    let first = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
    assert_eq!(house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok(), first);
    assert_eq!(thread(&house.agent, writer.conversation).await.len(), 1);
    house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&other.id], &input).await.refused(ErrorCode::IdempotencyKeyReused);
    let foreign = theirs.wrote(&app, Some("Caro"), "+56955550203", noon()).await;
    let taken = OffHoursMessageInput { client_id: input.client_id, ..reminder(&app, &theirs).await };
    theirs.agent.send(SEND_OFF_HOURS_MESSAGE, &[&foreign.id], &taken).await.refused(ErrorCode::IdempotencyKeyReused);
}

#[actix_web::test]
async fn the_same_client_id_with_other_content_is_a_mistake() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let input = reminder(&app, &house).await;
    let first = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
    let other = values(&[RIGHT[0], RIGHT[1], RIGHT[2], ("body.3", "lunes")]);
    let other_values = OffHoursMessageInput { variables: other, ..input.clone() };
    let template_id = template(&house, "appointment_reminder").await;
    let other_template = OffHoursMessageInput { template_id, ..input.clone() };
    let unknown = OffHoursMessageInput { template_id: app.app.ids.make(), ..input.clone() };
    for input in [other_values, other_template, unknown] {
        let reused = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await;
        reused.refused(ErrorCode::IdempotencyKeyReused);
    }
    // Switched off since, it was sent all the same.
    switch_off(&house, input.template_id).await;
    assert_eq!(house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok(), first);
    assert_eq!(thread(&house.agent, writer.conversation).await.len(), 1);
}

#[actix_web::test]
async fn a_second_send_wants_to_be_confirmed_and_of_two_at_the_same_time_one_is_told() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let inputs = [reminder(&app, &house).await, reminder(&app, &house).await];
    let at: [&dyn Display; 1] = [&writer.id];
    let (one, two) = tokio::join!(
        house.agent.send(SEND_OFF_HOURS_MESSAGE, &at, &inputs[0]),
        house.organization.administrator.send(SEND_OFF_HOURS_MESSAGE, &at, &inputs[1]),
    );
    let mut answers = [one.status, two.status];
    answers.sort_unstable();
    assert_eq!(answers, [201, 409]);
    let refused = if one.status == 409 { one } else { two };
    refused.refused(ErrorCode::MessageAlreadySent);
    let again = OffHoursMessageInput { again: true, ..reminder(&app, &house).await };
    house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &again).await.ok();
    assert_eq!(thread(&house.agent, writer.conversation).await.len(), 2);
}

#[actix_web::test]
async fn a_message_that_failed_leaves_the_row_unsent_and_needs_no_confirmation() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let active = (Some(Origin::OffHours), MessageStatus::Accepted);
    let id = message(&app, &house, writer, active, noon()).await;
    assert!(row(&house.agent, writer.conversation).await.sent.is_some());
    let mut stream = Stream::open(&house.agent, None).await;
    let failed = status("wamid.out", "failed", Some(&id.to_string()), noon());
    app.told(&statuses(&phone_number_id(house.number), &[failed])).await;
    stream.until(|event| *event == Event::OffHoursContactsChanged { number_id: house.number }).await;
    let failed = row(&house.agent, writer.conversation).await;
    let failure = failed.failure.unwrap();
    assert_eq!((failed.sent, failure.code, failure.reason.as_str()), (None, 131_026, "undeliverable"));
    let input = reminder(&app, &house).await;
    let sent = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
    assert_eq!((sent.sent.is_some(), sent.failure), (true, None));
}

#[actix_web::test]
async fn only_approved_templates_that_are_active_on_the_number_are_offered_and_sent() {
    let app = TestApp::start().await;
    let (house, theirs) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let names = async || {
        let all = offered(&house.agent, house.number).await;
        all.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let all = ["appointment_reminder", "novedades_del_mes", "oferta_da_semana", "recordatorio_de_pago"];
    assert_eq!(names().await, all, "the one of the next opening is not among them");
    let input = reminder(&app, &house).await;
    let send = async |template_id| {
        let input = OffHoursMessageInput { template_id, ..input.clone() };
        house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await
    };
    let scope = Scope::of_organization(house.organization.id);
    let stored = db::templates::list_all(app.app.db.read(), &scope).await.unwrap();
    let exempt = stored.iter().find(|template| template.name == AVAILABILITY_TEMPLATE).unwrap().id;
    let foreign = template(&theirs, "recordatorio_de_pago").await;
    for unknown in [exempt, foreign, app.app.ids.make()] {
        assert_eq!(send(unknown).await.wrong_fields(), ["/template_id not_found"]);
    }
    switch_off(&house, input.template_id).await;
    assert_eq!(names().await, all[..3]);
    let refused = send(input.template_id).await;
    refused.refused(ErrorCode::TemplateNotActive);
    assert_eq!(refused.problem().about.as_deref(), Some("recordatorio_de_pago"));

    let oferta = template(&house, "oferta_da_semana").await;
    let paused =
        json!({"event": "PAUSED", "message_template_name": "oferta_da_semana", "message_template_language": "pt_BR"});
    let change = json!({"field": "message_template_status_update", "value": paused});
    app.told(&json!({"object": "whatsapp_business_account", "entry": [{"id": "waba-one", "changes": [change]}]})).await;
    assert_eq!(names().await, all[..2]);
    send(oferta).await.refused(ErrorCode::TemplateNotApproved);
    assert!(thread(&house.agent, writer.conversation).await.is_empty());
}

#[actix_web::test]
async fn every_variable_that_is_wrong_is_named_by_its_place() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let wrong = async |template_id, given: &[(&str, &str)]| {
        let input =
            OffHoursMessageInput { client_id: app.app.ids.make(), template_id, variables: values(given), again: false };
        let refused = house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await;
        refused.refused(ErrorCode::TemplateVariablesWrong);
        let errors = refused.problem().errors;
        errors.into_iter().map(|error| format!("{} {}", error.pointer, error.code)).collect::<Vec<_>>()
    };
    let reminder = template(&house, "recordatorio_de_pago").await;
    assert_eq!(
        wrong(reminder, &[("body.2", " "), ("body.1", "3"), ("header.1", &"x".repeat(60))]).await,
        ["/variables/0/value required", "/variables/3/value required", "/variables/2/value too_long"]
    );
    let novedades = template(&house, "novedades_del_mes").await;
    let link = wrong(novedades, &[("header.1", "http://example.com/a.png"), ("body.1", "Ana")]).await;
    assert_eq!(link, ["/variables/0/value not_an_address"]);
}

#[actix_web::test]
async fn who_asked_for_no_more_messages_gets_none() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::contacts::opt_out(&tx, &[writer.contact]).await.unwrap();
    tx.commit().await.unwrap();
    let input = reminder(&app, &house).await;
    house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.refused(ErrorCode::ContactOptedOut);
}

#[actix_web::test]
async fn rows_out_of_reach_or_gone_from_the_list_do_not_exist() {
    let app = TestApp::start().await;
    let (house, theirs) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let elsewhere = app.number(&house.organization, "elsewhere", &[]).await;
    let input = reminder(&app, &house).await;
    let away = app.wrote_off_hours(&house.organization, elsewhere, (None, "+56955550202"), noon()).await;
    let foreign = theirs.wrote(&app, None, "+56955550203", noon()).await;
    let old = house.wrote(&app, None, "+56955550204", noon() - TimeDelta::days(8)).await;
    for id in [away.id, foreign.id, old.id, app.app.ids.make()] {
        house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&id], &input).await.refused(ErrorCode::NotFound);
    }
    for number in [elsewhere, theirs.number] {
        let query = format!("number_id={number}");
        house.agent.query(LIST_OFF_HOURS_TEMPLATES, &[], &query).await.refused(ErrorCode::NotFound);
    }
    let viewer = app.member(&house.organization, &[Permission::ViewOffHoursContacts]).await;
    app.number(&house.organization, "n", &[&viewer]).await;
    viewer.send(SEND_OFF_HOURS_MESSAGE, &[&old.id], &input).await.refused(ErrorCode::PermissionMissing);
    assert_eq!(list(&viewer, "").await, []);
}

#[actix_web::test]
async fn a_message_to_a_contact_with_an_open_ticket_joins_its_thread() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&phone_number_id(house.number), "56955550201", "wamid.in", "Hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    let writer = crate::test_app::Writer {
        id: app.app.ids.make(),
        contact: ticket.contact.id,
        conversation: ticket.conversation_id,
    };
    let closed = (types::off_hours_contacts::OffHoursCause::Closed, None);
    app.listed(&house.organization, house.number, writer, closed, noon()).await;
    let input = reminder(&app, &house).await;
    house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
    let last = thread(&house.agent, ticket.conversation_id).await.pop().unwrap();
    assert_eq!((last.id.0, last.ticket_id), (input.client_id, Some(ticket.id)));
    assert_eq!(only_ticket(&house.agent).await.status, TicketStatus::Waiting, "it is no answer of the ticket's agent");
}

#[actix_web::test]
async fn an_agent_who_may_not_start_conversations_sends_nothing_unless_they_may_edit_monitoring() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let writer = house.wrote(&app, Some("Ana"), "+56955550201", noon()).await;
    let admin = &house.organization.administrator;
    let mut attention = admin.call(GET_ATTENTION_SETTINGS, &[&house.number]).await.ok();
    attention.settings.agent_may.start_conversations = false;
    let input = AttentionSettingsInput { version: attention.version, settings: attention.settings };
    admin.send(UPDATE_ATTENTION_SETTINGS, &[&house.number], &input).await.ok();
    let input = reminder(&app, &house).await;
    house.agent.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.refused(ErrorCode::AgentMayNotStart);
    let manager =
        app.member(&house.organization, &[Permission::EditOffHoursContacts, Permission::EditMonitoring]).await;
    let scope = Scope::of_organization(house.organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    db::numbers::add_agents(&tx, &scope, house.number, &[manager.id]).await.unwrap();
    tx.commit().await.unwrap();
    manager.send(SEND_OFF_HOURS_MESSAGE, &[&writer.id], &input).await.ok();
}

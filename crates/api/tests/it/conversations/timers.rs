//! What happens by itself: the word of the next opening, the closing by inactivity, surveys that nobody answers.

use super::{ANA, chatbot, column, is_template, lines, message, on, only_conversation, press, said};
use crate::{
    test_app::{TestApp, body, eventually, noon, text},
    webhooks::{House, only_ticket, open_tickets},
};
use chrono::Duration;
use db::tickets::NewTicket;
use serde_json::json;
use types::{
    chatbots::{ChatbotSettings, Interval, Survey, SurveyKind},
    members::DEACTIVATE_MEMBER,
    messages::MessageContent,
    off_hours_contacts::{LIST_OFF_HOURS_CONTACTS, OffHoursCause},
    organizations::{GET_ORGANIZATION, Organization, OrganizationInput, UPDATE_ORGANIZATION},
    sessions::AgentStatus,
    tickets::{
        CLOSE_TICKET, CREATE_TICKET_MESSAGE, CloseReason, LIST_TICKETS, TAKE_TICKET, Ticket, TicketCloseInput,
        TicketMessageInput, TicketPriority, TicketStatus,
    },
};
use uuid::Uuid;

/// Open from 09:00 to 18:00 in Santiago, where it is 08:00 at our noon; who writes before is asked.
fn by_day(settings: &mut ChatbotSettings) {
    settings.hours.always = false;
    for (_, day) in settings.hours.days.all_mut() {
        *day = vec![Interval { from: "09:00".parse().unwrap(), to: "18:00".parse().unwrap() }];
    }
    settings.hours.unavailable = on("Está cerrado.");
    settings.attention.notify_next_hours = on("¿Te avisamos?");
}

/// Ana wrote before the opening, and wants to be told.
async fn asked(app: &TestApp) -> House {
    let house = House::new(app, "one").await;
    app.templates(&house.organization).await;
    chatbot(&house, &house.organization.administrator, by_day).await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let said = said(&house.agent, only_conversation(app).await).await;
    let question = &said.last().unwrap().content;
    let MessageContent::Buttons { body, buttons } = question else { panic!("buttons: {question:?}") };
    assert_eq!((body.as_str(), said[said.len() - 2].content.preview().as_str()), ("¿Te avisamos?", "Está cerrado."));
    app.told(&press(&house, "w.2", &buttons[0].id, noon())).await;
    house
}

async fn templates(app: &TestApp, house: &House) -> usize {
    let caller = app.renewed(&house.organization.administrator);
    said(&caller, only_conversation(app).await).await.into_iter().filter(is_template).count()
}

/// A ticket of the only conversation, whatever its number's hours are.
async fn attended(app: &TestApp, house: &House) {
    let scope = db::Scope::of_organization(house.organization.id);
    let conversation = db::conversations::get(app.app.db.read(), &scope, only_conversation(app).await).await.unwrap();
    let ticket = NewTicket {
        id: app.app.ids.make(),
        organization_id: house.organization.id,
        number_id: house.number_id,
        contact_id: conversation.contact_id,
        conversation_id: conversation.id,
        ticket_number: 1,
        state: domain::tickets::open(),
        queue_id: db::queues::default_of(house.number_id),
        priority: TicketPriority::Normal,
        parent_id: None,
        queued_since: noon(),
        created_at: noon(),
    };
    let tx = db::begin(&app.app.db).await.unwrap();
    db::tickets::create_all(&tx, &[ticket]).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn who_asked_at_night_is_told_once_at_the_next_opening_and_their_yes_opens_attendance() {
    let app = TestApp::start().await;
    let house = asked(&app).await;
    let listed = house.organization.administrator.call(LIST_OFF_HOURS_CONTACTS, &[]).await.ok().items;
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].cause, listed[0].callback), (OffHoursCause::Closed, Some(true)));
    assert_eq!((listed[0].preview.as_str(), listed[0].at), ("hola", noon()));
    assert_eq!(open_tickets(&house.agent).await, 0);
    app.app.clock.advance(Duration::minutes(59));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(templates(&app, &house).await, 0, "it is not nine yet");
    app.app.clock.advance(Duration::minutes(1));
    for _ in 0..2 {
        app::timers::run_due(&app.app).await.unwrap();
    }
    assert_eq!(templates(&app, &house).await, 1);
    let sí = json!({"payload": "Sí", "text": "Sí"});
    app.told(&message(&house, "w.3", "button", sí, app.app.clock.now())).await;
    only_ticket(&app.renewed(&house.agent)).await;
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(templates(&app, &house).await, 1);
}

#[actix_web::test]
async fn whoever_is_attended_already_is_not_told_that_attendance_is_open() {
    let app = TestApp::start().await;
    let house = asked(&app).await;
    // Other hours would let the word of the opening go at once, before anybody attends.
    attended(&app, &house).await;
    only_ticket(&house.agent).await;
    app.app.clock.advance(Duration::hours(2));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(templates(&app, &house).await, 0);
}

#[actix_web::test]
async fn a_timer_fires_once_with_two_workers_and_after_a_downtime() {
    let mut app = TestApp::start().await;
    let house = asked(&app).await;
    app.app.clock.advance(Duration::hours(3));
    app.restart().await;
    let (one, other) = tokio::join!(app::timers::run_due(&app.app), app::timers::run_due(&app.app));
    one.unwrap();
    other.unwrap();
    eventually("she is told", async || (templates(&app, &house).await > 0).then_some(())).await;
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(templates(&app, &house).await, 1);
    assert_eq!(column::<String>(&app, "SELECT kind FROM timers").await, Vec::<String>::new());
}

#[actix_web::test]
async fn a_conversation_that_cannot_be_read_does_not_keep_the_others_waiting() {
    let app = TestApp::start().await;
    let house = asked(&app).await;
    let other = "56955550122";
    app.told(&text(&house.number, other, "w.8", "hola", noon())).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(
        &tx,
        "UPDATE conversations SET engine_state = '{\"stage\": 7}' WHERE contact_id IN (SELECT id FROM contacts WHERE phone = '+56955550122'); \
         INSERT INTO timers (organization_id, number_id, conversation_id, kind, due_at) \
         SELECT organization_id, number_id, id, 'next_opening', 0 FROM conversations \
         WHERE contact_id IN (SELECT id FROM contacts WHERE phone = '+56955550122')",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    app.app.clock.advance(Duration::hours(1));
    app::timers::run_due(&app.app).await.unwrap();
    let told: Vec<i64> = column(&app, "SELECT COUNT(*) FROM messages WHERE origin = 'automatic'").await;
    assert_eq!(told, [1]);
    assert_eq!(column::<String>(&app, "SELECT kind FROM timers").await, ["next_opening"], "it is put off, not lost");
}

#[actix_web::test]
async fn who_does_not_answer_is_warned_and_then_the_ticket_is_closed() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| {
        settings.inactivity.on = true;
        settings.inactivity.close_after_minutes = 30;
        settings.inactivity.warning.on = true;
        settings.inactivity.warning.text = "¿Sigues ahí?".to_owned();
        settings.inactivity.warning.lead_minutes = 10;
    })
    .await;
    chatbot(&house, &house.organization.administrator, |settings| {
        settings.conversation_flow.survey =
            Survey { kind: SurveyKind::Nps, question: "¿Del 0 al 10?".to_owned(), ..Survey::default() };
    })
    .await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let answer = TicketMessageInput::text(app.app.ids.make::<Uuid>(), "¿Tu RUT?");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
    app.app.clock.advance(Duration::minutes(20));
    app::timers::run_due(&app.app).await.unwrap();
    let agent = app.renewed(&house.agent);
    assert_eq!(lines(&agent, ticket.conversation_id).await.last().unwrap(), "¿Sigues ahí?");
    assert_eq!(open_tickets(&agent).await, 1);
    app.app.clock.advance(Duration::minutes(10));
    app::timers::run_due(&app.app).await.unwrap();
    let agent = app.renewed(&house.agent);
    let closed = agent.query(LIST_TICKETS, &[], "view=closed").await.ok().items.remove(0);
    assert_eq!((closed.id, closed.close_reason), (ticket.id, Some(CloseReason::Inactivity)));
    let last = said(&agent, ticket.conversation_id).await.pop().unwrap();
    assert_eq!((last.content.preview().as_str(), last.ticket_id), ("¿Del 0 al 10?", Some(ticket.id)));
    assert_eq!(column::<String>(&app, "SELECT kind FROM surveys").await, ["nps"]);
}

#[actix_web::test]
async fn a_contact_who_answers_in_time_is_neither_warned_nor_closed() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| {
        settings.inactivity.on = true;
        settings.inactivity.close_after_minutes = 30;
    })
    .await;
    let set = "SELECT kind FROM timers WHERE kind LIKE 'inactivity%'";
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let answer = TicketMessageInput::text(app.app.ids.make::<Uuid>(), "¿Tu RUT?");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
    assert_eq!(column::<String>(&app, set).await, ["inactivity_close"]);
    app.told(&text(&house.number, ANA, "w.2", "12.345.678-9", noon())).await;
    assert_eq!(column::<String>(&app, set).await, Vec::<String>::new());
    app.app.clock.advance(Duration::hours(1));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(open_tickets(&app.renewed(&house.agent)).await, 1);
}

#[actix_web::test]
async fn a_survey_that_nobody_answers_ends_after_a_day() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    chatbot(&house, &house.organization.administrator, |settings| {
        settings.conversation_flow.survey =
            Survey { kind: SurveyKind::Nps, question: "¿Del 0 al 10?".to_owned(), ..Survey::default() };
    })
    .await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput { tags: None }).await.ok();
    let ended = "SELECT kind FROM surveys WHERE expired_at IS NOT NULL AND answered_at IS NULL";
    app.app.clock.advance(Duration::hours(23));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(column::<String>(&app, ended).await, Vec::<String>::new());
    app.app.clock.advance(Duration::hours(1));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(column::<String>(&app, ended).await, ["nps"]);
    app.told(&text(&house.number, ANA, "w.2", "9", app.app.clock.now())).await;
    assert_eq!(
        column::<Option<i64>>(&app, "SELECT score FROM surveys").await,
        [None],
        "a late score begins a conversation"
    );
}

/// Ana's ticket, whose agent answered her and is waited on for half an hour, with a warning ten minutes before.
async fn answered(app: &TestApp, house: &House) -> Ticket {
    app.attend(&house.organization, house.number_id, |settings| {
        settings.return_to_queue_minutes = 10;
        settings.inactivity.on = true;
        settings.inactivity.close_after_minutes = 30;
        settings.inactivity.warning.on = true;
        "¿Sigues ahí?".clone_into(&mut settings.inactivity.warning.text);
        settings.inactivity.warning.lead_minutes = 10;
    })
    .await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let answer = TicketMessageInput::text(app.app.ids.make::<Uuid>(), "¿Tu RUT?");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
    ticket
}

/// The time of the closing passes, with nothing said and nothing closed.
async fn waits_on(app: &TestApp, house: &House, ticket: &Ticket) {
    let admin = app.renewed(&house.organization.administrator);
    let before = lines(&admin, ticket.conversation_id).await;
    assert_eq!(only_ticket(&admin).await.status, TicketStatus::Waiting);
    for _ in 0..4 {
        app.app.clock.advance(Duration::minutes(10));
        app::timers::run_due(&app.app).await.unwrap();
    }
    let admin = app.renewed(&house.organization.administrator);
    assert_eq!(lines(&admin, ticket.conversation_id).await, before, "nobody is warned");
    assert_eq!(only_ticket(&admin).await.status, TicketStatus::Waiting);
}

#[actix_web::test]
async fn a_ticket_that_goes_back_to_its_queue_is_neither_warned_nor_closed_while_the_contact_waits() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = answered(&app, &house).await;
    house.agent.is(AgentStatus::Offline).await;
    eventually("it is to go back", async || app.return_is_set(ticket.conversation_id).await.then_some(())).await;
    app.app.clock.advance(Duration::minutes(10));
    app::timers::run_due(&app.app).await.unwrap();
    waits_on(&app, &house, &ticket).await;
}

#[actix_web::test]
async fn the_tickets_of_who_is_deactivated_are_neither_warned_nor_closed_while_the_contacts_wait() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = answered(&app, &house).await;
    house.organization.administrator.call(DEACTIVATE_MEMBER, &[&house.agent.id]).await.ok();
    waits_on(&app, &house, &ticket).await;
}

#[actix_web::test]
async fn a_shorter_inactivity_counts_for_the_tickets_that_wait_already() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = answered(&app, &house).await;
    app.attend(&house.organization, house.number_id, |settings| {
        settings.inactivity.close_after_minutes = 12;
        settings.inactivity.warning.lead_minutes = 2;
    })
    .await;
    app::timers::run_due(&app.app).await.unwrap();
    assert!(!lines(&house.agent, ticket.conversation_id).await.contains(&"¿Sigues ahí?".to_owned()), "not yet");
    app.app.clock.advance(Duration::minutes(10));
    let agent = app.renewed(&house.agent);
    eventually("she is warned, here or by the worker", async || {
        app::timers::run_due(&app.app).await.unwrap();
        let last = lines(&agent, ticket.conversation_id).await.pop();
        (last.as_deref() == Some("¿Sigues ahí?")).then_some(())
    })
    .await;
    app.app.clock.advance(Duration::minutes(2));
    eventually("it is closed, here or by the worker", async || {
        app::timers::run_due(&app.app).await.unwrap();
        (open_tickets(&agent).await == 0).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn another_time_zone_of_the_organization_moves_the_word_of_the_next_opening() {
    let app = TestApp::start().await;
    let house = asked(&app).await;
    let admin = &house.organization.administrator;
    let Organization { name, language, retention_days, version, .. } = admin.call(GET_ORGANIZATION, &[]).await.ok();
    // It is 07:00 there, so that nine comes an hour later.
    let time_zone = "America/Bogota".to_owned();
    let input = OrganizationInput { name, time_zone, language, retention_days, version };
    admin.send(UPDATE_ORGANIZATION, &[], &input).await.ok();
    let moved = [(noon() + Duration::hours(2)).timestamp_millis()];
    eventually("the opening is judged anew, here or by the worker", async || {
        app::timers::run_due(&app.app).await.unwrap();
        let opens: Vec<i64> = column(&app, "SELECT due_at FROM timers WHERE kind = 'next_opening'").await;
        (opens == moved).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn who_asked_to_be_told_is_told_also_when_they_turn_out_to_be_another_contact_who_wrote_since() {
    let app = TestApp::start().await;
    let house = asked(&app).await;
    // Whoever wrote since, by another of her ids, was asked too and did not answer.
    app.app.clock.advance(Duration::minutes(1));
    let written = |wamid: &str, from: Option<&str>| {
        let at = app.app.clock.now().timestamp().to_string();
        let mut written =
            json!({"from_user_id": "US.7", "id": wamid, "timestamp": at, "type": "text", "text": {"body": "hola"}});
        if let Some(from) = from {
            written["from"] = json!(from);
        }
        body(&[json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.number},
            "contacts": [], "messages": [written]})])
    };
    app.told(&written("w.3", None)).await;
    app.told(&written("w.4", Some(ANA))).await;
    only_conversation(&app).await;
    app.app.clock.advance(Duration::hours(1));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(templates(&app, &house).await, 1);
}

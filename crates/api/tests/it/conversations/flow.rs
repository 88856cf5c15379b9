//! The flow: questions, queues, attendance, survey, absence, and who an answer goes to.

use super::{ANA, chatbot, column, lines, message, on, only_conversation, press, said};
use crate::{
    test_app::{Person, TestApp, noon, status, statuses, text, texts},
    webhooks::{House, of_contact, only_ticket, open_tickets, thread},
};
use chrono::Duration;
use sea_orm::ConnectionTrait;
use serde_json::json;
use types::{
    Permission,
    chatbots::{
        AbsenceSettings, AttendanceButton, Faq, FaqQuestion, Interval, OwnQueue, SuggestedContact, Survey, SurveyKind,
    },
    messages::{Author, MessageContent, TemplateVariable},
    numbers::REMOVE_NUMBER_AGENT,
    off_hours_contacts::{
        LIST_OFF_HOURS_CONTACTS, LIST_OFF_HOURS_TEMPLATES, OffHoursCause, OffHoursMessageInput, SEND_OFF_HOURS_MESSAGE,
    },
    sessions::AgentStatus,
    tickets::{
        CLOSE_TICKET, CREATE_TICKET_MESSAGE, CloseReason, LIST_TICKETS, TAKE_TICKET, TicketCloseInput,
        TicketMessageInput, TicketPriority, TicketStatus,
    },
};
use uuid::Uuid;

fn questions() -> Faq {
    let question = |label: &str, answer: &str| FaqQuestion {
        question: format!("¿{label}?"),
        label: label.to_owned(),
        answer: answer.to_owned(),
    };
    Faq {
        on: true,
        intro: "¿Qué quieres saber?".to_owned(),
        questions: vec![question("Horario", "De 9 a 18."), question("Pago", "Con tarjeta.")],
        attendance_button: AttendanceButton { on: true, label: "Atención".to_owned() },
    }
}

#[actix_web::test]
async fn from_the_questions_over_eleven_queues_to_the_ticket_and_the_survey() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    chatbot(&house, &house.organization.administrator, |settings| {
        settings.faq = questions();
        settings.queues.centre_on = true;
        settings.queues.prompt = "¿Con quién?".to_owned();
        settings.queues.own =
            (1..=10).map(|index| OwnQueue { id: None, name: format!("Fila {index}"), agents: Vec::new() }).collect();
        settings.conversation_flow.survey = Survey {
            kind: SurveyKind::Csat,
            question: "¿Cómo te atendimos?".to_owned(),
            thanks: on("¡Gracias!"),
            ..Survey::default()
        };
    })
    .await;
    let at = |minutes| noon() + Duration::minutes(minutes);
    app.told(&text(&house.number, ANA, "w.1", "hola", at(0))).await;
    let conversation = only_conversation(&app).await;
    app.told(&text(&house.number, ANA, "w.2", "1", at(1))).await;
    assert!(lines(&house.agent, conversation).await.contains(&"De 9 a 18.".to_owned()));
    app.told(&press(&house, "w.3", "attendance", at(2))).await;
    let asked = said(&house.agent, conversation).await.pop().unwrap();
    let MessageContent::List { body, rows, .. } = &asked.content else { panic!("a list: {:?}", asked.content) };
    assert_eq!((body.lines().next(), rows.len()), (Some("¿Con quién?"), 10), "nine queues and more options");
    assert_eq!(open_tickets(&house.agent).await, 0);
    app.told(&text(&house.number, ANA, "w.4", "fila 10", at(3))).await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!(ticket.queue.as_ref().map(|queue| queue.name.as_str()), Some("Fila 10"));
    assert_eq!((ticket.status, ticket.priority), (TicketStatus::Waiting, TicketPriority::Normal));
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let close = TicketCloseInput { tags: None };
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &close).await.ok();
    let asked = said(&house.agent, conversation).await.pop().unwrap();
    assert!(matches!(&asked.content, MessageContent::List { rows, .. } if rows.len() == 5), "{:?}", asked.content);
    assert_eq!(asked.ticket_id, Some(ticket.id));
    let score = press(&house, "w.5", &format!("survey:{}:5", ticket.id), at(4));
    app.told(&score).await;
    app.told(&score).await;
    assert_eq!(lines(&house.agent, conversation).await.last().unwrap(), "¡Gracias!");
    assert_eq!(column::<i64>(&app, "SELECT score FROM surveys WHERE answered_at IS NOT NULL").await, [5]);
    assert_eq!(open_tickets(&house.agent).await, 0, "a score begins nothing");
}

#[actix_web::test]
async fn settings_that_change_in_mid_conversation_hold_from_the_next_message_on() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    chatbot(&house, &house.organization.administrator, |settings| settings.faq = questions()).await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    assert_eq!(open_tickets(&house.agent).await, 0);
    chatbot(&house, &house.organization.administrator, |settings| settings.faq.on = false).await;
    app.told(&text(&house.number, ANA, "w.2", "1", noon())).await;
    assert_eq!(of_contact(&thread(&house.agent, only_ticket(&house.agent).await.conversation_id).await).len(), 2);
}

#[actix_web::test]
async fn a_contact_closes_by_a_word_and_is_told_so_within_the_ticket() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    app.told(&text(&house.number, ANA, "w.2", " SALIR ", noon())).await;
    let closed = house.agent.query(LIST_TICKETS, &[], "view=closed").await.ok().items.remove(0);
    assert_eq!((closed.id, closed.close_reason, closed.unread), (ticket.id, Some(CloseReason::Contact), 0));
    let last = said(&house.agent, ticket.conversation_id).await.pop().unwrap();
    assert_eq!(last.ticket_id, Some(ticket.id));
    app.told(&text(&house.number, ANA, "w.3", "una cosa más", noon())).await;
    assert_eq!(only_ticket(&house.agent).await.ticket_number, 2);
}

#[actix_web::test]
async fn opening_closing_and_opening_again_in_one_body_gives_each_ticket_its_number() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&texts(&house.number, &[(ANA, "w.1", "hola"), (ANA, "w.2", "salir"), (ANA, "w.3", "otra")], noon())).await;
    let open = only_ticket(&house.agent).await;
    let closed = house.agent.query(LIST_TICKETS, &[], "view=closed").await.ok().items.remove(0);
    assert_eq!((closed.ticket_number, open.ticket_number), (1, 2));
    let handed: Vec<_> = thread(&house.agent, open.conversation_id)
        .await
        .into_iter()
        .filter_map(|message| {
            let MessageContent::HandedOver { ticket_number } = message.content else { return None };
            Some((message.ticket_id, ticket_number))
        })
        .collect();
    assert_eq!(handed, [(Some(closed.id), 1), (Some(open.id), 2)]);
}

#[actix_web::test]
async fn an_absence_is_said_once_with_its_link_and_listed_once_and_messages_join_an_open_ticket() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, ANA, "w.0", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    chatbot(&house, &house.organization.administrator, |settings| {
        settings.attention.absence = AbsenceSettings {
            on: true,
            text: "Estoy de vacaciones.".to_owned(),
            suggested: Some(SuggestedContact::Phone { phone: "+56955550177".to_owned(), name: None }),
        };
    })
    .await;
    for (from, wamid) in [(ANA, "w.1"), (ANA, "w.2"), ("56955550122", "w.3"), ("56955550122", "w.4")] {
        app.told(&text(&house.number, from, wamid, "¿Hay alguien?", noon())).await;
    }
    let absences: Vec<_> = said(&house.agent, ticket.conversation_id)
        .await
        .into_iter()
        .filter(|message| matches!(&message.content, MessageContent::Link { url, .. } if url == "https://wa.me/56955550177"))
        .collect();
    assert_eq!((absences.len(), absences[0].ticket_id), (1, Some(ticket.id)));
    assert_eq!(only_ticket(&house.agent).await.unread, 3, "both joined the ticket, and who is new got none");
    let listed = house.organization.administrator.call(LIST_OFF_HOURS_CONTACTS, &[]).await.ok().items;
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|contact| contact.cause == OffHoursCause::Absence && contact.callback.is_none()));
    assert_eq!(listed[0].preview, "¿Hay alguien?");
}

/// Somebody wrote actively to Ana, who is in no conversation; the answer comes to an open number.
async fn written_to(app: &TestApp, house: &House, sender: &Person) {
    let admin = &house.organization.administrator;
    app.templates(&house.organization).await;
    // Closed on that day alone, so that somebody is listed; open from the evening on.
    chatbot(house, admin, |settings| {
        settings.hours.always = false;
        settings.hours.days.tuesday = vec![Interval { from: "20:00".parse().unwrap(), to: "24:00".parse().unwrap() }];
    })
    .await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let listed = sender.call(LIST_OFF_HOURS_CONTACTS, &[]).await.ok().items.remove(0);
    let query = format!("number_id={}", house.number_id);
    let templates = sender.query(LIST_OFF_HOURS_TEMPLATES, &[], &query).await.ok().items;
    let is_plain = |name: &String| !name.starts_with("header") && !name.starts_with("button");
    let plain = templates.iter().find(|template| template.variables.iter().all(is_plain));
    let template = plain.expect("one with nothing but a text");
    let value = |name: &String| TemplateVariable { name: name.clone(), value: "x".to_owned() };
    let client_id = app.app.ids.make::<Uuid>();
    let variables = template.variables.iter().map(value).collect();
    let input = OffHoursMessageInput { client_id, template_id: template.id, variables, again: false };
    sender.send(SEND_OFF_HOURS_MESSAGE, &[&listed.id], &input).await.ok();
    app.told(&statuses(&house.number, &[status("w.ours", "delivered", Some(&client_id.to_string()), noon())])).await;
    chatbot(house, admin, |settings| settings.hours.always = true).await;
}

#[actix_web::test]
async fn an_answer_to_an_active_message_goes_to_the_member_who_sent_it_while_they_are_online() {
    for online in [true, false] {
        let app = TestApp::start().await;
        let house = House::new(&app, "one").await;
        let sender = &house.organization.administrator;
        written_to(&app, &house, sender).await;
        house.agent.is(AgentStatus::Online).await;
        if online {
            sender.is(AgentStatus::Online).await;
        }
        app.told(&message(&house, "w.2", "reaction", json!({"message_id": "w.ours", "emoji": "👍"}), noon())).await;
        assert_eq!(open_tickets(&house.agent).await, 0, "a reaction is no answer");
        app.told(&text(&house.number, ANA, "w.3", "sí, gracias", noon())).await;
        let ticket = only_ticket(&house.agent).await;
        assert_eq!(ticket.assignee.map(|member| member.id), online.then_some(sender.id), "online: {online}");
        assert_eq!((ticket.priority, ticket.queue), (TicketPriority::High, None));
    }
}

#[actix_web::test]
async fn an_answer_that_goes_to_who_wrote_counts_as_a_ticket_given_to_them() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let sender = &house.organization.administrator;
    written_to(&app, &house, sender).await;
    sender.is(AgentStatus::Online).await;
    app.told(&text(&house.number, ANA, "w.2", "sí, gracias", noon())).await;
    let given = "SELECT last_assigned_at FROM members WHERE last_assigned_at IS NOT NULL";
    assert_eq!(column::<i64>(&app, given).await, [app.app.clock.now().timestamp_millis()]);
}

#[actix_web::test]
async fn an_answer_to_who_cannot_open_it_any_more_waits_in_the_queue() {
    for allowed in [true, false] {
        let app = TestApp::start().await;
        let house = House::new(&app, "one").await;
        let mut permissions = vec![Permission::ViewOffHoursContacts, Permission::EditOffHoursContacts];
        permissions.extend(allowed.then_some([Permission::ViewDesk, Permission::EditDesk]).into_iter().flatten());
        let sender = app.member(&house.organization, &permissions).await;
        let tx = db::begin(&app.app.db).await.unwrap();
        let scope = db::Scope::of_organization(house.organization.id);
        db::numbers::add_agents(&tx, &scope, house.number_id, &[sender.id]).await.unwrap();
        tx.commit().await.unwrap();
        written_to(&app, &house, &sender).await;
        sender.is(AgentStatus::Online).await;
        if allowed {
            let admin = &house.organization.administrator;
            admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &sender.id]).await.ok();
        }
        app.told(&text(&house.number, ANA, "w.2", "sí, gracias", noon())).await;
        let ticket = only_ticket(&house.agent).await;
        assert_eq!((ticket.status, ticket.assignee), (TicketStatus::Waiting, None), "{permissions:?}");
    }
}

#[actix_web::test]
async fn a_ticket_for_a_queue_that_was_deleted_meanwhile_waits_in_the_default_queue() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    chatbot(&house, &house.organization.administrator, |settings| {
        settings.queues.centre_on = true;
        settings.queues.prompt = "¿Con quién?".to_owned();
        settings.queues.own =
            (1..=3).map(|index| OwnQueue { id: None, name: format!("Fila {index}"), agents: Vec::new() }).collect();
    })
    .await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    // As another replica deletes it: this one does not know it for some seconds.
    let tx = db::begin(&app.app.db).await.unwrap();
    tx.execute_unprepared("UPDATE queues SET deleted_at = 1 WHERE name = 'Fila 2'").await.unwrap();
    tx.commit().await.unwrap();
    app.told(&text(&house.number, ANA, "w.2", "fila 2", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!((ticket.status, ticket.queue), (TicketStatus::Waiting, None));
    let is_default = "SELECT COUNT(*) FROM tickets WHERE queue_id = number_id";
    assert_eq!(column::<i64>(&app, is_default).await, [1]);
}

#[actix_web::test]
async fn messages_in_any_order_and_twice_end_in_the_same_conversation() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (person, order) in orders.into_iter().enumerate() {
        let from = format!("5695555020{person}");
        let parts: Vec<_> = order
            .iter()
            .chain(&order)
            .map(|index| {
                json!({"from": from, "id": format!("w.{person}.{index}"), "type": "text", "text": {"body": index.to_string()},
                    "timestamp": (noon() + Duration::seconds(*index - 10)).timestamp().to_string()})
            })
            .collect();
        app.told(&crate::test_app::body(&[json!({"messaging_product": "whatsapp",
            "metadata": {"phone_number_id": house.number}, "contacts": [], "messages": parts})]))
            .await;
    }
    let tickets = house.agent.query(LIST_TICKETS, &[], "view=all").await.ok().items;
    assert_eq!(tickets.len(), orders.len());
    let mut outcomes = Vec::new();
    for ticket in tickets {
        let thread = thread(&house.agent, ticket.conversation_id).await;
        assert_eq!(of_contact(&thread), ["0", "1", "2"]);
        let ours = thread.iter().filter(|message| message.author == Author::Bot).count();
        outcomes.push((ours, ticket.unread, ticket.last_message.map(|last| last.preview)));
    }
    outcomes.dedup();
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
}

#[actix_web::test]
async fn an_agents_answer_and_the_contacts_go_through_one_ticket() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, ANA, "w.1", "hola", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let answer = TicketMessageInput::text(app.app.ids.make::<Uuid>(), "¡Hola!");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
    app.told(&text(&house.number, ANA, "w.2", "una pregunta", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!((ticket.status, ticket.unread), (TicketStatus::Answered, 1));
}

#[actix_web::test]
async fn what_becomes_of_a_message_and_what_whatsapp_keeps_back_begin_and_answer_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for kind in ["revoke", "edit", "unsupported"] {
        app.told(&message(&house, &format!("w.{kind}"), kind, json!({}), noon())).await;
    }
    assert_eq!(open_tickets(&house.agent).await, 0, "nothing begins");
    assert_eq!(column::<i64>(&app, "SELECT COUNT(*) FROM messages WHERE author = 'bot'").await, [0]);
    app.told(&text(&house.number, ANA, "w.0", "hola", noon())).await;
    let before = only_ticket(&house.agent).await;
    for kind in ["revoke", "edit", "unsupported"] {
        app.told(&message(&house, kind, kind, json!({}), noon())).await;
    }
    let ticket = only_ticket(&house.agent).await;
    assert_eq!((ticket.id, ticket.unread), (before.id, 1), "there is nothing to read");
    let shown = thread(&house.agent, ticket.conversation_id).await;
    let kept = |said: &&types::messages::Message| {
        matches!(said.content, MessageContent::Unsupported { .. }) && said.ticket_id == Some(ticket.id)
    };
    assert_eq!(shown.iter().filter(kept).count(), 3, "they are in the thread all the same");
}

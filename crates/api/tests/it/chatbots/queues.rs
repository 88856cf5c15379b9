//! The queues of a number, who serves them, and their tickets.

use super::{EDITOR, email, execute, get, house, queue, save, with_queues};
use crate::test_app::{Organization, Person, TestApp, noon, phone_number_id, text};
use types::{
    NumberId,
    chatbots::{Chatbot, OwnQueue},
    groups::REMOVE_GROUP_MANAGER,
    members::DEACTIVATE_MEMBER,
    numbers::{DELETE_NUMBER, REMOVE_NUMBER_AGENT},
    tickets::{GET_TICKET, LIST_TICKETS, Ticket},
};

fn named(chatbot: &Chatbot, name: &str) -> OwnQueue {
    chatbot.settings.queues.own.iter().find(|queue| queue.name == name).unwrap().clone()
}

#[actix_web::test]
async fn queues_keep_their_ids_by_id_and_by_name_whatever_the_case() {
    let app = TestApp::start().await;
    let (_, editor, colleague, [id, second]) = house(&app).await;
    let own = vec![queue("Ventas", &[&editor]), queue("Soporte", &[&colleague, &editor]), queue("Pagos", &[])];
    let saved = save(&editor, id, |settings| *settings = with_queues(settings, own)).await;
    assert_eq!(
        saved.settings.queues.own.iter().map(|queue| queue.name.as_str()).collect::<Vec<_>>(),
        ["Ventas", "Soporte", "Pagos"]
    );
    assert_eq!(named(&saved, "Soporte").agents, queue("", &[&editor, &colleague]).agents);
    let (sales, support, payments) = (named(&saved, "Ventas"), named(&saved, "Soporte"), named(&saved, "Pagos"));

    // One is renamed by its id, two by swapping their names, one is found by its name.
    let renamed = save(&editor, id, |settings| {
        settings.queues.own = vec![
            OwnQueue { name: "Soporte".to_owned(), ..sales.clone() },
            OwnQueue { name: "Ventas".to_owned(), ..support.clone() },
            OwnQueue { id: None, name: "PAGOS".to_owned(), agents: Vec::new() },
            OwnQueue { id: None, name: "Nueva".to_owned(), agents: Vec::new() },
        ];
    })
    .await;
    let ids: Vec<_> = renamed.settings.queues.own.iter().map(|queue| queue.id).collect();
    assert_eq!(ids[..3], [sales.id, support.id, payments.id]);
    assert!(ids[3].is_some() && !ids[..3].contains(&ids[3]));

    // Another number's id means nothing here.
    let theirs = save(&editor, second, |settings| {
        *settings = with_queues(settings, vec![OwnQueue { agents: Vec::new(), ..sales.clone() }]);
    })
    .await;
    assert_ne!(named(&theirs, "Ventas").id, sales.id);
    assert_eq!(get(&editor, id).await.settings.queues.own.len(), 4);
}

/// A ticket that waits in the default queue.
async fn waiting(app: &TestApp, organization: &Organization, number: NumberId) -> Ticket {
    app.told(&text(&phone_number_id(number), "56955550190", &format!("wamid.{number}"), "Hola", noon())).await;
    let query = format!("number_id={number}");
    organization.administrator.query(LIST_TICKETS, &[], &query).await.ok().items.remove(0)
}

#[actix_web::test]
async fn tickets_of_a_queue_that_is_removed_go_to_the_default_queue() {
    let app = TestApp::start().await;
    let (organization, editor, _, [id, _]) = house(&app).await;
    let ticket = waiting(&app, &organization, id).await;
    let own = vec![queue("Ventas", &[&editor]), queue("Pagos", &[])];
    save(&editor, id, |settings| *settings = with_queues(settings, own)).await;
    let moved = "UPDATE tickets SET queue_id = (SELECT q.id FROM queues q WHERE q.number_id = tickets.number_id AND q.name = 'Ventas')";
    assert_eq!(execute(&app, moved).await, 1);
    let admin = &organization.administrator;
    let before = admin.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!(before.queue.map(|queue| queue.name), Some("Ventas".to_owned()));
    save(&editor, id, |settings| settings.queues.own.retain(|queue| queue.name != "Ventas")).await;
    let after = admin.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((after.queue, after.status), (None, ticket.status));
}

/// A number with a queue that both serve, and both serve the default one.
async fn served(editor: &Person, other: &Person, id: NumberId) {
    save(editor, id, |settings| {
        *settings = with_queues(settings, vec![queue("Ventas", &[editor, other])]);
        settings.queues.default_agents = vec![email(editor), email(other)];
    })
    .await;
}

/// Who serves any queue of a number.
async fn serving(person: &Person, id: NumberId) -> Vec<String> {
    let queues = get(person, id).await.settings.queues;
    let mut agents: Vec<_> = queues.own.into_iter().flat_map(|queue| queue.agents).collect();
    agents.extend(queues.default_agents);
    agents.sort();
    agents.dedup();
    agents
}

#[actix_web::test]
async fn who_is_taken_off_a_number_serves_none_of_its_queues_any_more() {
    let app = TestApp::start().await;
    let (organization, editor, colleague, [id, _]) = house(&app).await;
    served(&editor, &colleague, id).await;
    organization.administrator.call(REMOVE_NUMBER_AGENT, &[&id, &colleague.id]).await.ok();
    assert_eq!(serving(&editor, id).await, [email(&editor)]);
}

#[actix_web::test]
async fn who_is_deactivated_serves_no_queue_any_more() {
    let app = TestApp::start().await;
    let (organization, editor, colleague, [id, _]) = house(&app).await;
    served(&editor, &colleague, id).await;
    organization.administrator.call(DEACTIVATE_MEMBER, &[&colleague.id]).await.ok();
    assert_eq!(serving(&editor, id).await, [email(&editor)]);
    organization.administrator.call(types::members::REACTIVATE_MEMBER, &[&colleague.id]).await.ok();
    assert_eq!(serving(&editor, id).await, [email(&editor)]);
}

#[actix_web::test]
async fn who_manages_a_number_no_more_serves_none_of_its_queues_but_keeps_the_others() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (editor, manager) = (app.member(&organization, EDITOR).await, app.member(&organization, &[]).await);
    let group = app.group(&organization, None, &[&editor, &manager]).await;
    let id = app.grouped_number(&organization, "Centro", &[&editor], Some(group)).await;
    let own = app.number(&organization, "Norte", &[&editor, &manager]).await;
    served(&editor, &manager, id).await;
    served(&editor, &manager, own).await;
    organization.administrator.call(REMOVE_GROUP_MANAGER, &[&group, &manager.id]).await.ok();
    assert_eq!(serving(&editor, id).await, [email(&editor)]);
    assert_eq!(serving(&editor, own).await.len(), 2);
}

#[actix_web::test]
async fn a_number_that_is_deleted_has_no_queues() {
    let app = TestApp::start().await;
    let (organization, editor, colleague, [id, _]) = house(&app).await;
    served(&editor, &colleague, id).await;
    let admin = &organization.administrator;
    let phone = admin.call(types::numbers::GET_NUMBER, &[&id]).await.ok().phone;
    let query = format!("confirmation={}", phone.trim_start_matches('+'));
    admin.query(DELETE_NUMBER, &[&id], &query).await.ok();
    assert!(db::queues::list(app.app.db.read(), Some(&[id])).await.unwrap().is_empty());
    assert!(db::queues::agents(app.app.db.read(), &[id]).await.unwrap().is_empty());
}

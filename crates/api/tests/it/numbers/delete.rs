//! Deleting a number: who may, what becomes of what waits, and what stays.

use crate::{
    groups::{MANAGER, of_groups, of_numbers},
    test_app::{Stream, TestApp, noon, text},
    webhooks::{House, only_ticket, thread},
};
use types::{
    ErrorCode,
    events::Event,
    groups::{CREATE_GROUP, GroupInput, LIST_GROUPS},
    messages::MessageStatus,
    numbers::{DELETE_NUMBER, GET_NUMBER, GET_NUMBER_CARD, GET_NUMBER_DELETION, LIST_NUMBERS},
    tickets::{CloseReason, GET_TICKET, LIST_TICKETS, TicketStatus},
};

fn confirmed(phone: &str) -> String {
    format!("confirmation={}", phone.replace('+', "%2B"))
}

#[actix_web::test]
async fn only_who_manages_a_number_deletes_it() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (agent, manager) = (app.member(&organization, MANAGER).await, app.member(&organization, MANAGER).await);
    let top = app.group(&organization, None, &[&manager]).await;
    let below = app.group(&organization, Some(top), &[]).await;
    let a = app.grouped_number(&organization, "a", &[&agent], Some(below)).await;
    app.grouped_number(&organization, "b", &[], Some(below)).await;
    let free = app.number(&organization, "free", &[&agent, &manager]).await;
    let phone = agent.call(GET_NUMBER, &[&a]).await.ok().phone;
    agent.call(GET_NUMBER_DELETION, &[&a]).await.refused(ErrorCode::PermissionMissing);
    agent.query(DELETE_NUMBER, &[&a], &confirmed(&phone)).await.refused(ErrorCode::PermissionMissing);
    let other = manager.call(GET_NUMBER, &[&free]).await.ok().phone;
    let in_no_group = manager.query(DELETE_NUMBER, &[&free], &confirmed(&other)).await;
    in_no_group.refused(ErrorCode::PermissionMissing);
    manager.query(DELETE_NUMBER, &[&a], &confirmed(&phone)).await.ok();
    manager.call(GET_NUMBER_CARD, &[&a]).await.refused(ErrorCode::NotFound);
    agent.query(DELETE_NUMBER, &[&a], &confirmed(&phone)).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_number_is_deleted_when_it_is_typed_with_or_without_what_stands_between_its_digits() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let phone = admin.call(GET_NUMBER, &[&house.number_id]).await.ok().phone;
    for wrong in ["", "confirmation=", "confirmation=%2B56911111111"] {
        admin.query(DELETE_NUMBER, &[&house.number_id], wrong).await.refused(ErrorCode::NumberConfirmationWrong);
    }
    let (head, tail) = phone.trim_start_matches('+').split_at(4);
    admin.query(DELETE_NUMBER, &[&house.number_id], &format!("confirmation={head}%20{tail}")).await.ok();
    assert!(admin.call(LIST_NUMBERS, &[]).await.ok().items.is_empty());
}

#[actix_web::test]
async fn what_is_open_is_closed_what_waits_is_cancelled_and_the_history_stays_for_administrators() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    // Nobody answers for WhatsApp here, so what the chatbot says waits.
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = only_ticket(admin).await;
    let phone = admin.call(GET_NUMBER, &[&house.number_id]).await.ok().phone;
    let deletion = admin.call(GET_NUMBER_DELETION, &[&house.number_id]).await.ok();
    assert_eq!(deletion.open_tickets, 1);
    assert_eq!(deletion.losing_access.iter().map(|member| member.id).collect::<Vec<_>>(), [house.agent.id]);
    assert!(deletion.emptied_groups.is_empty());
    let mut stream = Stream::open(&house.agent, None).await;
    admin.query(DELETE_NUMBER, &[&house.number_id], &confirmed(&phone)).await.ok();
    stream.until(|event| *event == Event::AccessChanged).await;
    house.agent.call(LIST_TICKETS, &[]).await.refused(ErrorCode::PermissionMissing);
    let closed = admin.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((closed.status, closed.close_reason), (TicketStatus::Closed, Some(CloseReason::Manager)));
    let thread = thread(admin, ticket.conversation_id).await;
    assert!(thread.iter().any(|message| message.author.is_contact()));
    assert!(thread.iter().all(|message| message.status != MessageStatus::Queued), "{thread:?}");
    // What is told to it from now on is nobody's.
    app.told(&text(&house.number, "56955550111", "wamid.2", "Hola", noon())).await;
    assert!(admin.query(LIST_TICKETS, &[], "view=all").await.ok().items.is_empty());
}

#[actix_web::test]
async fn the_groups_a_number_leaves_empty_go_with_it_when_that_was_chosen() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let manager = app.member(&organization, MANAGER).await;
    let number = app.number(&organization, "a", &[]).await;
    let team = GroupInput { manager_ids: vec![manager.id], ..of_numbers("Team", &[number]) };
    let team = admin.send(CREATE_GROUP, &[], &team).await.ok();
    admin.send(CREATE_GROUP, &[], &of_groups("Above", &[team.id])).await.ok();
    let phone = admin.call(GET_NUMBER, &[&number]).await.ok().phone;
    let deletion = admin.call(GET_NUMBER_DELETION, &[&number]).await.ok();
    assert_eq!(deletion.emptied_groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Team", "Above"]);
    assert_eq!(deletion.losing_access.iter().map(|member| member.id).collect::<Vec<_>>(), [manager.id]);
    let refused = admin.query(DELETE_NUMBER, &[&number], &confirmed(&phone)).await;
    refused.refused(ErrorCode::GroupWouldBeEmpty);
    let chosen = format!("{}&delete_emptied=true", confirmed(&phone));
    let refused = manager.query(DELETE_NUMBER, &[&number], &chosen).await;
    refused.refused(ErrorCode::GroupWouldBeEmpty);
    assert_eq!(refused.problem().about.as_deref(), Some("Above"), "which the manager does not manage");
    admin.query(DELETE_NUMBER, &[&number], &chosen).await.ok();
    assert!(admin.call(LIST_GROUPS, &[]).await.ok().items.is_empty());
}

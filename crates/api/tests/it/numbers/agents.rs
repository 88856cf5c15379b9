//! Who attends a number.

use crate::{
    groups::MANAGER,
    test_app::{Stream, TestApp, noon, phone_number_id, text},
    webhooks::{House, only_ticket},
};
use serde_json::json;
use types::{
    ErrorCode, Permission,
    events::Event,
    members::DEACTIVATE_MEMBER,
    numbers::{ADD_NUMBER_AGENTS, GET_NUMBER, NumberAgentsInput, REMOVE_NUMBER_AGENT},
    sessions::GET_ME,
    tickets::{LIST_TICKETS, TAKE_TICKET, TicketStatus},
};

fn agents(members: &[&crate::test_app::Person]) -> NumberAgentsInput {
    NumberAgentsInput { member_ids: members.iter().map(|person| person.id).collect(), new_members: Vec::new() }
}

#[actix_web::test]
async fn agents_there_are_and_up_to_five_new_ones_are_added_and_twice_is_no_mistake() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let other = app.member(&house.organization, MANAGER).await;
    let profile = admin.call(GET_ME, &[]).await.ok().profile.unwrap().id;
    let person =
        |n: u32| json!({"name": format!("New {n}"), "email": format!("new{n}@example.com"), "profile_id": profile});
    let five: Vec<_> = (0..5).map(person).collect();
    let input = json!({"member_ids": [house.agent.id, other.id], "new_members": five});
    let added = admin.json(ADD_NUMBER_AGENTS, &[&house.number_id], input).await.ok();
    assert_eq!((added.number.agents.len(), added.added.len()), (7, 7));
    assert_eq!(added.added.iter().filter(|added| added.invitation.is_some()).count(), 5);
    assert_eq!(other.call(GET_ME, &[]).await.ok().number_ids, [house.number_id], "at once");
    let again = admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&other])).await.ok();
    assert_eq!(again.number.agents.len(), 7);
    let six: Vec<_> = (10..16).map(person).collect();
    let refused = admin.json(ADD_NUMBER_AGENTS, &[&house.number_id], json!({"new_members": six})).await;
    assert_eq!(refused.wrong_fields(), ["/new_members too_long"]);
}

#[actix_web::test]
async fn who_is_deactivated_or_of_another_organization_attends_nothing() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let admin = &house.organization.administrator;
    let gone = app.member(&house.organization, MANAGER).await;
    admin.call(DEACTIVATE_MEMBER, &[&gone.id]).await.ok();
    let refused = admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&gone])).await;
    refused.refused(ErrorCode::MemberDeactivated);
    let refused = admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&house.agent, &other.agent])).await;
    assert_eq!(refused.wrong_fields(), ["/member_ids/1 not_found"]);
}

#[actix_web::test]
async fn the_owner_is_not_removed_as_an_agent() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &house.agent.id]).await.refused(ErrorCode::OwnerIsAgent);
    admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &admin.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn an_agent_whose_last_number_goes_loses_access_at_once_the_open_stream_included() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let agent = app.member(&house.organization, Permission::AGENT).await;
    admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&agent])).await.ok();
    agent.call(LIST_TICKETS, &[]).await.ok();
    let (mut lost, mut kept) = (Stream::open(&agent, None).await, Stream::open(&house.agent, None).await);
    let removed = admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &agent.id]).await.ok();
    assert!(removed.lost_access && removed.returned_tickets == 0);
    agent.call(LIST_TICKETS, &[]).await.refused(ErrorCode::PermissionMissing);
    agent.call(GET_NUMBER, &[&house.number_id]).await.refused(ErrorCode::NotFound);
    let me = agent.call(GET_ME, &[]).await.ok();
    assert!(me.permissions.is_empty() && me.number_ids.is_empty());
    // The stream tells that it is so, and nothing of the number after that: the next it hears is what everybody hears.
    lost.until(|event| *event == Event::AccessChanged).await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    kept.until(|event| matches!(event, Event::TicketChanged { .. })).await;
    app.number(&house.organization, "later", &[]).await;
    admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[admin])).await.ok();
    let heard = lost.until(|event| matches!(event, Event::ListChanged { .. })).await;
    let heard: Vec<_> = heard
        .into_iter()
        .filter(|(_, event)| matches!(event, Event::TicketChanged { .. } | Event::MessageChanged { .. }))
        .collect();
    assert!(heard.is_empty(), "{heard:?}");
}

#[actix_web::test]
async fn who_still_manages_a_group_has_not_lost_access() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let agent = app.member(&house.organization, MANAGER).await;
    let group = app.group(&house.organization, None, &[&agent]).await;
    app.grouped_number(&house.organization, "managed", &[], Some(group)).await;
    admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&agent])).await.ok();
    let removed = admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &agent.id]).await.ok();
    assert!(!removed.lost_access);
}

#[actix_web::test]
async fn the_tickets_of_an_agent_who_is_removed_wait_again_at_their_old_place() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let agent = app.member(&house.organization, Permission::AGENT).await;
    let elsewhere = app.number(&house.organization, "elsewhere", &[&agent]).await;
    admin.send(ADD_NUMBER_AGENTS, &[&house.number_id], &agents(&[&agent])).await.ok();
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = only_ticket(&agent).await;
    agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    app.told(&text(&phone_number_id(elsewhere), "56955550112", "wamid.2", "Hola", noon())).await;
    let other = agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items.remove(0);
    agent.call(TAKE_TICKET, &[&other.id]).await.ok();
    let mut stream = Stream::open(&house.agent, None).await;
    let removed = admin.call(REMOVE_NUMBER_AGENT, &[&house.number_id, &agent.id]).await.ok();
    assert_eq!((removed.returned_tickets, removed.lost_access), (1, false));
    let told = stream.until(|event| matches!(event, Event::TicketChanged { .. })).await;
    let Some((_, Event::TicketChanged { ticket: told })) = told.into_iter().next_back() else { panic!("a ticket") };
    assert_eq!((told.id, told.status, told.assignee.is_none()), (ticket.id, TicketStatus::Waiting, true));
    assert_eq!((told.created_at, told.assigned_at, told.first_response_at), (ticket.created_at, None, None));
    let mine = agent.query(LIST_TICKETS, &[], "view=mine").await.ok().items;
    assert_eq!(mine.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [other.id], "on other numbers they stay");
}

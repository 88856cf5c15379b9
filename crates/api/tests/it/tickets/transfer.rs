//! Handing a ticket over: the parent is closed as transferred, its child goes on (conversation.md § 3).

use super::{of_bot, waiting};
use crate::{
    test_app::{Person, Stream, TestApp, noon, text},
    webhooks::{House, only_ticket, thread},
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use types::{
    ErrorCode, MemberId, Permission, QueueId,
    events::Event,
    members::DEACTIVATE_MEMBER,
    messages::MessageContent,
    sessions::AgentStatus,
    tickets::{
        CLOSE_TICKET, CREATE_TICKET_MESSAGE, CloseReason, GET_TICKET, GET_TRANSFER_TARGETS, LIST_TICKETS, TAKE_TICKET,
        TRANSFER_TICKET, Ticket, TicketCloseInput, TicketMessageInput, TicketPriority, TicketStatus,
        TicketTransferInput, TransferTarget,
    },
};

fn to_queue(queue_id: Option<QueueId>) -> TicketTransferInput {
    TicketTransferInput { to: TransferTarget::Queue { queue_id } }
}

fn to_member(member_id: MemberId) -> TicketTransferInput {
    TicketTransferInput { to: TransferTarget::Member { member_id } }
}

/// Somebody else who attends the house's number.
async fn colleague(app: &TestApp, house: &House, permissions: &[Permission]) -> Person {
    let colleague = app.member(&house.organization, permissions).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    let scope = db::Scope::of_organization(house.organization.id);
    db::numbers::add_agents(&tx, &scope, house.number_id, &[colleague.id]).await.unwrap();
    tx.commit().await.unwrap();
    colleague
}

/// A ticket the house's agent has, that came an hour ago.
async fn taken(app: &TestApp, house: &House) -> Ticket {
    let ticket = waiting(app, house).await;
    app.app.clock.advance(TimeDelta::minutes(5));
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok()
}

#[actix_web::test]
async fn a_ticket_handed_to_a_queue_is_closed_and_its_child_waits_there_under_a_number_of_its_own() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    let parent = taken(&app, &house).await;
    app.prefer(parent.id).await;
    let said = of_bot(&thread(&house.agent, parent.conversation_id).await).len();
    let child = house.agent.send(TRANSFER_TICKET, &[&parent.id], &to_queue(Some(queue))).await.ok();
    assert_eq!((child.status, child.ticket_number, child.parent_id), (TicketStatus::Waiting, 2, Some(parent.id)));
    assert_eq!((child.queue.map(|queue| queue.id), child.priority), (Some(queue), TicketPriority::High));
    assert_eq!((child.conversation_id, child.tags.len(), child.assignee), (parent.conversation_id, 0, None));
    let closed = house.agent.call(GET_TICKET, &[&parent.id]).await.ok();
    assert_eq!((closed.status, closed.close_reason), (TicketStatus::Closed, Some(CloseReason::Transferred)));
    assert_eq!(closed.assignee.map(|assignee| assignee.id), Some(house.agent.id), "who had it stays on record");
    let thread = thread(&house.agent, parent.conversation_id).await;
    let line = thread.iter().find(|message| message.content == MessageContent::HandedOver { ticket_number: 2 });
    assert_eq!(line.unwrap().ticket_id, Some(child.id));
    assert_eq!(of_bot(&thread).len(), said, "nobody says goodbye, and nobody is evaluated");
}

#[actix_web::test]
async fn the_child_has_its_parents_place_in_the_queue() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let parent = taken(&app, &house).await;
    app.told(&text(&house.number, "56955550112", "wamid.later", "Hola", app.app.clock.now())).await;
    app.app.clock.advance(TimeDelta::minutes(1));
    let child = house.agent.send(TRANSFER_TICKET, &[&parent.id], &to_queue(None)).await.ok();
    let listed = house.agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items;
    assert_eq!(listed.iter().map(|ticket| ticket.ticket_number).collect::<Vec<_>>(), [child.ticket_number, 2]);
    let first = house.agent.query(LIST_TICKETS, &[], "view=waiting&limit=1").await.ok();
    let next = format!("view=waiting&limit=1&cursor={}", first.next_cursor.unwrap());
    assert_eq!(house.agent.query(LIST_TICKETS, &[], &next).await.ok().items[0].ticket_number, 2, "page by page too");
}

#[actix_web::test]
async fn a_ticket_handed_to_a_member_is_theirs_at_once_and_further_words_join_it() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let other = colleague(&app, &house, Permission::AGENT).await;
    let parent = taken(&app, &house).await;
    let child = house.agent.send(TRANSFER_TICKET, &[&parent.id], &to_member(other.id)).await.ok();
    assert_eq!(child.assignee.map(|assignee| assignee.id), Some(other.id));
    assert_eq!((child.status, child.assigned_at), (TicketStatus::Assigned, Some(app.app.clock.now())));
    app.told(&text(&house.number, "56955550111", "wamid.more", "una cosa más", app.app.clock.now())).await;
    assert_eq!(only_ticket(&other).await.id, child.id);
    let thread = thread(&other, child.conversation_id).await;
    assert_eq!(thread.last().unwrap().ticket_id, Some(child.id));
    let answer = TicketMessageInput::text(app.app.ids.make(), "¡Hola!");
    other.send(CREATE_TICKET_MESSAGE, &[&child.id], &answer).await.ok();
    let late = TicketMessageInput { client_id: app.app.ids.make(), ..answer };
    house.agent.send(CREATE_TICKET_MESSAGE, &[&parent.id], &late).await.refused(ErrorCode::TicketClosed);
}

#[actix_web::test]
async fn a_child_in_a_queue_is_handed_out_at_once_to_whoever_is_online() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let other = colleague(&app, &house, Permission::AGENT).await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    app.serve(&house.organization, house.number_id, Some(queue), &[&other]).await;
    other.is(AgentStatus::Online).await;
    let parent = taken(&app, &house).await;
    let child = house.agent.send(TRANSFER_TICKET, &[&parent.id], &to_queue(Some(queue))).await.ok();
    crate::test_app::eventually("the child is somebody's", async || {
        let child = other.call(GET_TICKET, &[&child.id]).await.ok();
        child.assignee.is_some_and(|assignee| assignee.id == other.id).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn what_is_there_already_is_not_handed_over() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let admin = &house.organization.administrator;
    let ticket = waiting(&app, &house).await;
    admin.send(TRANSFER_TICKET, &[&ticket.id], &to_queue(None)).await.refused(ErrorCode::TransferToSame);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let itself = to_member(house.agent.id);
    house.agent.send(TRANSFER_TICKET, &[&ticket.id], &itself).await.refused(ErrorCode::TransferToSame);
    assert_eq!(house.agent.call(GET_TICKET, &[&ticket.id]).await.ok().status, TicketStatus::Assigned);
    let back = house.agent.send(TRANSFER_TICKET, &[&ticket.id], &to_queue(None)).await.ok();
    assert_eq!(back.status, TicketStatus::Waiting, "one's own can be put back into its queue");
}

#[actix_web::test]
async fn agents_hand_over_their_own_and_who_manages_anybodys_within_reach() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    let other = colleague(&app, &house, Permission::AGENT).await;
    let waits = waiting(&app, &house).await;
    let input = to_queue(Some(queue));
    other.send(TRANSFER_TICKET, &[&waits.id], &input).await.refused(ErrorCode::TicketNotYours);
    house.agent.call(TAKE_TICKET, &[&waits.id]).await.ok();
    other.send(TRANSFER_TICKET, &[&waits.id], &input).await.refused(ErrorCode::TicketNotYours);
    house.organization.administrator.send(TRANSFER_TICKET, &[&waits.id], &input).await.ok();
    house.agent.send(TRANSFER_TICKET, &[&waits.id], &input).await.refused(ErrorCode::TicketClosed);
    let outsider = app.member(&house.organization, Permission::AGENT).await;
    app.number(&house.organization, "elsewhere", &[&outsider]).await;
    outsider.send(TRANSFER_TICKET, &[&waits.id], &input).await.refused(ErrorCode::NotFound);
    outsider.call(GET_TRANSFER_TARGETS, &[&waits.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn where_agents_may_not_hand_over_who_manages_still_does() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.agent_may.transfer = false).await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    let ticket = taken(&app, &house).await;
    let input = to_queue(Some(queue));
    house.agent.send(TRANSFER_TICKET, &[&ticket.id], &input).await.refused(ErrorCode::AgentMayNotTransfer);
    house.organization.administrator.send(TRANSFER_TICKET, &[&ticket.id], &input).await.ok();
}

#[actix_web::test]
async fn a_queue_of_another_number_and_a_member_who_cannot_attend_are_not_found() {
    let app = TestApp::start().await;
    let (house, theirs) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let other = app.number(&house.organization, "other", &[&house.agent]).await;
    let elsewhere = app.queue(&house.organization, other, "Ventas").await;
    let foreign = app.queue(&theirs.organization, theirs.number_id, "Ventas").await;
    let ticket = taken(&app, &house).await;
    let nobody: QueueId = app.app.ids.make();
    for queue in [elsewhere, foreign, nobody, QueueId(other.0)] {
        let refused = house.agent.send(TRANSFER_TICKET, &[&ticket.id], &to_queue(Some(queue))).await;
        assert_eq!(refused.wrong_fields(), ["/to/queue_id not_found"]);
    }
    let outsider = app.member(&house.organization, Permission::AGENT).await;
    let viewer = colleague(&app, &house, &[Permission::ViewDesk]).await;
    let gone = colleague(&app, &house, Permission::AGENT).await;
    house.organization.administrator.call(DEACTIVATE_MEMBER, &[&gone.id]).await.ok();
    for member in [outsider.id, viewer.id, gone.id, theirs.agent.id, app.app.ids.make()] {
        let refused = house.agent.send(TRANSFER_TICKET, &[&ticket.id], &to_member(member)).await;
        assert_eq!(refused.wrong_fields(), ["/to/member_id not_found"]);
    }
    for to in [json!({"kind": "nobody"}), json!({"kind": "member"}), json!({"kind": "queue", "queue_id": 7})] {
        let refused = house.agent.json(TRANSFER_TICKET, &[&ticket.id], json!({"to": to})).await;
        assert!([400, 422].contains(&refused.status), "{to}: {}", refused.status);
    }
    assert_eq!(house.agent.call(GET_TICKET, &[&ticket.id]).await.ok().status, TicketStatus::Assigned);
}

#[actix_web::test]
async fn the_targets_are_the_numbers_queues_and_whoever_else_can_attend_it() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let manager = app.member(&organization, Permission::AGENT).await;
    let agent = app.member(&organization, Permission::AGENT).await;
    let above = app.group(&organization, None, &[&manager]).await;
    let group = app.group(&organization, Some(above), &[]).await;
    let number = app.grouped_number(&organization, "one", &[&agent], Some(group)).await;
    let queue = app.queue(&organization, number, "Ventas").await;
    app.member(&organization, Permission::AGENT).await;
    app.told(&text(&crate::test_app::phone_number_id(number), "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = only_ticket(&agent).await;
    agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    manager.is(AgentStatus::Online).await;
    let targets = agent.call(GET_TRANSFER_TARGETS, &[&ticket.id]).await.ok();
    assert_eq!(targets.queues.iter().map(|queue| queue.id).collect::<Vec<_>>(), [queue]);
    let mut members: Vec<_> =
        targets.members.iter().map(|member| (member.id, member.agent_status, member.open_tickets)).collect();
    members.sort_unstable_by_key(|(id, ..)| *id);
    let mut wanted =
        vec![(organization.administrator.id, AgentStatus::Offline, 0), (manager.id, AgentStatus::Online, 0)];
    wanted.sort_unstable_by_key(|(id, ..)| *id);
    assert_eq!(members, wanted, "without the assignee and without who has nothing to do with the number");
}

#[actix_web::test]
async fn a_ticket_handed_over_by_many_at_once_has_one_child() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    let ticket = taken(&app, &house).await;
    let input = to_queue(Some(queue));
    let again = text(&house.number, "56955550111", "wamid.again", "una cosa más", noon());
    let (answers, heard) = tokio::join!(
        join_all((0..6).map(async |_| house.agent.send(TRANSFER_TICKET, &[&ticket.id], &input).await.status)),
        app.hear(&again)
    );
    app.settled().await;
    let won = answers.iter().filter(|status| **status == 200).count();
    assert_eq!((won, heard, answers.iter().all(|status| [200, 409].contains(status))), (1, 200, true), "{answers:?}");
    let open = only_ticket(&house.agent).await;
    assert_eq!((open.parent_id, open.ticket_number), (Some(ticket.id), 2));
}

#[actix_web::test]
async fn open_pages_are_told_of_the_parent_the_child_and_the_line() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    let ticket = taken(&app, &house).await;
    let mut stream = Stream::open(&house.agent, None).await;
    let child = house.agent.send(TRANSFER_TICKET, &[&ticket.id], &to_queue(Some(queue))).await.ok();
    let is_child = |event: &Event| matches!(event, Event::TicketChanged { ticket } if ticket.id == child.id);
    let mut told: Vec<_> = stream.until(is_child).await.into_iter().map(|(_, event)| event).collect();
    let is_line =
        |event: &Event| matches!(event, Event::MessageChanged { message, .. } if message.ticket_id == Some(child.id));
    let is_parent = |event: &Event| matches!(event, Event::TicketChanged { ticket: told } if told.id == ticket.id && told.status == TicketStatus::Closed);
    while !(told.iter().any(is_line) && told.iter().any(is_parent)) {
        told.push(stream.next().await.expect("the stream has ended").1);
    }
}

#[actix_web::test]
async fn a_child_is_closed_like_any_ticket_and_its_contact_is_thanked_then() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let other = colleague(&app, &house, Permission::AGENT).await;
    let parent = taken(&app, &house).await;
    let child = house.agent.send(TRANSFER_TICKET, &[&parent.id], &to_member(other.id)).await.ok();
    let before = of_bot(&thread(&other, child.conversation_id).await).len();
    let closed = other.send(CLOSE_TICKET, &[&child.id], &TicketCloseInput::default()).await.ok();
    assert_eq!(closed.close_reason, Some(CloseReason::Agent));
    assert_eq!(of_bot(&thread(&other, child.conversation_id).await).len(), before + 1);
}

//! Who gets the tickets that wait, and when they go back (conversation.md § 3).

use crate::{
    test_app::{Person, TestApp, eventually, phone_number_id, text},
    webhooks::House,
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use std::collections::HashMap;
use types::{
    MemberId, Permission, TicketId,
    attention_settings::DistributionRule,
    members::DEACTIVATE_MEMBER,
    sessions::{AgentStatus, GET_ME},
    tickets::{
        CLOSE_TICKET, GET_TICKET, LIST_TICKETS, TAKE_TICKET, TRANSFER_TICKET, Ticket, TicketCloseInput, TicketStatus,
        TicketTransferInput, TransferTarget,
    },
};

/// A contact writes to the house's number: its ticket.
pub(crate) async fn contact(app: &TestApp, house: &House, contact: usize) -> TicketId {
    let from = format!("569555503{contact:02}");
    app.told(&text(&house.number, &from, &format!("wamid.{contact}"), "Hola", app.app.clock.now())).await;
    let found = house.organization.administrator.query(LIST_TICKETS, &[], &format!("view=all&q={from}")).await.ok();
    found.items[0].id
}

pub(crate) async fn ticket(house: &House, id: TicketId) -> Ticket {
    house.organization.administrator.call(GET_TICKET, &[&id]).await.ok()
}

/// Who has a ticket, once somebody has it.
async fn assignee(house: &House, id: TicketId) -> MemberId {
    eventually("the ticket is somebody's", async || ticket(house, id).await.assignee.map(|member| member.id)).await
}

/// The worker has looked at everything: a ticket of another number, which it can hand out, was handed out.
pub(crate) async fn round(app: &TestApp, house: &House) {
    let (other, helper) = other_number(app, house).await;
    let from = "56955550399";
    app.told(&text(&other, from, &format!("wamid.{}", helper.id), "Hola", app.app.clock.now())).await;
    eventually("another ticket is handed out", async || {
        let found = helper.query(LIST_TICKETS, &[], "view=mine").await.ok().items;
        (!found.is_empty()).then_some(())
    })
    .await;
}

/// Another number of the organization with somebody who is online.
async fn other_number(app: &TestApp, house: &House) -> (String, Person) {
    let helper = app.member(&house.organization, Permission::AGENT).await;
    let number = app.number(&house.organization, "other", &[&helper]).await;
    app.serve(&house.organization, number, None, &[&helper]).await;
    helper.is(AgentStatus::Online).await;
    (phone_number_id(number), helper)
}

/// More agents of the house's number, who serve its default queue and are online.
pub(crate) async fn agents(app: &TestApp, house: &House, count: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for _ in 0..count {
        let person = app.member(&house.organization, Permission::AGENT).await;
        add(app, house, &person).await;
        app.serve(&house.organization, house.number_id, None, &[&person]).await;
        person.is(AgentStatus::Online).await;
        people.push(person);
    }
    people
}

async fn add(app: &TestApp, house: &House, person: &Person) {
    let tx = db::begin(&app.app.db).await.unwrap();
    let scope = db::Scope::of_organization(house.organization.id);
    db::numbers::add_agents(&tx, &scope, house.number_id, &[person.id]).await.unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn a_ticket_goes_to_the_one_of_its_queue_who_is_online() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let people = agents(&app, &house, 1).await;
    app.serve(&house.organization, house.number_id, None, &[&house.agent]).await;
    let id = contact(&app, &house, 1).await;
    assert_eq!(assignee(&house, id).await, people[0].id, "the other one is offline");
    let ticket = ticket(&house, id).await;
    assert_eq!((ticket.status, ticket.assigned_at), (TicketStatus::Assigned, Some(app.app.clock.now())));
}

#[actix_web::test]
async fn with_nobody_online_it_waits_and_is_handed_out_the_moment_somebody_comes() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.serve(&house.organization, house.number_id, None, &[&house.agent]).await;
    let id = contact(&app, &house, 1).await;
    for status in [AgentStatus::Offline, AgentStatus::Paused, AgentStatus::Invisible] {
        house.agent.is(status).await;
        round(&app, &house).await;
        assert_eq!(ticket(&house, id).await.status, TicketStatus::Waiting, "{status:?}");
    }
    house.agent.is(AgentStatus::Online).await;
    assert_eq!(assignee(&house, id).await, house.agent.id);
}

#[actix_web::test]
async fn who_is_deactivated_or_serves_another_queue_gets_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let gone = agents(&app, &house, 1).await.remove(0);
    house.organization.administrator.call(DEACTIVATE_MEMBER, &[&gone.id]).await.ok();
    let queue = app.queue(&house.organization, house.number_id, "Ventas").await;
    app.serve(&house.organization, house.number_id, Some(queue), &[&house.agent]).await;
    house.agent.is(AgentStatus::Online).await;
    let id = contact(&app, &house, 1).await;
    round(&app, &house).await;
    assert_eq!(ticket(&house, id).await.status, TicketStatus::Waiting);
}

#[actix_web::test]
async fn nobody_gets_more_at_a_time_than_the_number_wants_until_one_is_closed() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 2).await;
    let agent = agents(&app, &house, 1).await.remove(0);
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(contact(&app, &house, number).await);
        app.app.clock.advance(TimeDelta::seconds(1));
    }
    for id in &ids[..2] {
        assert_eq!(assignee(&house, *id).await, agent.id, "first come, first served");
    }
    round(&app, &house).await;
    assert_eq!(ticket(&house, ids[2]).await.status, TicketStatus::Waiting);
    agent.send(CLOSE_TICKET, &[&ids[0]], &TicketCloseInput::default()).await.ok();
    assert_eq!(assignee(&house, ids[2]).await, agent.id);
}

#[actix_web::test]
async fn more_at_a_time_hands_out_what_waits_at_once() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 1).await;
    let agent = agents(&app, &house, 1).await.remove(0);
    let (first, second) = (contact(&app, &house, 1).await, contact(&app, &house, 2).await);
    assert_eq!(assignee(&house, first).await, agent.id);
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 2).await;
    assert_eq!(assignee(&house, second).await, agent.id);
}

#[actix_web::test]
async fn high_priority_comes_first_and_then_who_waits_longest() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 1).await;
    app.serve(&house.organization, house.number_id, None, &[&house.agent]).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(contact(&app, &house, number).await);
        app.app.clock.advance(TimeDelta::minutes(1));
    }
    app.prefer(ids[2]).await;
    let listed = house.agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items;
    let wanted = [ids[2], ids[0], ids[1]];
    assert_eq!(listed.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), wanted, "the inbox shows the same order");
    house.agent.is(AgentStatus::Online).await;
    for id in wanted {
        assert_eq!(assignee(&house, id).await, house.agent.id);
        let mine = house.agent.query(LIST_TICKETS, &[], "view=mine").await.ok().items;
        assert_eq!(mine.len(), 1, "one at a time");
        house.agent.send(CLOSE_TICKET, &[&id], &TicketCloseInput::default()).await.ok();
    }
}

#[actix_web::test]
async fn the_rule_of_the_number_says_who_of_two_gets_the_next() {
    let app = TestApp::start().await;
    for (name, rule) in [("few", DistributionRule::FewestTickets), ("idle", DistributionRule::LongestIdle)] {
        let house = House::new(&app, name).await;
        app.attend(&house.organization, house.number_id, |settings| settings.distribution = rule).await;
        let (busy, late) = {
            let mut people = agents(&app, &house, 2).await;
            (people.remove(0), people.remove(0))
        };
        // The one has had two for long, the other got one just now and closed none.
        late.is(AgentStatus::Paused).await;
        for number in 0..2 {
            let id = contact(&app, &house, number).await;
            assert_eq!(assignee(&house, id).await, busy.id);
        }
        app.app.clock.advance(TimeDelta::minutes(1));
        busy.is(AgentStatus::Paused).await;
        late.is(AgentStatus::Online).await;
        let id = contact(&app, &house, 2).await;
        assert_eq!(assignee(&house, id).await, late.id);
        app.app.clock.advance(TimeDelta::minutes(1));
        busy.is(AgentStatus::Online).await;
        let next = contact(&app, &house, 3).await;
        let wanted = match rule {
            DistributionRule::FewestTickets => late.id,
            DistributionRule::LongestIdle => busy.id,
        };
        assert_eq!(assignee(&house, next).await, wanted, "{name}");
    }
}

#[actix_web::test]
async fn however_many_hand_out_and_take_at_once_a_slot_has_one_ticket_and_a_ticket_one_agent() {
    const CONTACTS: usize = 24;
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 3).await;
    let mut ids = Vec::new();
    for number in 0..CONTACTS {
        ids.push(contact(&app, &house, number).await);
    }
    // Beside the one that runs, as if replicas had taken over from each other at a bad moment.
    let rivals: Vec<_> = (0..2).map(|_| actix_web::rt::spawn(app::distribution::work(app.app.clone()))).collect();
    let people = agents(&app, &house, 4).await;
    // Somebody in no queue takes some meanwhile.
    let taken = join_all(ids.iter().step_by(5).map(async |id| house.agent.call(TAKE_TICKET, &[id]).await.status)).await;
    assert!(taken.iter().all(|status| [200, 409].contains(status)), "{taken:?}");
    let owned = eventually("every slot is taken", async || {
        let mut owned: HashMap<MemberId, usize> = HashMap::new();
        for ticket in house.organization.administrator.query(LIST_TICKETS, &[], "view=all").await.ok().items {
            if let Some(assignee) = ticket.assignee {
                *owned.entry(assignee.id).or_default() += 1;
            }
        }
        let full = people.iter().all(|person| owned.get(&person.id).is_some_and(|count| *count >= 3));
        full.then_some(owned)
    })
    .await;
    round(&app, &house).await;
    for person in &people {
        let mine = person.query(LIST_TICKETS, &[], "view=mine").await.ok().items;
        assert_eq!((mine.len(), owned[&person.id]), (3, 3));
    }
    let by_hand = taken.iter().filter(|status| **status == 200).count();
    assert_eq!(owned.get(&house.agent.id).copied().unwrap_or_default(), by_hand);
    for rival in rivals {
        rival.abort();
    }
}

#[actix_web::test]
async fn a_ticket_taken_by_hand_counts_as_a_slot() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| settings.tickets_at_a_time = 1).await;
    app.serve(&house.organization, house.number_id, None, &[&house.agent]).await;
    let (first, second) = (contact(&app, &house, 1).await, contact(&app, &house, 2).await);
    house.agent.call(TAKE_TICKET, &[&second]).await.ok();
    house.agent.is(AgentStatus::Online).await;
    round(&app, &house).await;
    assert_eq!(ticket(&house, first).await.status, TicketStatus::Waiting);
    house.agent.call(TAKE_TICKET, &[&first]).await.ok();
    assert_eq!(ticket(&house, first).await.assignee.unwrap().id, house.agent.id, "by hand one may have more");
}

/// A ticket in the house's own queue, which its agent got there and answers; another one came later and waits.
async fn attended(app: &TestApp, house: &House) -> (TicketId, TicketId) {
    app.attend(&house.organization, house.number_id, |settings| settings.return_to_queue_minutes = 10).await;
    let first = contact(app, house, 1).await;
    app.app.clock.advance(TimeDelta::minutes(1));
    let second = contact(app, house, 2).await;
    house.agent.is(AgentStatus::Online).await;
    house.agent.call(TAKE_TICKET, &[&first]).await.ok();
    (first, second)
}

/// There is a timer for the ticket's conversation, or none.
async fn timer(app: &TestApp, house: &House, id: TicketId, wanted: bool) {
    let conversation = ticket(house, id).await.conversation_id;
    eventually("the timer is set or gone", async || {
        let is_set = app.return_is_set(conversation).await;
        (is_set == wanted).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn the_tickets_of_who_stays_away_too_long_wait_again_at_their_old_place() {
    let app = TestApp::start().await;
    let mut house = House::new(&app, "one").await;
    let (first, second) = attended(&app, &house).await;
    house.agent.is(AgentStatus::Offline).await;
    timer(&app, &house, first, true).await;
    // Whoever looks now has the lease for six seconds.
    app.app.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(10));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(ticket(&house, first).await.status, TicketStatus::Assigned, "too early");
    app.app.clock.advance(TimeDelta::seconds(10));
    app::timers::run_due(&app.app).await.unwrap();
    eventually("it waits again", async || (ticket(&house, first).await.status == TicketStatus::Waiting).then_some(()))
        .await;
    house.agent = app.renewed(&house.agent);
    let listed = house.agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items;
    assert_eq!(listed.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!((listed[0].assignee.as_ref(), listed[0].assigned_at), (None, None));
    timer(&app, &house, first, false).await;
}

#[actix_web::test]
async fn who_is_back_in_time_keeps_their_tickets_and_being_away_again_counts_anew() {
    let app = TestApp::start().await;
    let mut house = House::new(&app, "one").await;
    let (first, _) = attended(&app, &house).await;
    for status in [AgentStatus::Online, AgentStatus::Paused, AgentStatus::Invisible] {
        house.agent.is(AgentStatus::Offline).await;
        timer(&app, &house, first, true).await;
        app.app.clock.advance(TimeDelta::minutes(9));
        house.agent = app.renewed(&house.agent);
        house.agent.is(status).await;
        timer(&app, &house, first, false).await;
    }
    app.app.clock.advance(TimeDelta::minutes(30));
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(ticket(&house, first).await.status, TicketStatus::Assigned);
}

#[actix_web::test]
async fn a_ticket_somebody_offline_gets_goes_back_as_well() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let id = contact(&app, &house, 1).await;
    app.app.clock.advance(TimeDelta::hours(1));
    // Handed over to them while they are away.
    let to = TicketTransferInput { to: TransferTarget::Member { member_id: house.agent.id } };
    let admin = app.renewed(&house.organization.administrator);
    let id = admin.send(TRANSFER_TICKET, &[&id], &to).await.ok().id;
    timer(&app, &house, id, true).await;
    app::timers::run_due(&app.app).await.unwrap();
    assert_eq!(ticket(&house, id).await.status, TicketStatus::Assigned, "the time counts from when they got it");
    app.app.clock.advance(TimeDelta::minutes(10));
    app::timers::run_due(&app.app).await.unwrap();
    eventually("it waits again", async || (ticket(&house, id).await.status == TicketStatus::Waiting).then_some(()))
        .await;
}

#[actix_web::test]
async fn a_ticket_that_goes_back_is_handed_to_whoever_is_there() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let people = agents(&app, &house, 2).await;
    people[1].is(AgentStatus::Paused).await;
    let id = contact(&app, &house, 1).await;
    assert_eq!(assignee(&house, id).await, people[0].id);
    people[0].is(AgentStatus::Offline).await;
    people[1].is(AgentStatus::Online).await;
    timer(&app, &house, id, true).await;
    app.app.clock.advance(TimeDelta::minutes(10));
    app::timers::run_due(&app.app).await.unwrap();
    eventually("the other one has it", async || (ticket(&house, id).await.assignee?.id == people[1].id).then_some(()))
        .await;
}

#[actix_web::test]
async fn another_time_of_the_number_counts_for_those_who_are_away_already() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let (first, _) = attended(&app, &house).await;
    house.agent.is(AgentStatus::Offline).await;
    timer(&app, &house, first, true).await;
    app.attend(&house.organization, house.number_id, |settings| settings.return_to_queue_minutes = 2).await;
    timer(&app, &house, first, true).await;
    app.app.clock.advance(TimeDelta::minutes(2));
    eventually("it waits again", async || {
        app::timers::run_due(&app.app).await.unwrap();
        (ticket(&house, first).await.status == TicketStatus::Waiting).then_some(())
    })
    .await;
}

#[actix_web::test]
async fn who_takes_a_ticket_while_offline_is_online_from_then_on_and_keeps_it() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let id = contact(&app, &house, 1).await;
    house.agent.is(AgentStatus::Offline).await;
    house.agent.call(TAKE_TICKET, &[&id]).await.ok();
    assert_eq!(house.agent.call(GET_ME, &[]).await.ok().agent_status, AgentStatus::Online);
    house.agent.is(AgentStatus::Paused).await;
    house.agent.call(TAKE_TICKET, &[&id]).await.ok();
    assert_eq!(house.agent.call(GET_ME, &[]).await.ok().agent_status, AgentStatus::Paused, "only offline is away");
    timer(&app, &house, id, false).await;
}

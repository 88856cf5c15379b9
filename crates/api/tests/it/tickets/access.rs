//! Tickets are with who can open them, wherever they were (conversation.md § 3).

use super::waiting;
use crate::{
    test_app::{Person, Stream, TestApp, eventually, noon, phone_number_id, text},
    webhooks::House,
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use types::{
    Permission, ProfileId,
    events::Event,
    groups::REMOVE_GROUP_MANAGER,
    profiles::{DELETE_PROFILE, GET_PROFILE, ProfileInput, REMOVE_PROFILE_MEMBER, UPDATE_PROFILE},
    sessions::{AgentStatus, GET_ME},
    tickets::{GET_TICKET, GET_TRANSFER_TARGETS, LIST_TICKETS, TAKE_TICKET, Ticket, TicketStatus},
};

async fn profile(person: &Person) -> ProfileId {
    person.call(GET_ME, &[]).await.ok().profile.unwrap().id
}

/// Somebody else with a number's tickets before their eyes.
async fn attends(app: &TestApp, house: &House, permissions: &[Permission]) -> Person {
    let person = app.member(&house.organization, permissions).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    let scope = db::Scope::of_organization(house.organization.id);
    db::numbers::add_agents(&tx, &scope, house.number_id, &[person.id]).await.unwrap();
    tx.commit().await.unwrap();
    app.serve(&house.organization, house.number_id, None, &[&person]).await;
    person.is(AgentStatus::Online).await;
    person
}

#[actix_web::test]
async fn who_serves_a_queue_but_may_not_attend_gets_none_of_its_tickets() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    // First in every order, for they have had none for the longest time.
    let viewer = attends(&app, &house, &[Permission::ViewDesk]).await;
    let able = attends(&app, &house, Permission::AGENT).await;
    for contact in 0..3 {
        let from = format!("5695555020{contact}");
        app.told(&text(&house.number, &from, &format!("wamid.{contact}"), "Hola", noon())).await;
    }
    let admin = &house.organization.administrator;
    let tickets = eventually("they are handed out", async || {
        let all = admin.query(LIST_TICKETS, &[], "view=all").await.ok().items;
        all.iter().all(|ticket| ticket.assignee.is_some()).then_some(all)
    })
    .await;
    assert!(tickets.iter().all(|ticket| ticket.assignee.as_ref().unwrap().id == able.id), "{}", viewer.id);
}

async fn waits_again(house: &House, ticket: &Ticket) {
    let ticket = house.organization.administrator.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((ticket.status, ticket.assignee, ticket.assigned_at), (TicketStatus::Waiting, None, None));
}

#[actix_web::test]
async fn the_tickets_of_who_loses_the_permission_to_attend_wait_again_and_pages_are_told() {
    for way in ["the profile changes", "the profile is deleted", "the member leaves the profile"] {
        let app = TestApp::start().await;
        let house = House::new(&app, "one").await;
        let ticket = waiting(&app, &house).await;
        house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
        let admin = &house.organization.administrator;
        let id = profile(&house.agent).await;
        let known = admin.call(GET_PROFILE, &[&id]).await.ok();
        let input = |permissions: &[Permission], version| ProfileInput {
            name: "Equipo".to_owned(),
            description: String::new(),
            permissions: permissions.to_vec(),
            version: Some(version),
        };
        let kept = input(&[Permission::EditDesk], known.version);
        let version = admin.send(UPDATE_PROFILE, &[&id], &kept).await.ok().version;
        let same = admin.call(GET_TICKET, &[&ticket.id]).await.ok();
        assert_eq!(same.status, TicketStatus::Assigned, "who may attend still keeps it");
        let mut stream = Stream::open(admin, None).await;
        match way {
            "the profile changes" => {
                drop(admin.send(UPDATE_PROFILE, &[&id], &input(&[Permission::ViewDesk], version)).await.ok());
            }
            "the profile is deleted" => drop(admin.call(DELETE_PROFILE, &[&id]).await.ok()),
            _ => admin.call(REMOVE_PROFILE_MEMBER, &[&id, &house.agent.id]).await.ok(),
        }
        waits_again(&house, &ticket).await;
        let is_told = |event: &Event| {
            matches!(event, Event::TicketChanged { ticket: told }
                if told.id == ticket.id && told.status == TicketStatus::Waiting)
        };
        stream.until(is_told).await;
    }
}

#[actix_web::test]
async fn a_manager_who_loses_a_group_gives_its_tickets_back_and_keeps_the_others() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let manager = app.member(&organization, Permission::AGENT).await;
    let group = app.group(&organization, None, &[&manager]).await;
    let managed = app.grouped_number(&organization, "managed", &[], Some(group)).await;
    let own = app.number(&organization, "own", &[&manager]).await;
    let mut tickets = Vec::new();
    for number in [managed, own] {
        app.told(&text(&phone_number_id(number), "56955550111", &format!("wamid.{number}"), "Hola", noon())).await;
        let query = format!("view=waiting&number_id={number}");
        let ticket = manager.query(LIST_TICKETS, &[], &query).await.ok().items.remove(0);
        tickets.push(manager.call(TAKE_TICKET, &[&ticket.id]).await.ok());
    }
    let admin = &organization.administrator;
    admin.call(REMOVE_GROUP_MANAGER, &[&group, &manager.id]).await.ok();
    let lost = admin.call(GET_TICKET, &[&tickets[0].id]).await.ok();
    assert_eq!((lost.status, lost.assignee), (TicketStatus::Waiting, None));
    let kept = admin.call(GET_TICKET, &[&tickets[1].id]).await.ok();
    assert_eq!(kept.assignee.map(|assignee| assignee.id), Some(manager.id));
}

#[actix_web::test]
async fn what_waits_in_a_deleted_queue_is_handed_out_as_the_default_queues() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    app.queue(&house.organization, house.number_id, "Ventas").await;
    let tx = db::begin(&app.app.db).await.unwrap();
    tx.execute_unprepared("UPDATE tickets SET queue_id = (SELECT id FROM queues)").await.unwrap();
    tx.execute_unprepared("UPDATE queues SET deleted_at = 1").await.unwrap();
    tx.commit().await.unwrap();
    let able = attends(&app, &house, Permission::AGENT).await;
    app.app.signals.left.notify_one();
    app.app.signals.distribution.notify_one();
    let found = eventually("it is somebody's", async || {
        let found = able.call(GET_TICKET, &[&ticket.id]).await.ok();
        found.assignee.is_some().then_some(found)
    })
    .await;
    assert_eq!((found.assignee.unwrap().id, found.queue), (able.id, None));
}

#[actix_web::test]
async fn a_target_who_is_invisible_looks_offline_and_only_the_numbers_tickets_count() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let other = app.number(&house.organization, "other", &[&house.agent]).await;
    app.told(&text(&phone_number_id(other), "56955550112", "wamid.other", "Hola", noon())).await;
    let admin = &house.organization.administrator;
    let elsewhere = admin.query(LIST_TICKETS, &[], &format!("number_id={other}")).await.ok().items;
    house.agent.call(TAKE_TICKET, &[&elsewhere[0].id]).await.ok();
    house.agent.is(AgentStatus::Invisible).await;
    let targets = admin.call(GET_TRANSFER_TARGETS, &[&ticket.id]).await.ok().members;
    let agent = targets.iter().find(|member| member.id == house.agent.id).unwrap();
    assert_eq!((agent.agent_status, agent.open_tickets), (AgentStatus::Offline, 0));
    // What they have here counts, as a target of another ticket of the number.
    app.told(&text(&house.number, "56955550113", "wamid.third", "Hola", noon())).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let waits = admin.query(LIST_TICKETS, &[], "view=waiting").await.ok().items.remove(0);
    let targets = admin.call(GET_TRANSFER_TARGETS, &[&waits.id]).await.ok().members;
    assert_eq!(targets.iter().find(|member| member.id == house.agent.id).unwrap().open_tickets, 1);
}

#[actix_web::test]
async fn of_many_who_want_the_directory_anew_at_once_only_one_reads_it() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.app.directory.lines(&app.app).await.unwrap();
    app.app.clock.advance(TimeDelta::seconds(6));
    let found = join_all((0..8).map(|_| app.app.directory.lines(&app.app))).await;
    let lines: Vec<_> = found.into_iter().map(Result::unwrap).collect();
    assert!(lines.iter().all(|one| Arc::ptr_eq(one, &lines[0])), "they all have what one has read");
    let refreshed = app.app.directory.refresh(&app.app).await.unwrap();
    assert!(!Arc::ptr_eq(&refreshed, &lines[0]) && refreshed.get(house.number_id).is_some(), "asked for, it is read");
}

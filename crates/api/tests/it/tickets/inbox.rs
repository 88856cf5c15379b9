//! The tabs of the inbox: what they list, in which order, page by page, and what they count.

use super::waiting;
use crate::{
    test_app::{Person, TestApp, noon, text},
    webhooks::House,
};
use chrono::TimeDelta;
use types::{
    ErrorCode,
    tickets::{
        CLOSE_TICKET, COUNT_TICKETS, LIST_TICKETS, READ_TICKET, TAKE_TICKET, Ticket, TicketCloseInput, TicketCounts,
    },
};

/// So many contacts write, a minute apart; their tickets, the oldest first.
async fn crowd(app: &TestApp, house: &House, count: usize) -> Vec<Ticket> {
    for index in 0..count {
        app.app.clock.advance(TimeDelta::minutes(1));
        let from = format!("569555501{index:02}");
        app.told(&text(&house.number, &from, &format!("wamid.{index}"), "Hola", app.app.clock.now())).await;
    }
    list(&house.agent, "view=waiting&limit=200").await
}

async fn list(person: &Person, query: &str) -> Vec<Ticket> {
    person.query(LIST_TICKETS, &[], query).await.ok().items
}

/// The numbers of the tickets of a view, page by page.
async fn pages(person: &Person, view: &str, limit: usize) -> Vec<Vec<i64>> {
    let mut pages = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = person.query(LIST_TICKETS, &[], &format!("view={view}&limit={limit}{cursor}")).await.ok();
        pages.push(page.items.iter().map(|ticket| ticket.ticket_number).collect());
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return pages,
        }
    }
}

#[actix_web::test]
async fn each_tab_lists_its_tickets_in_its_order_page_by_page() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let tickets = crowd(&app, &house, 7).await;
    assert_eq!(pages(&house.agent, "waiting", 3).await, [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    assert_eq!(pages(&house.agent, "all", 4).await, [vec![7, 6, 5, 4], vec![3, 2, 1]]);
    for ticket in &tickets[..4] {
        house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    }
    // The first one writes again, so it comes to the top.
    app.app.clock.advance(TimeDelta::minutes(1));
    app.told(&text(&house.number, "56955550100", "wamid.again", "¿Hola?", app.app.clock.now())).await;
    assert_eq!(pages(&house.agent, "mine", 3).await, [vec![1, 4, 3], vec![2]]);
    assert_eq!(pages(&house.agent, "waiting", 3).await, [vec![5, 6, 7]]);
    for ticket in [&tickets[1], &tickets[0]] {
        app.app.clock.advance(TimeDelta::minutes(1));
        house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    }
    assert_eq!(pages(&house.agent, "closed", 1).await, [vec![1], vec![2]]);
    assert_eq!(pages(&house.agent, "all", 9).await, [vec![7, 6, 5, 4, 3]]);
    assert_eq!(pages(&house.organization.administrator, "mine", 9).await, [vec![0_i64; 0]]);
}

#[actix_web::test]
async fn the_tabs_count_what_they_list() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let tickets = crowd(&app, &house, 5).await;
    for ticket in &tickets[..3] {
        house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    }
    house.agent.send(CLOSE_TICKET, &[&tickets[0].id], &TicketCloseInput::default()).await.ok();
    house.agent.call(READ_TICKET, &[&tickets[1].id]).await.ok();
    let counts = house.agent.call(COUNT_TICKETS, &[]).await.ok();
    assert_eq!(counts, TicketCounts { waiting: 2, mine: 2, all: 4, mine_unread: 1 });
    let others = house
        .organization
        .administrator
        .query(COUNT_TICKETS, &[], &format!("number_id={}", house.number_id))
        .await
        .ok();
    assert_eq!(others, TicketCounts { waiting: 2, mine: 0, all: 4, mine_unread: 0 });
    let elsewhere = app.number(&house.organization, "quiet", &[&house.agent]).await;
    let none = house.agent.query(COUNT_TICKETS, &[], &format!("number_id={elsewhere}")).await.ok();
    assert_eq!(none, TicketCounts::default());
    assert!(list(&house.agent, &format!("view=all&number_id={elsewhere}")).await.is_empty());
}

#[actix_web::test]
async fn a_contact_is_found_by_a_part_of_the_name_or_the_phone() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    crowd(&app, &house, 3).await;
    assert_eq!(list(&house.agent, "view=all&q=aN").await.len(), 3);
    assert_eq!(list(&house.agent, "view=all&q=550102").await.len(), 1);
    for nobody in ["%25", "_", "zoe", "'", "%00x"] {
        assert!(list(&house.agent, &format!("view=all&q={nobody}")).await.is_empty(), "{nobody}");
    }
}

#[actix_web::test]
async fn seeing_the_thread_leaves_nothing_unread() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    app.told(&text(&house.number, "56955550111", "wamid.2", "¿Hola?", noon())).await;
    assert_eq!(list(&house.agent, "view=all").await[0].unread, 2);
    assert_eq!(house.agent.call(READ_TICKET, &[&ticket.id]).await.ok().unread, 0);
    assert_eq!(house.agent.call(READ_TICKET, &[&ticket.id]).await.ok().unread, 0);
    app.told(&text(&house.number, "56955550111", "wamid.3", "¿Hola?", noon())).await;
    assert_eq!(list(&house.agent, "view=all").await[0].unread, 1);
}

#[actix_web::test]
async fn a_cursor_or_a_filter_that_cannot_be_read_is_refused() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for query in ["view=sideways", "number_id=7", "cursor=%00", "cursor=AAAA", "limit=0", "limit=201", "limit=x"] {
        let status = house.agent.query(LIST_TICKETS, &[], query).await.status;
        assert!([400, 422].contains(&status), "{query}: {status}");
    }
    house.agent.query(LIST_TICKETS, &[], "limit=0").await.refused(ErrorCode::ValidationFailed);
}

//! The stream of events: nothing lost, nothing twice, nothing for who may not see it.

use crate::{
    test_app::{Stream, TestApp, noon, phone_number_id, text},
    webhooks::{House, words},
};
use types::{Permission, events::Event, sessions::DELETE_CURRENT_SESSION, tickets::TAKE_TICKET};

fn is_ticket(event: &Event) -> bool {
    matches!(event, Event::TicketChanged { .. })
}

#[actix_web::test]
async fn what_a_contact_writes_reaches_an_open_page() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let mut stream = Stream::open(&house.agent, None).await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let events = stream.until(is_ticket).await;
    let said: Vec<_> = events
        .iter()
        .filter_map(|(_, event)| {
            let Event::MessageChanged { number_id, message } = event else { return None };
            assert_eq!(*number_id, house.number_id);
            Some(if message.author.is_contact() { words(message) } else { format!("{:?}", message.author) })
        })
        .collect();
    assert_eq!(said, ["Hola", "Bot", "Bot", "System"]);
    let Some((_, Event::TicketChanged { ticket })) = events.last() else { panic!("the last is the ticket") };
    assert_eq!((ticket.ticket_number, ticket.unread), (1, 1));
    assert_eq!(ticket.contact.name.as_deref(), Some("Ana"));
    assert!(ticket.window_closes_at.is_some());

    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let taken = stream.until(is_ticket).await;
    let Some((_, Event::TicketChanged { ticket })) = taken.last() else { panic!("the last is the ticket") };
    assert_eq!(ticket.assignee.as_ref().map(|assignee| assignee.id), Some(house.agent.id));
}

#[actix_web::test]
async fn a_page_that_was_away_gets_what_it_missed_once_and_in_order() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let mut steady = Stream::open(&house.agent, None).await;
    let start = steady.last.clone().unwrap();
    let mut interrupted = Stream::open(&house.agent, None).await;
    let mut pieces = Vec::new();
    for index in 0..5 {
        let from = format!("5695555011{index}");
        app.told(&text(&house.number, &from, &format!("wamid.{index}"), "Hola", noon())).await;
        // It goes away at a moment of its own, and comes back with the last id it got.
        for _ in 0..=index {
            pieces.push(interrupted.next().await.unwrap());
        }
        let last = interrupted.last.clone().unwrap();
        interrupted = Stream::open(&house.agent, Some(&last)).await;
    }
    let is_mark = |event: &Event| matches!(event, Event::MessageChanged { message, .. } if words(message) == "mark");
    app.told(&text(&house.number, "56955550110", "wamid.mark", "mark", noon())).await;
    let all = steady.until(is_mark).await;
    let ids: Vec<_> = all.iter().map(|(id, _)| *id).collect();
    assert!(ids.is_sorted_by(|one, other| one < other), "{ids:?}");
    pieces.extend(interrupted.until(is_mark).await);
    assert_eq!(pieces, all, "pieces put together are the whole");
    for after in [start.parse().unwrap(), ids[0], ids[ids.len() / 2], ids[ids.len() - 2]] {
        let mut resumed = Stream::open(&house.agent, Some(&after.to_string())).await;
        let rest: Vec<_> = all.iter().filter(|(id, _)| *id > after).cloned().collect();
        assert_eq!(resumed.until(is_mark).await, rest, "after {after}");
    }
}

#[actix_web::test]
async fn a_page_is_told_only_of_what_its_member_reaches_and_may_see() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let neighbour = app.member(&house.organization, Permission::AGENT).await;
    let beside = app.number(&house.organization, "beside", &[&neighbour]).await;
    let elsewhere = app.member(&house.organization, &[Permission::ViewContacts]).await;
    app.grouped_number(&house.organization, "n", &[&elsewhere], None).await;
    let mut streams = Vec::new();
    for person in [&neighbour, &other.agent, &house.organization.administrator] {
        streams.push(Stream::open(person, None).await);
    }
    let mut without = Stream::open(&elsewhere, None).await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "for one", noon())).await;
    app.told(&text(&phone_number_id(beside), "56955550112", "wamid.2", "for beside", noon())).await;
    app.told(&text(&other.number, "56955550113", "wamid.3", "for two", noon())).await;
    let mut heard = Vec::new();
    for stream in &mut streams {
        let events = stream.until(is_ticket).await;
        let Some((_, Event::MessageChanged { message, .. })) = events.first() else { panic!("{events:?}") };
        heard.push(words(message));
    }
    assert_eq!(heard, ["for beside", "for two", "for one"]);
    // The member without the permission hears nothing until the stream says that it lives.
    let silence = tokio::time::timeout(std::time::Duration::from_millis(1500), without.next()).await;
    assert!(silence.is_err(), "{silence:?}");
}

#[actix_web::test]
async fn a_stream_ends_when_its_session_does() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let mut stream = Stream::open(&house.agent, None).await;
    house.agent.call(DELETE_CURRENT_SESSION, &[]).await.ok();
    let end = tokio::time::timeout(std::time::Duration::from_secs(12), stream.next()).await;
    assert_eq!(end.expect("the stream ends within the time between two checks"), None);
}

#[actix_web::test]
async fn a_stream_resumed_after_an_id_nobody_knows_begins_with_a_reset() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let mut stream = Stream::open(&house.agent, Some("999999")).await;
    let (id, event) = stream.next().await.unwrap();
    assert_eq!(event, Event::Reset);
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let (next, event) = stream.next().await.unwrap();
    assert!(next > id && matches!(event, Event::MessageChanged { .. }), "{event:?}");
    let mut odd = Stream::open(&house.agent, Some("-7")).await;
    assert_eq!(odd.next().await.unwrap().1, Event::Reset);
}

#[actix_web::test]
async fn a_stream_resumed_after_an_id_that_was_forgotten_begins_with_a_reset() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    app.told(&text(&house.number, "56955550111", "wamid.2", "Hola", noon())).await;
    let tx = db::begin(&app.app.db).await.unwrap();
    db::events::delete_before(&tx, noon() + chrono::TimeDelta::days(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut stream = Stream::open(&house.agent, Some("1")).await;
    assert_eq!(stream.next().await.unwrap().1, Event::Reset);
}

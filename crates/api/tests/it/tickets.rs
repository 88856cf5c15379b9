//! Desk: from the first word of a contact to the goodbye (spec A2, conversation.md).

mod access;
mod closing;
mod inbox;
mod locks;
mod options;
mod seen;
mod transfer;
mod work;

use crate::{
    test_app::{Person, TestApp, noon, text},
    webhooks::{House, only_ticket, thread, words},
};
use chrono::TimeDelta;
use types::{
    messages::{Author, Message, MessageContent, MessageStatus},
    tickets::{CLOSE_TICKET, TAKE_TICKET, Ticket, TicketCloseInput, TicketStatus},
};

/// A contact has written, and the ticket waits.
async fn waiting(app: &TestApp, house: &House) -> Ticket {
    app.told(&text(&house.number, "56955550111", "wamid.first", "Hola", noon())).await;
    only_ticket(&house.agent).await
}

fn of_bot(thread: &[Message]) -> Vec<String> {
    thread.iter().filter(|message| message.author == Author::Bot).map(words).collect()
}

#[actix_web::test]
async fn a_first_contact_is_greeted_told_to_wait_and_put_in_the_queue() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    assert_eq!((ticket.status, ticket.ticket_number, ticket.unread), (TicketStatus::Waiting, 1, 1));
    assert_eq!(ticket.window_closes_at, Some(noon() + TimeDelta::hours(24)));
    assert_eq!(ticket.last_message.as_ref().map(|last| last.from_contact), Some(false));
    let thread = thread(&house.agent, ticket.conversation_id).await;
    let said = of_bot(&thread);
    assert_eq!(said[0], "¡Hola, Ana! Gracias por escribir a one.");
    assert!(said[1].starts_with("Enseguida te atiende"), "{said:?}");
    assert_eq!(said.len(), 2);
    let waits = |status| matches!(status, MessageStatus::Queued | MessageStatus::Sending);
    assert!(thread.iter().filter(|message| message.author == Author::Bot).all(|message| waits(message.status)));
    let handed = thread.iter().find(|message| message.author == Author::System).unwrap();
    assert_eq!(handed.content, MessageContent::HandedOver { ticket_number: 1 });
    assert_eq!(thread[0].author, Author::Contact, "the contact's word comes first");
}

#[actix_web::test]
async fn who_comes_back_after_a_day_is_greeted_again_and_sooner_is_not() {
    let app = TestApp::start().await;
    let mut house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let end = async |agent: &Person, ticket: &Ticket| {
        agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
        agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    };
    end(&house.agent, &ticket).await;
    app.app.clock.advance(TimeDelta::hours(23));
    house.agent = app.renewed(&house.agent);
    app.told(&text(&house.number, "56955550111", "wamid.soon", "¿Sigue ahí?", app.app.clock.now())).await;
    let soon = only_ticket(&house.agent).await;
    assert_eq!(soon.ticket_number, 2);
    let said = of_bot(&thread(&house.agent, soon.conversation_id).await);
    assert_eq!(said.iter().filter(|text| text.starts_with("¡Hola")).count(), 1, "{said:?}");
    end(&house.agent, &soon).await;
    app.app.clock.advance(TimeDelta::hours(24));
    house.agent = app.renewed(&house.agent);
    app.told(&text(&house.number, "56955550111", "wamid.late", "Buenas", app.app.clock.now())).await;
    let late = only_ticket(&house.agent).await;
    assert_eq!((late.ticket_number, late.conversation_id), (3, ticket.conversation_id));
    let said = of_bot(&thread(&house.agent, late.conversation_id).await);
    assert!(said.contains(&"¡Hola de nuevo, Ana! Qué bueno leerte otra vez.".to_owned()), "{said:?}");
}

#[actix_web::test]
async fn while_a_ticket_is_open_the_bot_is_silent_and_words_join_it() {
    let app = TestApp::start().await;
    let mut house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    app.app.clock.advance(TimeDelta::hours(30));
    house.agent = app.renewed(&house.agent);
    app.told(&text(&house.number, "56955550111", "wamid.2", "¿Hola?", app.app.clock.now())).await;
    let same = only_ticket(&house.agent).await;
    assert_eq!((same.id, same.unread), (ticket.id, 2));
    assert_eq!(
        same.window_closes_at,
        Some(app.app.clock.now() + TimeDelta::hours(24)),
        "the contact's word opens the window"
    );
    let thread = thread(&house.agent, ticket.conversation_id).await;
    assert_eq!(of_bot(&thread).len(), 2);
    assert_eq!(thread.last().unwrap().ticket_id, Some(ticket.id));
}

#[actix_web::test]
async fn a_message_from_the_future_does_not_keep_the_window_open_for_longer() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon() + TimeDelta::days(400))).await;
    assert_eq!(only_ticket(&house.agent).await.window_closes_at, Some(noon() + TimeDelta::hours(24)));
    app.told(&text(&house.number, "56955550111", "wamid.0", "de antes", noon() - TimeDelta::days(3))).await;
    assert_eq!(
        only_ticket(&house.agent).await.window_closes_at,
        Some(noon() + TimeDelta::hours(24)),
        "an old one shuts nothing"
    );
}

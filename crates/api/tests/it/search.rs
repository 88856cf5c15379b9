//! What was said is found by its words (A2).

use crate::{
    conversations::column,
    organizations::input,
    test_app::{Caller, TestApp, eventually, noon, phone_number_id, text},
    webhooks::House,
};
use chrono::TimeDelta;
use db::ConnectionTrait;
use types::{
    ErrorCode, Permission,
    conversations::{MessageHit, SEARCH_MESSAGES},
    organizations::UPDATE_ORGANIZATION,
    tickets::{CLOSE_TICKET, CREATE_TICKET_MESSAGE, LIST_TICKETS, TAKE_TICKET, TicketCloseInput, TicketMessageInput},
};
use uuid::Uuid;

async fn find(who: &Caller, question: &str) -> Vec<MessageHit> {
    who.query(SEARCH_MESSAGES, &[], &format!("q={question}")).await.ok().items
}

fn shown(hit: &MessageHit) -> String {
    hit.snippet.iter().map(|part| part.text.as_str()).collect()
}

/// Found once it is indexed.
async fn found(who: &Caller, question: &str, count: usize) -> Vec<MessageHit> {
    eventually(question, async || Some(find(who, question).await).filter(|hits| hits.len() == count)).await
}

#[actix_web::test]
async fn what_contacts_and_members_wrote_is_found_by_its_words_the_latest_first() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "¿Cuándo sale mi avión a Bogotá?", noon())).await;
    let ticket = house.agent.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let answer = TicketMessageInput::text(app.app.ids.make(), "El avión sale a las 9");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
    let hits = found(&house.agent, "avion", 2).await;
    assert_eq!(
        hits.iter().map(shown).collect::<Vec<_>>(),
        ["El avión sale a las 9", "¿Cuándo sale mi avión a Bogotá?"]
    );
    assert_eq!((hits[0].ticket_id, hits[1].conversation_id), (Some(ticket.id), ticket.conversation_id));
    let marked: Vec<_> = hits[0].snippet.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["avión"]);
    assert_eq!(find(&house.agent, "avion%20bog").await.len(), 1, "all of the words, the last one a beginning");
    assert!(find(&house.agent, "avio%20sale").await.is_empty(), "only the last may be a beginning");
    // What the chatbot says to everybody is not searched.
    assert!(find(&house.agent, "attendance").await.is_empty());
}

#[actix_web::test]
async fn nothing_is_found_of_numbers_out_of_reach_nor_of_another_organization() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    let neighbour = app.member(&house.organization, Permission::AGENT).await;
    let beside = app.number(&house.organization, "beside", &[&neighbour]).await;
    app.told(&text(&phone_number_id(beside), "56955550112", "wamid.2", "secreto de al lado", noon())).await;
    app.told(&text(&other.number, "56955550113", "wamid.3", "secreto ajeno", noon())).await;
    found(&neighbour, "secreto", 1).await;
    found(&other.agent, "secreto", 1).await;
    assert!(find(&house.agent, "secreto").await.is_empty());
    let named = format!("q=secreto&number_id={beside}");
    assert!(house.agent.query(SEARCH_MESSAGES, &[], &named).await.ok().items.is_empty());
    assert_eq!(neighbour.query(SEARCH_MESSAGES, &[], &named).await.ok().items.len(), 1);
    assert_eq!(find(&house.organization.administrator, "secreto").await.len(), 1);
}

#[actix_web::test]
async fn a_number_out_of_reach_or_of_another_organization_does_not_even_tell_that_something_was_said() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    for index in 0..3 {
        app.told(&text(&house.number, "56955550111", &format!("wamid.{index}"), "secreto", noon())).await;
    }
    found(&house.agent, "secreto", 3).await;
    let neighbour = app.member(&house.organization, Permission::AGENT).await;
    app.number(&house.organization, "beside", &[&neighbour]).await;
    let named = format!("q=secreto&limit=1&number_id={}", house.number_id);
    assert!(house.agent.query(SEARCH_MESSAGES, &[], &named).await.ok().next_cursor.is_some());
    for stranger in [&*neighbour, &*other.agent, &*other.organization.administrator] {
        let page = stranger.query(SEARCH_MESSAGES, &[], &named).await.ok();
        assert_eq!((page.items.len(), page.next_cursor), (0, None));
    }
}

#[actix_web::test]
async fn what_is_older_than_it_is_kept_leaves_no_word_in_the_index() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "secreto", noon())).await;
    found(&house.agent, "secreto", 1).await;
    let ticket = house.agent.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    let admin = &house.organization.administrator;
    let mut change = input(admin).await;
    change.retention_days = Some(90);
    admin.send(UPDATE_ORGANIZATION, &[], &change).await.ok();
    app.app.clock.advance(TimeDelta::days(91));
    assert!(app::retention::sweep_once(&app.app).await.unwrap() > 0);
    eventually("its words are gone", async || {
        let kept = column::<Uuid>(&app, "SELECT message_id FROM message_search").await;
        kept.is_empty().then_some(())
    })
    .await;
}

#[actix_web::test]
async fn pages_go_on_where_they_ended() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for index in 0..7 {
        app.told(&text(&house.number, "56955550111", &format!("wamid.{index}"), &format!("paso {index}"), noon()))
            .await;
    }
    found(&house.agent, "paso", 7).await;
    let (mut cursor, mut all) = (String::new(), Vec::new());
    loop {
        let page = house.agent.query(SEARCH_MESSAGES, &[], &format!("q=paso&limit=3{cursor}")).await.ok();
        all.extend(page.items.iter().map(shown));
        let Some(next) = page.next_cursor else { break };
        cursor = format!("&cursor={next}");
    }
    let wanted: Vec<_> = (0..7).rev().map(|index| format!("paso {index}")).collect();
    assert_eq!(all, wanted);
}

#[actix_web::test]
async fn a_question_is_two_to_two_hundred_characters_and_one_without_a_word_finds_nothing() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for question in ["a".to_owned(), "a".repeat(201), "%20%20%20".to_owned()] {
        let refused = house.agent.query(SEARCH_MESSAGES, &[], &format!("q={question}")).await;
        let wrong = refused.wrong_fields();
        assert!(matches!(wrong.as_slice(), [field] if field.starts_with("?q ")), "{question}: {wrong:?}");
    }
    app.told(&text(&house.number, "56955550111", "wamid.1", "words : scope \" OR * ' & | !", noon())).await;
    found(&house.agent, "scope", 1).await;
    for hostile in ["%22%22", "%3F%3F", "words%20:", "a%22%20OR%20%22b", "%27%27%20%26%20!", "*%20*"] {
        house.agent.query(SEARCH_MESSAGES, &[], &format!("q={hostile}")).await.ok();
    }
    house.organization.administrator.query(SEARCH_MESSAGES, &[], "q=x").await.refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn no_word_that_is_written_or_begun_stands_for_an_organization_a_number_or_a_contact() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola amiga", noon())).await;
    let ana = found(&house.agent, "amiga", 1).await.remove(0).contact.id;
    let disguised = format!("amigo c{}", ana.0.simple());
    app.told(&text(&house.number, "56955550112", "wamid.2", &disguised, noon())).await;
    found(&house.agent, "amigo", 1).await;
    for begun in ["o0", "n0", "c0", "hola%20o", "hola%20n", "hola%20c"] {
        assert!(find(&house.agent, begun).await.iter().all(|hit| hit.contact.id != ana), "{begun}");
    }
    let of_ana = house.agent.query(SEARCH_MESSAGES, &[], &format!("q=amigo&contact_id={ana}")).await.ok();
    assert!(of_ana.items.is_empty(), "what somebody else wrote is not hers");
}

#[actix_web::test]
async fn a_message_that_cannot_be_read_keeps_no_other_waiting() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "primero", noon())).await;
    let first = found(&house.agent, "primero", 1).await.remove(0);
    let scope = db::Scope::of_organization(house.organization.id);
    let tx = db::begin(&app.app.db).await.unwrap();
    let newer = "UPDATE messages SET content = '{\"type\": \"hologram\"}' WHERE author = 'contact'";
    tx.execute_unprepared(newer).await.unwrap();
    db::search::wait(&tx, [(scope.organization_id(), first.message_id)]).await.unwrap();
    tx.commit().await.unwrap();
    app.told(&text(&house.number, "56955550112", "wamid.2", "segundo", noon())).await;
    found(&house.agent, "segundo", 1).await;
    let indexed = column::<Uuid>(&app, "SELECT message_id FROM message_search").await;
    assert!(!indexed.contains(&first.message_id.0));
}

#[actix_web::test]
async fn a_cursor_nobody_gave_out_finds_nothing_or_is_refused() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for place in [0, -1, i64::MIN, i64::MAX] {
        let cursor = db::cursor::write(&place).unwrap();
        house.agent.query(SEARCH_MESSAGES, &[], &format!("q=hola&cursor={cursor}")).await.ok();
    }
    let invented = house.agent.query(SEARCH_MESSAGES, &[], "q=hola&cursor=zz").await;
    invented.refused(ErrorCode::MalformedRequest);
}

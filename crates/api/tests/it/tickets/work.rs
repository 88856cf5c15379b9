//! What members do with tickets: take, answer, close, and what they may not.

use super::{of_bot, waiting};
use crate::{
    test_app::{Person, TestApp, noon, text},
    webhooks::{House, only_ticket, thread, words},
};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use types::{
    ConversationId, ErrorCode, Permission, TicketId,
    contacts::GET_CONTACT,
    conversations::LIST_CONVERSATION_MESSAGES,
    messages::{Author, MessageStatus},
    sessions::AgentStatus,
    tickets::{
        CLOSE_TICKET, CREATE_TICKET_MESSAGE, CloseReason, GET_TICKET, LIST_TICKETS, READ_TICKET, TAKE_TICKET,
        TicketCloseInput, TicketMessageInput, TicketStatus,
    },
};
use uuid::Uuid;

fn answer(app: &TestApp, text: &str) -> TicketMessageInput {
    TicketMessageInput::text(app.app.ids.make::<Uuid>(), text)
}

async fn answers(person: &Person, conversation: ConversationId) -> Vec<String> {
    let thread = thread(person, conversation).await;
    thread.iter().filter(|message| matches!(message.author, Author::Member { .. })).map(words).collect()
}

#[actix_web::test]
async fn a_ticket_is_taken_answered_and_closed_and_the_contact_is_thanked() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let taken = house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    assert_eq!(
        (taken.status, taken.assignee.map(|assignee| assignee.id)),
        (TicketStatus::Assigned, Some(house.agent.id))
    );
    assert_eq!(
        house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok().status,
        TicketStatus::Assigned,
        "a second click is no mistake"
    );
    app.app.clock.advance(TimeDelta::minutes(2));
    let sent =
        house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "¡Hola! ¿En qué te ayudo?")).await.ok();
    assert!(matches!(sent.status, MessageStatus::Queued));
    assert_eq!(sent.author, Author::Member { id: house.agent.id, name: "Someone".to_owned() });
    let answered = house.agent.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((answered.status, answered.unread), (TicketStatus::Answered, 0));
    assert_eq!(answered.first_response_at, Some(noon() + TimeDelta::minutes(2)));
    let closed = house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    assert_eq!((closed.status, closed.close_reason), (TicketStatus::Closed, Some(CloseReason::Agent)));
    let said = of_bot(&thread(&house.agent, ticket.conversation_id).await);
    assert!(said.last().unwrap().starts_with("Cerramos esta conversación. Gracias por tu tiempo, Ana."), "{said:?}");
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.refused(ErrorCode::TicketClosed);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.refused(ErrorCode::TicketClosed);
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "x")).await.refused(ErrorCode::TicketClosed);
}

#[actix_web::test]
async fn a_ticket_of_a_colleague_is_neither_taken_answered_nor_closed() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let colleague = app.member(&house.organization, Permission::AGENT).await;
    let both = app.number(&house.organization, "both", &[&house.agent, &colleague]).await;
    let number = crate::test_app::phone_number_id(both);
    app.told(&text(&number, "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = only_ticket(&colleague).await;
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "x")).await.refused(ErrorCode::TicketNotYours);
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    colleague.call(TAKE_TICKET, &[&ticket.id]).await.refused(ErrorCode::TicketAlreadyTaken);
    colleague.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "x")).await.refused(ErrorCode::TicketNotYours);
    colleague.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.refused(ErrorCode::TicketNotYours);
    let closed =
        house.organization.administrator.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    assert_eq!(closed.close_reason, Some(CloseReason::Manager));
}

#[actix_web::test]
async fn a_ticket_taken_by_many_at_once_goes_to_one() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let mut agents = Vec::new();
    for _ in 0..6 {
        agents.push(app.member(&organization, Permission::AGENT).await);
    }
    let number = app.number(&organization, "n", &agents.iter().collect::<Vec<_>>()).await;
    for round in 0..5 {
        let from = format!("5695555011{round}");
        app.told(&text(&crate::test_app::phone_number_id(number), &from, &format!("wamid.{round}"), "Hola", noon()))
            .await;
        let ticket = agents[0].query(LIST_TICKETS, &[], "view=waiting").await.ok().items.remove(0);
        let answers = join_all(agents.iter().map(async |agent| agent.call(TAKE_TICKET, &[&ticket.id]).await)).await;
        let won: Vec<_> =
            answers.iter().zip(&agents).filter(|(answer, _)| answer.status == 200).map(|(_, agent)| agent.id).collect();
        assert_eq!(won.len(), 1, "round {round}");
        let assignee = agents[0].call(GET_TICKET, &[&ticket.id]).await.ok().assignee.unwrap();
        assert_eq!(assignee.id, won[0], "round {round}");
    }
}

#[actix_web::test]
async fn a_contact_who_writes_while_the_ticket_is_closed_is_heard() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for round in 0..8 {
        let from = format!("569555502{round:02}");
        app.told(&text(&house.number, &from, &format!("wamid.{round}"), "Hola", noon())).await;
        let ticket = house.agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items.remove(0);
        house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
        let again = text(&house.number, &from, &format!("wamid.{round}.again"), "una cosa más", noon());
        let (status, closed) = tokio::join!(app.hear(&again), async {
            house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await
        });
        assert_eq!((status, closed.status), (200, 200));
        app.settled().await;
        app.told(&text(&house.number, &from, &format!("wamid.{round}.last"), "¿hola?", noon())).await;
        let open = house.agent.query(LIST_TICKETS, &[], "view=waiting").await.ok().items;
        assert_eq!(open.len(), 1, "round {round}: the last word opened a ticket, or joined the one that was opened");
        house.agent.call(TAKE_TICKET, &[&open[0].id]).await.ok();
        house.agent.send(CLOSE_TICKET, &[&open[0].id], &TicketCloseInput::default()).await.ok();
    }
}

#[actix_web::test]
async fn after_a_day_of_silence_free_text_is_refused_until_the_contact_writes() {
    let app = TestApp::start().await;
    let mut house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    // Or the ticket would go back to its queue meanwhile.
    house.agent.is(AgentStatus::Online).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    app.app.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    house.agent = app.renewed(&house.agent);
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "in time")).await.ok();
    app.app.clock.advance(TimeDelta::seconds(1));
    let late = house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "too late")).await;
    late.refused(ErrorCode::ServiceWindowClosed);
    assert_eq!(answers(&house.agent, ticket.conversation_id).await, ["in time"]);
    app.told(&text(&house.number, "56955550111", "wamid.2", "¿Hola?", app.app.clock.now())).await;
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "again")).await.ok();
    app.app.clock.advance(TimeDelta::hours(25));
    house.agent = app.renewed(&house.agent);
    let before = of_bot(&thread(&house.agent, ticket.conversation_id).await).len();
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    assert_eq!(
        of_bot(&thread(&house.agent, ticket.conversation_id).await).len(),
        before,
        "no goodbye through a shut window"
    );
}

#[actix_web::test]
async fn the_same_client_id_is_the_same_message_and_with_other_words_a_mistake() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let input = answer(&app, "una vez");
    let first = house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &input).await.ok();
    let again = house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &input).await.ok();
    assert_eq!((first.id, first.content), (again.id, again.content));
    let other = TicketMessageInput::text(input.client_id, "otra");
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &other).await.refused(ErrorCode::IdempotencyKeyReused);
    let together = answer(&app, "a la vez");
    let sent =
        join_all((0..5).map(async |_| house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &together).await)).await;
    assert!(
        sent.iter().all(|answer| answer.status == 201),
        "{:?}",
        sent.iter().map(|answer| answer.status).collect::<Vec<_>>()
    );
    assert_eq!(answers(&house.agent, ticket.conversation_id).await, ["una vez", "a la vez"]);
}

#[actix_web::test]
async fn another_organizations_message_id_as_client_id_breaks_nothing_and_tells_nothing() {
    let app = TestApp::start().await;
    let (ours, theirs) = (House::new(&app, "ours").await, House::new(&app, "theirs").await);
    let ticket = waiting(&app, &ours).await;
    ours.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let input = answer(&app, "secreto");
    ours.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &input).await.ok();
    app.told(&text(&theirs.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let other = only_ticket(&theirs.agent).await;
    theirs.agent.call(TAKE_TICKET, &[&other.id]).await.ok();
    let reused = theirs.agent.send(CREATE_TICKET_MESSAGE, &[&other.id], &input).await;
    reused.refused(ErrorCode::IdempotencyKeyReused);
    assert!(!reused.text.contains("secreto"));
    assert_eq!(theirs.agent.call(GET_TICKET, &[&other.id]).await.ok().status, TicketStatus::Assigned);
}

#[actix_web::test]
async fn an_answer_says_something_in_at_most_4096_characters() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    for (words, wrong) in [("", "/text required"), (" \n ", "/text required"), (&"ñ".repeat(4097), "/text too_long")] {
        let refused = house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, words)).await;
        assert!(refused.wrong_fields().contains(&wrong.to_owned()), "{:?}", refused.wrong_fields());
    }
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, &"ñ".repeat(4096))).await.ok();
    let zero = house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "a\0b")).await;
    assert_eq!(zero.wrong_fields(), ["/text invalid"]);
    house.agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "a \\u0000 written out")).await.ok();
    let odd = house.agent.json(CREATE_TICKET_MESSAGE, &[&ticket.id], json!({"client_id": "x", "text": "x"})).await;
    assert_eq!(odd.wrong_fields(), ["/client_id invalid"]);
}

#[actix_web::test]
async fn who_does_not_reach_the_number_cannot_tell_that_the_ticket_exists() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let outsider = app.member(&house.organization, Permission::AGENT).await;
    app.number(&house.organization, "other", &[&outsider]).await;
    for endpoint in [GET_TICKET, TAKE_TICKET, READ_TICKET] {
        outsider.call(endpoint, &[&ticket.id]).await.refused(ErrorCode::NotFound);
    }
    outsider.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer(&app, "x")).await.refused(ErrorCode::NotFound);
    outsider.call(LIST_CONVERSATION_MESSAGES, &[&ticket.conversation_id]).await.refused(ErrorCode::NotFound);
    outsider.call(GET_CONTACT, &[&ticket.contact.id]).await.refused(ErrorCode::NotFound);
    assert!(outsider.query(LIST_TICKETS, &[], "view=all").await.ok().items.is_empty());
    let nobody: TicketId = app.app.ids.make();
    house.agent.call(GET_TICKET, &[&nobody]).await.refused(ErrorCode::NotFound);
}

//! Closing with tags, and what agents may (spec S1).

use super::{of_bot, waiting};
use crate::{
    test_app::{Person, TestApp},
    webhooks::{House, thread},
};
use types::{
    ErrorCode, Permission,
    tickets::{CLOSE_TICKET, CloseReason, GET_TICKET, TAKE_TICKET, Ticket, TicketCloseInput, TicketStatus},
};

fn tagged(tags: &[&str]) -> TicketCloseInput {
    TicketCloseInput { tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()) }
}

/// A number with two tags, and a ticket its agent has.
async fn taken(app: &TestApp) -> (House, Ticket) {
    let house = House::new(app, "one").await;
    app.attend(&house.organization, house.number_id, |settings| {
        settings.tags = vec!["Reclamo".to_owned(), "Émile".to_owned()];
    })
    .await;
    let ticket = waiting(app, &house).await;
    house.agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    (house, ticket)
}

/// A member who manages, and attends the house's number.
async fn manager(app: &TestApp, house: &House) -> Person {
    let manager = app
        .member(&house.organization, &[Permission::ViewDesk, Permission::EditDesk, Permission::EditMonitoring])
        .await;
    let tx = db::begin(&app.app.db).await.unwrap();
    let scope = db::Scope::of_organization(house.organization.id);
    db::numbers::add_agents(&tx, &scope, house.number_id, &[manager.id]).await.unwrap();
    tx.commit().await.unwrap();
    manager
}

#[actix_web::test]
async fn a_ticket_is_closed_with_tags_of_the_number_as_it_spells_them() {
    let app = TestApp::start().await;
    let (house, ticket) = taken(&app).await;
    let closed = house.agent.send(CLOSE_TICKET, &[&ticket.id], &tagged(&["émile", "RECLAMO", "Reclamo"])).await.ok();
    assert_eq!((closed.status, closed.tags.clone()), (TicketStatus::Closed, vec!["Émile".into(), "Reclamo".into()]));
    assert_eq!(house.agent.call(GET_TICKET, &[&ticket.id]).await.ok().tags, closed.tags);
}

#[actix_web::test]
async fn a_tag_the_number_does_not_have_is_wrong_at_its_place_and_nothing_is_closed() {
    let app = TestApp::start().await;
    let (house, ticket) = taken(&app).await;
    let refused = house.agent.send(CLOSE_TICKET, &[&ticket.id], &tagged(&["Reclamo", "Venta", ""])).await;
    assert_eq!(refused.wrong_fields(), ["/tags/1 not_found", "/tags/2 not_found"]);
    let same = house.agent.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((same.status, same.tags.len()), (TicketStatus::Assigned, 0));
}

#[actix_web::test]
async fn where_a_tag_is_mandatory_nobody_closes_without_one() {
    let app = TestApp::start().await;
    let (house, ticket) = taken(&app).await;
    app.attend(&house.organization, house.number_id, |settings| settings.mandatory_tag = true).await;
    let manager = manager(&app, &house).await;
    for person in [&house.agent, &manager] {
        for input in [TicketCloseInput::default(), tagged(&[])] {
            person.send(CLOSE_TICKET, &[&ticket.id], &input).await.refused(ErrorCode::TagMissing);
        }
    }
    assert_eq!(house.agent.call(GET_TICKET, &[&ticket.id]).await.ok().status, TicketStatus::Assigned);
    house.agent.send(CLOSE_TICKET, &[&ticket.id], &tagged(&["reclamo"])).await.ok();
}

#[actix_web::test]
async fn where_agents_may_not_close_who_manages_still_does() {
    let app = TestApp::start().await;
    let (house, ticket) = taken(&app).await;
    app.attend(&house.organization, house.number_id, |settings| settings.agent_may.close = false).await;
    let refused = house.agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await;
    refused.refused(ErrorCode::AgentMayNotClose);
    let before = of_bot(&thread(&house.agent, ticket.conversation_id).await).len();
    let manager = manager(&app, &house).await;
    let closed = manager.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    assert_eq!(closed.close_reason, Some(CloseReason::Manager));
    let said = of_bot(&thread(&house.agent, ticket.conversation_id).await);
    assert_eq!(said.len(), before + 1, "the contact is thanked all the same");
}

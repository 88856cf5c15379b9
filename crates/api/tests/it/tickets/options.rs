//! What may be done with a ticket, by the settings of its number (spec S1).

use super::waiting;
use crate::{test_app::TestApp, webhooks::House};
use types::{
    ErrorCode, Permission,
    tickets::{GET_TICKET_OPTIONS, TicketOptions},
};

#[actix_web::test]
async fn an_agent_may_what_the_settings_of_the_number_say_and_who_manages_everything() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let free = TicketOptions { may_close: true, may_transfer: true, ..TicketOptions::default() };
    assert_eq!(house.agent.call(GET_TICKET_OPTIONS, &[&ticket.id]).await.ok(), free);
    app.attend(&house.organization, house.number_id, |settings| {
        settings.tags = vec!["Venta".to_owned(), "Reclamo".to_owned()];
        settings.mandatory_tag = true;
        settings.agent_may.close = false;
        settings.agent_may.transfer = false;
    })
    .await;
    let bound = house.agent.call(GET_TICKET_OPTIONS, &[&ticket.id]).await.ok();
    assert_eq!(
        (bound.tags.as_slice(), bound.tag_required),
        (["Venta".to_owned(), "Reclamo".to_owned()].as_slice(), true)
    );
    assert_eq!((bound.may_close, bound.may_transfer), (false, false));
    let manager = &house.organization.administrator;
    let unbound = manager.call(GET_TICKET_OPTIONS, &[&ticket.id]).await.ok();
    assert_eq!(unbound, TicketOptions { may_close: true, may_transfer: true, ..bound });
}

#[actix_web::test]
async fn the_options_of_a_ticket_out_of_reach_do_not_exist() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let ticket = waiting(&app, &house).await;
    let elsewhere = app.member(&house.organization, Permission::AGENT).await;
    app.number(&house.organization, "Theirs", &[&elsewhere]).await;
    elsewhere.call(GET_TICKET_OPTIONS, &[&ticket.id]).await.refused(ErrorCode::NotFound);
}

//! Who wrote: one person is one contact, and nobody else's.

use super::{House, of_contact, only_ticket, open_tickets, thread};
use crate::test_app::{TestApp, body, noon, text};
use futures_util::future::join_all;
use serde_json::json;
use types::{
    ErrorCode,
    contacts::GET_CONTACT,
    messages::{Author, MessageContent},
    tickets::{GET_TICKET, LIST_TICKETS, TAKE_TICKET},
};

#[actix_web::test]
async fn ten_messages_at_once_from_someone_new_make_one_contact_one_conversation_one_ticket() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let bodies: Vec<_> = (0..10)
        .map(|index| text(&house.number, "56955550111", &format!("wamid.{index}"), &format!("image {index}"), noon()))
        .collect();
    assert!(join_all(bodies.iter().map(|body| app.hear(body))).await.iter().all(|status| *status == 200));
    app.settled().await;
    let ticket = only_ticket(&house.agent).await;
    let thread = thread(&house.agent, ticket.conversation_id).await;
    assert_eq!(of_contact(&thread).len(), 10);
    assert_eq!(thread.iter().filter(|message| message.author == Author::Bot).count(), 2, "greeted once");
    let handed = |message: &&types::messages::Message| matches!(message.content, MessageContent::HandedOver { .. });
    assert_eq!(thread.iter().filter(handed).count(), 1);
    assert_eq!((ticket.ticket_number, ticket.unread), (1, 10));
}

#[actix_web::test]
async fn a_phone_in_another_of_its_variants_is_the_same_contact() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    for (index, [one, other]) in
        [["5531987654321", "553187654321"], ["5215512345678", "525512345678"], ["541112345678", "5491112345678"]]
            .into_iter()
            .enumerate()
    {
        app.told(&text(&house.number, one, &format!("wamid.{one}"), "first", noon())).await;
        app.told(&text(&house.number, other, &format!("wamid.{other}"), "second", noon())).await;
        let tickets = house.agent.query(LIST_TICKETS, &[], "view=all").await.ok().items;
        assert_eq!(tickets.len(), index + 1, "{one} and {other} are one person");
        let ticket = tickets
            .iter()
            .find(|ticket| ticket.contact.phone == Some(format!("+{one}")))
            .expect("the stored phone stays");
        assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["first", "second"]);
    }
}

#[actix_web::test]
async fn who_is_first_known_by_a_business_scoped_id_stays_one_contact_when_the_phone_appears() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let message = |wamid: &str, from: Option<&str>| {
        let mut message = json!({"from_user_id": "US.1349", "id": wamid, "timestamp": noon().timestamp().to_string(), "type": "text", "text": {"body": wamid}});
        let mut contact = json!({"profile": {"name": "Eva"}, "user_id": "US.1349"});
        if let Some(from) = from {
            message["from"] = json!(from);
            contact["wa_id"] = json!(from);
        }
        body(&[
            json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.number}, "contacts": [contact], "messages": [message]}),
        ])
    };
    app.told(&message("w.1", None)).await;
    assert_eq!(only_ticket(&house.agent).await.contact.phone, None);
    app.told(&message("w.2", Some("56955550111"))).await;
    app.told(&text(&house.number, "56955550111", "w.3", "w.3", noon())).await;
    app.told(&message("w.4", None)).await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!(ticket.contact.phone.as_deref(), Some("+56955550111"));
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["w.1", "w.2", "w.3", "w.4"]);
}

#[actix_web::test]
async fn another_organizations_number_is_another_world() {
    let app = TestApp::start().await;
    let (ours, theirs) = (House::new(&app, "ours").await, House::new(&app, "theirs").await);
    app.told(&text(&ours.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = only_ticket(&ours.agent).await;
    for stranger in [&theirs.agent, &theirs.organization.administrator] {
        assert_eq!(open_tickets(stranger).await, 0);
        for endpoint in [GET_TICKET, TAKE_TICKET] {
            stranger.call(endpoint, &[&ticket.id]).await.refused(ErrorCode::NotFound);
        }
    }
    theirs.organization.administrator.call(GET_CONTACT, &[&ticket.contact.id]).await.refused(ErrorCode::NotFound);
    app.told(&text(&theirs.number, "56955550111", "wamid.2", "Hola", noon())).await;
    let other = only_ticket(&theirs.agent).await;
    assert_ne!(other.contact.id, ticket.contact.id, "a person is a contact of each organization");
}

#[actix_web::test]
async fn a_number_that_was_added_a_moment_ago_is_heard() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    // Added by another replica, which does not tell this one.
    let new = app.unannounced_number(&house.organization, "new", &[&house.agent]).await;
    app.told(&text(&crate::test_app::phone_number_id(new), "56955550111", "wamid.2", "Hola", noon())).await;
    assert_eq!(open_tickets(&house.agent).await, 2);
}

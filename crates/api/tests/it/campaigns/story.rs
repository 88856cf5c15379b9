//! The main job on real wires: the sandbox sends and receives as WhatsApp would.

use super::{is, recipients, sandbox_manager, send, sheet, until, upload};
use crate::{
    test_app::{TestApp, eventually},
    webhooks::{only_ticket, thread},
};
use sandbox::demo_world;
use serde_json::json;
use std::collections::HashSet;
use types::{
    campaigns::{CampaignStatus, LIST_CAMPAIGN_RECIPIENTS},
    messages::{Author, MessageStatus},
    tickets::{CLOSE_TICKET, CREATE_TICKET_MESSAGE, TAKE_TICKET, TicketCloseInput, TicketMessageInput},
};

/// Ticks come quickly, and nobody is spoken to too fast.
async fn quick(app: &TestApp) {
    let settings = json!({"sent_after_ms": 0, "delivered_after_ms": 10, "read_after_ms": 10, "pair_rate": false});
    app.phones().control("PUT", "settings", &settings).await;
}

#[actix_web::test]
async fn a_customer_writes_is_greeted_and_answered_and_the_ticks_come_back() {
    let app = TestApp::with_sandbox().await;
    quick(&app).await;
    let organization = app.organization("one").await;
    let agent = sandbox_manager(&app, &organization).await;
    let (number, phone) = (demo_world().numbers[4].id, "56955550190");
    app.phones().write(phone, number, "Hola, ¿están?").await;
    let shown = app.phones().shows(phone, number, 3).await;
    assert_eq!(shown[..2], ["Hola, ¿están?", "¡Hola, Ana! Gracias por escribir a one."]);
    assert!(shown[2].starts_with("Enseguida te atiende"), "{shown:?}");

    let ticket = only_ticket(&agent).await;
    agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    for (index, words) in ["¡Buenas!", "¿En qué le ayudo?", "Quedo atenta."].into_iter().enumerate() {
        let answer = TicketMessageInput::text(app.app.ids.make(), words);
        agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.ok();
        assert_eq!(agent.send(CREATE_TICKET_MESSAGE, &[&ticket.id], &answer).await.status, 201, "{index}: sent twice");
    }
    let shown = app.phones().shows(phone, number, 6).await;
    assert_eq!(shown[3..], ["¡Buenas!", "¿En qué le ayudo?", "Quedo atenta."], "in the order they were written");
    agent.send(CLOSE_TICKET, &[&ticket.id], &TicketCloseInput::default()).await.ok();
    let shown = app.phones().shows(phone, number, 7).await;
    assert!(shown[6].starts_with("Cerramos esta conversación"), "{shown:?}");
    eventually("every message of ours is read", async || {
        let thread = thread(&agent, ticket.conversation_id).await;
        let mut ours = thread.iter().filter(|message| matches!(message.author, Author::Bot | Author::Member { .. }));
        ours.all(|message| message.status == MessageStatus::Read && message.read_at.is_some()).then_some(())
    })
    .await;
    assert!(app.phones().marks().await.iter().all(|(_, messages)| *messages == 1));
}

#[actix_web::test]
async fn a_campaign_of_twenty_reaches_twenty_phones_and_is_read_by_all() {
    let app = TestApp::with_sandbox().await;
    quick(&app).await;
    let organization = app.organization("one").await;
    let manager = sandbox_manager(&app, &organization).await;
    let draft = upload(&manager, &sheet("+56955550105", 20)).await;
    assert_eq!((draft.rows.total, draft.rows.valid), (20, 20));
    send(&manager, draft.id).await;
    let end = until(&manager, draft.id, "all have read it", |campaign| campaign.progress.read == 20).await;
    assert_eq!(end.progress.total, 20);
    until(&manager, draft.id, "it is finished", is(CampaignStatus::Finished)).await;
    let marks = app.phones().marks().await;
    let sent: HashSet<_> = marks.iter().map(|(id, _)| id.clone()).collect();
    let listed: HashSet<_> =
        recipients(&manager, draft.id).await.iter().map(|recipient| recipient.message_id.to_string()).collect();
    assert_eq!((sent, marks.iter().all(|(_, messages)| *messages == 1)), (listed, true));
    let shown = app.phones().shows("56955552001", demo_world().numbers[4].id, 1).await;
    assert_eq!(shown, ["Su cuota 3 de 12 por $ 15.000 vence el 10 de mayo. Si ya pagó, avísenos."]);
}

#[actix_web::test]
async fn with_faults_on_the_way_everybody_gets_it_once_or_is_named() {
    let app = TestApp::with_sandbox().await;
    quick(&app).await;
    let faults = json!({"http_500_rate": 0.1, "http_429_rate": 0.1, "drop_connection_rate": 0.1, "duplicate_rate": 0.3, "reorder_rate": 0.3, "seed": 7});
    app.phones().control("PUT", "faults", &faults).await;
    let organization = app.organization("one").await;
    let manager = sandbox_manager(&app, &organization).await;
    // Phones that end in 0000 are not on WhatsApp.
    let csv = sheet("+56955550105", 40) + &super::row("+56955550105", "+56955550000");
    let draft = upload(&manager, &csv).await;
    send(&manager, draft.id).await;
    let end = until(&manager, draft.id, "everybody is settled", |campaign| {
        campaign.progress.read + campaign.progress.failed == 41
    })
    .await;
    assert_eq!(end.progress.failed, 1);
    let failed = manager.query(LIST_CAMPAIGN_RECIPIENTS, &[&draft.id], "status=failed").await.ok().items;
    assert_eq!(failed[0].to, "+56955550000");
    assert_eq!(failed[0].failure.as_ref().unwrap().reason, "undeliverable");
    let marks = app.phones().marks().await;
    assert_eq!((marks.len(), marks.iter().all(|(_, messages)| *messages == 1)), (41, true), "{marks:?}");
}

#[actix_web::test]
async fn a_paused_template_pauses_the_campaign_and_says_why() {
    let app = TestApp::with_sandbox().await;
    quick(&app).await;
    app.phones().control("PUT", "faults", &json!({"error_code": 132_015, "error_rate": 1.0})).await;
    let organization = app.organization("one").await;
    let manager = sandbox_manager(&app, &organization).await;
    let draft = upload(&manager, &sheet("+56955550105", 30)).await;
    send(&manager, draft.id).await;
    let paused = until(&manager, draft.id, "it is paused", is(CampaignStatus::Paused)).await;
    assert!(paused.pause_reason.is_some(), "{paused:?}");
}

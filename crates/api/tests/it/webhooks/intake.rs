//! What is taken in: big, strange and repeated bodies, each kept and none in the way of the next.

use super::{House, of_contact, only_ticket, open_tickets, thread};
use crate::test_app::{TestApp, body, noon, sign, text, texts};
use futures_util::future::join_all;
use serde_json::{Value, json};
use types::tickets::LIST_TICKETS;

#[actix_web::test]
async fn what_is_no_json_is_refused_and_not_kept() {
    let app = TestApp::start().await;
    for raw in [&b""[..], b"{", b"{\"entry\": [}", b"not json", b"{\"entry\": []} {}", b"\xff\xfe"] {
        assert_eq!(app.post(raw.to_vec(), Some(&sign(raw))).await, 400, "{raw:?}");
    }
    assert!(db::webhook_events::list_after(app.app.db.read(), 0, 9).await.unwrap().is_empty());
}

#[actix_web::test]
async fn every_message_of_a_batch_of_three_megabytes_is_worked_on() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let long = "ñandú ".repeat(500);
    let mut entries = Vec::new();
    for entry in 0..4 {
        let mut values = Vec::new();
        for change in 0..5 {
            let names: Vec<_> = (0..38)
                .map(|index| (format!("5695{entry}{change}{index:05}"), format!("w.{entry}.{change}.{index}")))
                .collect();
            let messages: Vec<_> =
                names.iter().map(|(from, wamid)| (from.as_str(), wamid.as_str(), long.as_str())).collect();
            values.push(texts(&house.number, &messages, noon())["entry"][0]["changes"][0]["value"].clone());
        }
        entries.push(body(&values)["entry"][0].clone());
    }
    let batch = json!({"object": "whatsapp_business_account", "entry": entries});
    let size = batch.to_string().len();
    assert!((3_000_000..4_000_000).contains(&size), "{size}");
    app.told(&batch).await;
    assert_eq!(open_tickets(&house.agent).await, 4 * 5 * 38);
    let first = house.agent.query(LIST_TICKETS, &[], "view=waiting&limit=1").await.ok().items.remove(0);
    assert_eq!(of_contact(&thread(&house.agent, first.conversation_id).await), [long.as_str()]);
}

#[actix_web::test]
async fn a_body_over_four_megabytes_is_refused() {
    let app = TestApp::start().await;
    let raw = json!({"entry": [], "padding": "x".repeat(4 * 1024 * 1024)}).to_string().into_bytes();
    let signature = sign(&raw);
    assert_eq!(app.post(raw, Some(&signature)).await, 413);
}

#[actix_web::test]
async fn what_nobody_knows_is_kept_and_does_not_stop_the_next() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let value = |message: Value| json!({"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.number}, "contacts": [], "messages": [message]});
    let far = json!({"from": "56955550112", "id": "wamid.far", "timestamp": "99999999999999999", "type": "text", "text": {"body": "x"}});
    let strange = [
        json!([]),
        json!(42),
        json!("text"),
        json!({"entry": 7}),
        json!({"entry": [7, {"id": 1}, {"id": "1", "changes": [7, {}, {"field": "messages"}, {"field": "messages", "value": 7}]}]}),
        json!({"entry": [{"id": "1", "changes": [{"field": "galaxy_update", "value": {"light_years": 7}}]}]}),
        json!({"entry": [{"id": "1", "changes": [{"field": "messages", "value": {"messages": [], "statuses": "x"}}]}]}),
        body(&[value(json!({"id": "wamid.nothing"}))]),
        body(&[value(far)]),
        body(&[value(json!({"from": "", "id": "", "timestamp": "0", "type": ""}))]),
        body(&[value(
            json!({"from": "not a phone", "id": "wamid.who", "timestamp": "1", "type": "text", "text": {"body": "x"}}),
        )]),
        text("a number nobody has", "56955550113", "wamid.lost", "x", noon()),
    ];
    for body in &strange {
        assert_eq!(app.hear(body).await, 200, "{body}");
    }
    let hologram = json!({"from": "56955550111", "id": "wamid.1", "timestamp": noon().timestamp(), "type": "hologram", "hologram": {"beam": 1}});
    assert_eq!(app.hear(&body(&[value(hologram)])).await, 200);
    app.told(&text(&house.number, "56955550111", "wamid.2", "¿Hola?", noon())).await;
    let kept = db::webhook_events::list_after(app.app.db.read(), 0, 99).await.unwrap();
    assert_eq!(kept.len(), strange.len() + 2, "every one is kept as it came");
    assert_eq!(kept[0].body, b"[]");
    let tickets = house.agent.query(LIST_TICKETS, &[], "view=all").await.ok().items;
    let known = tickets.iter().find(|ticket| ticket.contact.phone.as_deref() == Some("+56955550111")).unwrap();
    let said = of_contact(&thread(&house.agent, known.conversation_id).await);
    assert_eq!(said.len(), 2, "the one of an unknown type is shown as such: {said:?}");
    assert!(said[0].contains("hologram") && said[1] == "¿Hola?", "{said:?}");
}

#[actix_web::test]
async fn a_text_the_database_could_choke_on_is_kept_like_any_other() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    app.told(&text(&house.number, "56955550111", "wamid.1", "a\u{0}b '; DROP TABLE messages; -- \u{202e}", noon()))
        .await;
    app.told(&text(&house.number, "56955550111", "wamid.2", "next", noon())).await;
    let ticket = only_ticket(&house.agent).await;
    let said = of_contact(&thread(&house.agent, ticket.conversation_id).await);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("DROP TABLE"));
}

#[actix_web::test]
async fn a_message_told_twice_is_one_message() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let message = ("56955550111", "wamid.1", "Hola");
    let once = text(&house.number, message.0, message.1, message.2, noon());
    let twice = texts(&house.number, &[message, message], noon());
    app.told(&twice).await;
    app.told(&once).await;
    app.told(&twice).await;
    assert!(join_all((0..6).map(|_| app.hear(&once))).await.iter().all(|status| *status == 200));
    app.settled().await;
    let ticket = only_ticket(&house.agent).await;
    assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), ["Hola"]);
    assert_eq!(ticket.unread, 1);
}

#[actix_web::test]
async fn the_same_wamid_on_another_number_is_another_message() {
    let app = TestApp::start().await;
    let (one, two) = (House::new(&app, "one").await, House::new(&app, "two").await);
    app.told(&text(&one.number, "56955550111", "wamid.1", "to one", noon())).await;
    app.told(&text(&two.number, "56955550111", "wamid.1", "to two", noon())).await;
    for (house, said) in [(&one, "to one"), (&two, "to two")] {
        let ticket = only_ticket(&house.agent).await;
        assert_eq!(of_contact(&thread(&house.agent, ticket.conversation_id).await), [said]);
    }
}

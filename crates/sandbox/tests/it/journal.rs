//! A killed sandbox knows what it promised.

use serde_json::json;

use crate::{ANA, House, NUMBER};

#[actix_web::test]
async fn a_restart_keeps_phones_messages_faults_and_what_is_still_to_be_told() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::with_dir(Some(dir.path()));
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.hears(1).await;
    house.heard.answer_with(503);
    house.api("PUT", "settings", json!({"auto_read": false})).await;
    assert_eq!(house.text("uno").await.0, 200);
    house.api("PUT", &format!("numbers/{NUMBER}/faults"), json!({"latency_ms": 7})).await;
    house.stop().await;

    let again = House::with_dir(Some(dir.path()));
    let statuses: Vec<_> = again.hears(2).await.iter().map(|item| item["status"].clone()).collect();
    assert_eq!(statuses, ["sent", "delivered"]);
    let screen = again.on_screen(ANA).await;
    assert_eq!(screen.len(), 2);
    assert_eq!((&screen[0]["shown"]["body"], &screen[1]["shown"]["body"]), (&json!("Hola"), &json!("uno")));
    let faults = again.api("GET", &format!("numbers/{NUMBER}/faults"), json!({})).await;
    assert_eq!(faults["latency_ms"], 7);
    assert_eq!(again.text("dos").await.0, 200);
    again.stop().await;
}

#[actix_web::test]
async fn a_line_that_broke_off_costs_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::with_dir(Some(dir.path()));
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.stop().await;
    let file = dir.path().join("sandbox.jsonl");
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("{\"message\":{\"wamid\":\"wam");
    std::fs::write(&file, text).unwrap();
    let again = House::with_dir(Some(dir.path()));
    assert_eq!(again.on_screen(ANA).await.len(), 1);
    again.stop().await;
}

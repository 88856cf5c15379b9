//! What the business hears: shape, order, batches, retries.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::{ANA, House, NUMBER};

#[actix_web::test]
async fn a_message_of_a_customer_is_told_as_documented() {
    let house = House::new();
    let wamid = house.customer(json!({"type": "text", "text": "¿Tienen señal?"})).await;
    house.hears(1).await;
    let body = house.heard.bodies().remove(0);
    assert_eq!(body["object"], "whatsapp_business_account");
    assert_eq!(body["entry"][0]["id"], "102290129340398");
    let change = &body["entry"][0]["changes"][0];
    assert_eq!(change["field"], "messages");
    let value = &change["value"];
    assert_eq!(value["messaging_product"], "whatsapp");
    assert_eq!(value["metadata"], json!({"display_phone_number": "5491155550101", "phone_number_id": NUMBER}));
    assert_eq!(value["contacts"], json!([{"profile": {"name": "Ana"}, "wa_id": ANA}]));
    let message = &value["messages"][0];
    assert_eq!((&message["id"], &message["from"]), (&json!(wamid), &json!(ANA)));
    assert_eq!((&message["type"], &message["text"]), (&json!("text"), &json!({"body": "¿Tienen señal?"})));
    assert!(message["timestamp"].as_str().unwrap().parse::<i64>().is_ok());
    let raw = String::from_utf8(house.heard.raw()[0].to_vec()).unwrap();
    assert!(raw.contains(r"\u00bfTienen se\u00f1al?") && raw.is_ascii(), "{raw}");
}

#[actix_web::test]
async fn statuses_come_in_order_with_mark_and_price() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.api("PUT", "settings", json!({"read_after_ms": 50})).await;
    let (_, reply) = house.text("uno").await;
    let heard = house.hears(4).await;
    let statuses: Vec<&Value> = heard.iter().filter(|item| item.get("status").is_some()).collect();
    let names: Vec<&str> = statuses.iter().map(|status| status["status"].as_str().unwrap()).collect();
    assert_eq!(names, ["sent", "delivered", "read"]);
    for status in statuses {
        assert_eq!(status["id"], reply["messages"][0]["id"]);
        assert_eq!(status["recipient_id"], ANA);
        assert_eq!(status["biz_opaque_callback_data"], "m-uno");
        assert_eq!(status["pricing"]["pricing_model"], "PMP");
        assert_eq!(status["pricing"]["category"], "service");
    }
}

#[actix_web::test]
async fn a_silent_phone_gets_one_tick_and_wakes_up() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.api("PUT", &format!("phones/{ANA}"), json!({"silent": true, "auto_read": false})).await;
    house.text("uno").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(house.heard.items().len(), 2);
    house.api("PUT", &format!("phones/{ANA}"), json!({"silent": false})).await;
    assert_eq!(house.hears(3).await[2]["status"], "delivered");
    tokio::time::sleep(Duration::from_millis(200)).await;
    house.api("POST", &format!("phones/{ANA}/read"), json!({"number_id": NUMBER})).await;
    assert_eq!(house.hears(4).await[3]["status"], "read");
}

#[actix_web::test]
async fn what_is_not_answered_with_200_is_told_again_and_in_order() {
    let house = House::new();
    house.heard.answer_with(503);
    for text in ["1", "2", "3"] {
        house.customer(json!({"type": "text", "text": text})).await;
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(house.heard.items().is_empty());
    house.heard.answer_with(0);
    let heard = house.hears(3).await;
    let texts: Vec<&str> = heard.iter().map(|item| item["text"]["body"].as_str().unwrap()).collect();
    assert_eq!(texts, ["1", "2", "3"]);
}

#[actix_web::test]
async fn a_flood_is_told_in_batches_and_each_phone_in_order() {
    let house = House::new();
    house.api("PUT", &format!("numbers/{NUMBER}"), json!({"throughput": 10_000})).await;
    house.api("PUT", "settings", json!({"delivered_after_ms": 1, "read_after_ms": 1})).await;
    let template =
        json!({"type": "template", "template": {"name": "atendimento_esta_disponivel", "language": {"code": "es"}}});
    for phone in 0..200 {
        let mut body = template.clone();
        body["to"] = json!(format!("549117000{phone:04}1"));
        assert_eq!(house.send(body).await.0, 200);
    }
    let heard = house.hears(600).await;
    let mut seen: HashMap<&str, Vec<&str>> = HashMap::new();
    for item in &heard {
        seen.entry(item["id"].as_str().unwrap()).or_default().push(item["status"].as_str().unwrap());
    }
    assert_eq!(seen.len(), 200);
    assert!(seen.values().all(|statuses| statuses == &["sent", "delivered", "read"]), "{seen:?}");
    assert!(house.heard.bodies().len() < 600);
}

#[actix_web::test]
async fn without_subscription_nothing_is_told_and_an_override_is_verified_first() {
    let house = House::new();
    let path = "102290129340398/subscribed_apps";
    assert_eq!(house.graph("GET", path, None).await.1["data"].as_array().unwrap().len(), 1);
    assert_eq!(house.graph("DELETE", path, None).await.1, json!({"success": true}));
    house.customer(json!({"type": "text", "text": "nobody hears"})).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(house.graph("GET", path, None).await.1["data"], json!([]));
    let hook = format!("{}/hook", house.base);
    let bad = json!({"override_callback_uri": hook, "verify_token": "bad"});
    assert_eq!(crate::code(&house.graph("POST", path, Some(bad)).await), 2_200);
    let good = json!({"override_callback_uri": hook, "verify_token": "good"});
    assert_eq!(house.graph("POST", path, Some(good)).await.0, 200);
    house.customer(json!({"type": "text", "text": "heard"})).await;
    assert_eq!(house.hears(1).await[0]["text"]["body"], "heard");
}

#[actix_web::test]
async fn a_drop_of_quality_is_told() {
    let house = House::new();
    house.api("PUT", &format!("numbers/{NUMBER}"), json!({"quality_rating": "RED"})).await;
    let heard = house.hears(1).await;
    assert_eq!(heard[0]["event"], "FLAGGED");
    assert_eq!(house.graph("GET", NUMBER, None).await.1["quality_rating"], "RED");
}

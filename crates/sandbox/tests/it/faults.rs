//! The fault switches, and the pace.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{ANA, House, NUMBER, code};

async fn faults(house: &House, faults: Value) {
    house.api("PUT", &format!("numbers/{NUMBER}/faults"), faults).await;
}

async fn ready() -> House {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.hears(1).await;
    house.api("PUT", "settings", json!({"auto_read": false})).await;
    house
}

#[actix_web::test]
async fn errors_are_given_when_asked_for() {
    let house = ready().await;
    faults(&house, json!({"error_code": 190, "error_rate": 1})).await;
    assert_eq!(code(&house.text("a").await), 190);
    faults(&house, json!({"http_500_rate": 1})).await;
    let answer = house.text("b").await;
    assert_eq!((answer.0, code(&answer)), (500, 1));
    faults(&house, json!({"http_429_rate": 1})).await;
    let answer = house.text("c").await;
    assert_eq!((answer.0, code(&answer)), (429, 130_429));
    faults(&house, json!({"error_code": 131_049, "error_rate": 1})).await;
    assert_eq!(house.text("d").await.0, 200);
    assert_eq!(house.hears(2).await[1]["errors"][0]["code"], 131_049);
    let stats = house.stats().await;
    assert_eq!((&stats["numbers"][NUMBER]["accepted"], &stats["numbers"][NUMBER]["refused"]), (&json!(1), &json!(3)));
}

#[actix_web::test]
async fn a_broken_connection_delivers_and_never_answers() {
    let house = ready().await;
    faults(&house, json!({"drop_connection_rate": 1})).await;
    let body = json!({"messaging_product": "whatsapp", "to": ANA, "type": "text", "text": {"body": "uno"}});
    let url = format!("{}/sandbox/graph/v23.0/{NUMBER}/messages", house.base);
    let request = house.http.post(url).bearer_auth(cercano_sandbox::demo_world().access_token).json(&body);
    let error = request.send().await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "no byte of an answer: {error:?}");
    house.hears(3).await;
    assert_eq!(house.on_screen(ANA).await.len(), 2);
    assert_eq!(house.stats().await["numbers"][NUMBER]["unanswered"], 1);
}

#[actix_web::test]
async fn webhooks_get_lost_doubled_and_late() {
    let house = ready().await;
    faults(&house, json!({"drop_webhook_rate": 1})).await;
    house.text("lost").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(house.heard.items().len(), 1);
    faults(&house, json!({"duplicate_rate": 1})).await;
    house.text("twice").await;
    let heard = house.hears(5).await;
    let sent = heard.iter().filter(|item| item["status"] == "sent").count();
    assert_eq!(sent, 2);
    faults(&house, json!({"reorder_rate": 0.5, "seed": 3})).await;
    for text in 0..10 {
        house.text(&text.to_string()).await;
    }
    let heard = house.hears(25).await;
    let sent: Vec<&str> = heard
        .iter()
        .filter(|item| item["status"] == "sent")
        .filter_map(|item| item["biz_opaque_callback_data"].as_str()?.strip_prefix("m-"))
        .filter(|mark| mark.len() == 1)
        .collect();
    assert_eq!(sent.len(), 10);
    assert!(!sent.is_sorted(), "{sent:?}");
}

#[actix_web::test]
async fn the_same_seed_fails_the_same_requests() {
    let outcome = async || {
        let house = ready().await;
        faults(&house, json!({"http_500_rate": 0.3, "seed": 42})).await;
        let mut outcome = Vec::new();
        for text in 0..30 {
            outcome.push(house.text(&text.to_string()).await.0);
        }
        outcome
    };
    let first = outcome().await;
    assert!(first.contains(&500) && first.contains(&200));
    assert_eq!(first, outcome().await);
}

#[actix_web::test]
async fn the_pace_is_limited_and_measured() {
    let house = ready().await;
    house.api("PUT", &format!("numbers/{NUMBER}"), json!({"throughput": 5})).await;
    let mut codes = Vec::new();
    for text in 0..8 {
        let answer = house.text(&text.to_string()).await;
        codes.push(if answer.0 == 200 { 0 } else { code(&answer) });
    }
    assert_eq!(codes, [0, 0, 0, 0, 0, 130_429, 130_429, 130_429]);
    let number = house.stats().await["numbers"][NUMBER].clone();
    assert_eq!((&number["max_in_any_second"], &number["throttled"]), (&json!(8), &json!(3)));
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(house.text("again").await.0, 200);
}

#[actix_web::test]
async fn one_person_is_not_flooded() {
    let house = ready().await;
    let mut answers = Vec::new();
    for text in 0..46 {
        answers.push(house.text(&text.to_string()).await);
    }
    assert!(answers.iter().take(45).all(|answer| answer.0 == 200));
    assert_eq!(code(&answers[45]), 131_056);
}

#[actix_web::test]
async fn nonsense_switches_are_refused() {
    let house = House::new();
    for body in [json!({"error_rate": 2}), json!({"unknown": 1})] {
        let url = format!("{}/sandbox/api/faults", house.base);
        let response = house.http.put(url).json(&body).send().await.unwrap();
        assert!(response.status().is_client_error(), "{body}");
    }
}

#[actix_web::test]
async fn pages_of_other_origins_cannot_use_the_control_api() {
    let house = House::new();
    let url = format!("{}/sandbox/api/world", house.base);
    let foreign = house.http.get(&url).header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(foreign.status(), 404);
    assert_eq!(house.http.get(&url).header("origin", &house.base).send().await.unwrap().status(), 200);
}

#[actix_web::test]
async fn repeated_marks_are_counted() {
    let house = ready().await;
    for text in ["one", "one", "two"] {
        house.text(text).await;
    }
    let duplicates = house.stats().await["duplicates"].clone();
    assert_eq!(duplicates.as_array().unwrap().len(), 1);
    assert_eq!((&duplicates[0]["biz_opaque_callback_data"], &duplicates[0]["messages"]), (&json!("m-one"), &json!(2)));
    let marks = house.api("GET", "marks", json!({})).await;
    assert_eq!(marks["marks"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn the_next_management_calls_fail_as_they_are_told_to() {
    let house = House::new();
    let waba = cercano_sandbox::demo_world().waba_id;
    house
        .api("PUT", "faults", json!({"management": [{"edge": "phone_numbers", "code": 100, "subcode": 2_388_001, "times": 2, "phone": "0401"},
            {"edge": "phone_numbers", "http_500": true, "phone": "0402"}, {"edge": "phone_numbers", "unanswered": true}]}))
        .await;
    let path = format!("{waba}/phone_numbers");
    let number = |phone: &str| json!({"cc": "56", "phone_number": phone, "verified_name": "Nueva"});
    for _ in 0..2 {
        let refused = house.graph("POST", &path, Some(number("955550401"))).await;
        assert_eq!((code(&refused), &refused.1["error"]["error_subcode"]), (100, &json!(2_388_001)));
    }
    assert_eq!(house.graph("POST", &path, Some(number("955550402"))).await.0, 500);
    let url = format!("{}/sandbox/graph/v23.0/{path}", house.base);
    let request = house.http.post(url).bearer_auth(cercano_sandbox::demo_world().access_token);
    assert!(request.json(&number("955550403")).send().await.is_err(), "no answer comes");
    let again = house.graph("POST", &path, Some(number("955550403"))).await;
    assert_eq!(code(&again), 100, "but it was done: {again:?}");
    assert_eq!(house.graph("POST", &path, Some(number("955550401"))).await.0, 200, "the faults are used up");
    assert_eq!(house.api("GET", "world", json!({})).await["faults"].get("management"), None);
}

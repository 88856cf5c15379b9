//! What customers do on their phones.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{ANA, House, NUMBER};

#[actix_web::test]
async fn a_tapped_template_button_comes_back_as_button() {
    let house = House::new();
    let template = json!({"type": "template", "template": {"name": "atendimento_esta_disponivel",
        "language": {"code": "es"}, "components": [{"type": "button", "sub_type": "quick_reply", "index": 0,
        "parameters": [{"type": "payload", "payload": "YES"}]}]}});
    let (_, reply) = house.send(template).await;
    house.hears(2).await;
    house.customer(json!({"type": "button", "text": "Sí"})).await;
    let heard = house.hears(3).await;
    let message = heard.iter().find(|item| item.get("type").is_some()).unwrap();
    assert_eq!(message["button"], json!({"payload": "YES", "text": "Sí"}));
    assert_eq!(message["context"], json!({"from": "5491155550101", "id": reply["messages"][0]["id"]}));
}

#[actix_web::test]
async fn a_tap_can_come_without_saying_of_which_message() {
    let house = House::new();
    let template = json!({"type": "template", "template": {"name": "atendimento_esta_disponivel",
        "language": {"code": "es"}}});
    house.send(template).await;
    house.hears(2).await;
    house.customer(json!({"type": "button", "text": "No", "without_context": true})).await;
    let heard = house.hears(3).await;
    let message = heard.iter().find(|item| item.get("type").is_some()).unwrap();
    assert_eq!((&message["button"]["text"], message.get("context")), (&json!("No"), None));
}

#[actix_web::test]
async fn tapped_session_buttons_and_rows_come_back_as_interactive() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    house
        .send(json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Sí"}}]}}}))
        .await;
    house
        .send(json!({"type": "interactive", "interactive": {"type": "list", "body": {"text": "?"}, "action": {
        "button": "Ver", "sections": [{"rows": [{"id": "r1", "title": "Ventas", "description": "d"}]}]}}}))
        .await;
    house.hears(5).await;
    house.customer(json!({"type": "button", "reply_id": "y"})).await;
    house.customer(json!({"type": "list", "text": "Ventas"})).await;
    let heard = house.hears(7).await;
    let taps: Vec<_> =
        heard.iter().filter(|item| item["type"] == "interactive").map(|item| &item["interactive"]).collect();
    assert_eq!(taps[0], &json!({"type": "button_reply", "button_reply": {"id": "y", "title": "Sí"}}));
    let row = json!({"id": "r1", "title": "Ventas", "description": "d"});
    assert_eq!(taps[1], &json!({"type": "list_reply", "list_reply": row}));
}

#[actix_web::test]
async fn an_image_can_be_fetched_with_the_token_only() {
    let house = House::new();
    let bytes = b"not really an image";
    let writing = json!({"type": "image", "data": STANDARD.encode(bytes), "mime_type": "image/png", "caption": "Mire"});
    house.customer(writing).await;
    let image = house.hears(1).await[0]["image"].clone();
    assert_eq!(image["caption"], "Mire");
    let (_, media) = house.graph("GET", image["id"].as_str().unwrap(), None).await;
    assert_eq!((&media["mime_type"], &media["file_size"]), (&json!("image/png"), &json!("19")));
    let url = media["url"].as_str().unwrap();
    assert_eq!(house.http.get(url).send().await.unwrap().status(), 401);
    let token = cercano_sandbox::demo_world().access_token;
    let response = house.http.get(url).bearer_auth(token).send().await.unwrap();
    assert_eq!(response.bytes().await.unwrap().as_ref(), bytes);
}

#[actix_web::test]
async fn reactions_quotes_and_unknown_shapes_are_told() {
    let house = House::new();
    let first = house.customer(json!({"type": "text", "text": "Hola"})).await;
    house.customer(json!({"type": "text", "text": "y esto", "context": first})).await;
    house.customer(json!({"type": "reaction", "context": first, "emoji": "🎉"})).await;
    house.customer(json!({"type": "raw", "message": {"type": "hologram", "hologram": {"depth": 3}}})).await;
    let heard = house.hears(4).await;
    assert_eq!(heard[1]["context"], json!({"from": ANA, "id": first}));
    assert_eq!(heard[2]["reaction"], json!({"message_id": first, "emoji": "🎉"}));
    assert_eq!(heard[3]["hologram"], json!({"depth": 3}));
    assert_eq!(house.on_screen(ANA).await[0]["reaction_of_customer"], "🎉");
}

#[actix_web::test]
async fn phones_are_listed_with_their_last_line() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    let phones = house.api("GET", &format!("phones?number={NUMBER}"), json!({})).await;
    let ana = &phones["phones"][0];
    assert_eq!((&ana["phone"], &ana["name"], &ana["last"]["text"]), (&json!(ANA), &json!("Ana"), &json!("Hola")));
    house.api("POST", "reset", json!({})).await;
    let phones = house.api("GET", &format!("phones?number={NUMBER}"), json!({})).await;
    assert_eq!(phones["phones"], json!([]));
}

#[actix_web::test]
async fn the_page_asks_no_other_host() {
    let house = House::new();
    for file in ["", "phones.css", "phones.js", "side.js", "state.js", "bubbles.js", "words.js"] {
        let response = house.http.get(format!("{}/sandbox/{file}", house.base)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert!(response.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        let text = response.text().await.unwrap();
        assert!(!text.contains("https://") && !text.contains("//cdn"), "{file}");
    }
}

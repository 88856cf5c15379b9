//! Numbers, templates, profiles, codes and media over Graph.

use cercano_sandbox::demo_world;
use serde_json::json;

use crate::{House, NUMBER, code};

const WABA: &str = "102290129340398";

#[actix_web::test]
async fn numbers_and_templates_are_paged() {
    let house = House::new();
    let (_, first) =
        house.graph("GET", &format!("{WABA}/phone_numbers?limit=4&fields=display_phone_number"), None).await;
    assert_eq!(first["data"].as_array().unwrap().len(), 4);
    assert_eq!(first["data"][0], json!({"id": NUMBER, "display_phone_number": "+54 9 11 5555-0101"}));
    assert!(first["paging"]["next"].is_string());
    let after = first["paging"]["cursors"]["after"].as_str().unwrap();
    let (_, rest) = house.graph("GET", &format!("{WABA}/phone_numbers?limit=4&after={after}"), None).await;
    assert_eq!(rest["data"].as_array().unwrap().len(), 2);
    assert!(rest["paging"].get("next").is_none());
    let (_, templates) = house.graph("GET", &format!("{WABA}/message_templates?status=APPROVED"), None).await;
    let one = &templates["data"][0];
    assert_eq!((&one["name"], &one["status"]), (&json!("recordatorio_de_pago"), &json!("APPROVED")));
    assert_eq!(one["components"][0]["format"], "TEXT");
}

#[actix_web::test]
async fn a_templates_status_category_and_quality_are_changed_and_told() {
    let house = House::new();
    let path = "templates/1627019861106475";
    let changed = house.api("PUT", path, json!({"status": "PAUSED", "category": "MARKETING", "quality": "RED"})).await;
    assert_eq!((&changed["status"], &changed["category"]), (&json!("PAUSED"), &json!("MARKETING")));
    let heard = house.hears(3).await;
    assert_eq!(
        (&heard[0]["event"], &heard[0]["message_template_name"]),
        (&json!("PAUSED"), &json!("recordatorio_de_pago"))
    );
    assert_eq!((&heard[1]["previous_category"], &heard[1]["new_category"]), (&json!("UTILITY"), &json!("MARKETING")));
    assert_eq!(heard[2]["new_quality_score"], "RED");
}

#[actix_web::test]
async fn a_template_is_created_reviewed_and_deleted() {
    let house = House::new();
    house.api("PUT", "settings", json!({"template_review_ms": 20})).await;
    let body = json!({"name": "nueva_oferta", "language": "es", "category": "MARKETING",
                      "components": [{"type": "BODY", "text": "Hola {{1}}", "example": {"body_text": [["Ana"]]}}]});
    let path = format!("{WABA}/message_templates");
    let (status, created) = house.graph("POST", &path, Some(body.clone())).await;
    assert_eq!((status, &created["status"]), (200, &json!("PENDING")));
    let heard = house.hears(1).await;
    assert_eq!((&heard[0]["event"], &heard[0]["message_template_name"]), (&json!("APPROVED"), &json!("nueva_oferta")));
    assert_eq!(code(&house.graph("POST", &path, Some(body)).await), 100);
    assert_eq!(house.graph("DELETE", &format!("{path}?name=nueva_oferta"), None).await.1, json!({"success": true}));
    assert_eq!(code(&house.graph("DELETE", &format!("{path}?name=nueva_oferta"), None).await), 100);
    let bad = json!({"name": "Nueva", "language": "es", "category": "MARKETING", "components": [{"type": "BODY", "text": "x"}]});
    assert_eq!(code(&house.graph("POST", &path, Some(bad)).await), 100);
}

#[actix_web::test]
async fn a_number_is_added_verified_and_registered() {
    let house = House::new();
    let body = json!({"cc": "54", "phone_number": "91155559999", "verified_name": "Nueva"});
    let (_, added) = house.graph("POST", &format!("{WABA}/phone_numbers"), Some(body)).await;
    let id = added["id"].as_str().unwrap();
    let register = json!({"messaging_product": "whatsapp", "pin": "123456"});
    assert_eq!(code(&house.graph("POST", &format!("{id}/register"), Some(register.clone())).await), 133_006);
    let ask = house.graph("POST", &format!("{id}/request_code?code_method=SMS&language=es"), None).await;
    assert_eq!(ask.0, 200, "by query as some clients do");
    let wrong = json!({"code": "000000x"});
    assert_eq!(code(&house.graph("POST", &format!("{id}/verify_code"), Some(wrong)).await), 136_025);
    let world = house.api("GET", "world", json!({})).await;
    let number = world["numbers"].as_array().unwrap().iter().find(|number| number["id"] == id).unwrap().clone();
    let right = json!({"code": number["code"]});
    assert_eq!(house.graph("POST", &format!("{id}/verify_code"), Some(right)).await.0, 200);
    assert_eq!(house.graph("POST", &format!("{id}/register"), Some(register)).await.0, 200);
    assert_eq!(house.graph("GET", id, None).await.1["status"], "CONNECTED");
    let other = json!({"messaging_product": "whatsapp", "pin": "654321"});
    assert_eq!(code(&house.graph("POST", &format!("{id}/register"), Some(other)).await), 133_005);
}

#[actix_web::test]
async fn profile_and_blocked_users_are_kept() {
    let house = House::new();
    let profile = json!({"messaging_product": "whatsapp", "about": "Atención", "websites": ["https://example.com"]});
    let path = format!("{NUMBER}/whatsapp_business_profile");
    assert_eq!(house.graph("POST", &path, Some(profile)).await.0, 200);
    let (_, read) = house.graph("GET", &format!("{path}?fields=about"), None).await;
    assert_eq!(read["data"], json!([{"about": "Atención", "messaging_product": "whatsapp"}]));
    let long = json!({"messaging_product": "whatsapp", "about": "x".repeat(140)});
    assert_eq!(code(&house.graph("POST", &path, Some(long)).await), 100);
    let block = json!({"messaging_product": "whatsapp", "block_users": [{"user": "+5491160000001"}]});
    let path = format!("{NUMBER}/block_users");
    let (_, reply) = house.graph("POST", &path, Some(block)).await;
    assert_eq!(reply["block_users"]["added_users"][0]["wa_id"], "5491160000001");
    house.customer(json!({"type": "text", "text": "nobody hears"})).await;
    assert_eq!(house.stats().await["webhooks_pending"], 0);
}

#[actix_web::test]
async fn a_file_is_uploaded_by_form() {
    let house = House::new();
    let form = "--b\r\ncontent-disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
                --b\r\ncontent-disposition: form-data; name=\"type\"\r\n\r\nimage/png\r\n\
                --b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
                content-type: image/png\r\n\r\npixels\r\n--b--\r\n";
    let url = format!("{}/sandbox/graph/v23.0/{NUMBER}/media", house.base);
    let request = house.http.post(url).bearer_auth(demo_world().access_token);
    let request = request.header("content-type", "multipart/form-data; boundary=b").body(form);
    let reply: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    let (_, media) = house.graph("GET", reply["id"].as_str().unwrap(), None).await;
    assert_eq!((&media["mime_type"], &media["file_size"]), (&json!("image/png"), &json!("6")));
}

#[actix_web::test]
async fn many_numbers_are_made_for_a_bench() {
    let house = House::new();
    let made = house.api("POST", "numbers", json!({"count": 100, "throughput": 1_000})).await;
    let ids = made["ids"].as_array().unwrap();
    assert_eq!(ids.len(), 100);
    let (_, number) = house.graph("GET", ids[99].as_str().unwrap(), None).await;
    assert_eq!((&number["status"], &number["throughput"]["level"]), (&json!("CONNECTED"), &json!("HIGH")));
}

/// A number that was just added.
async fn added(house: &House) -> String {
    let body = json!({"cc": "56", "phone_number": "955550301", "verified_name": "Nueva"});
    let (_, added) = house.graph("POST", &format!("{WABA}/phone_numbers"), Some(body)).await;
    added["id"].as_str().unwrap().to_owned()
}

async fn shown(house: &House, id: &str) -> serde_json::Value {
    let world = house.api("GET", "world", json!({})).await;
    world["numbers"].as_array().unwrap().iter().find(|number| number["id"] == id).unwrap().clone()
}

#[actix_web::test]
async fn a_code_is_shown_on_its_phone_until_it_is_used_or_too_old() {
    let house = House::new();
    let id = added(&house).await;
    assert!(shown(&house, &id).await["sms"].is_null());
    let ask = json!({"code_method": "VOICE", "language": "es"});
    house.graph("POST", &format!("{id}/request_code"), Some(ask.clone())).await;
    let sms = shown(&house, &id).await["sms"].clone();
    assert_eq!((&sms["method"], &sms["language"]), (&json!("VOICE"), &json!("es")));
    assert_eq!(sms["expires_at"].as_i64().unwrap() - sms["at"].as_i64().unwrap(), 600_000);
    house.api("PUT", &format!("numbers/{id}"), json!({"code_expired": true})).await;
    assert!(shown(&house, &id).await["sms"].is_null());
    let late = house.graph("POST", &format!("{id}/verify_code"), Some(json!({"code": sms["code"]}))).await;
    assert_eq!((code(&late), &late.1["error"]["error_subcode"]), (136_025, &json!(2_388_093)));
    assert!(late.1["error"]["error_data"]["details"].as_str().unwrap().contains("expired"));
    for _ in 0..9 {
        assert_eq!(house.graph("POST", &format!("{id}/request_code"), Some(ask.clone())).await.0, 200);
    }
    let many = house.graph("POST", &format!("{id}/request_code"), Some(ask)).await;
    assert_eq!((code(&many), &many.1["error"]["error_subcode"]), (136_024, &json!(2_388_091)));
}

#[actix_web::test]
async fn the_eleventh_registration_is_refused_and_wrong_pins_block() {
    let house = House::new();
    let register = |pin: &str| json!({"messaging_product": "whatsapp", "pin": pin});
    let path = format!("{NUMBER}/register");
    assert_eq!(house.graph("POST", &path, Some(register("111111"))).await.0, 200);
    for _ in 0..5 {
        assert_eq!(code(&house.graph("POST", &path, Some(register("222222"))).await), 133_005);
    }
    for _ in 0..4 {
        assert_eq!(code(&house.graph("POST", &path, Some(register("111111"))).await), 133_008);
    }
    assert_eq!(code(&house.graph("POST", &path, Some(register("111111"))).await), 133_016);
}

#[actix_web::test]
async fn a_number_that_is_not_registered_neither_sends_nor_receives() {
    let house = House::new();
    let id = added(&house).await;
    let text = json!({"messaging_product": "whatsapp", "to": "5491160000001", "type": "text", "text": {"body": "x"}});
    assert_eq!(code(&house.graph("POST", &format!("{id}/messages"), Some(text)).await), 133_010);
    let url = format!("{}/sandbox/api/phones/5491160000001/messages", house.base);
    let writing = json!({"to_number_id": id, "type": "text", "text": "Hola"});
    assert_eq!(house.http.post(url).json(&writing).send().await.unwrap().status(), 409);
}

#[actix_web::test]
async fn a_profile_picture_is_uploaded_in_two_steps_and_seen_without_a_token() {
    let house = House::new();
    let open = format!("{}/uploads?file_name=a.jpg&file_length=6&file_type=image/jpeg", demo_world().app_id);
    let (_, session) = house.graph("POST", &open, None).await;
    let session = session["id"].as_str().unwrap();
    let send = async |bytes: &'static str| {
        let url = format!("{}/sandbox/graph/v23.0/{session}", house.base);
        let request = house.http.post(url).header("file_offset", "0").body(bytes);
        let token = format!("OAuth {}", demo_world().access_token);
        let response = request.header("authorization", token).send().await.unwrap();
        (response.status().as_u16(), response.json::<serde_json::Value>().await.unwrap())
    };
    assert_eq!(code(&send("short").await), 100);
    let (_, handle) = send("pixels").await;
    let path = format!("{NUMBER}/whatsapp_business_profile");
    let set = |handle: serde_json::Value| json!({"messaging_product": "whatsapp", "profile_picture_handle": handle});
    assert_eq!(code(&house.graph("POST", &path, Some(set(json!("4::nothing")))).await), 100);
    assert_eq!(house.graph("POST", &path, Some(set(handle["h"].clone()))).await.0, 200);
    let (_, profile) = house.graph("GET", &format!("{path}?fields=profile_picture_url"), None).await;
    let url = profile["data"][0]["profile_picture_url"].as_str().unwrap();
    let picture = house.http.get(url).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    assert_eq!(picture.text().await.unwrap(), "pixels");
}

#[actix_web::test]
async fn another_account_is_made_and_reached_with_the_same_token() {
    let house = House::new();
    let made = house.api("POST", "wabas", json!({"name": "Otra"})).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(house.graph("GET", id, None).await.1["name"], "Otra");
    assert_eq!(house.graph("GET", &format!("{id}/phone_numbers"), None).await.1["data"], json!([]));
    let body = json!({"cc": "56", "phone_number": "955550301", "verified_name": "Nueva"});
    assert_eq!(house.graph("POST", &format!("{id}/phone_numbers"), Some(body)).await.0, 200);
}

//! Numbers, templates, profiles, codes and media over Graph.

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
    let request = house.http.post(url).bearer_auth(cercano_sandbox::demo_world().access_token);
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

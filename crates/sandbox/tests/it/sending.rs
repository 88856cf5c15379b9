//! Documented send bodies in, documented answers out; and what Meta refuses, refused with Meta's code.

use serde_json::{Value, json};

use crate::{ANA, House, NUMBER, code, details};

fn template(name: &str, language: &str, components: &Value) -> Value {
    json!({"type": "template", "template": {"name": name, "language": {"code": language}, "components": components}})
}

fn reminder(texts: &[&str]) -> Value {
    let parameters: Vec<Value> = texts.iter().map(|text| json!({"type": "text", "text": text})).collect();
    template(
        "recordatorio_de_pago",
        "es",
        &json!([
            {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
            {"type": "body", "parameters": parameters},
            {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"type": "payload", "payload": "PAID"}]}
        ]),
    )
}

#[actix_web::test]
async fn a_template_is_accepted_as_documented_and_shown_filled() {
    let house = House::new();
    let (status, reply) = house.send(reminder(&["3 de 12", "$ 15.000", "10 de mayo"])).await;
    assert_eq!(status, 200, "{reply}");
    assert_eq!(reply["messaging_product"], "whatsapp");
    assert_eq!(reply["contacts"], json!([{"input": ANA, "wa_id": ANA}]));
    assert!(reply["messages"][0]["id"].as_str().unwrap().starts_with("wamid."));
    assert_eq!(reply["messages"][0]["message_status"], "accepted");
    house.hears(2).await;
    let shown = &house.on_screen(ANA).await[0]["shown"];
    assert_eq!(shown["header"], json!({"type": "text", "text": "Hola, Ana"}));
    assert_eq!(shown["body"], "Su cuota 3 de 12 por $ 15.000 vence el 10 de mayo. Si ya pagó, avísenos.");
    assert_eq!(shown["buttons"][0], json!({"kind": "quick_reply", "id": "PAID", "title": "Ya pagué"}));
    assert_eq!(shown["buttons"][1]["id"], "Quiero hablar");
}

#[actix_web::test]
async fn named_parameters_and_url_buttons_are_filled() {
    let house = House::new();
    let named = |name: &str, text: &str| json!({"type": "text", "parameter_name": name, "text": text});
    let offer = |button: &Value| {
        let body = json!({"type": "body", "parameters": [named("produto", "tênis"), named("nome", "João")]});
        template("oferta_da_semana", "pt_BR", &json!([body, button]))
    };
    let url =
        json!({"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "tenis-9"}]});
    assert_eq!(house.send(offer(&url)).await.0, 200);
    house.hears(2).await;
    let shown = &house.on_screen(ANA).await[0]["shown"];
    assert_eq!(shown["body"], "Olá, João! Separamos *tênis* com desconto para você.");
    assert_eq!(shown["buttons"][0]["url"], "https://example.com/ofertas/tenis-9");
    assert_eq!(code(&house.send(offer(&json!({"type": "other"}))).await), 131_008);
    let wrong = json!([{"type": "body", "parameters": [named("produto", "x"), named("apelido", "y")]}, url]);
    assert_eq!(code(&house.send(template("oferta_da_semana", "pt_BR", &wrong)).await), 132_012);
}

#[actix_web::test]
async fn templates_that_do_not_fit_are_refused_with_metas_codes() {
    let house = House::new();
    let answer = house.send(reminder(&["3 de 12"])).await;
    assert_eq!((answer.0, code(&answer)), (400, 132_000));
    assert_eq!(
        details(&answer),
        "body: number of localizable_params (1) does not match the expected number of params (3)"
    );
    let answer = house.send(template("recordatorio_de_pago", "en", &json!([]))).await;
    assert_eq!((answer.0, code(&answer)), (404, 132_001));
    assert_eq!(code(&house.send(template("no_such", "es", &json!([]))).await), 132_001);
    assert_eq!(code(&house.send(reminder(&["a", "b\nc", "d"])).await), 132_018);
    let text = json!([{"type": "header", "parameters": [{"type": "text", "text": "x"}]},
                      {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}]);
    assert_eq!(code(&house.send(template("novedades_del_mes", "es", &text)).await), 132_012);
    house.api("PUT", "templates/1627019861106475", json!({"status": "PAUSED"})).await;
    assert_eq!(code(&house.send(reminder(&["a", "b", "c"])).await), 132_015);
}

#[actix_web::test]
async fn text_buttons_and_lists_are_accepted_within_the_window() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    assert_eq!(house.text("Buenas").await.0, 200);
    let buttons = json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "¿Sigue?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Sí"}},
                               {"type": "reply", "reply": {"id": "n", "title": "No"}}]}}});
    assert_eq!(house.send(buttons).await.0, 200);
    let list = json!({"type": "interactive", "interactive": {"type": "list", "header": {"type": "text", "text": "Menú"},
        "body": {"text": "Elija"}, "footer": {"text": "Gracias"}, "action": {"button": "Ver opciones",
        "sections": [{"rows": [{"id": "1", "title": "Ventas", "description": "Lunes a viernes"}]}]}}});
    assert_eq!(house.send(list).await.0, 200);
    let link = json!({"type": "image", "image": {"link": "https://example.com/a.png", "caption": "Foto"}});
    assert_eq!(house.send(link).await.0, 200);
}

#[actix_web::test]
async fn what_meta_calls_invalid_is_refused() {
    let house = House::new();
    house.customer(json!({"type": "text", "text": "Hola"})).await;
    let button = |title: &str| json!({"type": "reply", "reply": {"id": title, "title": title}});
    let buttons = |buttons: Value| json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "x"}, "action": {"buttons": buttons}}});
    for (expected, body) in [
        (100, json!({"type": "text"})),
        (100, json!({"type": "text", "text": {}})),
        (100, json!({"type": "text", "text": {"body": "x".repeat(4_097)}})),
        (131_009, json!({"type": "hologram"})),
        (131_009, json!({"to": "nobody", "type": "text", "text": {"body": "x"}})),
        (131_009, buttons(json!([button("a"), button("b"), button("c"), button("d")]))),
        (131_009, buttons(json!([button(&"x".repeat(21))]))),
        (131_009, buttons(json!([button("a"), button("a")]))),
        (100, json!({"type": "image", "image": {"caption": "x"}})),
        (100, json!({"type": "text", "text": {"body": "x"}, "biz_opaque_callback_data": "x".repeat(513)})),
    ] {
        assert_eq!(code(&house.send(body.clone()).await), expected, "{body}");
    }
    let no_product = house.graph("POST", &format!("{NUMBER}/messages"), Some(json!({"to": ANA}))).await;
    assert_eq!(code(&no_product), 100);
}

#[actix_web::test]
async fn tokens_and_nodes_are_checked() {
    let house = House::new();
    let url = format!("{}/sandbox/graph/v23.0/{NUMBER}/messages", house.base);
    for request in [house.http.post(&url), house.http.post(&url).bearer_auth("other")] {
        let response = request.json(&json!({})).send().await.unwrap();
        let answer = (response.status().as_u16(), response.json::<Value>().await.unwrap());
        assert_eq!((answer.0, code(&answer)), (401, 190));
        assert_eq!(answer.1["error"]["type"], "OAuthException");
    }
    let answer = house.graph("POST", "999/messages", Some(json!({"messaging_product": "whatsapp"}))).await;
    assert_eq!((code(&answer), &answer.1["error"]["error_subcode"]), (100, &json!(33)));
    assert_eq!(answer.1["error"]["type"], "GraphMethodException");
}

#[actix_web::test]
async fn outside_the_window_and_without_whatsapp_the_failure_comes_by_status() {
    let house = House::new();
    assert_eq!(house.text("uno").await.0, 200);
    let heard = house.hears(1).await;
    assert_eq!((&heard[0]["status"], &heard[0]["errors"][0]["code"]), (&json!("failed"), &json!(131_047)));
    assert_eq!(heard[0]["biz_opaque_callback_data"], "m-uno");
    assert!(house.on_screen(ANA).await.is_empty());
    house.customer(json!({"type": "text", "text": "Hola", "age_seconds": 25 * 3_600})).await;
    house.text("dos").await;
    assert_eq!(house.hears(3).await[2]["errors"][0]["code"], 131_047);
    let nobody = json!({"to": "5491160000000", "type": "template",
                        "template": {"name": "atendimento_esta_disponivel", "language": {"code": "es"}}});
    assert_eq!(house.send(nobody.clone()).await.0, 200);
    assert_eq!(house.hears(4).await[3]["errors"][0]["code"], 131_026);
    house.api("PUT", "faults", json!({"refuse_at_once": true})).await;
    assert_eq!(code(&house.send(nobody).await), 131_026);
    assert_eq!(code(&house.text("tres").await), 131_047);
}

#[actix_web::test]
async fn the_ninth_digit_of_brazil_leads_to_the_phone_that_exists() {
    let house = House::new();
    let writing = json!({"to_number_id": NUMBER, "type": "text", "text": "Oi"});
    house.api("POST", "phones/551187654321/messages", writing).await;
    let (_, reply) = house.send(json!({"to": "+55 11 98765-4321", "type": "text", "text": {"body": "Olá"}})).await;
    assert_eq!(reply["contacts"], json!([{"input": "+55 11 98765-4321", "wa_id": "551187654321"}]));
}

#[actix_web::test]
async fn reading_and_reacting_show_on_the_phone() {
    let house = House::new();
    let wamid = house.customer(json!({"type": "text", "text": "Hola"})).await;
    let read = json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid, "typing_indicator": {"type": "text"}});
    let path = format!("{NUMBER}/messages");
    assert_eq!(house.graph("POST", &path, Some(read)).await, (200, json!({"success": true})));
    house.send(json!({"type": "reaction", "reaction": {"message_id": wamid, "emoji": "👍"}})).await;
    let message = &house.on_screen(ANA).await[0];
    assert_eq!((&message["status"], &message["reaction_of_business"]), (&json!("read"), &json!("👍")));
    let unknown = json!({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"});
    assert_eq!(code(&house.graph("POST", &path, Some(unknown)).await), 131_009);
}

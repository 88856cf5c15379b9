//! Webhooks as Meta documents them, as it sends them in batches, and as nobody should send them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use cercano_whatsapp::webhook::{self, MessageStatus};
use cercano_whatsapp::{InboundContent, InboundMessage, TemplateChange, TemplateUpdate, WebhookItem};
use chrono::DateTime;
use proptest::prelude::*;
use serde_json::{Value, json};

fn body(values: &[Value]) -> Vec<u8> {
    let changes: Vec<Value> = values.iter().map(|value| json!({"field": "messages", "value": value})).collect();
    serde_json::to_vec(&json!({"object": "whatsapp_business_account", "entry": [{"id": "900", "changes": changes}]}))
        .unwrap()
}

fn value(rest: &Value) -> Value {
    let mut value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": "1001"},
        "contacts": [{"profile": {"name": "Sheena"}, "wa_id": "16505551234"}]});
    value.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    value
}

fn message(kind: &str, part: &Value) -> InboundMessage {
    let raw = body(&[value(&json!({"messages": [{"from": "16505551234", "id": "wamid.A", "timestamp": "1749416383",
        "type": kind, kind: part, "context": {"from": "1", "id": "wamid.0"}}]}))]);
    let item = webhook::parse(&raw).unwrap().remove(0);
    let WebhookItem::Message(message) = item else { panic!("not a message: {item:?}") };
    message
}

#[test]
fn a_text_is_read_with_its_sender_and_context() {
    let message = message("text", &json!({"body": "¿Tienen stock?"}));
    assert_eq!(message.waba_id, "900");
    assert_eq!(message.phone_number_id, "1001");
    assert_eq!(message.from.as_deref(), Some("16505551234"));
    assert_eq!(message.profile_name.as_deref(), Some("Sheena"));
    assert_eq!(message.timestamp.timestamp(), 1_749_416_383);
    assert_eq!(message.context_wamid.as_deref(), Some("wamid.0"));
    assert_eq!(message.content.text(), Some("¿Tienen stock?"));
}

#[test]
fn every_documented_type_is_read() {
    let image = message("image", &json!({"caption": "Foto", "mime_type": "image/jpeg", "sha256": "x", "id": "7"}));
    assert_eq!(image.content.text(), Some("Foto"));
    let InboundContent::Audio(voice) =
        message("audio", &json!({"mime_type": "audio/ogg; codecs=opus", "id": "8", "voice": true})).content
    else {
        panic!("it is an audio")
    };
    assert!(voice.voice);
    let button = message("button", &json!({"payload": "yes-1", "text": "Sí"}));
    assert_eq!((button.content.text(), button.content.reply_id()), (Some("Sí"), Some("yes-1")));
    let reply = json!({"type": "button_reply", "button_reply": {"id": "b1", "title": "Ventas"}});
    assert_eq!(message("interactive", &reply).content.reply_id(), Some("b1"));
    let reply = json!({"type": "list_reply", "list_reply": {"id": "r1", "title": "Soporte", "description": "d"}});
    assert_eq!(message("interactive", &reply).content.text(), Some("Soporte"));
    let reply = json!({"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{}"}});
    assert!(matches!(message("interactive", &reply).content, InboundContent::NfmReply { .. }));
    let location = message("location", &json!({"latitude": -33.4, "longitude": -70, "name": "Casa"}));
    assert!(matches!(location.content, InboundContent::Location { .. }));
    let removed = message("reaction", &json!({"message_id": "wamid.1", "emoji": ""}));
    assert_eq!(removed.content, InboundContent::Reaction { message_id: "wamid.1".into(), emoji: None });
    let cards = message("contacts", &json!([{"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+1"}]}]));
    assert!(matches!(cards.content, InboundContent::Contacts { contacts } if contacts.len() == 1));
    let order = message("order", &json!({"catalog_id": "c", "product_items": [{"quantity": 1}], "text": "Quiero"}));
    assert_eq!(order.content.text(), Some("Quiero"));
    let system = message("system", &json!({"body": "changed", "type": "user_changed_number", "wa_id": "12"}));
    assert!(matches!(system.content, InboundContent::System { new_wa_id: Some(_), .. }));
    assert_eq!(message("hologram", &json!({})).content, InboundContent::Unknown { kind: "hologram".into() });
    for kind in ["video", "document", "sticker"] {
        assert!(!matches!(message(kind, &json!({"id": "9"})).content, InboundContent::Unknown { .. }));
    }
}

#[test]
fn contents_survive_being_stored() {
    for content in [
        message("image", &json!({"id": "7", "caption": "Foto"})).content,
        message("button", &json!({"payload": "p", "text": "Sí"})).content,
        message("location", &json!({"latitude": 1.5, "longitude": 2.5})).content,
        message("hologram", &json!({})).content,
    ] {
        let stored = serde_json::to_value(&content).unwrap();
        assert!(stored.get("type").is_some_and(Value::is_string));
        assert_eq!(serde_json::from_value::<InboundContent>(stored).unwrap(), content);
    }
}

#[test]
fn a_person_known_only_by_user_id_is_read() {
    let raw = body(&[json!({"metadata": {"phone_number_id": "1001"},
        "contacts": [{"profile": {"name": "Ana"}, "user_id": "US.1349"}],
        "messages": [{"from_user_id": "US.1349", "id": "wamid.B", "timestamp": "1", "type": "text",
                      "text": {"body": "Hola"}}]})]);
    let WebhookItem::Message(message) = webhook::parse(&raw).unwrap().remove(0) else { panic!("it is a message") };
    assert_eq!((message.from, message.user_id.as_deref()), (None, Some("US.1349")));
    assert_eq!(message.profile_name.as_deref(), Some("Ana"));
}

#[test]
fn every_entry_change_message_and_status_of_a_batch_is_read() {
    let text = |id: &str| json!({"from": "1", "id": id, "timestamp": "1", "type": "text", "text": {"body": "x"}});
    let status = |id: &str, status: &str| {
        json!({"id": id, "status": status, "timestamp": 2, "recipient_id": "1",
        "biz_opaque_callback_data": "mark", "pricing": {"billable": true}})
    };
    let both =
        value(&json!({"messages": [text("a"), text("b")], "statuses": [status("c", "sent"), status("d", "read")]}));
    let raw = serde_json::to_vec(&json!({"entry": [
        {"id": "1", "changes": [{"field": "messages", "value": both}, {"field": "messages", "value": both}]},
        {"id": "2", "changes": [{"field": "phone_number_quality_update", "value": {"event": "FLAGGED"}}]}]}))
    .unwrap();
    let items = webhook::parse(&raw).unwrap();
    assert_eq!(items.len(), 9);
    let Some(WebhookItem::Status(read)) = items.get(3) else { panic!("it is a status") };
    assert_eq!((read.status, read.opaque.as_deref()), (MessageStatus::Read, Some("mark")));
    assert!(matches!(items.last(), Some(WebhookItem::Other { field, waba_id, .. })
        if field == "phone_number_quality_update" && waba_id == "2"));
}

#[test]
fn a_failed_status_says_why() {
    let raw = body(&[value(&json!({"statuses": [{"id": "c", "status": "failed", "timestamp": "2", "errors": [
        {"code": 131_026, "title": "Message undeliverable", "error_data": {"details": "No such account"}}]}]}))]);
    let WebhookItem::Status(status) = webhook::parse(&raw).unwrap().remove(0) else { panic!("it is a status") };
    let error = status.errors.first().unwrap();
    assert_eq!((error.code, error.details.as_deref()), (131_026, Some("No such account")));
}

#[test]
fn one_malformed_element_does_not_cost_the_others() {
    let good = json!({"from": "1", "id": "ok", "timestamp": "1", "type": "text", "text": {"body": "x"}});
    let raw = body(&[
        value(&json!({"messages": [{"id": 5}, good, "nonsense", {"id": "x", "timestamp": "soon", "type": "text"}]})),
        value(&json!({"statuses": [{"id": "s", "status": "teleported", "timestamp": "1"}, null]})),
        json!({"messages": [good]}),
        json!(null),
    ]);
    let items = webhook::parse(&raw).unwrap();
    let good = items.iter().filter(|item| matches!(item, WebhookItem::Message(_))).count();
    let bad = items.iter().filter(|item| matches!(item, WebhookItem::Unreadable { .. })).count();
    assert_eq!((good, bad), (1, 6), "{items:#?}");
}

#[test]
fn what_is_json_but_no_webhook_is_unreadable() {
    for raw in ["null", "[]", "{}", "1", r#"{"entry":{}}"#, r#"{"entry":[null]}"#, r#"{"entry":[{"changes":[1]}]}"#] {
        let items = webhook::parse(raw.as_bytes()).unwrap();
        assert!(matches!(items.as_slice(), [WebhookItem::Unreadable { .. }]), "{raw}");
    }
    assert!(webhook::parse(b"{").is_err());
    assert!(webhook::parse(&b"[".repeat(100_000)).is_err());
}

#[test]
fn three_megabytes_of_statuses_are_read() {
    let statuses: Vec<Value> = (0..20_000)
        .map(|id| json!({"id": format!("wamid.{id:0>100}"), "status": "delivered", "timestamp": "1"}))
        .collect();
    assert_eq!(webhook::parse(&body(&[value(&json!({"statuses": statuses}))])).unwrap().len(), 20_000);
}

#[test]
fn what_is_told_of_templates_is_read_with_whatever_names_them() {
    let told = |field: &str, value: Value| {
        let entry = json!({"id": 9, "time": 1_700_000_000, "changes": [{"field": field, "value": value}]});
        webhook::parse(json!({"entry": [entry]}).to_string().as_bytes()).unwrap().remove(0)
    };
    let named = json!({"event": "paused", "message_template_id": 12, "message_template_name": "aviso",
                       "message_template_language": "es", "reason": null});
    let expected = TemplateUpdate {
        waba_id: "9".into(),
        template_id: Some("12".into()),
        name: Some("aviso".into()),
        language: Some("es".into()),
        at: DateTime::from_timestamp(1_700_000_000, 0),
        change: TemplateChange::Status("PAUSED".into()),
    };
    assert_eq!(told("message_template_status_update", named), WebhookItem::Template(expected));
    for (field, value, change) in [
        (
            "template_category_update",
            json!({"new_category": "MARKETING"}),
            TemplateChange::Category("MARKETING".into()),
        ),
        ("message_template_quality_update", json!({"new_quality_score": "RED"}), TemplateChange::Quality("RED".into())),
    ] {
        let item = told(field, value);
        assert!(matches!(&item, WebhookItem::Template(update) if update.change == change), "{item:?}");
    }
    let item = told("message_template_status_update", json!({"event": {}}));
    assert!(matches!(item, WebhookItem::Other { .. }), "{item:?}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "entry",
        "changes",
        "field",
        "value",
        "messages",
        "statuses",
        "metadata",
        "phone_number_id",
        "id",
        "type",
        "text",
        "body",
        "interactive",
        "timestamp",
        "status",
        "errors",
        "contacts",
        "profile",
        "context",
        "image",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["messages", "text", "interactive", "sent", "image", "reaction"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 128, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(key.clone(), inner, 0..8)
                .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(raw in prop::collection::vec(any::<u8>(), 0..512)) {
        drop(webhook::parse(&raw));
    }

    #[test]
    fn no_json_makes_it_panic(root in any_json(), message in any_json(), status in any_json()) {
        drop(webhook::parse(&serde_json::to_vec(&root).unwrap()));
        drop(webhook::parse(&body(&[root, value(&json!({"messages": [message.clone()], "statuses": [status]}))])));
        drop(webhook::parse(&body(&[value(&json!({"messages": message}))])));
    }
}

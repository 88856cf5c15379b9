//! WhatsApp's side of the webhook: bodies as Meta writes them, signed as Meta signs them.

use super::{APP_SECRET, Caller, TestApp, eventually};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use types::Method;

impl TestApp {
    /// Tell the server something, properly signed; the status of its answer.
    pub(crate) async fn hear(&self, body: &Value) -> u16 {
        let raw = body.to_string().into_bytes();
        let signature = sign(&raw);
        self.post(raw, Some(&signature)).await
    }

    /// Tell it, and wait until it is worked on.
    pub(crate) async fn told(&self, body: &Value) {
        assert_eq!(self.hear(body).await, 200);
        self.settled().await;
    }

    /// Post bytes to the webhook as they are.
    pub(crate) async fn post(&self, raw: Vec<u8>, signature: Option<&str>) -> u16 {
        let mut request = Caller::new(&self.base, None).raw(Method::Post, "/webhooks/whatsapp").body(raw);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        request.send().await.unwrap().status().as_u16()
    }

    /// Wait until everything that was taken in is worked on.
    pub(crate) async fn settled(&self) {
        eventually("every event is worked on", async || {
            let position = db::webhook_events::position(self.app.db.read()).await.unwrap();
            db::webhook_events::list_after(self.app.db.read(), position, 1).await.unwrap().is_empty().then_some(())
        })
        .await;
    }
}

/// The signature of bytes.
pub(crate) fn sign(raw: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
    mac.update(raw);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// A body with one message of text.
pub(crate) fn text(number: &str, from: &str, wamid: &str, words: &str, at: DateTime<Utc>) -> Value {
    texts(number, &[(from, wamid, words)], at)
}

/// A body with messages of text, each `(from, wamid, words)`.
pub(crate) fn texts(number: &str, messages: &[(&str, &str, &str)], at: DateTime<Utc>) -> Value {
    let contacts: Vec<_> =
        messages.iter().map(|(from, ..)| json!({"profile": {"name": "Ana"}, "wa_id": from})).collect();
    let messages: Vec<_> = messages
        .iter()
        .map(|(from, wamid, words)| {
            json!({"from": from, "id": wamid, "timestamp": at.timestamp().to_string(), "type": "text", "text": {"body": words}})
        })
        .collect();
    body(&[
        json!({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "1", "phone_number_id": number},
        "contacts": contacts, "messages": messages}),
    ])
}

/// A body with reports on messages of ours.
pub(crate) fn statuses(number: &str, statuses: &[Value]) -> Value {
    body(&[
        json!({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "1", "phone_number_id": number},
        "statuses": statuses}),
    ])
}

/// One report. `opaque` is our own id, as it comes back.
pub(crate) fn status(wamid: &str, status: &str, opaque: Option<&str>, at: DateTime<Utc>) -> Value {
    let mut report =
        json!({"id": wamid, "status": status, "timestamp": at.timestamp().to_string(), "recipient_id": "56955550111"});
    if let Some(opaque) = opaque {
        report["biz_opaque_callback_data"] = json!(opaque);
    }
    if status == "failed" {
        report["errors"] =
            json!([{"code": 131_026, "title": "Message undeliverable", "error_data": {"details": "No such phone."}}]);
    }
    report
}

/// A body of one entry with the values of its changes.
pub(crate) fn body(values: &[Value]) -> Value {
    let changes: Vec<_> = values.iter().map(|value| json!({"field": "messages", "value": value})).collect();
    json!({"object": "whatsapp_business_account", "entry": [{"id": "waba", "changes": changes}]})
}

//! Seeing whether events of an account would arrive, each step for real: what Graph says, and our own address over HTTP.

use super::{
    change::callback,
    reach::{Reached, reached, read_trouble},
};
use crate::{App, Result};
use db::Scope;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::Duration;
use types::{
    WabaId,
    wabas::{WebhookCheck, WebhookTest},
};
use uuid::Uuid;

/// Our own address answers within this time, or it counts as not answering.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Characters of an answer that are shown.
const SHOWN_MAX: usize = 200;
/// An event in which nothing happened.
const NOTHING: &[u8] = br#"{"object":"whatsapp_business_account","entry":[]}"#;

/// Test an account's webhook: subscription, handshake and signature, each by itself.
pub async fn test_webhook(app: &App, scope: &Scope, id: WabaId) -> Result<WebhookTest> {
    let reached = reached(app, db::wabas::access(app.db.read(), scope, id).await?)?;
    let callback_url = callback(app);
    let client = reqwest::Client::builder().timeout(ANSWER_TIMEOUT).redirect(reqwest::redirect::Policy::none()).build();
    let client = client.map_err(|error| crate::Error::broken(error.to_string()))?;
    let subscribed = subscription(app, &reached).await;
    let handshake = handshake(app, &client, &callback_url).await;
    let signature = signature(app, &client, &callback_url).await;
    app.signature_failures.write(app).await?;
    let (signature_failures, last) = db::signature_failures::recent(app.db.read(), app.clock.now()).await?;
    Ok(WebhookTest {
        callback_url,
        subscribed,
        handshake,
        signature,
        last_event_at: db::wabas::get(app.db.read(), scope, id).await?.last_event_at,
        signature_failures,
        last_signature_failure_at: last,
    })
}

/// The signature of the test's own wrong delivery: wrong for everybody, and known to be ours, so that the test does not
/// count as an attempt at deceiving us.
pub fn test_signature(app: &App, body: &[u8]) -> Option<String> {
    let key = [app.settings.whatsapp_app_secret.as_bytes(), b" webhook test"].concat();
    sign(&key, body)
}

async fn subscription(app: &App, reached: &Reached) -> WebhookCheck {
    let Reached { access, endpoint, token } = reached;
    match app.whatsapp.list_subscribed_apps(endpoint, token, &access.waba_id).await {
        Ok(apps) => {
            let passed = apps.iter().any(|subscribed| subscribed.id == access.app_id);
            let found: Vec<&str> = apps.iter().map(|subscribed| subscribed.id.as_str()).collect();
            let detail = if found.is_empty() { "[]".to_owned() } else { shown(&found.join(", ")) };
            WebhookCheck { passed, detail: (!passed).then_some(detail) }
        }
        Err(error) => {
            let trouble = read_trouble(&error, app.clock.now());
            failed(trouble.detail.unwrap_or_else(|| trouble.reason.to_string()))
        }
    }
}

async fn handshake(app: &App, client: &reqwest::Client, url: &str) -> WebhookCheck {
    let challenge: Uuid = app.ids.make();
    let challenge = challenge.simple().to_string();
    let query = [
        ("hub.mode", "subscribe"),
        ("hub.challenge", &challenge),
        ("hub.verify_token", &app.settings.whatsapp_verify_token),
    ];
    let answer = match client.get(url).query(&query).send().await {
        Ok(answer) => answer,
        Err(error) => return failed(error.without_url().to_string()),
    };
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap_or_default();
    if status == 200 && text == challenge { passed() } else { failed(format!("HTTP {status}: {}", shown(&text))) }
}

async fn signature(app: &App, client: &reqwest::Client, url: &str) -> WebhookCheck {
    let right = sign(app.settings.whatsapp_app_secret.as_bytes(), NOTHING);
    let wrong = test_signature(app, NOTHING);
    for (signature, expected) in [(right, 200), (wrong, 403)] {
        let request = client.post(url).header("content-type", "application/json").body(NOTHING);
        let answer = request.header("x-hub-signature-256", signature.unwrap_or_default()).send().await;
        match answer.map(|answer| answer.status().as_u16()) {
            Ok(status) if status == expected => {}
            Ok(status) => return failed(format!("HTTP {status} ≠ {expected}")),
            Err(error) => return failed(error.without_url().to_string()),
        }
    }
    passed()
}

fn sign(key: &[u8], body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(body);
    Some(format!("sha256={}", hex::encode(mac.finalize().into_bytes())))
}

fn passed() -> WebhookCheck {
    WebhookCheck { passed: true, detail: None }
}

fn failed(detail: impl Into<String>) -> WebhookCheck {
    WebhookCheck { passed: false, detail: Some(detail.into()) }
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN_MAX).collect()
}

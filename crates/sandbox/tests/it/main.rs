//! The sandbox as a client meets it that was never written for it: documented bodies in, documented answers out.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod accounts;
mod faults;
mod journal;
mod phones;
mod sending;
mod webhooks;

use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use cercano_sandbox::{Sandbox, SandboxConfig, demo_world};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

const SECRET: &str = "it-secret";
const NUMBER: &str = "106540352242922";
const ANA: &str = "5491160000001";

/// A sandbox on a port of its own, with a business that receives its webhooks.
struct House {
    base: String,
    http: reqwest::Client,
    heard: Heard,
    server: actix_web::dev::ServerHandle,
}

/// What the business heard, and how it answers.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<(Vec<Bytes>, u16)>>);

impl House {
    fn new() -> Self {
        Self::with_dir(None)
    }

    fn with_dir(dir: Option<&Path>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let config = SandboxConfig {
            webhook_url: Some(format!("{base}/hook")),
            app_secret: SECRET.into(),
            dir: dir.map(Into::into),
            retry_at_most: Duration::from_millis(200),
            ..SandboxConfig::default()
        };
        let sandbox = Sandbox::start(config).unwrap();
        let heard = Heard::default();
        let ears = heard.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(ears.clone()))
                .configure(sandbox.configure())
                .route("/hook", web::post().to(receive))
                .route("/hook", web::get().to(handshake))
        })
        .workers(1)
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().unwrap();
        Self { base, http, heard, server: handle }
    }

    async fn graph(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let url = format!("{}/sandbox/graph/v23.0/{path}", self.base);
        let mut request = self.http.request(method.parse().unwrap(), url).bearer_auth(demo_world().access_token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Sends with the fields every message has.
    async fn send(&self, rest: Value) -> (u16, Value) {
        let mut body = json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": ANA});
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        self.graph("POST", &format!("{NUMBER}/messages"), Some(body)).await
    }

    async fn text(&self, text: &str) -> (u16, Value) {
        self.send(json!({"type": "text", "text": {"body": text}, "biz_opaque_callback_data": format!("m-{text}")}))
            .await
    }

    async fn api(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/sandbox/api/{path}", self.base);
        let response = self.http.request(method.parse().unwrap(), url).json(&body).send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        assert!(status < 300, "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn customer(&self, writing: Value) -> String {
        let mut body = json!({"to_number_id": NUMBER, "name": "Ana"});
        body.as_object_mut().unwrap().extend(writing.as_object().unwrap().clone());
        self.api("POST", &format!("phones/{ANA}/messages"), body).await["wamid"].as_str().unwrap().to_owned()
    }

    async fn on_screen(&self, phone: &str) -> Vec<Value> {
        let messages = self.api("GET", &format!("phones/{phone}/messages?number={NUMBER}"), json!({})).await;
        messages["messages"].as_array().unwrap().clone()
    }

    /// Waits until the business heard so many statuses and messages, and gives them in the order they came.
    async fn hears(&self, count: usize) -> Vec<Value> {
        for _ in 0..500 {
            if self.heard.items().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let items = self.heard.items();
        assert!(items.len() >= count, "heard only {items:#?}");
        items
    }

    async fn stats(&self) -> Value {
        self.api("GET", "stats", json!({})).await
    }

    async fn stop(self) {
        self.server.stop(false).await;
    }
}

impl Heard {
    fn bodies(&self) -> Vec<Value> {
        self.0.lock().unwrap().0.iter().map(|raw| serde_json::from_slice(raw).unwrap()).collect()
    }

    fn raw(&self) -> Vec<Bytes> {
        self.0.lock().unwrap().0.clone()
    }

    fn answer_with(&self, status: u16) {
        self.0.lock().unwrap().1 = status;
    }

    /// Every message and status, and the values of other changes.
    fn items(&self) -> Vec<Value> {
        let mut items = Vec::new();
        for body in self.bodies() {
            for entry in body["entry"].as_array().unwrap() {
                for change in entry["changes"].as_array().unwrap() {
                    let value = &change["value"];
                    if change["field"] != "messages" {
                        items.push(value.clone());
                    }
                    for key in ["messages", "statuses"] {
                        items.extend(value[key].as_array().into_iter().flatten().cloned());
                    }
                }
            }
        }
        items
    }
}

async fn receive(request: HttpRequest, heard: web::Data<Heard>, raw: Bytes) -> HttpResponse {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(&raw);
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    let given = request.headers().get("x-hub-signature-256").unwrap().to_str().unwrap();
    assert_eq!(given, signature, "the signature is over the raw bytes");
    let mut heard = heard.0.lock().unwrap();
    if heard.1 != 0 {
        return HttpResponse::build(heard.1.try_into().unwrap()).finish();
    }
    heard.0.push(raw);
    HttpResponse::Ok().finish()
}

async fn handshake(query: Query<Vec<(String, String)>>) -> HttpResponse {
    let get = |key: &str| query.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    if get("hub.verify_token").as_deref() == Some("good") && get("hub.mode").as_deref() == Some("subscribe") {
        HttpResponse::Ok().body(get("hub.challenge").unwrap())
    } else {
        HttpResponse::Forbidden().finish()
    }
}

fn code(answer: &(u16, Value)) -> i64 {
    assert!(answer.0 >= 400, "it was not refused: {answer:?}");
    assert!(answer.1["error"]["fbtrace_id"].is_string() && answer.1["error"]["type"].is_string(), "{answer:?}");
    answer.1["error"]["code"].as_i64().unwrap()
}

fn details(answer: &(u16, Value)) -> &str {
    answer.1["error"]["error_data"]["details"].as_str().unwrap()
}

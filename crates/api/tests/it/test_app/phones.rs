//! A sandbox on a port of its own, and what a customer does with its phones.

use super::{APP_SECRET, VERIFY_TOKEN, eventually};
use actix_web::{App, HttpServer, dev::ServerHandle};
use app::SandboxAccess;
use reqwest::Client;
use sandbox::{Sandbox, SandboxConfig, demo_world};
use serde_json::{Value, json};
use std::{net::TcpListener, time::Duration};

/// The phones of a running sandbox.
pub(crate) struct Phones {
    base: String,
    client: Client,
    handle: ServerHandle,
}

impl Phones {
    /// Start a sandbox that tells its webhooks to `server`.
    pub(crate) fn start(server: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}/sandbox", listener.local_addr().unwrap());
        let config = SandboxConfig {
            webhook_url: Some(format!("{server}/webhooks/whatsapp")),
            app_secret: APP_SECRET.to_owned(),
            verify_token: VERIFY_TOKEN.to_owned(),
            retry_at_most: Duration::from_millis(200),
            ..SandboxConfig::default()
        };
        let sandbox = Sandbox::start(config).unwrap();
        let server = HttpServer::new(move || App::new().configure(sandbox.configure()))
            .workers(1)
            .disable_signals()
            .shutdown_timeout(0)
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
        Self { base, client, handle }
    }

    /// The address of its Graph.
    pub(crate) fn graph(&self) -> String {
        format!("{}/graph", self.base)
    }

    /// Its account, as an installation with a sandbox offers it.
    pub(crate) fn access(&self) -> SandboxAccess {
        let world = demo_world();
        SandboxAccess {
            name: world.waba_name.to_owned(),
            waba_id: world.waba_id.to_owned(),
            app_id: world.app_id.to_owned(),
            token: world.access_token.to_owned(),
            base_url: self.graph(),
            graph_version: "v23.0".to_owned(),
        }
    }

    /// Use its control API.
    pub(crate) async fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let request = self.client.request(method.parse().unwrap(), format!("{}/api/{path}", self.base)).json(body);
        let response = request.send().await.unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        assert!(status < 300, "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// A customer writes a text to a number.
    pub(crate) async fn write(&self, phone: &str, number: &str, words: &str) {
        let body = json!({"to_number_id": number, "type": "text", "text": words, "name": "Ana"});
        self.control("POST", &format!("phones/{phone}/messages"), &body).await;
    }

    /// The texts a phone shows of a number, oldest first, once there are so many of them.
    pub(crate) async fn shows(&self, phone: &str, number: &str, count: usize) -> Vec<String> {
        eventually(&format!("the phone shows {count} messages"), async || {
            let shown = self.control("GET", &format!("phones/{phone}/messages?number={number}"), &json!({})).await;
            let messages = shown["messages"].as_array().unwrap().clone();
            (messages.len() >= count).then(|| messages.iter().map(shown_text).collect())
        })
        .await
    }

    /// What its page is told from now on, as a stream of events.
    pub(crate) async fn listen(&self) -> reqwest::Response {
        let client = Client::builder().no_proxy().build().unwrap();
        client.get(format!("{}/api/events", self.base)).send().await.unwrap()
    }

    /// Every message it sent out for us: how many carried each of our ids.
    pub(crate) async fn marks(&self) -> Vec<(String, u64)> {
        let marks = self.control("GET", "marks", &json!({})).await;
        let marks = marks["marks"].as_array().unwrap().iter();
        marks
            .map(|mark| {
                (
                    mark["biz_opaque_callback_data"].as_str().unwrap_or_default().to_owned(),
                    mark["messages"].as_u64().unwrap(),
                )
            })
            .collect()
    }
}

impl Drop for Phones {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

fn shown_text(message: &Value) -> String {
    message["shown"]["body"].as_str().unwrap_or_default().to_owned()
}

//! The sandbox: a look-alike of WhatsApp's Cloud API with phones a person or a test can play. It shares no code
//! with the rest of the product and speaks only HTTP with it, so a misunderstanding cannot hide in both.

mod clock;
mod control;
mod customer;
mod demo;
mod faults;
mod graph;
mod journal;
mod pace;
mod page;
mod progress;
mod shown;
mod store;
mod verification;
mod webhooks;
mod world;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{self, ServiceConfig};

pub use demo::{DemoNumber, DemoTemplate, DemoWorld, demo_world};

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// Where webhooks go, unless an account overrides it; `None` tells nobody.
    pub webhook_url: Option<String>,
    /// Signs the webhooks.
    pub app_secret: String,
    /// Sent when an overriding address is verified without a token of its own.
    pub verify_token: String,
    /// Where the journal is kept; `None` forgets everything at the end.
    pub dir: Option<PathBuf>,
    /// What links in answers begin with, such as `http://127.0.0.1:8080/sandbox`; `None` takes the host that was
    /// asked.
    pub public_base: Option<String>,
    /// The longest pause between two tries of a webhook.
    pub retry_at_most: Duration,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            webhook_url: None,
            app_secret: "sandbox-app-secret".into(),
            verify_token: "sandbox-verify-token".into(),
            dir: None,
            public_base: None,
            retry_at_most: Duration::from_secs(5),
        }
    }
}

/// A running sandbox; clones are the same one.
#[derive(Clone, Debug)]
pub struct Sandbox {
    inner: Arc<store::Inner>,
}

impl Sandbox {
    /// Starts a sandbox with [`demo_world`], or with what its journal remembers. Call it inside a tokio runtime:
    /// webhooks and ticks run there.
    ///
    /// # Errors
    /// When the journal cannot be read or written, or the system offers no TLS.
    pub fn start(config: SandboxConfig) -> io::Result<Self> {
        let (outbox, lanes) = webhooks::Outbox::new();
        let inner = Arc::new(store::Inner::open(config, outbox)?);
        webhooks::run(&inner, lanes);
        let sandbox = Self { inner };
        sandbox.resume();
        Ok(sandbox)
    }

    /// Mounts `/sandbox/graph`, `/sandbox/api` and the phones page at `/sandbox/`.
    pub fn configure(&self) -> impl FnOnce(&mut ServiceConfig) + use<> {
        let sandbox = self.clone();
        move |service| {
            service.service(
                web::scope("/sandbox")
                    .app_data(web::Data::new(sandbox))
                    .app_data(web::PayloadConfig::new(graph::LARGEST_BODY))
                    .configure(graph::configure)
                    .configure(control::configure)
                    .configure(page::configure),
            );
        }
    }
}

//! What every door shares: the database, the clock, the ids, the keys.

use crate::{
    channel::Directory,
    clock::{Clock, Ids},
    inbox::{self, Ingest, Keeper},
    keys::Keys,
    passwords::Passwords,
    realtime::Hub,
    signals::Signals,
};
use db::Db;
use std::{net::IpAddr, sync::Arc};

/// The running application. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub ids: Ids,
    pub keys: Keys,
    pub passwords: Passwords,
    pub settings: Arc<Settings>,
    pub ingest: Ingest,
    pub directory: Directory,
    pub signals: Signals,
    pub hub: Hub,
}

impl App {
    /// Put an application together. The keeper goes to [`crate::workers::start`].
    pub fn new(db: Db, clock: Clock, ids: Ids, keys: Keys, settings: Settings) -> (Self, Keeper) {
        let (ingest, keeper) = inbox::ingest();
        let app = Self {
            db,
            clock,
            ids,
            keys,
            passwords: Passwords::default(),
            settings: Arc::new(settings),
            ingest,
            directory: Directory::default(),
            signals: Signals::default(),
            hub: Hub::default(),
        };
        (app, keeper)
    }
}

/// What an installation sets.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address people and WhatsApp use, without a slash at the end.
    pub public_url: String,
    /// The account of the sandbox, when the sandbox is on.
    pub sandbox: Option<SandboxAccess>,
    /// Where the sandbox's phones can be played, when the sandbox is on.
    pub phones_url: Option<String>,
    /// Whether cookies may only travel over TLS.
    pub secure_cookies: bool,
    /// The proxies in front of this server, whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// The Meta app's secret, which signs webhooks.
    pub whatsapp_app_secret: String,
    /// What the webhook handshake must present.
    pub whatsapp_verify_token: String,
}

/// A WhatsApp account an organization can use without one of its own.
#[derive(Clone)]
pub struct SandboxAccess {
    pub name: String,
    pub waba_id: String,
    pub app_id: String,
    pub token: String,
    pub base_url: String,
    pub graph_version: String,
}

impl std::fmt::Debug for SandboxAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SandboxAccess").field("waba_id", &self.waba_id).finish_non_exhaustive()
    }
}

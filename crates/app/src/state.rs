//! What every door shares: the database, the clock, the ids, the keys.

use crate::{
    channel::Directory,
    clock::{Clock, Ids},
    inbox::{self, Ingest, Keeper},
    keys::Keys,
    passwords::Passwords,
    presence::Presence,
    realtime::Hub,
    signals::Signals,
    tickets::Typing,
    wabas::Heard,
    webhooks::SignatureFailures,
};
use db::Db;
use std::{net::IpAddr, sync::Arc, time::Duration};
use whatsapp::Client;

/// A connection to WhatsApp that is not there after this long was never made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// An answer that is not there after this long leaves the outcome unknown.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

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
    /// The client of WhatsApp's Graph API.
    pub whatsapp: Client,
    /// When each account was last heard of.
    pub heard: Heard,
    pub signature_failures: SignatureFailures,
    /// When WhatsApp was last told that somebody is writing.
    pub typing: Typing,
    /// Who is connected to this process.
    pub presence: Presence,
}

impl App {
    /// Put an application together. The keeper goes to [`crate::workers::start`].
    ///
    /// # Errors
    /// When the system offers no TLS.
    pub fn new(db: Db, clock: Clock, ids: Ids, keys: Keys, settings: Settings) -> crate::Result<(Self, Keeper)> {
        let http = Client::http(CONNECT_TIMEOUT, ANSWER_TIMEOUT);
        let http = http.map_err(|error| crate::Error::broken(error.to_string()))?;
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
            whatsapp: Client::new(http),
            heard: Heard::default(),
            signature_failures: SignatureFailures::default(),
            typing: Typing::default(),
            presence: Presence::default(),
        };
        Ok((app, keeper))
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
    /// Where accounts may be reached beside Meta and the sandbox, each without a slash at the end: the operator's word, since
    /// tokens and the webhook's verify token go there.
    pub graph_urls: Vec<String>,
    /// Whether the mail servers of organizations may stand in this server's own network.
    pub private_mail: bool,
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

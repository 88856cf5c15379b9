//! A running server with a database of its own, and the people who call it.

mod client;
mod database;
mod mailbox;
mod off_hours;
mod people;
mod phones;
mod queues;
mod stream;
mod whatsapp;

pub(crate) use client::Caller;
pub(crate) use mailbox::{Mailbox, token_in};
pub(crate) use off_hours::Writer;
pub(crate) use people::{Organization, Person, phone_number_id};
pub(crate) use stream::Stream;
pub(crate) use whatsapp::{body, sign, status, statuses, text, texts};

use actix_web::{App as ActixApp, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use api::answer_problems;
use app::{App, Clock, Ids, Settings, keys::Keys, workers::Workers};
use chrono::{DateTime, Utc};
use database::Database;
use phones::Phones;
use std::{
    net::TcpListener,
    sync::atomic::AtomicU32,
    time::{Duration, Instant},
};
use utoipa_actix_web::AppExt;

pub(crate) const APP_SECRET: &str = "a secret only WhatsApp knows";
pub(crate) const VERIFY_TOKEN: &str = "a token for the handshake";
/// What is waited for happens within this time, or the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The server under test.
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) base: String,
    phones: Option<Phones>,
    numbers: AtomicU32,
    handle: ServerHandle,
    workers: Workers,
    _database: Database,
}

impl TestApp {
    /// Start a server on a free port, with an empty database. The clock stands at noon of 2 June 2026.
    pub(crate) async fn start() -> Self {
        Self::at(Clock::stopped(noon()), false, |_| {}).await
    }

    /// A server whose organizations are connected to a sandbox of their own. Both live by the system's clock.
    pub(crate) async fn with_sandbox() -> Self {
        Self::at(Clock::system(), true, |_| {}).await
    }

    /// A server with a sandbox whose operator sets something else.
    pub(crate) async fn operated(set: impl FnOnce(&mut Settings)) -> Self {
        Self::at(Clock::system(), true, set).await
    }

    async fn at(clock: Clock, with_sandbox: bool, set: impl FnOnce(&mut Settings)) -> Self {
        let (db, database) = database::open().await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let phones = with_sandbox.then(|| Phones::start(&base));
        let mut settings = Settings {
            public_url: base.clone(),
            sandbox: phones.as_ref().map(Phones::access),
            phones_url: None,
            graph_urls: Vec::new(),
            private_mail: false,
            secure_cookies: false,
            trusted_proxies: Vec::new(),
            whatsapp_app_secret: APP_SECRET.to_owned(),
            whatsapp_verify_token: VERIFY_TOKEN.to_owned(),
        };
        set(&mut settings);
        let keys = Keys::new(vec![vec![7; 32]]).unwrap();
        let (app, keeper) = App::new(db, clock, Ids::random(), keys, settings).unwrap();
        let workers = app::workers::start(&app, keeper).unwrap();
        let shared = app.clone();
        let server = HttpServer::new(move || {
            let (actix, _) = ActixApp::new().into_utoipa_app().configure(api::routes).split_for_parts();
            actix
                .configure(api::shared(shared.clone()))
                .default_service(web::to(api::not_found))
                .wrap(from_fn(answer_problems))
        })
        .workers(1)
        .disable_signals()
        .shutdown_timeout(0)
        .listen(listener)
        .unwrap();
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { app, base, phones, numbers: AtomicU32::new(1), handle, workers, _database: database }
    }

    /// Stop the work wherever it is, as a crash would, and begin it anew on what is in the database.
    pub(crate) async fn restart(&mut self) {
        let App { db, clock, ids, keys, settings, presence, .. } = self.app.clone();
        let (mut app, keeper) = App::new(db, clock, ids, keys, Settings::clone(&settings)).unwrap();
        // Whoever was there is still.
        app.presence = presence;
        let stopped = std::mem::replace(&mut self.workers, app::workers::start(&app, keeper).unwrap());
        stopped.stop().await;
    }

    /// Another process that works on the same database.
    pub(crate) fn replica(&self) -> (App, Workers) {
        let App { db, clock, ids, keys, settings, .. } = self.app.clone();
        let (app, keeper) = App::new(db, clock, ids, keys, Settings::clone(&settings)).unwrap();
        let workers = app::workers::start(&app, keeper).unwrap();
        (app, workers)
    }

    /// Someone nobody knows.
    pub(crate) fn stranger(&self) -> Caller {
        Caller::new(&self.base, None)
    }

    /// The phones of the sandbox.
    pub(crate) fn phones(&self) -> &Phones {
        self.phones.as_ref().expect("this test has no sandbox")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-06-02T12:00:00Z".parse().unwrap()
}

/// Ask again and again until there is an answer.
pub(crate) async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < until, "it never happened: {what}");
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
}

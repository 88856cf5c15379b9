//! Running the server: database, workers, sandbox, routes; and ending it without losing what it accepted.

use crate::{
    commands::{ServerOptions, Switch},
    config::Config,
    logs, spa,
};
use actix_web::{App as ActixApp, HttpServer, middleware::from_fn, web};
use anyhow::{Context, Result};
use app::{App, Clock, Ids, SandboxAccess, Settings, inbox::Keeper};
use sandbox::{Sandbox, SandboxConfig, demo_world};
use std::sync::Arc;
use utoipa_actix_web::AppExt;

/// Seconds that open requests have to end after the server was asked to stop.
const SHUTDOWN_SECONDS: u64 = 8;

pub(crate) async fn run(options: ServerOptions) -> Result<()> {
    let config = Config::read(options)?;
    logs::start(config.log_format);
    let (mut app, keeper) = open(&config).await?;
    let sandbox = sandbox(&config, &mut app).await?;
    let workers = app::workers::start(&app, keeper)?;
    let shared = app.clone();
    let mut server = HttpServer::new(move || {
        let (actix, _) = ActixApp::new().into_utoipa_app().configure(api::routes).split_for_parts();
        let actix = actix.configure(api::shared(shared.clone()));
        let actix = match &sandbox {
            Some(sandbox) => actix.configure(sandbox.configure()),
            None => actix,
        };
        actix.default_service(web::to(spa::serve)).wrap(from_fn(api::answer_problems))
    })
    .shutdown_timeout(SHUTDOWN_SECONDS);
    if let Some(workers) = config.workers {
        server = server.workers(workers);
    }
    let server = server.bind(config.listen).with_context(|| format!("--listen {} is not free", config.listen))?;
    tracing::info!("Cercano listens on {}", config.public_url);
    let server = server.disable_signals().run();
    let handle = server.handle();
    let hub = app.hub.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("Cercano stops: it finishes what it has accepted");
        // Open streams would keep the server waiting.
        hub.close();
        handle.stop(true).await;
    });
    server.await?;
    workers.stop().await;
    app.db.close().await?;
    tracing::info!("Cercano has stopped");
    Ok(())
}

/// By Ctrl+C, or by SIGTERM where there is one.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}

pub(crate) async fn migrate(options: ServerOptions) -> Result<()> {
    let config = Config::read(options)?;
    logs::start(config.log_format);
    let db = config.open_database().await?;
    Ok(db.migrate().await?)
}

/// Open the database, bring it up to date, and put the application together.
pub(crate) async fn open(config: &Config) -> Result<(App, Keeper)> {
    let db = config.open_database().await?;
    db.migrate().await.context("the database cannot be brought up to date")?;
    let settings = Settings {
        public_url: config.public_url.clone(),
        sandbox: None,
        phones_url: None,
        graph_urls: config.graph_urls.clone(),
        private_mail: config.private_mail,
        secure_cookies: config.public_url.starts_with("https://"),
        trusted_proxies: config.trusted_proxies.clone(),
        whatsapp_app_secret: config.secrets.whatsapp_app_secret.clone(),
        whatsapp_verify_token: config.secrets.whatsapp_verify_token.clone(),
    };
    Ok(App::new(db, Clock::system(), Ids::random(), config.keys()?, settings)?)
}

/// Where the sandbox of this server answers as the Graph API.
pub(crate) fn sandbox_base(config: &Config) -> String {
    format!("http://{}/sandbox/graph", config.listen)
}

async fn sandbox(config: &Config, app: &mut App) -> Result<Option<Sandbox>> {
    let base = sandbox_base(config);
    let on = match config.sandbox {
        Some(switch) => switch == Switch::On,
        // Its control has no sign-in: on an address others can reach it runs only where that is asked for.
        None => {
            config.listen.ip().is_loopback() && db::wabas::needs_sandbox(app.db.read(), demo_world().waba_id).await?
        }
    };
    if !on {
        return Ok(None);
    }
    let tx = db::begin(&app.db).await?;
    db::wabas::move_to(&tx, demo_world().waba_id, &base).await?;
    tx.commit().await?;
    let sandbox = Sandbox::start(SandboxConfig {
        webhook_url: Some(format!("http://{}/webhooks/whatsapp", config.listen)),
        app_secret: config.secrets.whatsapp_app_secret.clone(),
        verify_token: config.secrets.whatsapp_verify_token.clone(),
        dir: Some(config.data_dir.join("sandbox")),
        public_base: Some(format!("{}/sandbox", config.public_url)),
        ..SandboxConfig::default()
    })
    .context("the sandbox cannot start")?;
    let world = demo_world();
    let access = SandboxAccess {
        name: world.waba_name.to_owned(),
        waba_id: world.waba_id.to_owned(),
        app_id: world.app_id.to_owned(),
        token: world.access_token.to_owned(),
        base_url: base,
        graph_version: "v23.0".to_owned(),
    };
    let phones_url = Some("/sandbox/".to_owned());
    app.settings = Arc::new(Settings { phones_url, sandbox: Some(access), ..app.settings.as_ref().clone() });
    Ok(Some(sandbox))
}

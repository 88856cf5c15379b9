//! The sandbox alone, in a process of its own.

use crate::{
    commands::{LogFormat, SandboxOptions},
    logs,
};
use ::sandbox::{Sandbox, SandboxConfig};
use actix_web::{App, HttpServer};
use anyhow::{Context, Result};

pub(crate) async fn run(options: SandboxOptions) -> Result<()> {
    logs::start(LogFormat::Text);
    let SandboxOptions { listen, webhook_url, app_secret, verify_token, dir } = options;
    let config = SandboxConfig {
        webhook_url,
        app_secret,
        verify_token,
        dir,
        public_base: Some(format!("http://{listen}/sandbox")),
        ..SandboxConfig::default()
    };
    let sandbox = Sandbox::start(config).context("the sandbox cannot start")?;
    let server = HttpServer::new(move || App::new().configure(sandbox.configure()));
    tracing::info!("the sandbox listens on http://{listen}/sandbox/");
    server.bind(listen).with_context(|| format!("--listen {listen} is not free"))?.run().await?;
    Ok(())
}

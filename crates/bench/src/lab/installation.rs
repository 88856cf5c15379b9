//! An installation of Cercano: seeded, filled, and running.

use super::{APP_SECRET, Child, Lab, Store, VERIFY_TOKEN, children, free_address};
use crate::wire::Wire;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};
use std::{
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;

/// A server that is not ready after this long never will be.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// An installation that is not running yet.
#[derive(Debug)]
pub(crate) struct Installation {
    dir: TempDir,
    database: Option<String>,
    sign_ins: Vec<SignIn>,
}

#[derive(Clone, Debug, Deserialize)]
struct Demo {
    sign_ins: Vec<SignIn>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SignIn {
    role: String,
    email: String,
    password: String,
}

/// What `cercano generate` made.
#[derive(Debug, Deserialize)]
pub(crate) struct Generated {
    pub(crate) numbers: Vec<AddedNumber>,
    pub(crate) awaiting: Vec<Awaiting>,
    pub(crate) sign_ins: Vec<SignIn>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AddedNumber {
    pub(crate) phone_number_id: String,
    pub(crate) phone: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Awaiting {
    pub(crate) id: String,
    pub(crate) wamid: String,
    pub(crate) phone_number_id: String,
    pub(crate) to: String,
}

impl Installation {
    /// An empty one.
    pub(crate) async fn empty(lab: &Lab, store: Store) -> Result<Self> {
        Ok(Self { dir: tempfile::tempdir()?, database: lab.database(store).await?, sign_ins: Vec::new() })
    }

    /// One with the demo organization, whose numbers are reached at `graph`.
    pub(crate) async fn seeded(lab: &Lab, store: Store, graph: SocketAddr) -> Result<Self> {
        let mut new = Self::empty(lab, store).await?;
        let demo: Demo = new.command(lab, &["seed", "--json", "--listen", &graph.to_string()])?;
        new.sign_ins = demo.sign_ins;
        Ok(new)
    }

    /// Fill it, and let the database look at what it has now, as it does by itself after a while.
    pub(crate) async fn generate(&self, lab: &Lab, options: &[&str]) -> Result<Generated> {
        let generated = self.command(lab, &[&["generate"], options].concat())?;
        if let Some(url) = &self.database {
            PgConnection::connect(url).await?.execute("VACUUM ANALYZE").await?;
        }
        Ok(generated)
    }

    /// Let those sign in who were made since.
    pub(crate) fn know(&mut self, sign_ins: Vec<SignIn>) {
        self.sign_ins.extend(sign_ins);
    }

    /// Start it, and wait until it is ready; gives how long that took.
    pub(crate) async fn start(&self, lab: &Lab, listen: SocketAddr) -> Result<(Server, Duration)> {
        let address = listen.to_string();
        let mut arguments = self.arguments(vec!["serve", "--listen", &address, "--sandbox", "off"]);
        arguments.extend(["--whatsapp-app-secret", APP_SECRET, "--whatsapp-verify-token", VERIFY_TOKEN]);
        let started = Instant::now();
        let child = Child::start(&lab.program("cercano"), &arguments, &self.dir.path().join("log"))?;
        loop {
            if started.elapsed() > READY_WITHIN {
                bail!("the server was not ready within {READY_WITHIN:?}; it said: {}", self.log());
            }
            if let Ok(mut wire) = Wire::connect(listen).await
                && wire.get("/readyz", None).await.is_ok_and(|answer| answer.status == 200)
            {
                break;
            }
            sleep(Duration::from_millis(2)).await;
        }
        let took = started.elapsed();
        Ok((Server { child, listen, http: lab.http.clone(), sign_ins: self.sign_ins.clone() }, took))
    }

    /// Start it anywhere.
    pub(crate) async fn serve(&self, lab: &Lab) -> Result<Server> {
        Ok(self.start(lab, free_address()?).await?.0)
    }

    /// Start a sandbox that tells its webhooks to an address.
    pub(crate) async fn sandbox(&self, lab: &Lab, webhooks: SocketAddr) -> Result<(Child, SocketAddr)> {
        let listen = free_address()?;
        let (address, url) = (listen.to_string(), format!("http://{webhooks}/webhooks/whatsapp"));
        let arguments = ["sandbox", "--listen", &address, "--webhook-url", &url, "--app-secret", APP_SECRET];
        let arguments = [&arguments[..], &["--verify-token", VERIFY_TOKEN]].concat();
        let child = Child::start(&lab.program("cercano"), &arguments, &self.dir.path().join("sandbox.log"))?;
        children::reachable(listen).await?;
        Ok((child, listen))
    }

    fn arguments<'a>(&'a self, mut arguments: Vec<&'a str>) -> Vec<&'a str> {
        arguments.extend(["--data-dir", self.dir.path().to_str().unwrap_or_default()]);
        arguments.extend(self.database.iter().flat_map(|url| ["--database-url", url]));
        arguments
    }

    fn command<T: DeserializeOwned>(&self, lab: &Lab, arguments: &[&str]) -> Result<T> {
        let mut command = Command::new(lab.program("cercano"));
        let output = command.args(self.arguments(arguments.to_vec())).stdin(Stdio::null()).output()?;
        if !output.status.success() {
            bail!("cercano {} failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).context("what cercano printed cannot be read")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
    }
}

/// A running installation.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) listen: SocketAddr,
    http: reqwest::Client,
    sign_ins: Vec<SignIn>,
}

impl Server {
    /// Sign the first member with a role in; gives the token.
    pub(crate) async fn sign_in(&self, role: &str) -> Result<String> {
        let sign_in = self.sign_ins.iter().find(|sign_in| sign_in.role == role).context("nobody has that role")?;
        let body = json!({"email": sign_in.email, "password": sign_in.password});
        let answer = self.http.post(self.url(types::sessions::CREATE_SESSION.path)).json(&body).send().await?;
        let session: Value = answer.error_for_status()?.json().await?;
        Ok(session.get("token").and_then(Value::as_str).context("the session has no token")?.to_owned())
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Result<Value> {
        Ok(self.http.get(self.url(path)).bearer_auth(token).send().await?.error_for_status()?.json().await?)
    }

    pub(crate) async fn post(&self, token: &str, path: &str, kind: &str, body: String) -> Result<Value> {
        let request = self.http.post(self.url(path)).bearer_auth(token).header("Content-Type", kind).body(body);
        let answer = request.send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("{path} answered {status}: {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }

    /// A figure of `/metrics`; nought before it was first counted.
    pub(crate) async fn figure(&self, name: &str) -> Result<u64> {
        let text = self.http.get(self.url("/metrics")).send().await?.text().await?;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        Ok(line.map(str::trim).and_then(|value| value.parse().ok()).unwrap_or(0))
    }

    /// Wait until a figure has a value; gives the time that took, or nothing when it takes too long.
    pub(crate) async fn wait_for(&self, name: &str, value: u64, within: Duration) -> Result<Option<Duration>> {
        let started = Instant::now();
        while self.figure(name).await? < value {
            if started.elapsed() > within {
                return Ok(None);
            }
            sleep(Duration::from_millis(25)).await;
        }
        Ok(Some(started.elapsed()))
    }

    /// Wait until everything that came in is worked on and nothing more comes.
    pub(crate) async fn settle(&self) -> Result<()> {
        let (started, mut before) = (Instant::now(), u64::MAX);
        while started.elapsed() < Duration::from_mins(1) {
            let (kept, worked) = (self.figure(EVENTS).await?, self.figure(WORKED).await?);
            if kept == worked && kept == before {
                return Ok(());
            }
            before = kept;
            sleep(Duration::from_millis(1700)).await;
        }
        Ok(())
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.listen)
    }
}

/// The names of figures.
pub(crate) const EVENTS: &str = "cercano_webhook_events_total";
pub(crate) const WORKED: &str = "cercano_webhook_events_worked_total";
pub(crate) const RECEIVED: &str = "cercano_messages_received_total";
pub(crate) const SENT: &str = "cercano_messages_sent_total";

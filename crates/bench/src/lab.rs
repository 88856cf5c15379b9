//! Where things are measured: child processes on loopback, temporary folders, a database for each installation.

mod children;
mod installation;

pub(crate) use children::{Child, free_address};
pub(crate) use installation::{AddedNumber, Awaiting, EVENTS, Installation, RECEIVED, SENT, Server, WORKED};

use anyhow::{Context, Result};
use reqwest::{Client, Url};
use sqlx::{Connection, Executor, PgConnection};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tempfile::TempDir;

/// Signs the webhooks of every installation here.
pub(crate) const APP_SECRET: &str = "bench-app-secret";
pub(crate) const VERIFY_TOKEN: &str = "bench-verify-token";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    Sqlite,
    Postgres,
}

impl Store {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What every bench needs.
#[derive(Debug)]
pub(crate) struct Lab {
    /// The folder of the programs.
    programs: PathBuf,
    postgres: Option<Url>,
    databases: AtomicU32,
    pub(crate) http: Client,
    quick: bool,
}

impl Lab {
    pub(crate) fn new(postgres: Option<&str>, quick: bool) -> Result<Self> {
        let own = std::env::current_exe()?;
        let programs = own.parent().context("the program is in no folder")?.to_owned();
        let postgres = postgres.map(Url::parse).transpose().context("--postgres is no address")?;
        let http = Client::builder().timeout(Duration::from_mins(1)).build()?;
        Ok(Self { programs, postgres, databases: AtomicU32::new(0), http, quick })
    }

    /// The databases there are, the embedded one first.
    pub(crate) fn stores(&self) -> Vec<Store> {
        let postgres = self.postgres.as_ref().map(|_| Store::Postgres);
        [Some(Store::Sqlite), postgres].into_iter().flatten().collect()
    }

    /// As much work as was asked for.
    pub(crate) fn much(&self, work: u64) -> u64 {
        if self.quick { (work / 10).max(1) } else { work }
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// The folder builds go to.
    pub(crate) fn target(&self) -> &Path {
        self.programs.parent().unwrap_or(&self.programs)
    }

    /// A new empty database: an address for `PostgreSQL`, nothing for `SQLite`.
    pub(crate) async fn database(&self, store: Store) -> Result<Option<String>> {
        let Store::Postgres = store else { return Ok(None) };
        let server = self.postgres.as_ref().context("there is no PostgreSQL")?;
        let name = format!("bench_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        let mut connection = PgConnection::connect(server.as_str()).await?;
        for words in [["DROP DATABASE IF EXISTS", &name], ["CREATE DATABASE", &name]] {
            connection.execute(sqlx::AssertSqlSafe(words.join(" "))).await?;
        }
        let mut url = server.clone();
        url.set_path(&name);
        Ok(Some(url.into()))
    }

    /// Start the yardstick on a database of its own.
    pub(crate) async fn yardstick(&self, store: Store) -> Result<(Child, SocketAddr, TempDir)> {
        let dir = tempfile::tempdir()?;
        let url = match self.database(store).await? {
            Some(url) => url,
            None => format!("sqlite://{}", dir.path().join("yardstick.db").display()),
        };
        let listen = free_address()?;
        let arguments = ["receiver", "--listen", &listen.to_string(), "--database-url", &url];
        let child = Child::start(&self.program("cercano-bench"), &arguments, &dir.path().join("log"))?;
        children::reachable(listen).await?;
        Ok((child, listen, dir))
    }

    /// Start a Graph that takes every message.
    pub(crate) async fn graph(&self) -> Result<(Child, SocketAddr)> {
        let listen = free_address()?;
        let arguments = ["graph", "--listen", &listen.to_string()];
        let child = Child::start(&self.program("cercano-bench"), &arguments, Path::new("/dev/null"))?;
        children::reachable(listen).await?;
        Ok((child, listen))
    }
}

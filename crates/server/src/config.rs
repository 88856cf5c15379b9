//! The configuration of a server, complete: options read, defaults filled, secrets found or made.

use crate::{
    commands::{LogFormat, ServerOptions, Switch},
    secrets::{self, Secrets},
};
use anyhow::{Context, Result, bail};
use app::keys::Keys;
use db::Db;
use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// Everything a server needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) data_dir: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) database: Database,
    pub(crate) sandbox: Option<Switch>,
    pub(crate) public_url: String,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) graph_urls: Vec<String>,
    pub(crate) private_mail: bool,
    pub(crate) secrets: Secrets,
    pub(crate) log_format: LogFormat,
    pub(crate) workers: Option<usize>,
}

/// Where the data is.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    Sqlite(PathBuf),
    Postgres { url: String, connections: u32 },
}

impl Config {
    /// Read the file, if one is named, and fill what neither it nor the command line sets.
    pub(crate) fn read(options: ServerOptions) -> Result<Self> {
        let options = with_file(options)?;
        let data_dir = options.data_dir.unwrap_or_else(|| PathBuf::from("data"));
        fs::create_dir_all(&data_dir).with_context(|| format!("--data-dir {} cannot be made", data_dir.display()))?;
        let listen = options.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let database = match options.database_url {
            None => Database::Sqlite(data_dir.join("cercano.db")),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Database::Postgres { url, connections: options.database_connections.unwrap_or(16) }
            }
            Some(_) => bail!("--database-url has to begin with postgres:// ; without it the embedded SQLite is used"),
        };
        let public_url = options.public_url.unwrap_or_else(|| format!("http://{listen}"));
        if !(public_url.starts_with("http://") || public_url.starts_with("https://")) {
            bail!("--public-url has to begin with http:// or https://");
        }
        let graph_urls: Vec<String> = options.graph_urls.unwrap_or_default();
        let graph_urls: Vec<_> = graph_urls.iter().map(|url| url.trim().trim_end_matches('/').to_owned()).collect();
        if graph_urls.iter().any(|url| !(url.starts_with("http://") || url.starts_with("https://"))) {
            bail!("--graph-urls have to begin with http:// or https://");
        }
        let mut found = secrets::read_or_make(&data_dir)?;
        if let Some(secret) = options.whatsapp_app_secret {
            found.whatsapp_app_secret = secret;
        }
        if let Some(token) = options.whatsapp_verify_token {
            found.whatsapp_verify_token = token;
        }
        if let Some(keys) = options.secret_keys {
            found.secret_keys = keys.split(',').map(|key| key.trim().to_owned()).collect();
        }
        Ok(Self {
            data_dir,
            listen,
            database,
            sandbox: options.sandbox,
            public_url: public_url.trim_end_matches('/').to_owned(),
            trusted_proxies: options.trusted_proxies.unwrap_or_default(),
            graph_urls,
            private_mail: options.private_mail == Some(Switch::On),
            secrets: found,
            log_format: options.log_format.unwrap_or_default(),
            workers: options.workers,
        })
    }

    pub(crate) async fn open_database(&self) -> Result<Db> {
        match &self.database {
            Database::Sqlite(file) => {
                Db::sqlite(file).await.with_context(|| format!("{} cannot be opened", file.display()))
            }
            Database::Postgres { url, connections } => {
                Db::postgres(url, *connections).await.context("--database-url: PostgreSQL cannot be reached")
            }
        }
    }

    pub(crate) fn keys(&self) -> Result<Keys> {
        let secrets: Vec<_> = self
            .secrets
            .secret_keys
            .iter()
            .map(|key| hex::decode(key).context("--secret-keys has to be written in hexadecimal"))
            .collect::<Result<_>>()?;
        Ok(Keys::new(secrets)?)
    }
}

fn with_file(options: ServerOptions) -> Result<ServerOptions> {
    let Some(path) = &options.config else { return Ok(options) };
    let text = fs::read_to_string(path).with_context(|| format!("--config {} cannot be read", path.display()))?;
    let file: ServerOptions =
        toml::from_str(&text).with_context(|| format!("--config {} is not right", path.display()))?;
    Ok(ServerOptions {
        config: None,
        data_dir: options.data_dir.or(file.data_dir),
        listen: options.listen.or(file.listen),
        database_url: options.database_url.or(file.database_url),
        database_connections: options.database_connections.or(file.database_connections),
        sandbox: options.sandbox.or(file.sandbox),
        public_url: options.public_url.or(file.public_url),
        trusted_proxies: options.trusted_proxies.or(file.trusted_proxies),
        graph_urls: options.graph_urls.or(file.graph_urls),
        private_mail: options.private_mail.or(file.private_mail),
        whatsapp_app_secret: options.whatsapp_app_secret.or(file.whatsapp_app_secret),
        whatsapp_verify_token: options.whatsapp_verify_token.or(file.whatsapp_verify_token),
        secret_keys: options.secret_keys.or(file.secret_keys),
        log_format: options.log_format.or(file.log_format),
        workers: options.workers.or(file.workers),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_comes_before_the_file_and_a_wrong_value_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("cercano.toml");
        fs::write(&file, "listen = \"127.0.0.1:1\"\nsandbox = \"off\"\nlog-format = \"json\"\ngraph-urls = [\"https://graph.example.com/\"]\nprivate-mail = \"on\"\n")
            .unwrap();
        let options = ServerOptions {
            config: Some(file.clone()),
            data_dir: Some(dir.path().join("data")),
            sandbox: Some(Switch::On),
            ..ServerOptions::default()
        };
        let config = Config::read(options.clone()).unwrap();
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.sandbox, Some(Switch::On));
        assert_eq!(config.log_format, LogFormat::Json);
        assert_eq!(
            (config.graph_urls.as_slice(), config.private_mail),
            (&["https://graph.example.com".to_owned()][..], true)
        );

        fs::write(&file, "lisen = \"127.0.0.1:1\"\n").unwrap();
        assert!(format!("{:#}", Config::read(options.clone()).unwrap_err()).contains("lisen"));
        let graph = ServerOptions { config: None, graph_urls: Some(vec!["file:///x".to_owned()]), ..options.clone() };
        assert!(format!("{:#}", Config::read(graph).unwrap_err()).contains("--graph-urls"));
        let wrong = ServerOptions { config: None, database_url: Some("mysql://x".to_owned()), ..options };
        assert!(format!("{:#}", Config::read(wrong).unwrap_err()).contains("--database-url"));
    }
}

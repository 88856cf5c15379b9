//! The command line. Every option can also be set by environment and, for the server's, by file.

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use types::Language;

/// Cercano: one-to-one conversations on WhatsApp, in sight of the company.
#[derive(Debug, Parser)]
#[command(name = "cercano", version, about)]
pub(crate) struct Cercano {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server; it brings the database up to date first
    Serve(ServerOptions),
    /// Bring the database up to date, and stop
    Migrate(ServerOptions),
    /// Make the demo organization, and print its sign-ins
    Seed(SeedOptions),
    /// Make a further organization beside the first one
    #[command(subcommand)]
    Organization(OrganizationCommand),
    /// Fill the demo organization with a history of any size, for sizing and benches
    Generate(GenerateOptions),
    /// Run the sandbox alone: a look-alike of WhatsApp's Graph API with phones to play
    Sandbox(SandboxOptions),
    /// Write the OpenAPI documents into a folder, or check that it has them
    Openapi(OpenapiOptions),
}

/// What the server takes. Command line before environment, environment before file, file before default.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ServerOptions {
    /// A TOML file with these options, written as on the command line without the dashes in front
    #[arg(long, env = "CERCANO_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,
    /// Where the database, the keys and the files are kept [default: data]
    #[arg(long, env = "CERCANO_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, env = "CERCANO_LISTEN", value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,
    /// PostgreSQL instead of the embedded SQLite: <postgres://user@host/name>
    #[arg(long, env = "CERCANO_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Connections to PostgreSQL at most [default: 16]
    #[arg(long, env = "CERCANO_DATABASE_CONNECTIONS", value_name = "N")]
    pub(crate) database_connections: Option<u32>,
    /// Run the sandbox in this server [default: on, on a loopback address, while an account of the sandbox is connected or no
    /// account outside it is]
    #[arg(long, env = "CERCANO_SANDBOX", value_name = "on|off")]
    pub(crate) sandbox: Option<Switch>,
    /// The address people use, when it is not the one listened on: <https://cercano.example.com>
    #[arg(long, env = "CERCANO_PUBLIC_URL", value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Addresses of proxies in front of this server, by comma: their X-Forwarded-For is believed
    #[arg(long, env = "CERCANO_TRUSTED_PROXIES", value_name = "IP", value_delimiter = ',')]
    pub(crate) trusted_proxies: Option<Vec<IpAddr>>,
    /// Where WhatsApp accounts may be reached beside Meta and the sandbox, by comma: their tokens and the webhook's verify
    /// token go there [default: none]
    #[arg(long, env = "CERCANO_GRAPH_URLS", value_name = "URL", value_delimiter = ',')]
    pub(crate) graph_urls: Option<Vec<String>>,
    /// Let organizations' mail servers stand in this server's own network [default: off, where there are several organizations]
    #[arg(long, env = "CERCANO_PRIVATE_MAIL", value_name = "on|off")]
    pub(crate) private_mail: Option<Switch>,
    /// The Meta app's secret, which signs webhooks [default: made at the first start, for the sandbox]
    #[arg(long, env = "CERCANO_WHATSAPP_APP_SECRET", value_name = "SECRET", hide_env_values = true)]
    pub(crate) whatsapp_app_secret: Option<String>,
    /// What the webhook handshake must present [default: made at the first start]
    #[arg(long, env = "CERCANO_WHATSAPP_VERIFY_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub(crate) whatsapp_verify_token: Option<String>,
    /// The installation's secret in hex, 32 bytes or more; several by comma, the current one first
    /// [default: made at the first start and kept in the data folder]
    #[arg(long, env = "CERCANO_SECRET_KEYS", value_name = "HEX", hide_env_values = true)]
    pub(crate) secret_keys: Option<String>,
    /// How logs are written [default: text]
    #[arg(long, env = "CERCANO_LOG_FORMAT", value_name = "text|json")]
    pub(crate) log_format: Option<LogFormat>,
    /// Threads that answer requests [default: one per core]
    #[arg(long, env = "CERCANO_WORKERS", value_name = "N")]
    pub(crate) workers: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SeedOptions {
    #[command(flatten)]
    pub(crate) server: ServerOptions,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OrganizationCommand {
    /// Make an organization, and print the link by which its administrator chooses a password
    Create(OrganizationOptions),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct OrganizationOptions {
    #[command(flatten)]
    pub(crate) server: ServerOptions,
    /// Its name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Its time zone, by its IANA name: America/Santiago
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: String,
    /// The language of its members, and of what it says to customers
    #[arg(long, value_name = "es|pt|en", default_value_t = Language::Es)]
    pub(crate) language: Language,
    /// The name of its administrator
    #[arg(long, value_name = "NAME")]
    pub(crate) admin_name: String,
    /// The administrator's e-mail, which no member of this installation has yet
    #[arg(long, value_name = "EMAIL")]
    pub(crate) email: String,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct GenerateOptions {
    #[command(flatten)]
    pub(crate) server: ServerOptions,
    /// Tickets of the history, two a contact, over the last year; the newest are open
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) tickets: u64,
    /// Messages of the history, spread evenly over its tickets
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) messages: u64,
    /// So many of the latest messages wait for WhatsApp's reports; they are printed
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) awaiting: u64,
    /// Numbers to add, here and in the sandbox at --sandbox-url; with --groups it is also possible to add them here alone
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) numbers: u32,
    /// Groups to make above all numbers that are in none, in up to four levels, with managers and agents; how the manager
    /// of all of them signs in is printed
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) groups: u32,
    /// Messages a second of the added numbers
    #[arg(long, default_value_t = 80, value_name = "N")]
    pub(crate) throughput: u32,
    /// A sandbox the demo's numbers are reached at from now on: <http://127.0.0.1:8090/sandbox>
    #[arg(long, value_name = "URL")]
    pub(crate) sandbox_url: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SandboxOptions {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS")]
    pub(crate) listen: SocketAddr,
    /// Where webhooks are sent
    #[arg(long, value_name = "URL")]
    pub(crate) webhook_url: Option<String>,
    /// What signs them
    #[arg(long, env = "CERCANO_WHATSAPP_APP_SECRET", hide_env_values = true)]
    pub(crate) app_secret: String,
    /// What the handshake presents
    #[arg(long, env = "CERCANO_WHATSAPP_VERIFY_TOKEN", hide_env_values = true)]
    pub(crate) verify_token: String,
    /// Where it remembers; without it everything is forgotten at the end
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct OpenapiOptions {
    /// Write the documents
    #[arg(long)]
    pub(crate) write: bool,
    /// Fail unless the documents are there as they would be written
    #[arg(long)]
    pub(crate) check: bool,
}

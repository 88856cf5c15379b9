//! Structured logs on standard error.

use crate::commands::LogFormat;
use tracing_subscriber::EnvFilter;

/// `RUST_LOG` chooses what is logged; information and worse when it is absent.
pub(crate) fn start(format: LogFormat) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_absent| EnvFilter::new("info,sqlx=warn,actix_server=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().init(),
    }
}

//! The secrets of an installation: made at the first start, kept in a file only its owner can read.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

/// What the file holds.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    /// Hex, the current one first.
    pub(crate) secret_keys: Vec<String>,
    pub(crate) whatsapp_app_secret: String,
    pub(crate) whatsapp_verify_token: String,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

/// Read the file, or make it with fresh secrets.
pub(crate) fn read_or_make(data_dir: &Path) -> Result<Secrets> {
    let path = data_dir.join("secrets.toml");
    if path.exists() {
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        return toml::from_str(&text).with_context(|| format!("{} is damaged", path.display()));
    }
    let secrets = Secrets {
        secret_keys: vec![random(32)?],
        whatsapp_app_secret: random(16)?,
        whatsapp_verify_token: random(16)?,
    };
    write_private(&path, &toml::to_string(&secrets)?)?;
    Ok(secrets)
}

/// Random bytes in hex.
pub(crate) fn random(bytes: usize) -> Result<String> {
    let mut buffer = vec![0_u8; bytes];
    getrandom::fill(&mut buffer)?;
    Ok(hex::encode(buffer))
}

/// Write a file that only its owner can read, whole or not at all.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished).with_context(|| format!("{} cannot be written", unfinished.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path).with_context(|| format!("{} cannot be written", path.display()))
}

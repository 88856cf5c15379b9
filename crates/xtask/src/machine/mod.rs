//! What this machine must have before something can be built or tested, and how it gets it.
pub(crate) mod apt;
pub(crate) mod npm;
pub(crate) mod postgres;
pub(crate) mod rust_src;
pub(crate) mod wasm_target;

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::shell;

/// What lets a journey's server live at another time, installed when missing.
pub(crate) fn faketime() -> Result<PathBuf> {
    let installed = || {
        let folders = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
        folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1")).find(|library| library.exists())
    };
    if let Some(found) = installed() {
        return Ok(found);
    }
    apt::install(&["faketime"], "some journeys need a night to pass")?;
    installed().context("faketime was installed, but its library is not where it should be")
}

/// The browser of the journeys, installed when missing.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("CERCANO_CHROMIUM") {
        return Ok(PathBuf::from(chosen));
    }
    let installed = || ["chromium", "chromium-browser"].iter().find_map(|name| shell::find(name));
    if let Some(found) = installed() {
        return Ok(found);
    }
    apt::install(&["chromium"], "the journeys run in Chromium")?;
    installed().context("chromium was installed but is not in the PATH; set CERCANO_CHROMIUM to its place")
}

//! The JavaScript tools of `e2e/package.json`: the browser driver and the wasm optimizer.
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt;
use crate::shell;

/// Installs what the lock file says, when it says something new; npm itself comes first where it is missing.
pub(crate) fn install() -> Result<()> {
    if shell::find("npm").is_none() {
        apt::install(&["nodejs", "npm"], "the journeys are driven by Node")?;
    }
    install_packages()
}

/// The wasm optimizer, or nothing where there is no npm to install it.
pub(crate) fn wasm_opt() -> Result<Option<PathBuf>> {
    if shell::find("npm").is_none() {
        return Ok(None);
    }
    install_packages()?;
    Ok(Some(folder().join("node_modules/.bin/wasm-opt")))
}

fn install_packages() -> Result<()> {
    let lock = fs::read_to_string(folder().join("package-lock.json")).context("e2e/package-lock.json")?;
    // A copy of the lock file beside what it installed tells whether anything changed.
    let installed = folder().join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    shell::say("installing the JavaScript tools of e2e/package.json");
    let mut npm = shell::command("npm");
    npm.current_dir(folder()).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    shell::run(&mut npm)?;
    fs::write(installed, lock)?;
    Ok(())
}

fn folder() -> PathBuf {
    shell::root().join("e2e")
}

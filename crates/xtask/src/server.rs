//! Builds and calls the server's own binary.
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// One selection everywhere: another one would rebuild half of the dependencies with other features.
pub(crate) const SELECTION: [&str; 5] = ["--workspace", "--exclude", "frontend", "--exclude", "xtask"];

pub(crate) fn build(release: bool) -> Result<()> {
    let mut cargo = shell::cargo(&["build"]);
    cargo.args(SELECTION);
    if release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)
}

/// A program of the workspace, as built.
pub(crate) fn program(name: &str, release: bool) -> PathBuf {
    shell::target().join(if release { "release" } else { "debug" }).join(name)
}

pub(crate) fn cercano(release: bool) -> Command {
    shell::command(program("cercano", release))
}

/// Writes or checks the committed OpenAPI documents.
pub(crate) fn openapi(option: &str) -> Result<()> {
    build(false)?;
    shell::run(cercano(false).args(["openapi", option]))
}

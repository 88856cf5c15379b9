//! Journeys in Chromium against the real binary.
use std::env;
use std::path::PathBuf;

use anyhow::Result;

use crate::tally::Tally;
use crate::{machine, server, shell, spa};

/// Builds what is out of date, then runs one of Playwright's projects.
pub(crate) fn run(project: &str, options: &[String], tally: &mut Tally) -> Result<()> {
    spa::build(false)?;
    server::build(false)?;
    play(
        env::var_os("CERCANO_BIN").map_or_else(|| server::program("cercano", false), Into::into),
        project,
        options,
        tally,
    )
}

/// Runs one of Playwright's projects against a binary that is built.
pub(crate) fn play(binary: PathBuf, project: &str, options: &[String], tally: &mut Tally) -> Result<()> {
    machine::npm::install()?;
    let chromium = machine::chromium()?;
    let faketime = machine::faketime()?;
    let mut playwright = shell::command("npx");
    playwright
        .current_dir(shell::root().join("e2e"))
        .args(["--no-install", "playwright", "test", "--project", project])
        .args(options)
        .env("CERCANO_CHROMIUM", chromium)
        .env("CERCANO_FAKETIME", faketime)
        .env("CERCANO_BIN", binary);
    shell::run_counted(&mut playwright, tally)
}

//! Journeys in Chromium against the real binary.
use std::env;

use anyhow::Result;

use crate::tally::Tally;
use crate::{machine, server, shell, spa};

/// Builds what is out of date, then runs one of Playwright's projects.
pub(crate) fn run(project: &str, options: &[String], tally: &mut Tally) -> Result<()> {
    spa::build(false)?;
    server::build(false)?;
    machine::npm::install()?;
    let chromium = machine::chromium()?;
    let mut playwright = shell::command("npx");
    playwright
        .current_dir(shell::root().join("e2e"))
        .args(["--no-install", "playwright", "test", "--project", project])
        .args(options)
        .env("CERCANO_CHROMIUM", chromium);
    if env::var_os("CERCANO_BIN").is_none() {
        playwright.env("CERCANO_BIN", server::program("cercano", false));
    }
    shell::run_counted(&mut playwright, tally)
}

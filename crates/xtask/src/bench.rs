//! `cargo xtask bench`: measures what ships, the release build.
use anyhow::Result;

use crate::args::Args;
use crate::machine::postgres::{Durability, Postgres};
use crate::tally::Tally;
use crate::{e2e, server, shell, spa};

/// What is measured in the browser, by Playwright.
const SELECTOR: &str = "selector";

pub(crate) fn run(args: Args) -> Result<()> {
    spa::build(true)?;
    server::build(true)?;
    // Measured as it would be deployed: every commit reaches the disk.
    let postgres = Postgres::start(Durability::Kept)?;
    let options = args.rest();
    let only = options.iter().position(|option| option == "--only").and_then(|at| options.get(at + 1)).cloned();
    if only.as_deref() != Some(SELECTOR) {
        let mut bench = shell::command(server::program("cercano-bench", true));
        bench.args(["--postgres", postgres.url()]).args(&options);
        shell::run(&mut bench)?;
    }
    drop(postgres);
    if only.as_deref().is_none_or(|only| only == SELECTOR) {
        e2e::play(server::program("cercano", true), "bench", &[], &mut Tally::default())?;
    }
    Ok(())
}

//! `cargo xtask bench`: measures what ships, the release build.
use anyhow::Result;

use crate::args::Args;
use crate::machine::postgres::{Durability, Postgres};
use crate::{server, shell, spa};

pub(crate) fn run(args: Args) -> Result<()> {
    spa::build(true)?;
    server::build(true)?;
    // Measured as it would be deployed: every commit reaches the disk.
    let postgres = Postgres::start(Durability::Kept)?;
    let mut bench = shell::command(server::program("cercano-bench", true));
    bench.args(["--postgres", postgres.url()]).args(args.rest());
    shell::run(&mut bench)
}

//! `cargo xtask run`: from a clean clone to the product in a browser.
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;

use anyhow::{Context, Result};

use crate::args::Args;
use crate::{server, shell, spa};

pub(crate) fn run(mut args: Args) -> Result<()> {
    let release = args.flag("--release");
    let seed = !args.flag("--no-seed");
    let data = args.option("--data-dir")?.unwrap_or_else(|| "data".to_owned());
    let listen = args.option("--listen")?.unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    args.finish()?;

    shell::say("1/3 the browser app");
    spa::build(release)?;
    shell::say("2/3 the server, with the app inside");
    server::build(release)?;
    shell::say("3/3 the data");
    if !is_empty(&shell::root().join(&data))? {
        shell::say(&format!("{data} already holds data and is used as it is"));
    } else if seed {
        shell::say(&format!("{data} is empty: filling it with the demonstration organization"));
        shell::run(server::cercano(release).args(["seed", "--data-dir", &data, "--listen", &listen]))?;
    } else {
        shell::say(&format!("{data} is empty and stays so: the first page asks for an administrator"));
    }

    shell::say(&format!("\nThe customers' phones: http://{listen}/sandbox/"));
    shell::say(&format!("Cercano:               http://{listen}/"));
    let mut cercano = server::cercano(release);
    cercano.args(["serve", "--data-dir", &data, "--listen", &listen, "--sandbox", "on"]);
    // The server takes this process's place, so that it gets the signals of the terminal.
    Err(cercano.exec()).context("the server could not be started")
}

fn is_empty(folder: &Path) -> Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", folder.display())),
    }
}

//! The workspace's own commands: everything README, justfile and CI call.
mod args;
mod bench;
mod e2e;
mod machine;
mod run;
mod server;
mod shell;
mod spa;
mod tally;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use args::Args;
use tally::Tally;

const MENU: &str = "\
cargo xtask <command>

  run       [--release] [--data-dir DIR] [--listen ADDR] [--no-seed]   build everything, fill an empty data folder, serve
  test      [--only STEP[,STEP]]                                       every check, as CI runs it
  frontend  [--release]                                                the browser app, into target/spa
  e2e       [playwright's options]                                     journeys in Chromium against the real binary
  pictures  [playwright's options]                                     screenshots of every page, into e2e/artifacts
  bench     [--only NAME]                                              measure the release build
  openapi                                                              write openapi/*.json
  tidy                                                                 the house rules";

fn main() -> ExitCode {
    let mut args = Args::of_this_process();
    let command = args.command();
    match obey(command.as_deref(), args) {
        Ok(code) => code,
        Err(error) => {
            shell::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Option<&str>, args: Args) -> Result<ExitCode> {
    match command {
        Some("run") => run::run(args)?,
        Some("test") => return test::run(args),
        Some("frontend") => frontend(args)?,
        Some("e2e") => e2e::run("journeys", &args.rest(), &mut Tally::default())?,
        Some("pictures") => e2e::run("pictures", &args.rest(), &mut Tally::default())?,
        Some("bench") => bench::run(args)?,
        Some("openapi") => {
            args.finish()?;
            server::openapi("--write")?;
        }
        Some("tidy") => {
            args.finish()?;
            tidy::check()?;
        }
        Some("help" | "--help" | "-h") => shell::say(MENU),
        None => {
            shell::complain(MENU);
            return Ok(ExitCode::FAILURE);
        }
        Some(unknown) => anyhow::bail!("there is no command `{unknown}`\n\n{MENU}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn frontend(mut args: Args) -> Result<()> {
    let release = args.flag("--release");
    args.finish()?;
    spa::build(release)
}

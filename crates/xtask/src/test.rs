//! `cargo xtask test`: every check, one after the other, until one fails.
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::args::Args;
use crate::machine::postgres::{Durability, Postgres};
use crate::machine::wasm_target;
use crate::tally::Tally;
use crate::{e2e, server, shell, spa, tidy};

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Tally) -> Result<()>,
}

/// In the order of how soon they fail.
const STEPS: [Step; 14] = [
    Step { name: "fmt", what: "formatting", run: |_| shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])) },
    Step { name: "tidy", what: "the house rules", run: |_| tidy::check() },
    Step { name: "wasm-target", what: "the WebAssembly target", run: |_| wasm_target::ensure() },
    Step { name: "clippy", what: "lints of the server side", run: |_| clippy(&server::SELECTION) },
    Step {
        name: "clippy-frontend",
        what: "lints of the browser app",
        run: |_| clippy(&["--package", "frontend", "--target", wasm_target::TARGET]),
    },
    Step { name: "clippy-xtask", what: "lints of these commands", run: |_| clippy(&["--package", "xtask"]) },
    Step { name: "tests-xtask", what: "tests of these commands", run: |tally| package_tests("xtask", tally) },
    Step { name: "tests", what: "unit and HTTP tests on SQLite", run: sqlite },
    Step { name: "tests-postgresql", what: "HTTP and database tests on PostgreSQL", run: postgresql },
    Step { name: "tests-frontend", what: "the app's logic, natively", run: |tally| package_tests("frontend", tally) },
    Step { name: "spa", what: "build of the browser app", run: |_| spa::build(false) },
    Step { name: "server", what: "build of the server", run: |_| server::build(false) },
    Step { name: "openapi", what: "the committed documents are the served ones", run: |_| server::openapi("--check") },
    Step { name: "e2e", what: "journeys in Chromium", run: |tally| e2e::run("journeys", &[], tally) },
];

/// The programs that also run on PostgreSQL: the integration binaries, and everything of the database's crate.
const INTEGRATION_BINARIES: [&str; 2] = ["it", "kill"];
const DATABASE_CRATE: &str = "crates/db/Cargo.toml";

pub(crate) fn run(mut args: Args) -> Result<ExitCode> {
    let only = args.option("--only")?;
    args.finish()?;
    let steps = chosen(only.as_deref())?;
    let mut tally = Tally::default();
    let mut table = Vec::new();
    let mut failure = None;
    for (at, step) in steps.iter().enumerate() {
        if failure.is_some() {
            table.push((step.name, "not run", Duration::ZERO));
            continue;
        }
        shell::say(&format!("\n── {}/{} {}: {}", at + 1, steps.len(), step.name, step.what));
        let start = Instant::now();
        let result = (step.run)(&mut tally);
        table.push((step.name, if result.is_ok() { "ok" } else { "FAILED" }, start.elapsed()));
        failure = result.err().map(|error| (step.name, error));
    }
    if let Some((name, error)) = &failure {
        // A step without tests of its own, such as the formatting, counts as one, or a red run would say "0 failed".
        tally.failed = tally.failed.max(1);
        shell::complain(&format!("\nstep `{name}` failed: {error:#}"));
    }
    summarize(&table, &tally);
    Ok(if failure.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn chosen(only: Option<&str>) -> Result<Vec<&'static Step>> {
    let Some(only) = only else { return Ok(STEPS.iter().collect()) };
    only.split(',')
        .map(|name| {
            STEPS.iter().find(|step| step.name == name).with_context(|| {
                let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
                format!("there is no step `{name}`; there are {}", names.join(", "))
            })
        })
        .collect()
}

fn summarize(table: &[(&str, &str, Duration)], tally: &Tally) {
    shell::say("");
    for (name, outcome, time) in table {
        shell::say(&format!("{name:<18} {outcome:<8} {:>7.1} s", time.as_secs_f64()));
    }
    let total: Duration = table.iter().map(|(_, _, time)| *time).sum();
    shell::say(&format!("{:<18} {:<8} {:>7.1} s", "together", "", total.as_secs_f64()));
    shell::say(&format!("{} passed, {} failed", tally.passed, tally.failed));
}

fn clippy(selection: &[&str]) -> Result<()> {
    shell::run(shell::cargo(&["clippy"]).args(selection).args(["--all-targets", "--", "-D", "warnings"]))
}

fn package_tests(package: &str, tally: &mut Tally) -> Result<()> {
    shell::run_counted(&mut shell::cargo(&["test", "--no-fail-fast", "--package", package]), tally)
}

fn sqlite(tally: &mut Tally) -> Result<()> {
    // A database address of the person's own would turn these into something else.
    let mut cargo = shell::cargo(&["test", "--no-fail-fast"]);
    shell::run_counted(cargo.args(server::SELECTION).env_remove("CERCANO_TEST_DATABASE_URL"), tally)
}

fn postgresql(tally: &mut Tally) -> Result<()> {
    let mut cargo = shell::cargo(&["test", "--no-run", "--message-format", "json-render-diagnostics"]);
    let programs = programs(&shell::read(cargo.args(server::SELECTION))?);
    if programs.is_empty() {
        bail!("no test program was found to run on PostgreSQL");
    }
    let postgres = Postgres::start(Durability::Dropped)?;
    for Program { file, crate_folder } in programs {
        let mut tests = shell::command(file);
        tests.current_dir(&crate_folder).env("CARGO_MANIFEST_DIR", &crate_folder);
        shell::run_counted(tests.env("CERCANO_TEST_DATABASE_URL", postgres.url()), tally)?;
    }
    Ok(())
}

struct Program {
    file: PathBuf,
    crate_folder: PathBuf,
}

/// The test programs, among what cargo says it built, that talk to a database.
fn programs(messages: &str) -> Vec<Program> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let read = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let manifest = text(message.get("manifest_path"));
        let integration = INTEGRATION_BINARIES.contains(&text(message.pointer("/target/name")).as_str());
        if !integration && !manifest.ends_with(DATABASE_CRATE) {
            return None;
        }
        message.pointer("/profile/test")?.as_bool().filter(|test| *test)?;
        let file = PathBuf::from(message.get("executable")?.as_str()?);
        Some(Program { file, crate_folder: PathBuf::from(manifest).parent()?.to_owned() })
    };
    messages.lines().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::{chosen, programs};

    #[test]
    fn an_unknown_step_is_refused_by_name() {
        assert!(chosen(Some("fmt,tydi")).is_err());
        assert_eq!(chosen(Some("fmt,tidy")).map(|steps| steps.len()).ok(), Some(2));
    }

    #[test]
    fn only_programs_that_talk_to_a_database_run_on_postgresql() {
        let message = |manifest: &str, name: &str, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/w/{manifest}","target":{{"name":"{name}"}},
                "profile":{{"test":true}},"executable":{executable}}}"#
            )
            .replace('\n', "")
        };
        let messages = [
            message("crates/api/Cargo.toml", "it", r#""/t/it-1""#),
            message("crates/server/Cargo.toml", "kill", r#""/t/kill-1""#),
            message("crates/db/Cargo.toml", "cercano_db", r#""/t/db-1""#),
            message("crates/db/Cargo.toml", "cercano_db", "null"),
            message("crates/types/Cargo.toml", "cercano_types", r#""/t/types-1""#),
            "not json".to_owned(),
        ];
        let found: Vec<_> = programs(&messages.join("\n")).into_iter().map(|program| program.file).collect();
        assert_eq!(found, ["/t/it-1", "/t/kill-1", "/t/db-1"].map(std::path::PathBuf::from));
    }
}

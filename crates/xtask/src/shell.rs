//! Runs other programs from the top of the repository, and says which.
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::tally::Tally;

/// One line for the person who waits.
pub(crate) fn say(text: &str) {
    // Nobody is left to tell when standard output is closed.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// One line about what went wrong.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // Cargo names the crate it runs; a program started by hand stands at the top already.
        let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
        let top = here.ancestors().find(|folder| folder.join("crates/xtask").is_dir());
        top.map_or_else(|| here.clone(), Path::to_owned)
    })
}

/// Where cargo leaves what it builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that started us, so that a chosen toolchain stays chosen.
pub(crate) fn cargo(words: &[&str]) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What `cargo run` says about xtask itself must not look like a change to the next build.
    for (name, _) in env::vars_os() {
        let about_us = name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR");
        if about_us {
            command.env_remove(name);
        }
    }
    command.args(words);
    command
}

/// Runs a program to its end; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| format!("`{}` could not be started", line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a program that tests something: its output passes through while its results are counted.
pub(crate) fn run_counted(command: &mut Command, tally: &mut Tally) -> Result<()> {
    announce(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` could not be started", line(command)))?;
    let counted = Mutex::new(tally);
    thread::scope(|scope| {
        if let Some(stdout) = child.stdout.take() {
            scope.spawn(|| pass_through(stdout, std::io::stdout(), &counted));
        }
        if let Some(stderr) = child.stderr.take() {
            scope.spawn(|| pass_through(stderr, std::io::stderr(), &counted));
        }
    });
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// What a program prints; its complaints go to the terminal.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{}` could not be started", line(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", line(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program ends well; what it prints is of no interest.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

/// A program of the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn announce(command: &Command) {
    say(&format!("$ {}", line(command)));
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| {
        let word = word.to_string_lossy();
        let short = word.strip_prefix(&*format!("{}/", root().display())).unwrap_or(&word);
        match short.rsplit_once("/bin/") {
            Some((_, name)) if short.starts_with('/') => name.to_owned(),
            _ => short.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn pass_through(from: impl Read, mut to: impl Write, tally: &Mutex<&mut Tally>) {
    let mut reader = BufReader::new(from);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&bytes);
        let _ = to.flush();
        let line = String::from_utf8_lossy(&bytes);
        tally.lock().unwrap_or_else(PoisonError::into_inner).count(&line);
        bytes.clear();
    }
}

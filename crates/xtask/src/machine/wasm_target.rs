//! The WebAssembly target of this very Rust: by rustup, or built from its source where rustup cannot download.
use std::io::Write;
use std::process::Stdio;

use anyhow::{Result, bail};

use super::rust_src;
use crate::shell;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn ensure() -> Result<()> {
    if is_there() {
        return Ok(());
    }
    shell::say(&format!("the browser app needs Rust's {TARGET} target: installing it"));
    if shell::find("rustup").is_some() {
        let added = shell::run(shell::command("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && is_there() {
            return Ok(());
        }
        shell::say("rustup could not install it: building it from Rust's source instead");
    }
    rust_src::build_target()?;
    if !is_there() {
        bail!("the {TARGET} target was installed, yet an empty crate does not compile for it");
    }
    Ok(())
}

/// Compiles an empty crate, which is the only honest question.
fn is_there() -> bool {
    let probe = shell::command("rustc")
        .args([
            "--target",
            TARGET,
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "--crate-name",
            "probe",
            "-o",
            "-",
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut probe) = probe else { return false };
    if let Some(mut stdin) = probe.stdin.take() {
        let _ = stdin.write_all(b"pub fn probe() -> String { String::new() }");
    }
    probe.wait().is_ok_and(|status| status.success())
}

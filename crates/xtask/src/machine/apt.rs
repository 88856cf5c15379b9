//! Debian packages: installed when we may, named when we may not.
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::shell;

/// Installs packages, or says exactly what a person has to install.
pub(crate) fn install(packages: &[&str], why: &str) -> Result<()> {
    let names = packages.join(" ");
    if !may_install() {
        bail!("{why}, and this machine lacks it. Install {names} (`sudo apt-get install {names}`) and run this again");
    }
    shell::say(&format!("{why}: installing {names}"));
    update()?;
    shell::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// Whether we are root or may become it without a question.
fn may_install() -> bool {
    shell::find("apt-get").is_some() && (is_root() || shell::succeeds(shell::command("sudo").args(["-n", "true"])))
}

pub(crate) fn is_root() -> bool {
    shell::read(shell::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn update() -> Result<()> {
    static UPDATED: OnceLock<()> = OnceLock::new();
    if UPDATED.get().is_none() {
        shell::run(apt_get().args(["update", "-q"]))?;
        let _ = UPDATED.set(());
    }
    Ok(())
}

fn apt_get() -> Command {
    let mut command = if is_root() {
        shell::command("env")
    } else {
        let mut sudo = shell::command("sudo");
        sudo.args(["-n", "env"]);
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

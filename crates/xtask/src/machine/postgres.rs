//! A private PostgreSQL cluster for tests and benches: socket only, gone when dropped.
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::shell;

/// Whether a commit waits for the disk.
#[derive(Clone, Copy)]
pub(crate) enum Durability {
    Kept,
    /// Tests throw their data away, and waiting for the disk is most of their time.
    Dropped,
}

pub(crate) struct Postgres {
    keeper: Child,
    url: String,
}

impl Postgres {
    /// Starts a cluster, installing PostgreSQL when it is missing.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = if let Some(found) = programs() {
            found
        } else {
            apt::install(&["postgresql"], "the tests also run on PostgreSQL")?;
            programs().context("postgresql was installed but its programs were not found")?
        };
        shell::say("starting a private PostgreSQL");
        let mut command = if apt::is_root() {
            // PostgreSQL refuses to run as root.
            let user = if shell::succeeds(shell::command("id").arg("postgres")) { "postgres" } else { "nobody" };
            let group = shell::read(shell::command("id").args(["-g", user]))?;
            let mut setpriv = shell::command("setpriv");
            setpriv.args(["--reuid", user, "--regid", group.trim(), "--clear-groups", "sh"]);
            setpriv
        } else {
            shell::command("sh")
        };
        command.args(["-c", include_str!("postgres.sh"), "postgres.sh"]).arg(programs).args(match durability {
            Durability::Kept => &[][..],
            Durability::Dropped => &["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
        });
        let mut keeper = command
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the shell that keeps PostgreSQL could not be started")?;
        let mut folder = String::new();
        if let Some(stdout) = keeper.stdout.take() {
            BufReader::new(stdout).read_line(&mut folder)?;
        }
        let folder = folder.trim();
        if folder.is_empty() {
            bail!("PostgreSQL did not start ({})", keeper.wait()?);
        }
        let url = format!("postgres://postgres@localhost/postgres?host={folder}");
        Ok(Self { keeper, url })
    }

    /// The address of an existing database whose user may create others.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The keeper stops the cluster and removes its folder when its standard input ends.
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            shell::complain(&format!("the private PostgreSQL may still be running: {error}"));
        }
    }
}

/// The folder of the newest installed PostgreSQL; Debian keeps it out of the PATH.
fn programs() -> Option<PathBuf> {
    let is_whole = |folder: &Path| ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).is_file());
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| is_whole(folder))
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.or_else(|| shell::find("initdb")?.parent().map(Path::to_owned).filter(|folder| is_whole(folder)))
}

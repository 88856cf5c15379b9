//! Child processes: started, watched by their id, killed when they are dropped.

use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, task::JoinHandle, time::sleep};

/// A process that has not begun to listen after this long never will.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A child process.
#[derive(Debug)]
pub(crate) struct Child {
    process: std::process::Child,
}

impl Child {
    /// Start a program; what it says goes to a file.
    pub(crate) fn start(program: &Path, arguments: &[&str], log: &Path) -> Result<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        let process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        Ok(Self { process })
    }

    /// Memory in use, in megabytes.
    pub(crate) fn memory(&self) -> Result<f64> {
        Ok(crate::book::float(resident(self.process.id())?) / 1024.0)
    }

    /// Watch the memory until the watch is ended.
    pub(crate) fn watch_memory(&self) -> MemoryWatch {
        let (most, id) = (Arc::new(AtomicU64::new(0)), self.process.id());
        let kept = most.clone();
        let task = tokio::spawn(async move {
            while let Ok(now) = resident(id) {
                kept.fetch_max(now, Ordering::SeqCst);
                sleep(Duration::from_millis(100)).await;
            }
        });
        MemoryWatch { most, task }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The most memory a process had.
#[derive(Debug)]
pub(crate) struct MemoryWatch {
    most: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl MemoryWatch {
    /// In megabytes.
    pub(crate) fn end(self) -> f64 {
        self.task.abort();
        crate::book::float(self.most.load(Ordering::SeqCst)) / 1024.0
    }
}

/// A free address on loopback.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// Wait until somebody listens.
pub(crate) async fn reachable(address: SocketAddr) -> Result<()> {
    let started = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        if started.elapsed() > STARTS_WITHIN {
            bail!("nobody listens on {address}");
        }
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// Kilobytes of a process in memory.
fn resident(id: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the system does not tell VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}

//! Load: as fast as it is taken, or at a fixed pace whatever the answers take.

use crate::{book::float, wire::Wire};
use anyhow::Result;
use hdrhistogram::Histogram;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{task::JoinSet, time::sleep_until};

/// What came of a load.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) began: Instant,
    pub(crate) took: Duration,
    /// Microseconds.
    pub(crate) times: Histogram<u64>,
}

impl Outcome {
    pub(crate) fn per_second(&self) -> f64 {
        float(self.accepted) / self.took.as_secs_f64()
    }
}

/// Times in microseconds, up to a minute.
pub(crate) fn times() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

pub(crate) fn record(times: &mut Histogram<u64>, time: Duration) {
    times.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
}

/// Send all as fast as they are answered, over so many connections.
pub(crate) async fn flood(address: SocketAddr, requests: Vec<String>, connections: usize) -> Result<Outcome> {
    let requests = Arc::new(requests);
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let (requests, next) = (requests.clone(), next.clone());
        tasks.spawn(async move {
            let mut wire = Wire::connect(address).await?;
            let mut part = Part::new()?;
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent = Instant::now();
                let answer = wire.ask(request.as_bytes()).await?;
                part.count(answer.status, sent.elapsed());
            }
            Ok(part)
        });
    }
    gather(tasks, began).await
}

/// Send so many a second. A time counts from when a request was due, so that a stall is not hidden by the requests that
/// wait behind it.
pub(crate) async fn paced(
    address: SocketAddr,
    requests: Vec<String>,
    per_second: u32,
    connections: usize,
) -> Result<Outcome> {
    let requests = Arc::new(requests);
    let began = Instant::now() + Duration::from_millis(20);
    let mut tasks = JoinSet::new();
    for first in 0..connections {
        let requests = requests.clone();
        tasks.spawn(async move {
            let mut wire = Wire::connect(address).await?;
            let mut part = Part::new()?;
            for (place, request) in requests.iter().enumerate().skip(first).step_by(connections) {
                let due = began + Duration::from_secs_f64(float(u64::try_from(place)?) / f64::from(per_second));
                sleep_until(due.into()).await;
                let answer = wire.ask(request.as_bytes()).await?;
                part.count(answer.status, due.elapsed());
            }
            Ok(part)
        });
    }
    gather(tasks, began).await
}

/// What one connection did.
struct Part {
    accepted: u64,
    refused: u64,
    times: Histogram<u64>,
}

impl Part {
    fn new() -> Result<Self> {
        Ok(Self { accepted: 0, refused: 0, times: times()? })
    }

    fn count(&mut self, status: u16, time: Duration) {
        if (200..300).contains(&status) {
            self.accepted += 1;
        } else {
            self.refused += 1;
        }
        record(&mut self.times, time);
    }
}

async fn gather(mut tasks: JoinSet<Result<Part>>, began: Instant) -> Result<Outcome> {
    let mut all = Part::new()?;
    while let Some(part) = tasks.join_next().await {
        let Part { accepted, refused, times } = part??;
        all.accepted += accepted;
        all.refused += refused;
        all.times.add(times)?;
    }
    let Part { accepted, refused, times } = all;
    Ok(Outcome { accepted, refused, began, took: began.elapsed(), times })
}

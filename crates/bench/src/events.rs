//! From a webhook to every open page: two hundred streams, and when each of them shows a message.

use crate::{
    book::{Goal, Page, float},
    lab::{Installation, Lab, Store},
    load::{paced, record, times},
    webhooks::Writer,
    wire::{self, Wire},
};
use anyhow::Result;
use hdrhistogram::Histogram;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{io::AsyncReadExt, net::TcpStream, task::JoinSet, time::sleep};

const STREAMS: usize = 200;
/// Webhooks a second.
const PACE: u32 = 20;

/// When each message was due to be sent, and what the streams saw.
struct Seen {
    began: Mutex<Option<Instant>>,
    times: Mutex<Histogram<u64>>,
}

pub(crate) async fn run(lab: &Lab, store: Store) -> Result<Page> {
    let mut page = Page::new("events");
    let (_graph, graph) = lab.graph().await?;
    let installation = Installation::seeded(lab, store, graph).await?;
    let server = installation.serve(lab).await?;
    let token = server.sign_in("administrator").await?;
    let seen = Arc::new(Seen { began: Mutex::new(None), times: Mutex::new(times()?) });
    let mut streams = JoinSet::new();
    for _ in 0..STREAMS {
        let wire = Wire::connect(server.listen).await?;
        let stream = wire.follow(wire::get("/api/v1/events", Some(&token)).as_bytes()).await?;
        streams.spawn(follow(stream, seen.clone()));
    }
    sleep(Duration::from_secs(2)).await;

    let count = lab.much(160);
    let mut writer = Writer::default();
    let requests =
        (0..count).map(|place| writer.message(&format!("bench {place:06} end"))).collect::<Result<Vec<_>>>()?;
    let memory = server.child.watch_memory();
    // A pace begins a moment after it is asked for; what is measured begins with it.
    *lock(&seen.began) = Some(Instant::now() + Duration::from_millis(20));
    let sent = paced(server.listen, requests, PACE, 8).await?;
    sleep(Duration::from_secs(1)).await;
    page.note_in("memory", "with 200 open pages", "MB", Goal::AtMost(250.0), memory.end());
    streams.abort_all();
    let times = lock(&seen.times).clone();
    page.times("webhook to 200 open pages", Goal::None, Goal::AtMost(100.0), &times);
    let expected = float(sent.accepted) * float(u64::try_from(STREAMS)?);
    page.note("shown, of what was to be shown", "×", Goal::AtLeast(1.0), float(times.len()) / expected);
    Ok(page)
}

/// Read a stream, and note when each message is first there.
async fn follow(mut stream: TcpStream, seen: Arc<Seen>) -> Result<()> {
    let (mut text, mut known) = (Vec::new(), Vec::new());
    while stream.read_buf(&mut text).await? > 0 {
        let now = Instant::now();
        let mut rest = text.as_slice();
        while let Some(at) = rest.windows(6).position(|window| window == b"bench ") {
            let Some(digits) = rest.get(at + 6..at + 12) else { break };
            let place = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u32>().ok());
            if let (Some(place), Some(began)) = (place, *lock(&seen.began))
                && !known.contains(&place)
            {
                known.push(place);
                let due = began + Duration::from_secs_f64(f64::from(place) / f64::from(PACE));
                record(&mut lock(&seen.times), now.saturating_duration_since(due));
            }
            rest = rest.get(at + 12..).unwrap_or_default();
        }
        // The end of what was read may be the beginning of a message.
        text = rest.get(rest.len().saturating_sub(11)..).unwrap_or_default().to_vec();
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

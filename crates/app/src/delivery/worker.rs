//! The one worker that gives messages their turn. Only the replica that holds the lease sends.

use super::{Busy, Report, attempt, lane::Lane};
use crate::{
    App, Result,
    channel::{Line, Lines},
    leases::Lease,
};
use db::messages::{Due, Lane as Part};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep, sleep_until, timeout},
};
use types::NumberId;
use uuid::Uuid;
use whatsapp::{Client, SendError};

/// How far ahead messages are claimed. A crash leaves what was claimed unconfirmed, so it is short; where the database is so
/// busy that turns take longer, it is as long as a turn.
const HORIZON: Duration = Duration::from_millis(40);
const HORIZON_MAX: Duration = Duration::from_millis(160);
/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_millis(400);
/// Messages of a number read at a time.
const PAGE: u32 = 400;
/// Messages on their way at one time, in all, and for one number in seconds of its pace.
const IN_FLIGHT_MAX: u32 = 1500;
const IN_FLIGHT_SECONDS: u32 = 4;
/// A number rests this long after WhatsApp said that it was too much.
const REST: Duration = Duration::from_secs(1);

/// What the worker keeps between turns.
struct Worker {
    app: App,
    client: Client,
    lanes: HashMap<NumberId, Lane>,
    busy: Busy,
    reports: mpsc::Sender<Report>,
    ended: mpsc::UnboundedSender<Ended>,
    in_flight: u32,
    looked_at: Option<Instant>,
    horizon: Duration,
}

/// An attempt has ended.
struct Ended {
    number: NumberId,
    too_much: bool,
}

/// Work for ever.
pub async fn run(app: App, client: Client, reports: mpsc::Sender<Report>, busy: Busy) {
    let (ended, mut ends) = mpsc::unbounded_channel();
    let mut lease = Lease::new(&app, "delivery");
    let mut worker = Worker {
        app,
        client,
        lanes: HashMap::new(),
        busy,
        reports,
        ended,
        in_flight: 0,
        looked_at: None,
        horizon: HORIZON,
    };
    let mut ours = false;
    loop {
        while let Ok(end) = ends.try_recv() {
            worker.end(&end);
        }
        let outcome = match lease.keep(&worker.app).await {
            Ok(true) if !ours => worker.begin().await.map(|()| {
                ours = true;
                true
            }),
            Ok(true) => worker.timed_turn(&lease).await,
            Ok(false) => {
                ours = false;
                Ok(false)
            }
            Err(error) => {
                // Whether the lease is still ours is not known: it begins anew.
                ours = false;
                Err(error)
            }
        };
        match outcome {
            Ok(true) => sleep(HORIZON / 4).await,
            Ok(false) => {
                let signal = worker.app.signals.outbox.clone();
                if timeout(LOOK_AFTER, signal.notified()).await.is_ok() {
                    worker.looked_at = None;
                }
            }
            Err(error) => {
                tracing::error!(%error, "delivery failed; it tries again");
                sleep(LOOK_AFTER).await;
            }
        }
    }
}

impl Worker {
    /// Whoever sent before is gone: what was on its way is unconfirmed.
    async fn begin(&mut self) -> Result<()> {
        self.lanes.clear();
        let tx = db::begin(&self.app.db).await?;
        let unconfirmed = db::messages::recover(&tx).await?;
        tx.commit().await.map_err(db::Error::from)?;
        if unconfirmed > 0 {
            tracing::warn!(
                unconfirmed,
                "messages were on their way when the server ended; they wait for WhatsApp's report"
            );
        }
        Ok(())
    }

    /// One turn, and how long it took: the next one looks as far ahead.
    async fn timed_turn(&mut self, lease: &Lease) -> Result<bool> {
        let began = Instant::now();
        let outcome = self.turn(lease).await;
        let took = began.elapsed() + HORIZON / 2;
        self.horizon = took.max(self.horizon * 3 / 4).clamp(HORIZON, HORIZON_MAX);
        outcome
    }

    /// One turn; false when there is nothing to do for now.
    async fn turn(&mut self, lease: &Lease) -> Result<bool> {
        let lines = self.app.directory.lines(&self.app).await?;
        self.look(&lines).await?;
        let now = Instant::now();
        let mut chosen = Vec::new();
        for (number, lane) in &mut self.lanes {
            let Some(line) = lines.get(*number) else { continue };
            let most = line.number.throughput.saturating_mul(IN_FLIGHT_SECONDS).saturating_sub(lane.in_flight);
            let room = lane.pace.room(self.horizon, now).min(most).min(IN_FLIGHT_MAX.saturating_sub(self.in_flight));
            for due in lane.choose(room, &self.busy) {
                self.in_flight += 1;
                lane.in_flight += 1;
                self.busy.begin(due.conversation_id);
                chosen.push((due, line.clone()));
            }
        }
        let working = !chosen.is_empty() || self.lanes.values().any(|lane| !lane.is_idle());
        // A lane is kept while its next ones depend on its last ones: a rest, or a full second, would be forgotten.
        self.lanes.retain(|_, lane| !lane.is_idle() || lane.pace.is_ahead(now));
        if !chosen.is_empty() {
            self.launch(lease, &lines, chosen).await?;
        }
        Ok(working)
    }

    /// Read what is due, for the numbers that have room for it.
    async fn look(&mut self, lines: &Lines) -> Result<()> {
        if self.looked_at.is_some_and(|at| at.elapsed() < LOOK_AFTER / 8) {
            return Ok(());
        }
        self.looked_at = Some(Instant::now());
        let (now, clock) = (Instant::now(), self.app.clock.now());
        for part in [Part::Replies, Part::Active] {
            for number in db::messages::due_numbers(self.app.db.read(), part, clock).await? {
                let Some(line) = lines.get(number) else { continue };
                let lane = self.lanes.entry(number).or_insert_with(|| Lane::new(line.number.throughput, now));
                lane.pace.set(line.number.throughput);
                let queue = match part {
                    Part::Replies => &mut lane.replies,
                    Part::Active => &mut lane.active,
                };
                if part == Part::Replies || queue.len() < usize::try_from(PAGE / 4).unwrap_or(0) {
                    let page = db::messages::list_due(self.app.db.read(), number, part, PAGE, clock).await?;
                    Lane::refill(queue, page);
                }
            }
        }
        Ok(())
    }

    /// Claim the chosen ones, then let each go at its place.
    async fn launch(&mut self, lease: &Lease, lines: &Arc<Lines>, chosen: Vec<(Due, Arc<Line>)>) -> Result<()> {
        let attempt: Uuid = self.app.ids.make();
        let ids: Vec<_> = chosen.iter().map(|(due, _)| due.id).collect();
        let claimed = self.claim(lease, &ids, attempt).await;
        let got: HashSet<_> = claimed.as_ref().map(|ids| ids.iter().copied().collect()).unwrap_or_default();
        for (due, line) in chosen {
            // Paused, cancelled or sent meanwhile.
            if !got.contains(&due.id) {
                self.busy.end(due.conversation_id);
                self.end(&Ended { number: due.number_id, too_much: false });
                continue;
            }
            let lane = self.lanes.get_mut(&due.number_id);
            let (place, gate) = lane.map_or_else(
                || (Instant::now(), Arc::default()),
                |lane| (lane.pace.take(Instant::now()), lane.gate.clone()),
            );
            let (app, client, lines) = (self.app.clone(), self.client.clone(), lines.clone());
            let (reports, ended) = (self.reports.clone(), self.ended.clone());
            tokio::spawn(async move {
                sleep_until(place).await;
                gate.pass(line.number.throughput).await;
                let end = attempt::send(&client, &line, &lines, &due).await;
                let too_much =
                    matches!(&end, Err(SendError::Refused(error)) if error.http_status == 429 || error.code == 130_429);
                let report = attempt::settle(&due, attempt, end, app.clock.now());
                if reports.send(report).await.is_err() {
                    tracing::error!("the outcome of a message was not taken; it will be unconfirmed");
                }
                drop(ended.send(Ended { number: due.number_id, too_much }));
                app.signals.outbox.notify_one();
            });
        }
        claimed.map(drop)
    }

    async fn claim(&self, lease: &Lease, ids: &[types::MessageId], attempt: Uuid) -> Result<Vec<types::MessageId>> {
        let tx = db::begin(&self.app.db).await?;
        lease.fence(&tx).await?;
        let claimed = db::messages::claim(&tx, ids, attempt, self.app.clock.now()).await?;
        tx.commit().await.map_err(db::Error::from)?;
        Ok(claimed)
    }

    fn end(&mut self, end: &Ended) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(lane) = self.lanes.get_mut(&end.number) {
            lane.in_flight = lane.in_flight.saturating_sub(1);
            if end.too_much {
                lane.pace.rest(Instant::now() + REST);
            }
        }
    }
}

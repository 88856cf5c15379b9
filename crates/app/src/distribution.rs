//! Hands waiting tickets to whoever is online with a free slot, and gives those of who stays away back to their queues
//! (conversation.md § 3).
//!
//! Both follow from what is stored, so that a crash, a signal that was missed or another replica loses nothing.

use crate::{App, Result, conversations, leases::Lease, tickets};
use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Scope,
    distribution::{Left, Serving, Slot, Waiting},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::timeout;
use types::{ConversationId, NumberId, QueueId, attention_settings::AttentionSettings, tickets::TicketStatus};

/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_millis(500);
/// What was left behind is looked for by itself after this long: by an agent who went offline, or in a queue that was deleted.
const SWEEP_AFTER: Duration = Duration::from_secs(5);
/// Tickets looked at in one round.
const TOGETHER: u32 = 200;

/// Work for ever; only the replica that holds the lease does.
pub async fn work(app: App) {
    let mut lease = Lease::new(&app, "distribution");
    let mut swept: Option<Instant> = None;
    loop {
        let sweeps = swept.is_none_or(|at| at.elapsed() >= SWEEP_AFTER) || somebody_left(&app).await;
        match turn(&app, &mut lease, sweeps).await {
            Ok(()) if sweeps => swept = Some(Instant::now()),
            Ok(()) => {}
            Err(error) => tracing::error!(%error, "tickets could not be handed out; it is tried again"),
        }
        drop(timeout(LOOK_AFTER, app.signals.distribution.notified()).await);
    }
}

/// Whether it was told that a ticket may have been left.
async fn somebody_left(app: &App) -> bool {
    timeout(Duration::ZERO, app.signals.left.notified()).await.is_ok()
}

/// Hand out until nothing can be handed out any more; now and then look for what was left behind as well.
async fn turn(app: &App, lease: &mut Lease, sweeps: bool) -> Result<()> {
    if sweeps && lease.keep(app).await? {
        settle(app, lease).await?;
    }
    while lease.keep(app).await? {
        let reminded = sweeps && remind(app, lease).await?;
        let handed_out = round(app, lease).await?;
        if !reminded && !handed_out {
            break;
        }
    }
    Ok(())
}

/// One round; whether a ticket was handed out.
async fn round(app: &App, lease: &Lease) -> Result<bool> {
    let mut hands = Hands::of(app, db::distribution::serving(app.db.read()).await?).await?;
    let free = hands.free();
    if free.is_empty() {
        return Ok(false);
    }
    let mut handed_out = false;
    for waiting in db::distribution::waiting(app.db.read(), &free, TOGETHER).await? {
        let Some(slot) = hands.choose(&waiting) else { continue };
        match hand_out(app, lease, &waiting, &slot).await {
            Ok(true) => {
                hands.took(&slot, app.clock.now());
                handed_out = true;
            }
            // It was taken, or the member is busy or gone: the next round knows.
            Ok(false) => hands.leave(&slot),
            // One that cannot be handed out does not keep the others waiting.
            Err(error) => {
                tracing::warn!(%error, ticket = %waiting.id, "a ticket could not be handed out; it is tried again");
                hands.leave(&slot);
            }
        }
    }
    Ok(handed_out)
}

/// Give a ticket that still waits to somebody who still has a slot for it.
async fn hand_out(app: &App, lease: &Lease, waiting: &Waiting, slot: &Slot) -> Result<bool> {
    let scope = Scope::of_organization(waiting.organization_id);
    let now = app.clock.now();
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::tickets::hold(&tx, waiting.id).await?;
    let ticket = db::tickets::get(&tx, &scope, waiting.id).await?;
    if ticket.status != TicketStatus::Waiting || !db::distribution::claim(&tx, &scope, slot, now).await? {
        return Ok(false);
    }
    let decided = domain::tickets::take(tickets::state(&ticket), slot.member, now)?;
    db::tickets::store(&tx, &scope, waiting.id, &decided).await?;
    tickets::finish(app, tx, &scope, waiting.id, Vec::new()).await?;
    Ok(true)
}

/// Those who are online in the queues in which something waits.
#[derive(Debug, Default)]
struct Hands {
    queues: BTreeMap<QueueId, Vec<Serving>>,
    settings: HashMap<NumberId, Arc<AttentionSettings>>,
}

impl Hands {
    async fn of(app: &App, serving: Vec<Serving>) -> Result<Self> {
        let mut hands = Self::default();
        if serving.is_empty() {
            return Ok(hands);
        }
        let lines = app.directory.lines(app).await?;
        for one in serving {
            // A number that cannot be spoken through has nobody to attend.
            let Some(line) = lines.get(one.number_id) else { continue };
            hands.settings.entry(one.number_id).or_insert_with(|| Arc::new(line.number.bot.attention.clone()));
            hands.queues.entry(one.queue_id).or_default().push(one);
        }
        Ok(hands)
    }

    /// The queues in which somebody has a free slot.
    fn free(&self) -> Vec<QueueId> {
        let has_room = |one: &Serving| {
            self.settings.get(&one.number_id).is_some_and(|set| one.candidate.open_tickets < set.tickets_at_a_time)
        };
        self.queues.iter().filter(|(_, serving)| serving.iter().any(has_room)).map(|(queue, _)| *queue).collect()
    }

    /// Who gets a ticket.
    fn choose(&self, waiting: &Waiting) -> Option<Slot> {
        let settings = self.settings.get(&waiting.number_id)?;
        let candidates: Vec<_> = self.queues.get(&waiting.queue_id)?.iter().map(|one| one.candidate).collect();
        let most = settings.tickets_at_a_time;
        let member = domain::distribution::choose(settings.distribution, most, &candidates)?;
        Some(Slot { member, queue: waiting.queue_id, number: waiting.number_id, most })
    }

    /// Somebody got a ticket.
    fn took(&mut self, slot: &Slot, now: DateTime<Utc>) {
        for one in self.queues.values_mut().flatten().filter(|one| one.candidate.member == slot.member) {
            one.candidate.last_assigned_at = Some(now);
            if one.number_id == slot.number {
                one.candidate.open_tickets += 1;
            }
        }
    }

    /// Somebody gets nothing more of a queue in this round.
    fn leave(&mut self, slot: &Slot) {
        if let Some(serving) = self.queues.get_mut(&slot.queue) {
            serving.retain(|one| one.candidate.member != slot.member);
        }
    }
}

/// What came to wait in a queue that was deleted waits in the default queue instead, for nobody serves the other.
async fn settle(app: &App, lease: &Lease) -> Result<()> {
    for (organization, queue) in db::distribution::deserted(app.db.read()).await? {
        let scope = Scope::of_organization(organization);
        let tx = db::begin(&app.db).await?;
        lease.fence(&tx).await?;
        let moved = db::queues::to_default(&tx, &scope, &[queue]).await?;
        tickets::tell_of(app, &tx, &scope, &moved).await?;
        tx.commit().await.map_err(db::Error::from)?;
        app.signals.events.notify_one();
    }
    Ok(())
}

/// Set the timers of the tickets whose agents have gone offline; whether there were any.
async fn remind(app: &App, lease: &Lease) -> Result<bool> {
    let left = db::distribution::left(app.db.read(), TOGETHER).await?;
    if left.is_empty() {
        return Ok(false);
    }
    let mut due = Vec::with_capacity(left.len());
    for left in left {
        due.push((left, returns_at(app, &left).await?));
    }
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    db::distribution::remind(&tx, &due).await?;
    tx.commit().await.map_err(db::Error::from)?;
    Ok(true)
}

/// The timer of a ticket whose agent is offline is due: after the number's time it goes back to its queue, at its old
/// place. The caller holds the conversation and takes the timer away. One that is early by what is stored now (the agent was
/// back meanwhile, or has longer) does nothing: another one is set.
pub(crate) async fn ticket_return_due(app: &App, tx: &db::Tx, conversation: ConversationId) -> Result<()> {
    let Some(left) = db::distribution::left_in(tx, conversation).await? else { return Ok(()) };
    if app.clock.now() < returns_at(app, &left).await? {
        return Ok(());
    }
    let scope = Scope::of_organization(left.organization_id);
    let ticket = db::tickets::get(tx, &scope, left.ticket_id).await?;
    let decided = domain::tickets::give_back(tickets::state(&ticket))?;
    db::tickets::store(tx, &scope, left.ticket_id, &decided).await?;
    conversations::given_back(app, tx, &[(conversation, left.ticket_id)]).await?;
    tickets::tell_of(app, tx, &scope, &[left.ticket_id]).await?;
    app.signals.distribution.notify_one();
    Ok(())
}

/// When a ticket that was left goes back.
async fn returns_at(app: &App, left: &Left) -> Result<DateTime<Utc>> {
    let lines = app.directory.lines(app).await?;
    let minutes = lines.get(left.number_id).map_or_else(
        || AttentionSettings::default().return_to_queue_minutes,
        |line| line.number.bot.attention.return_to_queue_minutes,
    );
    Ok(left.since + TimeDelta::minutes(minutes.into()))
}

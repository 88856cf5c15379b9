//! The one worker that reads kept events in order and works on many of them by one commit.

use super::{load, messages, reports, templates};
use crate::{App, Error, Result, conversations, figures, leases::Lease};
use db::webhook_events::WebhookEvent;
use std::time::Duration;
use tokio::time::timeout;
use whatsapp::{InboundMessage, WebhookItem, webhook};

/// Events worked on by one commit at most.
const TOGETHER_MAX: u32 = 200;
/// The worker looks by itself after this long without a signal.
const LOOK_AFTER: Duration = Duration::from_millis(300);

/// An item of an event is tried this often before it counts as one that cannot be worked on.
const TRIES: u32 = 3;
/// The time between two tries of it.
const TRY_AFTER: Duration = Duration::from_millis(50);

/// Work for ever; only the replica that holds the lease does.
pub async fn run(app: App) {
    let mut lease = Lease::new(&app, "inbox");
    loop {
        let outcome = match lease.keep(&app).await {
            Ok(true) => step(&app, &lease).await,
            Ok(false) => Ok(0),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(0) => drop(timeout(LOOK_AFTER, app.signals.inbox.notified()).await),
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "the inbox failed; it tries again");
                tokio::time::sleep(LOOK_AFTER).await;
            }
        }
    }
}

/// Work on the next events; gives how many they were. An event that cannot be worked on is noted and passed.
async fn step(app: &App, lease: &Lease) -> Result<usize> {
    let position = db::webhook_events::position(app.db.read()).await?;
    let events = db::webhook_events::list_after(app.db.read(), position, TOGETHER_MAX).await?;
    let Some(last) = events.last().map(|event| event.id) else { return Ok(0) };
    let mut items = Vec::new();
    let mut faults = Vec::new();
    for event in &events {
        match webhook::parse(&event.body) {
            Ok(found) => {
                let unreadable = found.iter().find_map(|item| match item {
                    WebhookItem::Unreadable { what, reason } => Some(format!("{what}: {reason}")),
                    WebhookItem::Message(_)
                    | WebhookItem::Status(_)
                    | WebhookItem::Template(_)
                    | WebhookItem::Other { .. } => None,
                });
                faults.extend(unreadable.map(|reason| (event.id, reason)));
                items.extend(found);
            }
            Err(error) => faults.push((event.id, error.to_string())),
        }
    }
    if let Err(error) = work(app, lease, &items, &faults, last).await {
        tracing::warn!(%error, events = events.len(), "events are worked on one by one");
        for event in &events {
            carefully(app, lease, event).await?;
        }
    }
    figures::WORKED.add(events.len());
    Ok(events.len())
}

/// Work on one event, each of its items by a commit of its own: one that cannot be worked on does not cost the others.
/// What was worked on before is known, and is passed.
async fn carefully(app: &App, lease: &Lease, event: &WebhookEvent) -> Result<()> {
    let mut fault = None;
    match webhook::parse(&event.body) {
        Ok(items) => {
            for item in items {
                fault = alone(app, lease, item, event.id - 1).await?.or(fault);
            }
        }
        Err(error) => fault = Some(error.to_string()),
    }
    if let Some(reason) = &fault {
        tracing::error!(reason, event = event.id, "an event cannot be worked on; it is kept and passed");
    }
    let faults: Vec<_> = fault.into_iter().map(|reason| (event.id, reason)).collect();
    work(app, lease, &[], &faults, event.id).await
}

/// Why an item cannot be worked on, if it cannot. Shut out by the lease or the database, or crossed by another
/// transaction, it is not the item's fault, and it is tried again.
async fn alone(app: &App, lease: &Lease, item: WebhookItem, position: i64) -> Result<Option<String>> {
    let mut reason = None;
    for _ in 0..TRIES {
        let Err(error) = work(app, lease, std::slice::from_ref(&item), &[], position).await else { return Ok(None) };
        if !lease.keep_now(app).await? || !app.db.ready().await.unwrap_or(false) {
            return Err(error);
        }
        reason = Some(error.to_string());
        tokio::time::sleep(TRY_AFTER).await;
    }
    Ok(reason)
}

/// Load, decide, store: all of it or nothing.
async fn work(app: &App, lease: &Lease, items: &[WebhookItem], faults: &[(i64, String)], last: i64) -> Result<()> {
    let numbers = items.iter().filter_map(|item| match item {
        WebhookItem::Message(message) => Some((message.waba_id.as_str(), message.phone_number_id.as_str())),
        WebhookItem::Status(report) => Some((report.waba_id.as_str(), report.phone_number_id.as_str())),
        WebhookItem::Template(_) | WebhookItem::Unreadable { .. } | WebhookItem::Other { .. } => None,
    });
    let lines = app.directory.lines_with(app, &numbers.collect()).await?;
    let now = app.clock.now();
    let named = items.iter().filter_map(|item| match item {
        WebhookItem::Message(message) => Some(message.waba_id.as_str()),
        WebhookItem::Status(report) => Some(report.waba_id.as_str()),
        WebhookItem::Template(update) => Some(update.waba_id.as_str()),
        WebhookItem::Other { waba_id, .. } => Some(waba_id.as_str()),
        WebhookItem::Unreadable { .. } => None,
    });
    let heard = app.heard.news(named, now);
    let tx = db::begin(&app.db).await?;
    lease.fence(&tx).await?;
    let told_of = items.iter().filter_map(|item| match item {
        WebhookItem::Template(update) => Some(update.waba_id.as_str()),
        WebhookItem::Message(_)
        | WebhookItem::Status(_)
        | WebhookItem::Other { .. }
        | WebhookItem::Unreadable { .. } => None,
    });
    // Before anything else of theirs, as who synchronises them does.
    db::wabas::hold(&tx, &heard.iter().copied().chain(told_of).collect::<Vec<_>>()).await?;
    if !heard.is_empty() {
        db::wabas::mark_heard(&tx, &heard, now).await?;
    }
    let mut batch = load::load(&tx, lines, items, now).await?;
    // Reports first: whether a message answers an active one depends on them, and they come in any order anyway.
    for item in items {
        if let WebhookItem::Status(report) = item {
            reports::receive(&mut batch, report);
        }
    }
    // By WhatsApp's own time: what was delivered out of order is answered in the order it was written, where it comes together.
    let mut written: Vec<_> = items.iter().filter_map(message).collect();
    written.sort_by_key(|message| message.timestamp);
    for message in written {
        messages::receive(app, &mut batch, message);
    }
    if batch.crossed && items.len() > 1 {
        return Err(Error::broken("two contacts of one batch are one person"));
    }
    for item in items {
        match item {
            // Those were, and these come after.
            WebhookItem::Message(_) | WebhookItem::Status(_) | WebhookItem::Template(_) => {}
            WebhookItem::Unreadable { what, reason } => {
                tracing::warn!(%what, %reason, "part of an event cannot be read");
            }
            WebhookItem::Other { field, .. } => tracing::debug!(%field, "an event of another kind"),
        }
    }
    let moved = conversations::store(app, &tx, batch).await?;
    let templates = templates::receive(app, &tx, items, now).await?;
    for (id, reason) in faults {
        db::webhook_events::record_fault(&tx, *id, reason, now).await?;
    }
    db::webhook_events::set_position(&tx, last).await?;
    tx.commit().await.map_err(db::Error::from)?;
    moved.tell(app);
    templates.tell(app).await;
    figures::set_inbox_position(last);
    Ok(())
}

fn message(item: &WebhookItem) -> Option<&InboundMessage> {
    match item {
        WebhookItem::Message(message) => Some(message),
        WebhookItem::Status(_)
        | WebhookItem::Template(_)
        | WebhookItem::Unreadable { .. }
        | WebhookItem::Other { .. } => None,
    }
}

//! What the agent does that the customer may see: reading and writing (spec A2, S1 "read receipts and typing").

use super::{finish, state};
use crate::{App, Result, channel::Line};
use chrono::{DateTime, TimeDelta, Utc};
use db::Scope;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use types::{ConversationId, MemberId, TicketId, tickets::Ticket};

/// WhatsApp shows for up to 25 s that somebody is writing, so it is told no more often than this for each ticket.
const TYPING_EVERY: TimeDelta = TimeDelta::seconds(10);
/// Tickets are remembered up to so many before those that may be told again are forgotten.
const TYPING_KEPT: usize = 1_000;

/// When WhatsApp was last told that somebody is writing in a ticket.
#[derive(Clone, Debug, Default)]
pub struct Typing {
    told: Arc<Mutex<HashMap<TicketId, DateTime<Utc>>>>,
}

impl Typing {
    /// Whether to tell it now.
    pub fn due(&self, id: TicketId, now: DateTime<Utc>) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(&id).is_some_and(|at| now - *at < TYPING_EVERY) {
            return false;
        }
        if told.len() >= TYPING_KEPT {
            told.retain(|_, at| now - *at < TYPING_EVERY);
        }
        told.insert(id, now);
        true
    }
}

/// Note that the thread was seen; the customer sees it where the number's settings want it.
pub async fn read(app: &App, scope: &Scope, id: TicketId) -> Result<Ticket> {
    let tx = db::begin(&app.db).await?;
    db::tickets::hold(&tx, id).await?;
    let ticket = db::tickets::get(&tx, scope, id).await?;
    if ticket.unread == 0 {
        return Ok(ticket);
    }
    let mut conversation = db::conversations::get(&tx, scope, ticket.conversation_id).await?;
    conversation.unread = 0;
    db::conversations::save_all(&tx, &[&conversation]).await?;
    let ticket = finish(app, tx, scope, id, Vec::new()).await?;
    let lines = app.directory.lines(app).await?;
    if let Some(line) = lines.get(ticket.number.id).filter(|line| signals(line).read_receipts) {
        show(app, line, ticket.conversation_id, false);
    }
    Ok(ticket)
}

/// The assignee is writing an answer; the customer sees it where the number's settings want it. With WhatsApp that also says
/// that their last message was read. `TicketNotYours` and `TicketClosed` as for an answer.
pub async fn type_in(app: &App, scope: &Scope, member: MemberId, id: TicketId) -> Result<()> {
    let now = app.clock.now();
    let ticket = db::tickets::get(app.db.read(), scope, id).await?;
    domain::tickets::answer(state(&ticket), member, now)?;
    let lines = app.directory.lines(app).await?;
    if let Some(line) = lines.get(ticket.number.id).filter(|line| signals(line).typing)
        && app.typing.due(id, now)
    {
        show(app, line, ticket.conversation_id, true);
    }
    Ok(())
}

fn signals(line: &Line) -> types::attention_settings::CustomerSignals {
    line.number.bot.attention.customer_signals
}

/// Tell WhatsApp, without anybody waiting for it. A failure is only logged: nothing depends on it.
fn show(app: &App, line: &Arc<Line>, conversation: ConversationId, typing: bool) {
    let (app, line) = (app.clone(), line.clone());
    tokio::spawn(async move {
        let wamid = match db::messages::last_inbound(app.db.read(), conversation).await {
            Ok(wamid) => wamid,
            Err(error) => return tracing::warn!(%error, "the contact's last message could not be found"),
        };
        let (Some(token), Some(wamid)) = (&line.token, wamid) else { return };
        let shown = app.whatsapp.mark_read(&line.endpoint, token, &line.number.phone_number_id, &wamid, typing).await;
        if let Err(error) = shown {
            tracing::info!(%error, number = %line.number.id, typing, "the customer does not see that the agent is there");
        }
    });
}

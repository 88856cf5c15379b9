//! What happens in conversations, whichever door it comes through: the engine is run, and what it decides is carried out
//! (conversation.md § 2).

mod announce;
mod batch;
mod besides;
mod effects;
mod store;

pub(crate) use batch::Batch;
pub(crate) use effects::{Occasion, add, run};
pub(crate) use store::{Moved, all as store};

use crate::{App, Result};
use domain::engine::{Event, Stage};
use types::{ConversationId, TicketId, tickets::CloseReason};

/// Something happened in a conversation: run the engine, and store what it decides, within the caller's transaction. The
/// conversation is held from now on until it ends. Tell what it gives once the transaction is committed:
///
/// ```text
/// let lines = app.directory.lines(app).await?;   // keeps the directory from being read within the transaction
/// let tx = db::begin(&app.db).await?;
/// …
/// let moved = conversations::happened(app, &tx, conversation, Event::AgentWrote).await?;
/// tx.commit()…;
/// moved.tell(app);
/// ```
///
/// A ticket that was closed or opened by the caller is stored before.
pub(crate) async fn happened(app: &App, tx: &db::Tx, conversation: ConversationId, event: Event<'_>) -> Result<Moved> {
    let now = app.clock.now();
    let lines = app.directory.lines(app).await?;
    let mut batch = Batch::of(tx, lines, &[conversation], now).await?;
    let mut occasion = Occasion::at(now);
    if let Event::TicketClosed { by, ticket } = event {
        occasion.ticket = db::tickets::find(tx, &[ticket]).await?.pop();
        closed(&mut batch, by);
    }
    run(app, &mut batch, 0, event, &occasion);
    store(app, tx, batch).await
}

/// Tickets wait in their queues again, and are stored so: their contacts wait for whoever comes, and are not waited for any
/// more. Nothing is sent, so that there is nothing to tell afterwards. The conversations are held until the transaction ends;
/// the directory is read before it, as for [`happened`].
pub(crate) async fn given_back(app: &App, tx: &db::Tx, tickets: &[(ConversationId, TicketId)]) -> Result<()> {
    if tickets.is_empty() {
        return Ok(());
    }
    let now = app.clock.now();
    let lines = app.directory.lines(app).await?;
    let ids: Vec<_> = tickets.iter().map(|(conversation, _)| *conversation).collect();
    let mut batch = Batch::of(tx, lines, &ids, now).await?;
    for place in 0..batch.conversations.len() {
        let id = batch.conversations.get(place).map(|conversation| conversation.id);
        if let Some((_, ticket)) = tickets.iter().find(|(conversation, _)| Some(*conversation) == id) {
            let event = Event::TicketClosed { by: CloseReason::Transferred, ticket: *ticket };
            run(app, &mut batch, place, event, &Occasion::at(now));
        }
    }
    let _nothing: Moved = store(app, tx, batch).await?;
    Ok(())
}

/// Even where the number's settings are not at hand, the next message after a closed ticket begins a new conversation; and
/// what was not read of it needs no reading any more.
fn closed(batch: &mut Batch, by: CloseReason) {
    let Some(conversation) = batch.conversations.first_mut() else { return };
    if by == CloseReason::Transferred {
        return;
    }
    conversation.unread = 0;
    if batch.lines.get(conversation.number_id).is_none() {
        conversation.engine_state.stage = Stage::Idle;
    }
    batch.changed_conversations.insert(0);
}

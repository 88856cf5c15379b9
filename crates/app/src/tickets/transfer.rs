//! Handing a ticket over (spec A2, conversation.md § 3): it is closed as transferred, and its child goes on.

use super::{finish, state, tell_of, told};
use crate::{App, Error, Result, conversations};
use db::{
    Scope,
    messages::{NewAuthor, NewMessage},
    tickets::NewTicket,
};
use domain::{
    engine,
    tickets::{Closer, TicketState},
};
use types::{
    ErrorCode, FieldCode, Language, MemberId, QueueId, TicketId,
    events::Event,
    messages::{MessageContent, MessageStatus},
    tickets::{CloseReason, QueueRef, Ticket, TicketTransferInput, TransferTarget, TransferTargets},
    validate,
};

/// Where the child goes.
struct Place {
    queue: QueueId,
    state: TicketState,
}

/// Hand a ticket over; gives the child. An agent hands over their own, who manages anybody's within reach. Refused:
/// `TicketClosed`, `TicketNotYours`, `AgentMayNotTransfer` where the number leaves that to who manages, `TransferToSame`, and
/// `not_found` on a queue the number does not have or a member who cannot attend it.
pub async fn transfer(
    app: &App,
    scope: &Scope,
    by: Closer,
    id: TicketId,
    input: &TicketTransferInput,
    language: Language,
) -> Result<Ticket> {
    let TicketTransferInput { to } = input;
    let now = app.clock.now();
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::tickets::hold(&tx, id).await?;
    let parent = db::tickets::get(&tx, scope, id).await?;
    let closed = domain::tickets::transfer(state(&parent), by, now)?;
    let settings = db::attention_settings::get(&tx, scope, parent.number.id).await?.settings;
    if matches!(by, Closer::Agent(_)) && !settings.agent_may.transfer {
        return Err(ErrorCode::AgentMayNotTransfer.into());
    }
    // The number comes before its tickets, as whoever changes its settings holds them; and before its queue is looked at, so
    // that this queue is not deleted meanwhile.
    let ticket_number = db::numbers::take_ticket_numbers(&tx, parent.number.id, 1).await?;
    let Place { queue, state: opened } = place(app, &tx, scope, &parent, to, language).await?;
    // A conversation has one open ticket, so the one is closed before the other is opened.
    db::tickets::store(&tx, scope, id, &closed).await?;
    let child = NewTicket {
        id: app.ids.make(),
        organization_id: scope.organization_id(),
        number_id: parent.number.id,
        contact_id: parent.contact.id,
        conversation_id: parent.conversation_id,
        ticket_number,
        state: opened,
        queue_id: queue,
        priority: parent.priority,
        parent_id: Some(id),
        queued_since: db::tickets::queued_since(&tx, scope, id).await?,
        created_at: now,
    };
    db::tickets::create_all(&tx, std::slice::from_ref(&child)).await?;
    if let Some(member) = opened.assignee {
        db::distribution::assigned(&tx, scope, member, now).await?;
    }
    let line = handed_over(app, &child);
    db::messages::create_all(&tx, std::slice::from_ref(&line)).await?;
    let event = engine::Event::TicketClosed { by: CloseReason::Transferred, ticket: id };
    let moved = conversations::happened(app, &tx, parent.conversation_id, event).await?;
    let number_id = parent.number.id;
    let said = told(scope, number_id, Event::MessageChanged { number_id, message: line.shown("") });
    db::events::create_all(&tx, &[said], now).await?;
    tell_of(app, &tx, scope, &[id]).await?;
    let is_members = opened.assignee.is_some();
    let child = finish(app, tx, scope, child.id, Vec::new()).await?;
    moved.tell(app);
    if is_members {
        app.signals.left.notify_one();
    }
    Ok(child)
}

/// To whom a ticket can be handed over.
pub async fn targets(app: &App, scope: &Scope, id: TicketId) -> Result<TransferTargets> {
    let ticket = db::tickets::get(app.db.read(), scope, id).await?;
    let queues = db::queues::list(app.db.read(), Some(&[ticket.number.id])).await?;
    let queues = queues.into_iter().map(|queue| QueueRef { id: queue.id, name: queue.name }).collect();
    let mut members = db::tickets::attending(app.db.read(), scope, ticket.number.id, None).await?;
    members.retain(|member| ticket.assignee.as_ref().is_none_or(|assignee| assignee.id != member.id));
    Ok(TransferTargets { queues, members })
}

/// Where the child begins: waiting in a queue, or somebody's at once.
async fn place(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    parent: &Ticket,
    to: &TransferTarget,
    language: Language,
) -> Result<Place> {
    let missing = |field: &str| Error::fields(vec![validate::field(field, FieldCode::NotFound, None, language)]);
    let number = parent.number.id;
    let own = parent.queue.as_ref().map_or_else(|| db::queues::default_of(number), |queue| queue.id);
    match to {
        TransferTarget::Queue { queue_id } => {
            let queue = queue_id.unwrap_or_else(|| db::queues::default_of(number));
            let is_there = queue == db::queues::default_of(number)
                || db::queues::list(tx, Some(&[number])).await?.iter().any(|own| own.id == queue);
            if !is_there {
                return Err(missing("/to/queue_id"));
            }
            // Somebody's ticket is not in its queue any more: it may be given back this way.
            if queue == own && parent.assignee.is_none() {
                return Err(ErrorCode::TransferToSame.into());
            }
            Ok(Place { queue, state: domain::tickets::open() })
        }
        TransferTarget::Member { member_id } => {
            if parent.assignee.as_ref().is_some_and(|assignee| assignee.id == *member_id) {
                return Err(ErrorCode::TransferToSame.into());
            }
            if !attends(tx, scope, parent, *member_id).await? {
                return Err(missing("/to/member_id"));
            }
            let state = domain::tickets::take(domain::tickets::open(), *member_id, app.clock.now())?;
            Ok(Place { queue: own, state })
        }
    }
}

async fn attends(tx: &db::Tx, scope: &Scope, ticket: &Ticket, member: MemberId) -> Result<bool> {
    Ok(!db::tickets::attending(tx, scope, ticket.number.id, Some(member)).await?.is_empty())
}

/// The line in the thread.
fn handed_over(app: &App, child: &NewTicket) -> NewMessage {
    NewMessage {
        id: app.ids.make(),
        organization_id: child.organization_id,
        number_id: child.number_id,
        contact_id: child.contact_id,
        conversation_id: child.conversation_id,
        ticket_id: Some(child.id),
        author: NewAuthor::System,
        origin: None,
        content: MessageContent::HandedOver { ticket_number: child.ticket_number },
        status: MessageStatus::Received,
        wamid: None,
        reply_to: None,
        created_at: child.created_at,
    }
}

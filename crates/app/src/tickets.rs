//! What members do with tickets (spec A2, conversation.md § 3).

mod close;
pub mod options;
mod seen;
mod transfer;

pub use close::close;
pub use seen::{Typing, read, type_in};
pub use transfer::{targets, transfer};

use crate::{App, Result, changes::Changes, conversations};
use chrono::{DateTime, Utc};
use db::{
    Scope,
    conversations::Conversation,
    events::{Audience, NewEvent},
    messages::{NewAuthor, NewMessage, Stored},
};
use domain::{
    conversations::window_is_open,
    engine,
    tickets::{Closer, TicketState},
};
use types::{
    ErrorCode, MemberId, MessageId, NumberId, Permission, TicketId,
    events::Event,
    members::MemberRef,
    messages::{Message, MessageContent, MessageStatus},
    tickets::{Ticket, TicketMessageInput},
};

/// Take a waiting ticket.
pub async fn take(app: &App, scope: &Scope, member: &MemberRef, id: TicketId) -> Result<Ticket> {
    let tx = db::begin(&app.db).await?;
    db::tickets::hold(&tx, id).await?;
    let ticket = db::tickets::get(&tx, scope, id).await?;
    let now = app.clock.now();
    let decided = domain::tickets::take(state(&ticket), member.id, now)?;
    db::tickets::store(&tx, scope, id, &decided).await?;
    if ticket.assignee.is_none() {
        // Whoever hands out tickets counts this one.
        db::distribution::assigned(&tx, scope, member.id, now).await?;
    }
    arrive(app, &tx, scope, member.id).await?;
    finish(app, tx, scope, id, Vec::new()).await
}

/// Answer the contact; the chatbot knows that the contact is not the one who waits any more. The same `client_id` twice is
/// one message. `ServiceWindowClosed` when the contact has not written for
/// 24 hours; `TicketNotYours` and `TicketClosed` by the ticket's rules.
pub async fn answer(
    app: &App,
    scope: &Scope,
    member: &MemberRef,
    id: TicketId,
    input: &TicketMessageInput,
) -> Result<Message> {
    let TicketMessageInput { client_id, text } = input;
    let now = app.clock.now();
    // Read before the transaction begins, so that it is not read within.
    app.directory.lines(app).await?;
    let tx = db::begin(&app.db).await?;
    db::tickets::hold(&tx, id).await?;
    let ticket = db::tickets::get(&tx, scope, id).await?;
    if let Some(stored) = db::messages::find(&tx, scope, MessageId(*client_id)).await? {
        return sent_before(stored, id, text);
    }
    let decided = domain::tickets::answer(state(&ticket), member.id, now)?;
    if !window_is_open(ticket.window_closes_at, now) {
        return Err(ErrorCode::ServiceWindowClosed.into());
    }
    db::tickets::store(&tx, scope, id, &decided).await?;
    let mut conversation = db::conversations::get(&tx, scope, ticket.conversation_id).await?;
    let content = MessageContent::Text { body: text.clone() };
    let answer = message(app, &conversation, id, NewAuthor::Member(member.id), MessageId(*client_id), content);
    (conversation.last_message_id, conversation.last_message_at) = (Some(answer.id), Some(now));
    conversation.unread = 0;
    db::messages::create_own(&tx, &answer).await?;
    arrive(app, &tx, scope, member.id).await?;
    db::conversations::save_all(&tx, &[&conversation]).await?;
    let moved = conversations::happened(app, &tx, conversation.id, engine::Event::AgentWrote).await?;
    let shown = answer.shown(&member.name);
    finish(app, tx, scope, id, vec![shown.clone()]).await?;
    moved.tell(app);
    app.signals.outbox.notify_one();
    Ok(shown)
}

/// Whoever takes or answers is here: a member who was offline is online from now on, so that what they attend is not given
/// back as if they were away. Their open pages are told.
async fn arrive(app: &App, tx: &db::Tx, scope: &Scope, member: MemberId) -> Result<()> {
    let now = app.clock.now();
    if db::distribution::arrive(tx, scope, member, now).await? {
        let event = NewEvent {
            organization_id: scope.organization_id(),
            number_id: None,
            audience: Audience::Member(member),
            event: Event::AccessChanged,
        };
        db::events::create_all(tx, &[event], now).await?;
        app.signals.distribution.notify_one();
    }
    Ok(())
}

/// Give all unclosed tickets of a member back to their queues, on one number or on all, within a transaction: the member
/// does not attend there any more. Gives how many. The caller has read the directory before the transaction.
pub async fn return_to_queue(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    member: MemberId,
    number: Option<NumberId>,
    changes: &mut Changes,
) -> Result<u64> {
    let tickets = db::tickets::hold_assigned(tx, scope, member, number).await?;
    store_alike(tx, scope, &tickets, domain::tickets::give_back).await?;
    let given_back: Vec<_> = tickets.iter().map(|ticket| (ticket.conversation_id, ticket.id)).collect();
    conversations::given_back(app, tx, &given_back).await?;
    tracing::debug!(member = %member, tickets = tickets.len(), at = %app.clock.now(), "tickets wait again");
    tell(tx, scope, &tickets, changes).await?;
    Ok(u64::try_from(tickets.len()).unwrap_or(u64::MAX))
}

/// Give the unclosed tickets of these members that they cannot attend any more back to their queues, within the
/// transaction of the change that took it from them.
pub(crate) async fn return_unattended(
    tx: &db::Tx,
    scope: &Scope,
    members: &[MemberId],
    changes: &mut Changes,
) -> Result<()> {
    let tickets = db::tickets::hold_unattended(tx, scope, members).await?;
    store_alike(tx, scope, &tickets, domain::tickets::give_back).await?;
    tell(tx, scope, &tickets, changes).await
}

/// Close all unclosed tickets of a number in scope, within a transaction: it is deleted. Nobody says goodbye.
pub(crate) async fn close_all(
    tx: &db::Tx,
    scope: &Scope,
    closer: Closer,
    number: NumberId,
    now: DateTime<Utc>,
    changes: &mut Changes,
) -> Result<()> {
    let tickets = db::tickets::hold_open(tx, scope, number).await?;
    store_alike(tx, scope, &tickets, |ticket| domain::tickets::close(ticket, closer, now)).await?;
    tell(tx, scope, &tickets, changes).await
}

/// Store what a rule decides about tickets; those it decides alike with one question.
async fn store_alike(
    tx: &db::Tx,
    scope: &Scope,
    tickets: &[Ticket],
    rule: impl Fn(TicketState) -> std::result::Result<TicketState, ErrorCode>,
) -> Result<()> {
    let mut alike: Vec<(TicketState, Vec<TicketId>)> = Vec::new();
    for ticket in tickets {
        let decided = rule(state(ticket))?;
        match alike.iter_mut().find(|(other, _)| *other == decided) {
            Some((_, ids)) => ids.push(ticket.id),
            None => alike.push((decided, vec![ticket.id])),
        }
    }
    for (decided, ids) in alike {
        db::tickets::store_all(tx, scope, &ids, &decided).await?;
    }
    Ok(())
}

/// Tell the open pages how these tickets are now.
async fn tell(tx: &db::Tx, scope: &Scope, tickets: &[Ticket], changes: &mut Changes) -> Result<()> {
    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
    for ticket in db::tickets::find(tx, &ids).await? {
        changes.event(changed(scope, ticket));
    }
    Ok(())
}

/// The same for a job, within its transaction.
pub(crate) async fn tell_of(app: &App, tx: &db::Tx, scope: &Scope, ids: &[TicketId]) -> Result<()> {
    let events: Vec<_> = db::tickets::find(tx, ids).await?.into_iter().map(|ticket| changed(scope, ticket)).collect();
    Ok(db::events::create_all(tx, &events, app.clock.now()).await?)
}

fn changed(scope: &Scope, ticket: Ticket) -> NewEvent {
    told(scope, ticket.number.id, Event::TicketChanged { ticket })
}

fn told(scope: &Scope, number: NumberId, event: Event) -> NewEvent {
    NewEvent {
        organization_id: scope.organization_id(),
        number_id: Some(number),
        audience: Audience::Permitted(Permission::ViewDesk),
        event,
    }
}

/// The caller's id again: the same message is the same answer, another one is a mistake of the caller's.
fn sent_before(stored: Stored, id: TicketId, text: &str) -> Result<Message> {
    let same = matches!(&stored.message.content, MessageContent::Text { body } if body == text);
    if stored.message.ticket_id == Some(id) && same {
        Ok(stored.message)
    } else {
        Err(ErrorCode::IdempotencyKeyReused.into())
    }
}

fn message(
    app: &App,
    conversation: &Conversation,
    ticket: TicketId,
    author: NewAuthor,
    id: MessageId,
    content: MessageContent,
) -> NewMessage {
    NewMessage {
        id,
        organization_id: conversation.organization_id,
        number_id: conversation.number_id,
        contact_id: conversation.contact_id,
        conversation_id: conversation.id,
        ticket_id: Some(ticket),
        author,
        origin: None,
        content,
        status: MessageStatus::Queued,
        wamid: None,
        reply_to: None,
        created_at: app.clock.now(),
    }
}

/// Commit, and tell the open pages and whoever hands out tickets.
pub(crate) async fn finish(app: &App, tx: db::Tx, scope: &Scope, id: TicketId, said: Vec<Message>) -> Result<Ticket> {
    let ticket = db::tickets::get(&tx, scope, id).await?;
    let number_id = ticket.number.id;
    let mut events: Vec<_> =
        said.into_iter().map(|message| told(scope, number_id, Event::MessageChanged { number_id, message })).collect();
    events.push(changed(scope, ticket.clone()));
    db::events::create_all(&tx, &events, app.clock.now()).await?;
    tx.commit().await.map_err(db::Error::from)?;
    app.signals.events.notify_one();
    app.signals.distribution.notify_one();
    Ok(ticket)
}

/// What the rules look at.
pub(crate) fn state(ticket: &Ticket) -> TicketState {
    TicketState {
        status: ticket.status,
        assignee: ticket.assignee.as_ref().map(|assignee| assignee.id),
        assigned_at: ticket.assigned_at,
        first_response_at: ticket.first_response_at,
        closed_at: ticket.closed_at,
        close_reason: ticket.close_reason,
    }
}

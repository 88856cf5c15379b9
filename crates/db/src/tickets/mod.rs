//! Questions about tickets.

mod attending;
mod channel;
mod entity;
mod inbox;

pub use attending::{attending, find_online, hold_unattended};
pub use channel::close_all;
pub use inbox::{counts, list};

use crate::{
    Result, Scope, Tx,
    contacts::CHUNK,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::{conversations::service_window, tickets::TicketState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, QueryFilter,
};
use types::{
    ContactId, ConversationId, ErrorCode, MemberId, NumberId, OrganizationId, QueueId, TicketId,
    contacts::ContactRef,
    members::MemberRef,
    messages::MessageContent,
    numbers::NumberRef,
    tickets::{LastMessage, QueueRef, Ticket, TicketPriority, TicketStatus},
};
use uuid::Uuid;

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket {
    pub id: TicketId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub ticket_number: i64,
    pub state: TicketState,
    /// The number's own id for its default queue.
    pub queue_id: QueueId,
    pub priority: TicketPriority,
    pub parent_id: Option<TicketId>,
    /// Its place in the queue.
    pub queued_since: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// One ticket on a number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: TicketId) -> Result<Ticket> {
    let mut sql = in_scope(scope);
    sql.push(" AND t.id = ").bind(id.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.ticket()
}

/// Hold a ticket and its conversation until the transaction ends, so that what is read of them from now on still holds
/// when it is written: of two who take a ticket, or of a contact who writes while it is closed, one comes after the other.
/// `SQLite` has one writer anyway.
pub async fn hold(tx: &Tx, id: TicketId) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql =
            Sql::new("SELECT v.id FROM conversations v JOIN tickets t ON t.conversation_id = v.id WHERE t.id = ");
        sql.bind(id.0).push(" FOR UPDATE OF v");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// The open tickets of these conversations.
pub async fn find_open(db: &impl ConnectionTrait, conversations: &[ConversationId]) -> Result<Vec<Ticket>> {
    let mut found = Vec::new();
    for chunk in conversations.chunks(CHUNK) {
        let mut sql = Sql::new(TICKET);
        sql.push(" WHERE t.status <> 'closed' AND t.conversation_id IN ").bind_list(chunk.iter().map(|id| id.0));
        for row in sql.all::<Row>(db).await? {
            found.push(row.ticket()?);
        }
    }
    Ok(found)
}

/// The open tickets a member has, on one number or on all of the organization; on `PostgreSQL` their conversations are held
/// until the transaction ends, as [`hold`] holds them.
pub async fn hold_assigned(tx: &Tx, scope: &Scope, member: MemberId, number: Option<NumberId>) -> Result<Vec<Ticket>> {
    let asked = |sql: &mut Sql| {
        sql.push(" WHERE t.status <> 'closed' AND t.assignee_id = ").bind(member.0);
        sql.push(" AND t.organization_id = ").bind(scope.organization_id().0);
        if let Some(number) = number {
            sql.push(" AND t.number_id = ").bind(number.0);
        }
    };
    hold_asked(tx, &asked).await
}

/// The open tickets of a number in scope, held like those of [`hold_assigned`].
pub async fn hold_open(tx: &Tx, scope: &Scope, number: NumberId) -> Result<Vec<Ticket>> {
    let asked = |sql: &mut Sql| {
        sql.push(" WHERE t.status <> 'closed' AND ");
        scope.conditions(sql, "t.organization_id", "t.number_id");
        sql.push(" AND t.number_id = ").bind(number.0);
    };
    hold_asked(tx, &asked).await
}

async fn hold_asked(tx: &Tx, asked: &impl Fn(&mut Sql)) -> Result<Vec<Ticket>> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT v.id FROM conversations v JOIN tickets t ON t.conversation_id = v.id");
        asked(&mut sql);
        sql.push(" ORDER BY v.id FOR UPDATE OF v");
        sql.execute(tx).await?;
    }
    let mut sql = Sql::new(TICKET);
    asked(&mut sql);
    sql.push(" ORDER BY t.created_at, t.id");
    sql.all::<Row>(tx).await?.into_iter().map(Row::ticket).collect()
}

/// Store what was decided alike about many tickets.
pub async fn store_all(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[TicketId],
    decided: &TicketState,
) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        entity::Entity::update_many()
            .set(state(decided))
            .filter(entity::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Tickets by id, for the channel.
pub async fn find(db: &impl ConnectionTrait, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(TICKET);
        sql.push(" WHERE t.id IN ").bind_list(chunk.iter().map(|id| id.0));
        for row in sql.all::<Row>(db).await? {
            found.push(row.ticket()?);
        }
    }
    Ok(found)
}

pub async fn create_all(db: &impl ConnectionTrait, tickets: &[NewTicket]) -> Result<()> {
    for chunk in tickets.chunks(CHUNK) {
        entity::Entity::insert_many(chunk.iter().map(new)).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Store what was decided about a ticket.
pub async fn store(db: &impl ConnectionTrait, scope: &Scope, id: TicketId, decided: &TicketState) -> Result<()> {
    entity::Entity::update_many()
        .set(state(decided))
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    Ok(())
}

/// The tags of a ticket.
pub async fn set_tags(db: &impl ConnectionTrait, scope: &Scope, id: TicketId, tags: &[String]) -> Result<()> {
    let mut sql = Sql::new("UPDATE tickets SET tags = ");
    sql.bind(serde_json::to_value(tags)?).push(" WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// A ticket's place in its queue, which a ticket it is handed over to takes over.
pub async fn queued_since(db: &impl ConnectionTrait, scope: &Scope, id: TicketId) -> Result<DateTime<Utc>> {
    #[derive(FromQueryResult)]
    struct Place {
        queued_since: i64,
    }
    let mut sql = Sql::new("SELECT queued_since FROM tickets WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    Ok(time(sql.one::<Place>(db).await?.ok_or(ErrorCode::NotFound)?.queued_since))
}

fn new(ticket: &NewTicket) -> entity::ActiveModel {
    let NewTicket {
        id,
        organization_id,
        number_id,
        contact_id,
        conversation_id,
        ticket_number,
        state: decided,
        queue_id,
        priority,
        parent_id,
        queued_since,
        created_at,
    } = ticket;
    entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        number_id: Set(number_id.0),
        contact_id: Set(contact_id.0),
        conversation_id: Set(conversation_id.0),
        ticket_number: Set(*ticket_number),
        queue_id: Set(Some(queue_id.0)),
        priority: Set(priority.to_string()),
        parent_id: Set(parent_id.map(Into::into)),
        queued_since: Set(queued_since.millis()),
        tags: Set(None),
        created_at: Set(created_at.millis()),
        ..state(decided)
    }
}

fn state(decided: &TicketState) -> entity::ActiveModel {
    let TicketState { status, assignee, assigned_at, first_response_at, closed_at, close_reason } = decided;
    entity::ActiveModel {
        status: Set(status.to_string()),
        close_reason: Set(close_reason.map(|reason| reason.to_string())),
        assignee_id: Set(assignee.map(Into::into)),
        assigned_at: Set(assigned_at.map(Millis::millis)),
        first_response_at: Set(first_response_at.map(Millis::millis)),
        closed_at: Set(closed_at.map(Millis::millis)),
        ..Default::default()
    }
}

const TICKET: &str = "SELECT t.id, t.ticket_number, t.status, t.close_reason, t.number_id, n.name AS number_name, n.phone AS number_phone, \
     t.contact_id, k.name AS contact_name, k.phone AS contact_phone, t.conversation_id, t.assignee_id, a.name AS assignee_name, \
     t.queue_id, q.name AS queue_name, t.priority, t.parent_id, t.tags, t.queued_since, t.created_at, t.assigned_at, t.first_response_at, t.closed_at, v.unread, v.last_inbound_at, v.last_message_at, \
     m.author AS last_author, m.status AS last_status, m.content AS last_content \
     FROM tickets t JOIN conversations v ON v.id = t.conversation_id JOIN numbers n ON n.id = t.number_id \
     JOIN contacts k ON k.id = t.contact_id LEFT JOIN queues q ON q.id = t.queue_id LEFT JOIN members a ON a.id = t.assignee_id LEFT JOIN messages m ON m.id = v.last_message_id";

fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(TICKET);
    sql.push(" WHERE ");
    scope.conditions(&mut sql, "t.organization_id", "t.number_id");
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    ticket_number: i64,
    status: String,
    close_reason: Option<String>,
    number_id: Uuid,
    number_name: String,
    number_phone: String,
    contact_id: Uuid,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    conversation_id: Uuid,
    assignee_id: Option<Uuid>,
    assignee_name: Option<String>,
    queue_id: Option<Uuid>,
    queue_name: Option<String>,
    priority: String,
    parent_id: Option<Uuid>,
    tags: Option<serde_json::Value>,
    queued_since: i64,
    created_at: i64,
    assigned_at: Option<i64>,
    first_response_at: Option<i64>,
    closed_at: Option<i64>,
    unread: i64,
    last_inbound_at: Option<i64>,
    last_message_at: Option<i64>,
    last_author: Option<String>,
    last_status: Option<String>,
    last_content: Option<serde_json::Value>,
}

impl Row {
    fn ticket(self) -> Result<Ticket> {
        let last_message = match (self.last_content, self.last_status, self.last_message_at) {
            (Some(content), Some(status), Some(at)) => Some(LastMessage {
                preview: serde_json::from_value::<MessageContent>(content)?.preview(),
                from_contact: self.last_author.as_deref() == Some("contact"),
                status: status.parse().or(Err(crate::Error::Missing("message status")))?,
                at: time(at),
            }),
            (_, _, _) => None,
        };
        Ok(Ticket {
            id: TicketId(self.id),
            ticket_number: self.ticket_number,
            status: self.status.parse::<TicketStatus>().or(Err(crate::Error::Missing("ticket status")))?,
            close_reason: self.close_reason.and_then(|reason| reason.parse().ok()),
            number: NumberRef { id: NumberId(self.number_id), name: self.number_name, phone: self.number_phone },
            contact: ContactRef { id: ContactId(self.contact_id), name: self.contact_name, phone: self.contact_phone },
            conversation_id: ConversationId(self.conversation_id),
            assignee: self.assignee_id.zip(self.assignee_name).map(|(id, name)| MemberRef { id: MemberId(id), name }),
            queue: self.queue_id.zip(self.queue_name).map(|(id, name)| QueueRef { id: QueueId(id), name }),
            priority: self.priority.parse().unwrap_or_default(),
            parent_id: self.parent_id.map(TicketId),
            tags: self.tags.map(serde_json::from_value).transpose()?.unwrap_or_default(),
            created_at: time(self.created_at),
            assigned_at: self.assigned_at.map(time),
            first_response_at: self.first_response_at.map(time),
            closed_at: self.closed_at.map(time),
            unread: self.unread,
            last_message,
            window_closes_at: self.last_inbound_at.map(|at| service_window(time(at))),
        })
    }
}

//! Questions about conversations: what one contact and one number have said to each other.

mod entity;
mod merge;

pub use merge::{join_tickets, merge};

use crate::{
    Result, Scope, Tx,
    contacts::CHUNK,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::engine::State;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, sea_query::OnConflict,
};
use types::{ContactId, ConversationId, ErrorCode, MessageId, NumberId, OrganizationId};
use uuid::Uuid;

/// A conversation as the engine and Desk need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    pub id: ConversationId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub engine_state: State,
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// The contact's messages nobody has seen.
    pub unread: i64,
    pub last_message_id: Option<MessageId>,
    pub last_message_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// One conversation on a number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: ConversationId) -> Result<Conversation> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE ");
    scope.conditions(&mut sql, "organization_id", "number_id");
    sql.push(" AND id = ").bind(id.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.conversation()
}

/// The conversations of these contacts, on any number; on `PostgreSQL` they are held until the transaction ends, as
/// [`crate::tickets::hold`] holds them.
pub async fn find_of_contacts(db: &impl ConnectionTrait, contacts: &[ContactId]) -> Result<Vec<Conversation>> {
    let mut found = Vec::new();
    for chunk in contacts.chunks(CHUNK) {
        let mut sql = Sql::new(COLUMNS);
        sql.push(" WHERE contact_id IN ").bind_list(chunk.iter().map(|id| id.0));
        if db.get_database_backend() == DatabaseBackend::Postgres {
            sql.push(" ORDER BY id FOR UPDATE");
        }
        for row in sql.all::<Row>(db).await? {
            found.push(row.conversation()?);
        }
    }
    Ok(found)
}

/// Conversations by id, for the channel; on `PostgreSQL` they are held until the transaction ends.
pub async fn hold_all(tx: &Tx, ids: &[ConversationId]) -> Result<Vec<Conversation>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(COLUMNS);
        sql.push(" WHERE id IN ").bind_list(chunk.iter().map(|id| id.0)).push(" ORDER BY id");
        if tx.get_database_backend() == DatabaseBackend::Postgres {
            sql.push(" FOR UPDATE");
        }
        for row in sql.all::<Row>(tx).await? {
            found.push(row.conversation()?);
        }
    }
    Ok(found)
}

/// Save conversations, new ones and changed ones.
pub async fn save_all(db: &impl ConnectionTrait, conversations: &[&Conversation]) -> Result<()> {
    for chunk in conversations.chunks(CHUNK) {
        let mut known = OnConflict::column(entity::Column::Id);
        known.update_columns([
            entity::Column::EngineState,
            entity::Column::LastInboundAt,
            entity::Column::Unread,
            entity::Column::LastMessageId,
            entity::Column::LastMessageAt,
        ]);
        let rows = chunk.iter().map(|conversation| active(conversation)).collect::<Result<Vec<_>>>()?;
        entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

const COLUMNS: &str = "SELECT id, organization_id, number_id, contact_id, engine_state, last_inbound_at, unread, last_message_id, \
                       last_message_at, created_at FROM conversations";

fn active(conversation: &Conversation) -> Result<entity::ActiveModel> {
    let Conversation {
        id,
        organization_id,
        number_id,
        contact_id,
        engine_state,
        last_inbound_at,
        unread,
        last_message_id,
        last_message_at,
        created_at,
    } = conversation;
    Ok(entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        number_id: Set(number_id.0),
        contact_id: Set(contact_id.0),
        engine_state: Set(serde_json::to_value(engine_state)?),
        last_inbound_at: Set(last_inbound_at.map(Millis::millis)),
        unread: Set(*unread),
        last_message_id: Set(last_message_id.map(Into::into)),
        last_message_at: Set(last_message_at.map(Millis::millis)),
        created_at: Set(created_at.millis()),
    })
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    number_id: Uuid,
    contact_id: Uuid,
    engine_state: serde_json::Value,
    last_inbound_at: Option<i64>,
    unread: i64,
    last_message_id: Option<Uuid>,
    last_message_at: Option<i64>,
    created_at: i64,
}

impl Row {
    fn conversation(self) -> Result<Conversation> {
        Ok(Conversation {
            id: ConversationId(self.id),
            organization_id: OrganizationId(self.organization_id),
            number_id: NumberId(self.number_id),
            contact_id: ContactId(self.contact_id),
            engine_state: serde_json::from_value(self.engine_state)?,
            last_inbound_at: self.last_inbound_at.map(time),
            unread: self.unread,
            last_message_id: self.last_message_id.map(MessageId),
            last_message_at: self.last_message_at.map(time),
            created_at: time(self.created_at),
        })
    }
}

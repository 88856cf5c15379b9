//! Questions about timers: what a conversation waits for, at most one of each kind.

use crate::{Result, Tx, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use domain::engine::Timer;
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use types::{ConversationId, NumberId, OrganizationId};
use uuid::Uuid;

/// A timer to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewTimer {
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub conversation_id: ConversationId,
    pub timer: Timer,
    pub due_at: DateTime<Utc>,
}

/// Set timers; each replaces one of its kind.
pub async fn set_all(db: &impl ConnectionTrait, timers: &[NewTimer]) -> Result<()> {
    for chunk in timers.chunks(CHUNK) {
        let mut sql =
            Sql::new("INSERT INTO timers (organization_id, number_id, conversation_id, kind, due_at) VALUES ");
        for (index, NewTimer { organization_id, number_id, conversation_id, timer, due_at }) in chunk.iter().enumerate()
        {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(organization_id.0);
            sql.push(", ").bind(number_id.0).push(", ").bind(conversation_id.0);
            sql.push(", ").bind(timer.to_string()).push(", ").bind(due_at.millis()).push(")");
        }
        sql.push(" ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at");
        sql.execute(db).await?;
    }
    Ok(())
}

/// Take timers back.
pub async fn cancel_all(db: &impl ConnectionTrait, timers: &[(ConversationId, Timer)]) -> Result<()> {
    let mut kinds: BTreeMap<Timer, Vec<Uuid>> = BTreeMap::new();
    for (conversation, timer) in timers {
        kinds.entry(*timer).or_default().push(conversation.0);
    }
    for (timer, conversations) in kinds {
        for chunk in conversations.chunks(CHUNK) {
            let mut sql = Sql::new("DELETE FROM timers WHERE kind = ");
            sql.bind(timer.to_string()).push(" AND conversation_id IN ").bind_list(chunk.iter().copied());
            sql.execute(db).await?;
        }
    }
    Ok(())
}

/// The conversations something is due in, those that have waited longest first.
pub async fn list_due(db: &impl ConnectionTrait, limit: u32, now: DateTime<Utc>) -> Result<Vec<ConversationId>> {
    #[derive(FromQueryResult)]
    struct Found {
        conversation_id: Uuid,
    }
    let mut sql = Sql::new("SELECT conversation_id FROM timers WHERE due_at <= ");
    sql.bind(now.millis()).push(" ORDER BY due_at, conversation_id LIMIT ").bind(i64::from(limit));
    let mut due: Vec<_> =
        sql.all::<Found>(db).await?.into_iter().map(|row| ConversationId(row.conversation_id)).collect();
    due.sort_unstable();
    due.dedup();
    Ok(due)
}

/// Take what is due in these conversations, which the caller holds: it is due no more. The earliest of each first.
pub async fn take_due(
    tx: &Tx,
    conversations: &[ConversationId],
    now: DateTime<Utc>,
) -> Result<Vec<(ConversationId, Timer)>> {
    #[derive(FromQueryResult)]
    struct Taken {
        conversation_id: Uuid,
        kind: String,
        due_at: i64,
    }
    let mut taken = Vec::new();
    for chunk in conversations.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM timers WHERE due_at <= ");
        sql.bind(now.millis()).push(" AND conversation_id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.push(" RETURNING conversation_id, kind, due_at");
        for row in sql.all::<Taken>(tx).await? {
            // A kind this version does not know waits for nobody here.
            let Ok(timer) = row.kind.parse::<Timer>() else { continue };
            taken.push((row.due_at, timer, ConversationId(row.conversation_id)));
        }
    }
    taken.sort_unstable();
    Ok(taken.into_iter().map(|(_, timer, conversation)| (conversation, timer)).collect())
}

/// Put off what is due in these conversations.
pub async fn put_off(
    db: &impl ConnectionTrait,
    conversations: &[ConversationId],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<()> {
    for chunk in conversations.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE timers SET due_at = ");
        sql.bind(until.millis()).push(" WHERE due_at <= ").bind(now.millis());
        sql.push(" AND conversation_id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

//! Webhook events as they came: kept before they are answered, read in order by one worker.

use crate::{Result, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};

/// An event as it came.
#[derive(Clone, Debug, FromQueryResult)]
pub struct WebhookEvent {
    pub id: i64,
    pub body: Vec<u8>,
}

/// Keep events. On `PostgreSQL` their ids are given out in the order they are committed, which the worker relies on.
pub async fn create_all(db: &impl ConnectionTrait, bodies: &[&[u8]], now: DateTime<Utc>) -> Result<()> {
    in_commit_order(db, 1).await?;
    for chunk in bodies.chunks(500) {
        let mut sql = Sql::new("INSERT INTO webhook_events (received_at, body) VALUES ");
        for (index, body) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(now.millis()).push(", ").bind(body.to_vec()).push(")");
        }
        sql.execute(db).await?;
    }
    Ok(())
}

/// The events after a position, in order.
pub async fn list_after(db: &impl ConnectionTrait, position: i64, limit: u32) -> Result<Vec<WebhookEvent>> {
    let mut sql = Sql::new("SELECT id, body FROM webhook_events WHERE id > ");
    sql.bind(position).push(" ORDER BY id LIMIT ").bind(i64::from(limit));
    sql.all(db).await
}

/// Note that an event could not be worked on, and why; it is kept.
pub async fn record_fault(db: &impl ConnectionTrait, id: i64, reason: &str, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO webhook_faults (webhook_event_id, reason, created_at) VALUES (");
    sql.bind(id)
        .push(", ")
        .bind(reason)
        .push(", ")
        .bind(now.millis())
        .push(") ON CONFLICT (webhook_event_id) DO NOTHING");
    sql.execute(db).await?;
    Ok(())
}

/// How far the worker has come.
pub async fn position(db: &impl ConnectionTrait) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Row {
        position: i64,
    }
    let sql = Sql::new("SELECT position FROM positions WHERE name = 'webhook_events'");
    Ok(sql.one::<Row>(db).await?.map_or(0, |row| row.position))
}

pub async fn set_position(db: &impl ConnectionTrait, position: i64) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO positions (name, position) VALUES ('webhook_events', ");
    sql.bind(position).push(") ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position");
    sql.execute(db).await?;
    Ok(())
}

/// Delete events that were worked on and came before a time.
pub async fn delete_before(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64> {
    let position = position(db).await?;
    let mut sql = Sql::new("DELETE FROM webhook_events WHERE id <= ");
    sql.bind(position).push(" AND received_at < ").bind(before.millis());
    // What could not be worked on is kept until somebody has looked into it.
    sql.push(" AND NOT EXISTS (SELECT 1 FROM webhook_faults f WHERE f.webhook_event_id = webhook_events.id)");
    Ok(sql.execute(db).await?.rows_affected())
}

/// Let only one transaction at a time give out ids of a sequence, until it ends: who reads after a position would miss an
/// id that is committed later than a higher one. `SQLite` has one writer anyway.
pub(crate) async fn in_commit_order(db: &impl ConnectionTrait, sequence: i64) -> Result<()> {
    if db.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT pg_advisory_xact_lock(");
        sql.bind(sequence).push(")");
        sql.execute(db).await?;
    }
    Ok(())
}

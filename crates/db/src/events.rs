//! Events for open pages, kept for a day so that a page that was away can catch up.

use crate::{Result, sql::Sql, time::Millis, webhook_events::in_commit_order};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{MemberId, NumberId, OrganizationId, Permission, events::Event};
use uuid::Uuid;

/// An event to be told.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub organization_id: OrganizationId,
    /// Only those who reach this number are told; all of the organization when there is none.
    pub number_id: Option<NumberId>,
    pub audience: Audience,
    pub event: Event,
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who has the permission.
    Permitted(Permission),
    /// One member, whatever the member may.
    Member(MemberId),
    /// Everybody of the organization.
    Everyone,
    /// Nobody: who wrote it is newer than who reads it.
    Unknown,
}

const EVERYONE: &str = "everyone";
const MEMBER: &str = "member";

impl Audience {
    fn written(self) -> (String, Option<MemberId>) {
        match self {
            Self::Permitted(permission) => (permission.to_string(), None),
            Self::Member(member) => (MEMBER.to_owned(), Some(member)),
            Self::Everyone => (EVERYONE.to_owned(), None),
            Self::Unknown => (String::new(), None),
        }
    }

    fn read(text: &str, member: Option<Uuid>) -> Self {
        match (text, member) {
            (MEMBER, Some(member)) => Self::Member(MemberId(member)),
            (EVERYONE, None) => Self::Everyone,
            (permission, _) => permission.parse().map_or(Self::Unknown, Self::Permitted),
        }
    }
}

/// An event as it is told.
#[derive(Clone, Debug)]
pub struct ToldEvent {
    pub id: i64,
    pub organization_id: OrganizationId,
    pub number_id: Option<NumberId>,
    pub audience: Audience,
    /// The event as JSON.
    pub payload: String,
}

pub async fn create_all(db: &impl ConnectionTrait, events: &[NewEvent], now: DateTime<Utc>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    in_commit_order(db, 2).await?;
    for chunk in events.chunks(500) {
        let mut sql = Sql::new(
            "INSERT INTO events (organization_id, number_id, permission, member_id, payload, created_at) VALUES ",
        );
        for (index, NewEvent { organization_id, number_id, audience, event }) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(organization_id.0);
            let (permission, member) = audience.written();
            sql.push(", ").bind(number_id.map(Uuid::from)).push(", ").bind(permission);
            sql.push(", ").bind(member.map(Uuid::from));
            sql.push(", ").bind(serde_json::to_string(event)?).push(", ").bind(now.millis()).push(")");
        }
        sql.execute(db).await?;
    }
    Ok(())
}

/// The events after an id, in order.
pub async fn list_after(db: &impl ConnectionTrait, id: i64, limit: u32) -> Result<Vec<ToldEvent>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        organization_id: Uuid,
        number_id: Option<Uuid>,
        permission: String,
        member_id: Option<Uuid>,
        payload: String,
    }
    let mut sql =
        Sql::new("SELECT id, organization_id, number_id, permission, member_id, payload FROM events WHERE id > ");
    sql.bind(id).push(" ORDER BY id LIMIT ").bind(i64::from(limit));
    let rows = sql.all::<Row>(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| ToldEvent {
            id: row.id,
            organization_id: OrganizationId(row.organization_id),
            number_id: row.number_id.map(NumberId),
            audience: Audience::read(&row.permission, row.member_id),
            payload: row.payload,
        })
        .collect())
}

/// The ids of the oldest and the latest event that are kept; zeros when there is none.
pub async fn bounds(db: &impl ConnectionTrait) -> Result<(i64, i64)> {
    #[derive(FromQueryResult)]
    struct Row {
        oldest: Option<i64>,
        latest: Option<i64>,
    }
    let row = Sql::new("SELECT (SELECT MIN(id) FROM events) AS oldest, (SELECT MAX(id) FROM events) AS latest")
        .one::<Row>(db)
        .await?;
    Ok(row.map_or((0, 0), |row| (row.oldest.unwrap_or(0), row.latest.unwrap_or(0))))
}

/// Forget the events before a time, all but the latest, whose id says where the next one goes on.
pub async fn delete_before(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM events WHERE created_at < ");
    sql.bind(before.millis()).push(" AND id < (SELECT MAX(id) FROM events)");
    sql.execute(db).await?;
    Ok(())
}

//! Whether members are connected, and what they wanted to be before they were not (decisions: agent states).

use crate::{Result, Tx, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::{MemberId, OrganizationId, sessions::AgentStatus};
use uuid::Uuid;

/// A member whose state was changed by whether they are connected.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub organization_id: OrganizationId,
    pub member_id: MemberId,
}

/// Of these members, those nobody else is changing now, held until the transaction ends. The others have their turn at the
/// next beat: waiting for one while others are held could end in two transactions that wait for each other.
pub async fn hold_free(tx: &Tx, members: &[MemberId]) -> Result<Vec<MemberId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    if tx.get_database_backend() == DatabaseBackend::Sqlite {
        return Ok(members.to_vec());
    }
    let mut free = Vec::with_capacity(members.len());
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id FROM members WHERE id IN ");
        sql.bind_list(chunk.iter().map(|member| member.0)).push(" ORDER BY id FOR NO KEY UPDATE SKIP LOCKED");
        free.extend(sql.all::<Found>(tx).await?.into_iter().map(|found| MemberId(found.id)));
    }
    Ok(free)
}

/// These members are connected now; the caller holds them.
pub async fn seen(tx: &Tx, members: &[MemberId], now: DateTime<Utc>) -> Result<()> {
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE members SET seen_at = ");
        sql.bind(now.millis()).push(" WHERE id IN ").bind_list(chunk.iter().map(|member| member.0));
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Whether somebody was not connected for too long and has not chosen to be offline.
pub async fn has_left(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<bool> {
    let mut sql = Sql::new(LEFT);
    left(&mut sql, before);
    sql.push(" LIMIT 1");
    Ok(sql.one::<Row>(db).await?.is_some())
}

/// Who was not connected for too long is offline, until they are back. What they were is kept. Who is being changed by
/// somebody else has their turn at the next beat.
pub async fn leave(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Moved>> {
    let mut sql = Sql::new("UPDATE members SET status_before_leaving = agent_status, agent_status_at = ");
    sql.bind(now.millis()).push(", agent_status = ").bind(AgentStatus::Offline.to_string());
    sql.push(" WHERE id IN (SELECT id FROM members WHERE ");
    left(&mut sql, before);
    sql.push(" ORDER BY id");
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        sql.push(" FOR NO KEY UPDATE SKIP LOCKED");
    }
    sql.push(") RETURNING organization_id, id");
    Ok(sql.all::<Row>(tx).await?.into_iter().map(Row::moved).collect())
}

/// Of these members, those who went offline for want of a connection.
pub async fn find_left(db: &impl ConnectionTrait, members: &[MemberId]) -> Result<Vec<MemberId>> {
    let mut found = Vec::new();
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new(LEFT);
        sql.push("status_before_leaving IS NOT NULL AND id IN ").bind_list(chunk.iter().map(|member| member.0));
        found.extend(sql.all::<Row>(db).await?.into_iter().map(|row| row.moved().member_id));
    }
    Ok(found)
}

/// A member who went offline for want of a connection is again what they were, unless they left before `since` or chose
/// something else.
pub async fn come_back(tx: &Tx, member: MemberId, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Option<Moved>> {
    let mut sql = Sql::new(
        "UPDATE members SET agent_status = status_before_leaving, status_before_leaving = NULL, agent_status_at = ",
    );
    sql.bind(now.millis())
        .push(" WHERE status_before_leaving IS NOT NULL AND deactivated_at IS NULL AND agent_status = ");
    sql.bind(AgentStatus::Offline.to_string()).push(" AND agent_status_at >= ").bind(since.millis());
    sql.push(" AND id = ").bind(member.0).push(" RETURNING organization_id, id");
    Ok(sql.one::<Row>(tx).await?.map(Row::moved))
}

const LEFT: &str = "SELECT organization_id, id FROM members WHERE ";

/// One index entry for each state: the members who are not offline are few.
fn left(sql: &mut Sql, before: DateTime<Utc>) {
    let there = [AgentStatus::Online, AgentStatus::Paused, AgentStatus::Invisible];
    sql.push("agent_status IN ").bind_list(there.map(|status| status.to_string()));
    sql.push(" AND (seen_at IS NULL OR seen_at < ").bind(before.millis()).push(")");
}

#[derive(FromQueryResult)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
}

impl Row {
    fn moved(self) -> Moved {
        Moved { organization_id: OrganizationId(self.organization_id), member_id: MemberId(self.id) }
    }
}

//! Questions about who gets the tickets that wait, and which go back to their queue because their agent is away
//! (conversation.md § 3). The worker works for all organizations.

use crate::{
    Result, Scope, Tx,
    contacts::CHUNK,
    members::EDITS_DESK,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::{distribution::Candidate, engine::Timer};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::{ConversationId, MemberId, NumberId, OrganizationId, QueueId, TicketId, sessions::AgentStatus};
use uuid::Uuid;

/// Somebody who serves a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serving {
    pub queue_id: QueueId,
    pub number_id: NumberId,
    pub candidate: Candidate,
}

/// A ticket that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: TicketId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub queue_id: QueueId,
}

/// A place among the tickets of a member of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub member: MemberId,
    pub queue: QueueId,
    pub number: NumberId,
    /// Unclosed tickets the member may have on the number.
    pub most: u32,
}

/// A ticket whose assignee is offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub ticket_id: TicketId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub conversation_id: ConversationId,
    /// Since when it has been left: the assignee went offline, or got it while offline.
    pub since: DateTime<Utc>,
}

/// Who is online in the queues in which something waits and may attend, once for each of these queues. Who serves a queue
/// reaches its number: others are taken out when they lose it.
pub async fn serving(db: &impl ConnectionTrait) -> Result<Vec<Serving>> {
    #[derive(FromQueryResult)]
    struct Row {
        queue_id: Uuid,
        number_id: Uuid,
        member_id: Uuid,
        last_assigned_at: Option<i64>,
        open_tickets: i64,
    }
    let mut sql = Sql::new(
        "SELECT s.queue_id, s.number_id, s.member_id, m.last_assigned_at, (SELECT COUNT(*) FROM tickets t WHERE \
         t.assignee_id = s.member_id AND t.number_id = s.number_id AND t.status <> 'closed') AS open_tickets \
         FROM queue_agents s JOIN members m ON m.id = s.member_id JOIN profiles p ON p.id = m.profile_id \
         WHERE m.deactivated_at IS NULL AND m.agent_status = ",
    );
    sql.bind(AgentStatus::Online.to_string()).push(" AND ").push(EDITS_DESK);
    sql.push(
        " AND EXISTS (SELECT 1 FROM tickets w WHERE w.queue_id = s.queue_id AND w.status = 'waiting') \
         ORDER BY s.queue_id, s.member_id",
    );
    let rows = sql.all::<Row>(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Serving {
            queue_id: QueueId(row.queue_id),
            number_id: NumberId(row.number_id),
            candidate: Candidate {
                member: MemberId(row.member_id),
                open_tickets: u32::try_from(row.open_tickets).unwrap_or(u32::MAX),
                last_assigned_at: row.last_assigned_at.map(time),
            },
        })
        .collect())
}

/// What waits in these queues, at most so many: who is to be attended first comes first.
pub async fn waiting(db: &impl ConnectionTrait, queues: &[QueueId], most: u32) -> Result<Vec<Waiting>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        organization_id: Uuid,
        number_id: Uuid,
        queue_id: Uuid,
    }
    let mut found = Vec::new();
    for chunk in queues.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id, organization_id, number_id, queue_id FROM tickets WHERE status = 'waiting'");
        sql.push(" AND queue_id IN ").bind_list(chunk.iter().map(|queue| queue.0));
        // "high" comes before "normal".
        sql.push(" ORDER BY priority, queued_since, id LIMIT ").push(&most.to_string());
        found.extend(sql.all::<Row>(db).await?.into_iter().map(|row| Waiting {
            id: TicketId(row.id),
            organization_id: OrganizationId(row.organization_id),
            number_id: NumberId(row.number_id),
            queue_id: QueueId(row.queue_id),
        }));
    }
    Ok(found)
}

/// Take a slot, if there still is one: the member is online, serves the queue, may attend and has fewer tickets. Whoever gives the same
/// member a ticket at this moment comes before or after: the member is held until the transaction ends.
pub async fn claim(tx: &Tx, scope: &Scope, slot: &Slot, now: DateTime<Utc>) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Count {
        tickets: i64,
    }
    let Slot { member, queue, number, most } = slot;
    let mut sql = Sql::new("UPDATE members SET last_assigned_at = ");
    sql.bind(now.millis()).push(" WHERE deactivated_at IS NULL AND agent_status = ");
    sql.bind(AgentStatus::Online.to_string()).push(" AND id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND EXISTS (SELECT 1 FROM queue_agents s WHERE s.member_id = members.id AND s.queue_id = ");
    sql.bind(queue.0).push(") AND EXISTS (SELECT 1 FROM profiles p WHERE p.id = members.profile_id AND ");
    sql.push(EDITS_DESK).push(")");
    if sql.execute(tx).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS tickets FROM tickets WHERE status <> 'closed' AND assignee_id = ");
    sql.bind(member.0).push(" AND number_id = ").bind(number.0);
    let has = sql.one::<Count>(tx).await?.map_or(0, |row| row.tickets);
    Ok(has < i64::from(*most))
}

/// Note that a member got a ticket by another way; the member is held as [`claim`] holds them.
pub async fn assigned(tx: &Tx, scope: &Scope, member: MemberId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE members SET last_assigned_at = ");
    sql.bind(now.millis()).push(" WHERE id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(tx).await?;
    Ok(())
}

/// The same of several members whom a batch gave tickets. Whom somebody else holds at this moment gets a ticket from them or
/// leaves: they are not waited for, because the batch holds conversations that they may wait for.
pub async fn assigned_all(tx: &Tx, members: &[MemberId], now: DateTime<Utc>) -> Result<()> {
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE members SET last_assigned_at = ");
        sql.bind(now.millis()).push(" WHERE id IN (SELECT id FROM members WHERE id IN ");
        sql.bind_list(chunk.iter().map(|member| member.0));
        if tx.get_database_backend() == DatabaseBackend::Postgres {
            sql.push(" FOR NO KEY UPDATE SKIP LOCKED");
        }
        sql.push(")");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Queues that are deleted and in which something waits all the same, with their organizations.
pub async fn deserted(db: &impl ConnectionTrait) -> Result<Vec<(OrganizationId, QueueId)>> {
    #[derive(FromQueryResult)]
    struct Row {
        organization_id: Uuid,
        id: Uuid,
    }
    let sql = Sql::new(
        "SELECT q.organization_id, q.id FROM queues q WHERE q.deleted_at IS NOT NULL \
         AND EXISTS (SELECT 1 FROM tickets t WHERE t.queue_id = q.id AND t.status = 'waiting')",
    );
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows.map(|row| (OrganizationId(row.organization_id), QueueId(row.id))).collect())
}

/// Tickets whose assignees are offline and that no timer gives back yet, at most so many. It begins with who is offline, and
/// not with what is open: `CROSS` has `SQLite` keep that order.
pub async fn left(db: &impl ConnectionTrait, most: u32) -> Result<Vec<Left>> {
    let mut sql = Sql::new(LEFT);
    sql.push(
        "members m CROSS JOIN tickets t WHERE t.assignee_id = m.id AND t.status <> 'closed' AND m.agent_status = ",
    );
    sql.bind(AgentStatus::Offline.to_string());
    sql.push(" AND NOT EXISTS (SELECT 1 FROM timers r WHERE r.conversation_id = t.conversation_id AND r.kind = ");
    sql.bind(Timer::TicketReturn.to_string()).push(") LIMIT ").push(&most.to_string());
    Ok(sql.all::<LeftRow>(db).await?.into_iter().map(LeftRow::left).collect())
}

/// The open ticket of a conversation, if its assignee is offline.
pub async fn left_in(db: &impl ConnectionTrait, conversation: ConversationId) -> Result<Option<Left>> {
    let mut sql = Sql::new(LEFT);
    sql.push("tickets t JOIN members m ON m.id = t.assignee_id WHERE t.status <> 'closed' AND m.agent_status = ");
    sql.bind(AgentStatus::Offline.to_string()).push(" AND t.conversation_id = ").bind(conversation.0);
    Ok(sql.one::<LeftRow>(db).await?.map(LeftRow::left))
}

/// Set the timers that give tickets back, each at its time. One that is there stays.
pub async fn remind(db: &impl ConnectionTrait, left: &[(Left, DateTime<Utc>)]) -> Result<()> {
    for chunk in left.chunks(CHUNK) {
        let mut sql =
            Sql::new("INSERT INTO timers (organization_id, number_id, conversation_id, kind, due_at) VALUES ");
        for (index, (left, due)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(left.organization_id.0);
            sql.push(", ").bind(left.number_id.0).push(", ").bind(left.conversation_id.0);
            sql.push(", ").bind(Timer::TicketReturn.to_string()).push(", ").bind(due.millis()).push(")");
        }
        sql.push(" ON CONFLICT (conversation_id, kind) DO NOTHING");
        sql.execute(db).await?;
    }
    Ok(())
}

/// Whoever attends is here: a member who was offline is online from now on, or what they were before their connection was
/// gone. Tells whether they were offline.
pub async fn arrive(db: &impl ConnectionTrait, scope: &Scope, member: MemberId, now: DateTime<Utc>) -> Result<bool> {
    let mut sql = Sql::new("UPDATE members SET agent_status = COALESCE(status_before_leaving, ");
    sql.bind(AgentStatus::Online.to_string()).push("), agent_status_at = ").bind(now.millis());
    sql.push(", status_before_leaving = NULL, seen_at = ").bind(now.millis());
    sql.push(" WHERE id = ").bind(member.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND agent_status = ").bind(AgentStatus::Offline.to_string());
    let arrived = sql.execute(db).await?.rows_affected() > 0;
    if arrived {
        stay(db, scope, member).await?;
    }
    Ok(arrived)
}

/// A member is back: nothing of theirs is given back.
pub async fn stay(db: &impl ConnectionTrait, scope: &Scope, member: MemberId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM timers WHERE kind = ");
    sql.bind(Timer::TicketReturn.to_string()).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(
        " AND conversation_id IN (SELECT conversation_id FROM tickets WHERE status <> 'closed' AND assignee_id = ",
    );
    sql.bind(member.0).push(")");
    sql.execute(db).await?;
    Ok(())
}

/// Take back the timers that give tickets of these numbers back: they are set anew, by the settings of now.
pub(crate) async fn forget(db: &impl ConnectionTrait, scope: &Scope, numbers: &[NumberId]) -> Result<()> {
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM timers WHERE kind = ");
        sql.bind(Timer::TicketReturn.to_string()).push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND number_id IN ").bind_list(chunk.iter().map(|number| number.0));
        sql.execute(db).await?;
    }
    Ok(())
}

const LEFT: &str =
    "SELECT t.id, t.organization_id, t.number_id, t.conversation_id, t.assigned_at, m.agent_status_at FROM ";

#[derive(FromQueryResult)]
struct LeftRow {
    id: Uuid,
    organization_id: Uuid,
    number_id: Uuid,
    conversation_id: Uuid,
    assigned_at: Option<i64>,
    agent_status_at: i64,
}

impl LeftRow {
    fn left(self) -> Left {
        let Self { id, organization_id, number_id, conversation_id, assigned_at, agent_status_at } = self;
        Left {
            ticket_id: TicketId(id),
            organization_id: OrganizationId(organization_id),
            number_id: NumberId(number_id),
            conversation_id: ConversationId(conversation_id),
            since: time(assigned_at.unwrap_or(0).max(agent_status_at)),
        }
    }
}

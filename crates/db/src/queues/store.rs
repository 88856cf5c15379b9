//! Storing the queues of numbers, of one or of thousands: as many statements as there are thousands.

use crate::{
    Result, Scope, Tx,
    contacts::CHUNK,
    sql::{Sql, fold},
    time::Millis,
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::{ErrorCode, MemberId, NumberId, QueueId, TicketId};
use uuid::Uuid;

/// The queues of its own a number has from now on, in the order of the menu.
#[derive(Clone, Debug)]
pub struct NumberQueues {
    pub number_id: NumberId,
    pub queues: Vec<(QueueId, String)>,
}

/// Who serves a number's queues from now on, the default queue by the number's own id.
#[derive(Clone, Debug)]
pub struct NumberAgents {
    pub number_id: NumberId,
    pub agents: Vec<(QueueId, MemberId)>,
}

/// Store the queues of these numbers: those that are not among them are deleted, but their rows stay for their tickets.
pub async fn store_all(tx: &Tx, scope: &Scope, numbers: &[NumberQueues], now: DateTime<Utc>) -> Result<()> {
    // All go first, so that two may swap their names.
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE queues SET deleted_at = ");
        sql.bind(now.millis()).push(" WHERE deleted_at IS NULL AND organization_id = ");
        sql.bind(scope.organization_id().0);
        sql.push(" AND number_id IN ").bind_list(chunk.iter().map(|number| number.number_id.0));
        sql.execute(tx).await?;
    }
    let queues: Vec<_> = numbers
        .iter()
        .flat_map(|number| number.queues.iter().zip(0_i64..).map(|(queue, place)| (number.number_id, queue, place)))
        .collect();
    for chunk in queues.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO queues (id, organization_id, number_id, name, name_key, position) VALUES ");
        for (index, (number, (id, name), place)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0).push(", ").bind(scope.organization_id().0);
            sql.push(", ").bind(number.0).push(", ").bind(name.as_str()).push(", ").bind(fold(name));
            sql.push(", ").bind(*place).push(")");
        }
        sql.push(
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, \
             position = excluded.position, deleted_at = NULL WHERE queues.number_id = excluded.number_id",
        );
        // Two of one name never come this far; if they did, somebody else's change would be the only explanation.
        sql.execute_unique(tx, ErrorCode::VersionConflict).await?;
    }
    Ok(())
}

/// Store who serves the queues of these numbers.
pub async fn store_agents(tx: &Tx, scope: &Scope, numbers: &[NumberAgents]) -> Result<()> {
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM queue_agents WHERE organization_id = ");
        sql.bind(scope.organization_id().0);
        sql.push(" AND number_id IN ").bind_list(chunk.iter().map(|number| number.number_id.0));
        sql.execute(tx).await?;
    }
    let agents: Vec<_> = numbers
        .iter()
        .flat_map(|number| number.agents.iter().map(|(queue, member)| (number.number_id, *queue, *member)))
        .collect();
    for chunk in agents.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO queue_agents (organization_id, number_id, queue_id, member_id) VALUES ");
        for (index, (number, queue, member)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(scope.organization_id().0).push(", ").bind(number.0);
            sql.push(", ").bind(queue.0).push(", ").bind(member.0).push(")");
        }
        sql.push(" ON CONFLICT (queue_id, member_id) DO NOTHING");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Open tickets of queues that are deleted go to their numbers' default queue, at their place: those that wait, and those
/// that would come back to a queue that is not there. Gives which. Their conversations are held until the transaction ends.
pub async fn to_default(tx: &Tx, scope: &Scope, queues: &[QueueId]) -> Result<Vec<TicketId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut moved = Vec::new();
    for chunk in queues.chunks(CHUNK) {
        if tx.get_database_backend() == DatabaseBackend::Postgres {
            let mut sql = Sql::new(
                "SELECT v.id FROM conversations v JOIN tickets t ON t.conversation_id = v.id \
                 WHERE t.status <> 'closed' AND t.queue_id IN ",
            );
            sql.bind_list(chunk.iter().map(|id| id.0)).push(" ORDER BY v.id FOR UPDATE OF v");
            sql.execute(tx).await?;
        }
        let mut sql = Sql::new("UPDATE tickets SET queue_id = number_id WHERE status <> 'closed' AND queue_id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0)).push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.push(" RETURNING id");
        moved.extend(sql.all::<Row>(tx).await?.into_iter().map(|row| TicketId(row.id)));
    }
    Ok(moved)
}

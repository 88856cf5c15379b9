//! Who serves the queues, and who does no more.

use crate::{Result, Scope, Tx, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{MemberId, NumberId, QueueId};
use uuid::Uuid;

/// The agents of every queue of these numbers, as e-mails in order. Deactivated members serve none.
pub async fn agents(db: &impl ConnectionTrait, numbers: &[NumberId]) -> Result<HashMap<QueueId, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Row {
        queue_id: Uuid,
        email: String,
    }
    let mut found: HashMap<QueueId, Vec<String>> = HashMap::new();
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT a.queue_id, m.email FROM queue_agents a JOIN members m ON m.id = a.member_id \
             WHERE m.deactivated_at IS NULL AND a.number_id IN ",
        );
        sql.bind_list(chunk.iter().map(|id| id.0));
        for Row { queue_id, email } in sql.all::<Row>(db).await? {
            found.entry(QueueId(queue_id)).or_default().push(email);
        }
    }
    // Here and not there: the databases do not sort alike.
    for emails in found.values_mut() {
        emails.sort_unstable();
    }
    Ok(found)
}

/// Take a member out of a number's queues.
pub async fn remove_agent(tx: &Tx, scope: &Scope, number: NumberId, member: MemberId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM queue_agents WHERE number_id = ");
    sql.bind(number.0).push(" AND member_id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(tx).await?;
    Ok(())
}

/// A number that is deleted has no queues any more, and nobody in them. Their names stay for its tickets.
pub async fn remove_of_number(tx: &Tx, scope: &Scope, number: NumberId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM queue_agents WHERE number_id = ");
    sql.bind(number.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(tx).await?;
    let mut sql = Sql::new("UPDATE queues SET deleted_at = ");
    sql.bind(now.millis()).push(" WHERE deleted_at IS NULL AND number_id = ").bind(number.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(tx).await?;
    Ok(())
}

/// Take these members out of the queues of numbers they do not reach any more: they neither own nor attend them nor manage a
/// group above, and are no administrators; or are deactivated.
pub async fn remove_without_access(
    tx: &Tx,
    scope: &Scope,
    members: impl ExactSizeIterator<Item = MemberId>,
) -> Result<()> {
    let members: Vec<_> = members.map(|member| member.0).collect();
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new(
            "WITH RECURSIVE managed (member_id, id) AS (SELECT member_id, group_id FROM group_managers WHERE member_id IN ",
        );
        sql.bind_list(chunk.iter().copied());
        sql.push(
            " UNION SELECT m.member_id, g.id FROM groups g JOIN managed m ON g.parent_id = m.id) \
             DELETE FROM queue_agents WHERE organization_id = ",
        );
        sql.bind(scope.organization_id().0).push(" AND member_id IN ").bind_list(chunk.iter().copied());
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM members m LEFT JOIN profiles p ON p.id = m.profile_id \
             JOIN numbers n ON n.id = queue_agents.number_id WHERE m.id = queue_agents.member_id \
             AND m.deactivated_at IS NULL AND n.deleted_at IS NULL AND ((p.id IS NOT NULL AND p.administrator) \
             OR n.owner_id = m.id \
             OR EXISTS (SELECT 1 FROM number_agents a WHERE a.number_id = n.id AND a.member_id = m.id) \
             OR EXISTS (SELECT 1 FROM managed g WHERE g.member_id = m.id AND g.id = n.group_id)))",
        );
        sql.execute(tx).await?;
    }
    Ok(())
}

//! Who can attend the tickets of a number.

use crate::{Result, Scope, Tx, contacts::CHUNK, members::EDITS_DESK, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    MemberId, NumberId,
    members::MemberRef,
    sessions::AgentStatus,
    tickets::{Ticket, TransferMember},
};
use uuid::Uuid;

/// The members with access to a number whose profile lets them attend, or one of them, by name: its owner, its agents, the
/// managers of the groups it is in, and administrators.
pub async fn attending(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NumberId,
    one: Option<MemberId>,
) -> Result<Vec<TransferMember>> {
    let mut sql = Sql::new("WITH RECURSIVE above (id) AS (SELECT group_id FROM numbers WHERE id = ");
    sql.bind(number.0);
    sql.push(
        " UNION SELECT g.parent_id FROM groups g JOIN above a ON g.id = a.id) \
         SELECT m.id, m.name, m.agent_status, (SELECT COUNT(*) FROM tickets t WHERE \
         t.assignee_id = m.id AND t.status <> 'closed' AND t.number_id = ",
    );
    sql.bind(number.0);
    sql.push(
        ") AS open_tickets FROM members m JOIN profiles p ON p.id = m.profile_id \
         WHERE m.deactivated_at IS NULL AND m.organization_id = ",
    );
    sql.bind(scope.organization_id().0).push(" AND ").push(EDITS_DESK);
    sql.push(" AND (p.administrator OR m.id IN (SELECT owner_id FROM numbers WHERE id = ").bind(number.0);
    sql.push(") OR m.id IN (SELECT member_id FROM number_agents WHERE number_id = ").bind(number.0);
    sql.push(") OR m.id IN (SELECT r.member_id FROM group_managers r JOIN above a ON a.id = r.group_id))");
    if let Some(member) = one {
        sql.push(" AND m.id = ").bind(member.0);
    }
    sql.push(" ORDER BY m.search_key, m.id");
    Ok(sql.all::<Row>(db).await?.into_iter().map(Row::member).collect())
}

/// Of these members, those who are online, each with those of these numbers whose tickets they can attend.
pub async fn find_online(
    db: &impl ConnectionTrait,
    members: &[MemberId],
    numbers: &[NumberId],
) -> Result<Vec<(NumberId, MemberRef)>> {
    #[derive(FromQueryResult)]
    struct Row {
        number_id: Uuid,
        id: Uuid,
        name: String,
    }
    if members.is_empty() || numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT n.id AS number_id, m.id, m.name FROM members m JOIN profiles p ON p.id = m.profile_id \
         JOIN numbers n ON n.organization_id = m.organization_id WHERE m.agent_status = ",
    );
    sql.bind(AgentStatus::Online.to_string()).push(" AND m.id IN ").bind_list(members.iter().map(|member| member.0));
    sql.push(" AND n.id IN ").bind_list(numbers.iter().map(|number| number.0)).push(" AND ");
    attends(&mut sql, members);
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows.map(|row| (NumberId(row.number_id), MemberRef { id: MemberId(row.id), name: row.name })).collect())
}

/// The open tickets these members have and cannot attend any more, held like those of [`super::hold_assigned`]: they are
/// deactivated, their profile does not let them, or they do not reach the number.
pub async fn hold_unattended(tx: &Tx, scope: &Scope, members: &[MemberId]) -> Result<Vec<Ticket>> {
    let mut found = Vec::new();
    for chunk in members.chunks(CHUNK) {
        let asked = |sql: &mut Sql| {
            sql.push(" WHERE t.status <> 'closed' AND t.organization_id = ").bind(scope.organization_id().0);
            sql.push(" AND t.assignee_id IN ").bind_list(chunk.iter().map(|member| member.0));
            sql.push(
                " AND NOT EXISTS (SELECT 1 FROM members m JOIN profiles p ON p.id = m.profile_id \
                 JOIN numbers n ON n.id = t.number_id WHERE m.id = t.assignee_id AND ",
            );
            attends(sql, chunk);
            sql.push(")");
        };
        found.extend(super::hold_asked(tx, &asked).await?);
    }
    Ok(found)
}

/// The condition that a member `m` of these, with the profile `p`, can attend the tickets of a number `n`.
fn attends(sql: &mut Sql, members: &[MemberId]) {
    sql.push("m.deactivated_at IS NULL AND n.deleted_at IS NULL AND ").push(EDITS_DESK);
    sql.push(
        " AND (p.administrator OR n.owner_id = m.id \
         OR EXISTS (SELECT 1 FROM number_agents a WHERE a.number_id = n.id AND a.member_id = m.id) \
         OR (m.id, n.group_id) IN (WITH RECURSIVE managed (member_id, id) AS \
         (SELECT member_id, group_id FROM group_managers WHERE member_id IN ",
    );
    sql.bind_list(members.iter().map(|member| member.0));
    sql.push(
        " UNION SELECT r.member_id, g.id FROM groups g JOIN managed r ON g.parent_id = r.id) \
         SELECT member_id, id FROM managed))",
    );
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    agent_status: String,
    open_tickets: i64,
}

impl Row {
    fn member(self) -> TransferMember {
        let status = self.agent_status.parse().unwrap_or_default();
        TransferMember {
            id: MemberId(self.id),
            name: self.name,
            // Who is invisible is there, but nobody else is to know.
            agent_status: if status == AgentStatus::Invisible { AgentStatus::Offline } else { status },
            open_tickets: self.open_tickets.unsigned_abs(),
        }
    }
}

//! Who can attend the tickets of a number.

use crate::{Result, Scope, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{MemberId, NumberId, Permission, tickets::TransferMember};
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
         SELECT m.id, m.name, m.agent_status, p.administrator, p.permissions, (SELECT COUNT(*) FROM tickets t WHERE \
         t.assignee_id = m.id AND t.status <> 'closed') AS open_tickets FROM members m JOIN profiles p ON p.id = m.profile_id \
         WHERE m.deactivated_at IS NULL AND m.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    sql.push(" AND (p.administrator OR m.id IN (SELECT owner_id FROM numbers WHERE id = ").bind(number.0);
    sql.push(") OR m.id IN (SELECT member_id FROM number_agents WHERE number_id = ").bind(number.0);
    sql.push(") OR m.id IN (SELECT r.member_id FROM group_managers r JOIN above a ON a.id = r.group_id))");
    if let Some(member) = one {
        sql.push(" AND m.id = ").bind(member.0);
    }
    sql.push(" ORDER BY m.search_key, m.id");
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows.filter(Row::attends).map(Row::member).collect())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    agent_status: String,
    administrator: bool,
    permissions: serde_json::Value,
    open_tickets: i64,
}

impl Row {
    /// Without the permission nobody could answer.
    fn attends(&self) -> bool {
        let wanted = Permission::EditDesk.to_string();
        self.administrator
            || self.permissions.as_array().is_some_and(|all| all.iter().any(|one| one.as_str() == Some(&*wanted)))
    }

    fn member(self) -> TransferMember {
        TransferMember {
            id: MemberId(self.id),
            name: self.name,
            agent_status: self.agent_status.parse().unwrap_or_default(),
            open_tickets: self.open_tickets.unsigned_abs(),
        }
    }
}

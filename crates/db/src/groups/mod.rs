//! Questions about groups, and what they put within a manager's reach.

mod change;
mod entity;
mod list;
mod managers;

pub use change::{add_managers, delete_all, remove_manager, set_parent, update};
pub use list::{get, list, list_numbers, tree};

use crate::{Result, Scope, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};
use types::{
    GroupId, MemberId, NumberId, OrganizationId,
    groups::{GroupContent, GroupKind},
};
use uuid::Uuid;

/// The numbers within a member's reach: owned, attended, or in a group managed by the member at any depth. One query.
pub async fn reach(db: &impl ConnectionTrait, organization: OrganizationId, member: MemberId) -> Result<Vec<NumberId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut sql = Sql::new("WITH RECURSIVE managed (id) AS (SELECT group_id FROM group_managers WHERE member_id = ");
    sql.bind(member.0);
    // Each way has its own index, so that an agent of one number does not wait for the two thousand of the others.
    sql.push(
        " UNION SELECT g.id FROM groups g JOIN managed m ON g.parent_id = m.id) SELECT n.id FROM (\
         SELECT x.id FROM managed m JOIN numbers x ON x.group_id = m.id UNION SELECT id FROM numbers WHERE owner_id = ",
    );
    sql.bind(member.0).push(" UNION SELECT number_id AS id FROM number_agents WHERE member_id = ").bind(member.0);
    sql.push(") r JOIN numbers n ON n.id = r.id WHERE n.deleted_at IS NULL AND n.organization_id = ");
    sql.bind(organization.0).push(" ORDER BY n.id");
    Ok(sql.all::<Row>(db).await?.into_iter().map(|row| NumberId(row.id)).collect())
}

/// The groups a member manages, at any depth. One query.
pub async fn managed(db: &impl ConnectionTrait, scope: &Scope, member: MemberId) -> Result<Vec<GroupId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut sql = Sql::new("WITH RECURSIVE managed (id) AS (SELECT group_id FROM group_managers WHERE member_id = ");
    sql.bind(member.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(
        " UNION SELECT g.id FROM groups g JOIN managed m ON g.parent_id = m.id) SELECT id FROM managed ORDER BY id",
    );
    Ok(sql.all::<Row>(db).await?.into_iter().map(|row| GroupId(row.id)).collect())
}

/// A group to be made.
#[derive(Clone, Debug)]
pub struct NewGroup<'a> {
    pub id: GroupId,
    pub organization_id: OrganizationId,
    pub parent_id: Option<GroupId>,
    pub name: &'a str,
    pub kind: GroupKind,
    pub content: GroupContent,
    pub managers: &'a [MemberId],
}

pub async fn create(db: &impl ConnectionTrait, new: &NewGroup<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewGroup { id, organization_id, parent_id, name, kind, content, managers } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        parent_id: Set(parent_id.map(Into::into)),
        name: Set(name.trim().to_owned()),
        created_at: Set(now.millis()),
        kind: Set(kind.to_string()),
        content: Set(content.to_string()),
        version: Set(1),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    add_managers(db, &Scope::of_organization(*organization_id), *id, managers).await
}

//! Storing what was decided about groups.

use super::{entity, managers};
use crate::{Error, Result, Scope, contacts::CHUNK, sql::Sql};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use types::{ErrorCode, GroupId, MemberId, groups::GroupUpdate};

/// Rename a group, or make it another kind. `VersionConflict` where it was saved since.
pub async fn update(db: &impl ConnectionTrait, scope: &Scope, id: GroupId, input: &GroupUpdate) -> Result<()> {
    let GroupUpdate { name, kind, version } = input;
    let mut sql = Sql::new("UPDATE groups SET version = version + 1, name = ");
    sql.bind(name.trim()).push(", kind = ").bind(kind.to_string()).push(" WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND version = ").bind(i64::try_from(*version).unwrap_or(i64::MAX));
    let stored = sql.execute(db).await?.rows_affected() > 0;
    if stored { Ok(()) } else { Err(Error::Refused(ErrorCode::VersionConflict)) }
}

/// Put groups into another one, or into none.
pub async fn set_parent(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[GroupId],
    parent: Option<GroupId>,
) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        entity::Entity::update_many()
            .set(entity::ActiveModel { parent_id: Set(parent.map(Into::into)), ..Default::default() })
            .filter(entity::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Delete groups. What is in them is in none.
pub async fn delete_all(db: &impl ConnectionTrait, scope: &Scope, ids: &[GroupId]) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        for words in [
            "UPDATE numbers SET group_id = NULL WHERE group_id IN ",
            "UPDATE groups SET parent_id = NULL WHERE parent_id IN ",
            "DELETE FROM group_managers WHERE group_id IN ",
            "DELETE FROM groups WHERE id IN ",
        ] {
            let mut sql = Sql::new(words);
            sql.bind_list(chunk.iter().map(|id| id.0));
            sql.push(" AND organization_id = ").bind(scope.organization_id().0);
            sql.execute(db).await?;
        }
    }
    Ok(())
}

/// Let members manage a group; those who do already stay as they are.
pub async fn add_managers(db: &impl ConnectionTrait, scope: &Scope, id: GroupId, members: &[MemberId]) -> Result<()> {
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO group_managers (organization_id, group_id, member_id) VALUES ");
        for (index, member) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(scope.organization_id().0);
            sql.push(", ").bind(id.0).push(", ").bind(member.0).push(")");
        }
        sql.push(" ON CONFLICT (group_id, member_id) DO NOTHING");
        sql.execute(db).await?;
    }
    Ok(())
}

/// `NotFound` where the member does not manage the group directly.
pub async fn remove_manager(db: &impl ConnectionTrait, scope: &Scope, id: GroupId, member: MemberId) -> Result<()> {
    let removed = managers::Entity::delete_many()
        .filter(managers::Column::GroupId.eq(id.0))
        .filter(managers::Column::MemberId.eq(member.0))
        .filter(managers::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    if removed.rows_affected == 0 { Err(Error::Refused(ErrorCode::NotFound)) } else { Ok(()) }
}

//! Storing what was decided about a number and who attends it.

use super::{agents, entity};
use crate::{
    Error, Result, Scope,
    contacts::CHUNK,
    sql::{Sql, fold},
    time::Millis,
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use types::{CampaignId, ErrorCode, GroupId, MemberId, NumberId, members::MemberRef, numbers::NumberInput};
use uuid::Uuid;

/// What people change of a number. `VersionConflict` where it was saved since.
pub async fn update(db: &impl ConnectionTrait, scope: &Scope, id: NumberId, input: &NumberInput) -> Result<()> {
    let NumberInput { name, owner_id, language, version } = input;
    let mut sql = Sql::new("UPDATE numbers SET version = version + 1, name = ");
    sql.bind(name.trim()).push(", search_key = ").bind(fold(name)).push(", owner_id = ").bind(owner_id.map(Uuid::from));
    sql.push(", language = ").bind(language.to_string()).push(" WHERE deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "organization_id", "id");
    sql.push(" AND id = ").bind(id.0).push(" AND version = ").bind(i64::try_from(*version).unwrap_or(i64::MAX));
    let stored = sql.execute(db).await?.rows_affected() > 0;
    if stored { Ok(()) } else { Err(Error::Refused(ErrorCode::VersionConflict)) }
}

/// Let members attend a number; those who do already stay as they are.
pub async fn add_agents(db: &impl ConnectionTrait, scope: &Scope, id: NumberId, members: &[MemberId]) -> Result<()> {
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO number_agents (organization_id, number_id, member_id) VALUES ");
        for (index, member) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(scope.organization_id().0);
            sql.push(", ").bind(id.0).push(", ").bind(member.0).push(")");
        }
        sql.push(" ON CONFLICT (number_id, member_id) DO NOTHING");
        sql.execute(db).await?;
    }
    Ok(())
}

/// `NotFound` where the member does not attend the number.
pub async fn remove_agent(db: &impl ConnectionTrait, scope: &Scope, id: NumberId, member: MemberId) -> Result<()> {
    let removed = agents::Entity::delete_many()
        .filter(agents::Column::NumberId.eq(id.0))
        .filter(agents::Column::MemberId.eq(member.0))
        .filter(agents::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    if removed.rows_affected == 0 { Err(Error::Refused(ErrorCode::NotFound)) } else { Ok(()) }
}

/// Put numbers into a group, or into none.
pub async fn set_group(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[NumberId],
    group: Option<GroupId>,
) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        entity::Entity::update_many()
            .set(entity::ActiveModel { group_id: Set(group.map(Into::into)), ..Default::default() })
            .filter(entity::Column::Id.is_in(chunk.iter().map(|id| id.0)))
            .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
            .filter(entity::Column::DeletedAt.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Delete a number. What was said on it, who owned and who attended it stays; it is in no group any more.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: NumberId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET group_id = NULL, version = version + 1, deleted_at = ");
    sql.bind(now.millis()).push(" WHERE deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "organization_id", "id");
    sql.push(" AND id = ").bind(id.0);
    let deleted = sql.execute(db).await?.rows_affected() > 0;
    if deleted { Ok(()) } else { Err(Error::Refused(ErrorCode::NotFound)) }
}

/// The two parts of a number's queue, each with an index of its own.
const QUEUES: [&str; 2] =
    ["status = 'queued' AND campaign_id IS NULL AND ", "status = 'queued' AND campaign_id IS NOT NULL AND "];

/// How many messages wait to be sent from a number.
pub async fn count_queued(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Row {
        queued: i64,
    }
    let mut count = 0;
    for queue in QUEUES {
        let mut sql = Sql::new("SELECT COUNT(*) AS queued FROM messages WHERE ");
        sql.push(queue);
        scope.conditions(&mut sql, "organization_id", "number_id");
        sql.push(" AND number_id = ").bind(id.0);
        count += sql.one::<Row>(db).await?.map_or(0, |row| row.queued.unsigned_abs());
    }
    Ok(count)
}

/// What waits to be sent from a number is never sent. Gives the campaigns some of it was of.
pub async fn cancel_queued(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<Vec<CampaignId>> {
    #[derive(FromQueryResult)]
    struct Row {
        campaign_id: Option<Uuid>,
    }
    let mut campaigns = Vec::new();
    for queue in QUEUES {
        let mut sql = Sql::new("UPDATE messages SET status = 'cancelled', due_at = NULL WHERE ");
        sql.push(queue);
        scope.conditions(&mut sql, "organization_id", "number_id");
        sql.push(" AND number_id = ").bind(id.0).push(" RETURNING campaign_id");
        campaigns.extend(sql.all::<Row>(db).await?.into_iter().filter_map(|row| row.campaign_id.map(CampaignId)));
    }
    campaigns.sort();
    campaigns.dedup();
    Ok(campaigns)
}

/// Of these numbers, those that were deleted.
pub async fn find_deleted(db: &impl ConnectionTrait, ids: &[NumberId]) -> Result<Vec<NumberId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id FROM numbers WHERE deleted_at IS NOT NULL AND id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0));
        found.extend(sql.all::<Row>(db).await?.into_iter().map(|row| NumberId(row.id)));
    }
    Ok(found)
}

/// Who owns and who attends a number.
pub async fn agents_of(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<Vec<MemberId>> {
    #[derive(FromQueryResult)]
    struct Row {
        member_id: Uuid,
    }
    let mut sql = Sql::new("SELECT member_id FROM number_agents WHERE number_id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" UNION SELECT owner_id AS member_id FROM numbers WHERE owner_id IS NOT NULL AND id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    Ok(sql.all::<Row>(db).await?.into_iter().map(|row| MemberId(row.member_id)).collect())
}

/// Of these members, those who own and attend no other number, and are neither administrators nor deactivated.
pub async fn without_other(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberId,
    members: &[MemberId],
) -> Result<Vec<MemberRef>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let mut found = Vec::new();
    for chunk in members.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT m.id, m.name FROM members m LEFT JOIN profiles p ON p.id = m.profile_id WHERE m.deactivated_at IS NULL \
             AND (p.id IS NULL OR NOT p.administrator) AND NOT EXISTS (SELECT 1 FROM numbers n WHERE n.owner_id = m.id \
             AND n.deleted_at IS NULL AND n.id <> ",
        );
        sql.bind(id.0);
        sql.push(
            ") AND NOT EXISTS (SELECT 1 FROM number_agents a JOIN numbers n ON n.id = a.number_id WHERE a.member_id = m.id \
             AND n.deleted_at IS NULL AND n.id <> ",
        );
        sql.bind(id.0).push(") AND m.organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND m.id IN ").bind_list(chunk.iter().map(|id| id.0)).push(" ORDER BY m.name, m.id");
        let rows = sql.all::<Row>(db).await?;
        found.extend(rows.into_iter().map(|row| MemberRef { id: MemberId(row.id), name: row.name }));
    }
    Ok(found)
}

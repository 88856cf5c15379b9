//! Who can sign in as whom, and with what profile.

use super::{Credentials, entity, search_key};
use crate::{Result, Scope, Tx, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{ErrorCode, MemberId, OrganizationId, ProfileId, sessions::AgentStatus};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Of these addresses, those a member of the installation has.
pub async fn taken_emails(db: &impl ConnectionTrait, emails: &[String]) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        email: String,
    }
    let mut sql = Sql::new("SELECT email FROM members WHERE email IN ");
    sql.bind_list(emails.iter().map(|email| email.trim().to_lowercase()));
    Ok(sql.all::<Row>(db).await?.into_iter().map(|row| row.email).collect())
}

/// Whom an address belongs to, and in which organization, unless deactivated.
pub async fn find_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<(OrganizationId, MemberId)>> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let found = entity::Entity::find()
        .filter(entity::Column::Email.eq(email.trim().to_lowercase()))
        .filter(entity::Column::DeactivatedAt.is_null())
        .one(db)
        .await?;
    Ok(found.map(|member| (OrganizationId(member.organization_id), MemberId(member.id))))
}

/// What a member signs in with; nothing for one without a password.
pub async fn credentials_of(db: &impl ConnectionTrait, scope: &Scope, id: MemberId) -> Result<Option<Credentials>> {
    #[derive(FromQueryResult)]
    struct Row {
        password_hash: Option<String>,
    }
    let mut sql = Sql::new("SELECT password_hash FROM members WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    let hash = sql.one::<Row>(db).await?.and_then(|row| row.password_hash);
    let organization_id = scope.organization_id();
    Ok(hash.map(|password_hash| Credentials { member_id: id, organization_id, password_hash }))
}

/// Begin a change of a member that started from a version. `VersionConflict` when it is not that version any more; until the
/// transaction ends nobody else changes the member.
pub async fn claim(tx: &Tx, scope: &Scope, id: MemberId, version: u64) -> Result<()> {
    let mut sql = Sql::new("UPDATE members SET version = version WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND version = ").bind(i64::try_from(version).unwrap_or(i64::MAX));
    if sql.execute(tx).await?.rows_affected() == 0 { Err(ErrorCode::VersionConflict.into()) } else { Ok(()) }
}

/// `EmailTaken` when any other member of the installation has the address.
pub async fn update(db: &impl ConnectionTrait, scope: &Scope, id: MemberId, name: &str, email: &str) -> Result<()> {
    let mut sql = Sql::new("UPDATE members SET name = ");
    sql.bind(name.trim()).push(", email = ").bind(email.trim().to_lowercase());
    sql.push(", search_key = ").bind(search_key(name, email)).push(", version = version + 1 WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute_unique(db, ErrorCode::EmailTaken).await?;
    Ok(())
}

/// Give members a profile, or take it from them.
pub async fn set_profile(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MemberId],
    profile: Option<ProfileId>,
) -> Result<()> {
    for chunk in ids.chunks(500) {
        let mut sql = Sql::new("UPDATE members SET profile_id = ");
        sql.bind(profile.map(Uuid::from))
            .push(", version = version + 1 WHERE organization_id = ")
            .bind(scope.organization_id().0);
        sql.push(" AND id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

/// Deactivate a member, or take it back. Deactivated members attend nobody.
pub async fn set_deactivated(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MemberId,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE members SET deactivated_at = ");
    sql.bind(at.map(Millis::millis));
    if let Some(at) = at {
        sql.push(", agent_status_at = ").bind(at.millis());
    }
    sql.push(", agent_status = ")
        .bind(AgentStatus::Offline.to_string())
        .push(", status_before_leaving = NULL, version = version + 1 WHERE id = ")
        .bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Who gets a first password is active from then on, which is a change others see.
pub async fn set_password(db: &impl ConnectionTrait, scope: &Scope, id: MemberId, hash: &str) -> Result<()> {
    let mut sql = Sql::new("UPDATE members SET password_hash = ");
    sql.bind(hash)
        .push(", version = version + CASE WHEN password_hash IS NULL THEN 1 ELSE 0 END WHERE id = ")
        .bind(id.0)
        .push(" AND organization_id = ")
        .bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Every member with a profile, deactivated ones too.
pub async fn of_profile(db: &impl ConnectionTrait, scope: &Scope, profile: ProfileId) -> Result<Vec<MemberId>> {
    let mut sql = Sql::new("SELECT id FROM members WHERE organization_id = ");
    sql.bind(scope.organization_id().0).push(" AND profile_id = ").bind(profile.0);
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| MemberId(row.id)).collect())
}

/// Administrators who can sign in, beside these members. Ask it under [`crate::organizations::hold`], or two who leave at
/// once each see the other.
pub async fn other_administrators(db: &impl ConnectionTrait, scope: &Scope, beside: &[MemberId]) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        administrators: i64,
    }
    let mut sql = Sql::new(
        "SELECT count(*) AS administrators FROM members m JOIN profiles p ON p.id = m.profile_id WHERE p.administrator \
         AND m.deactivated_at IS NULL AND m.password_hash IS NOT NULL AND m.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    if !beside.is_empty() {
        sql.push(" AND m.id NOT IN ").bind_list(beside.iter().map(|id| id.0));
    }
    Ok(sql.one::<Count>(db).await?.map_or(0, |row| row.administrators.unsigned_abs()))
}

//! Questions about organizations.

mod entity;

use crate::{Result, Scope, Tx, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait, QuerySelect};
use types::{
    ErrorCode, Language, OrganizationId,
    organizations::{Organization, OrganizationInput},
};

/// An organization to be made.
#[derive(Clone, Debug)]
pub struct NewOrganization<'a> {
    pub id: OrganizationId,
    pub name: &'a str,
    pub time_zone: &'a str,
    pub language: Language,
}

/// Whether there is any organization yet.
pub async fn any(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(entity::Entity::find().limit(1).one(db).await?.is_some())
}

/// Whether there is one organization and no other.
pub async fn is_alone(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(entity::Entity::find().limit(2).all(db).await?.len() < 2)
}

pub async fn create(db: &impl ConnectionTrait, new: &NewOrganization<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewOrganization { id, name, time_zone, language } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        name: Set(name.trim().to_owned()),
        time_zone: Set((*time_zone).to_owned()),
        language: Set(language.to_string()),
        created_at: Set(now.millis()),
        retention_days: Set(None),
        version: Set(1),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

/// The organization.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope) -> Result<Organization> {
    let found = entity::Entity::find_by_id(scope.organization_id().0).one(db).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Organization {
        name: found.name,
        time_zone: found.time_zone,
        language: found.language.parse().unwrap_or_default(),
        retention_days: found.retention_days.and_then(|days| u32::try_from(days).ok()),
        version: found.version.unsigned_abs(),
    })
}

/// Change the organization. `VersionConflict` when it is not the version any more that the change started from.
pub async fn update(db: &impl ConnectionTrait, scope: &Scope, input: &OrganizationInput) -> Result<()> {
    let OrganizationInput { name, time_zone, language, retention_days, version } = input;
    let mut sql = Sql::new("UPDATE organizations SET name = ");
    sql.bind(name.trim()).push(", time_zone = ").bind(time_zone.as_str()).push(", language = ");
    sql.bind(language.to_string()).push(", retention_days = ").bind(retention_days.map(i64::from));
    sql.push(", version = version + 1 WHERE id = ").bind(scope.organization_id().0);
    sql.push(" AND version = ").bind(i64::try_from(*version).unwrap_or(i64::MAX));
    if sql.execute(db).await?.rows_affected() == 0 {
        return Err(ErrorCode::VersionConflict.into());
    }
    Ok(())
}

/// Hold an organization until the transaction ends: of two changes that must not cross each other, such as two moves of
/// groups, one comes after the other. `SQLite` has one writer anyway. Rows that refer to the organization can still be
/// added meanwhile, such as messages.
pub async fn hold(tx: &Tx, scope: &Scope) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT id FROM organizations WHERE id = ");
        sql.bind(scope.organization_id().0).push(" FOR NO KEY UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

//! Questions about organizations.

mod entity;

use crate::{Result, Scope, Tx, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait, QuerySelect};
use types::{Language, OrganizationId};

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

/// Hold an organization until the transaction ends: of two changes that must not cross each other, such as two moves of
/// groups, one comes after the other. `SQLite` has one writer anyway.
pub async fn hold(tx: &Tx, scope: &Scope) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT id FROM organizations WHERE id = ");
        sql.bind(scope.organization_id().0).push(" FOR UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

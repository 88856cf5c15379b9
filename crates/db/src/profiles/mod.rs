//! Questions about profiles (spec O2).

mod entity;

use crate::{
    Error, Result, Scope, Tx, cursor,
    sql::{Sql, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult};
use strum::IntoEnumIterator;
use types::{ErrorCode, OrganizationId, Page, PageQuery, Permission, ProfileId, profiles::Profile};
use uuid::Uuid;

/// A profile to be made.
#[derive(Clone, Debug)]
pub struct NewProfile<'a> {
    pub id: ProfileId,
    pub organization_id: OrganizationId,
    pub name: &'a str,
    pub description: &'a str,
    /// Reaches the whole organization and has every permission, whatever is listed.
    pub administrator: bool,
    pub permissions: &'a [Permission],
}

/// What a profile is to become.
#[derive(Clone, Debug)]
pub struct ChangedProfile<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub permissions: &'a [Permission],
    /// The version the change started from.
    pub version: u64,
}

/// `ProfileNameTaken` when the organization has one of that name, whatever its case.
pub async fn create(db: &impl ConnectionTrait, new: &NewProfile<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewProfile { id, organization_id, name, description, administrator, permissions } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        name: Set(name.trim().to_owned()),
        name_key: Set(fold(name)),
        description: Set(description.trim().to_owned()),
        administrator: Set(*administrator),
        permissions: Set(serde_json::to_value(permissions)?),
        created_at: Set(now.millis()),
        version: Set(1),
        updated_at: Set(now.millis()),
    };
    let inserted = entity::Entity::insert(active).exec_without_returning(db).await;
    inserted.map_err(Error::unique(ErrorCode::ProfileNameTaken))?;
    Ok(())
}

/// A page of the organization's profiles by name.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, page: &PageQuery) -> Result<Page<Profile>> {
    let mut sql = in_scope(scope);
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (p.name_key, p.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY p.name_key, p.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::profile).collect::<Result<_>>()?;
    cursor::page(items, page.limit(), |profile: &Profile| (fold(&profile.name), profile.id))
}

/// One profile of the organization.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: ProfileId) -> Result<Profile> {
    find(db, scope, id).await?.ok_or(ErrorCode::NotFound.into())
}

pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: ProfileId) -> Result<Option<Profile>> {
    let mut sql = in_scope(scope);
    sql.push(" AND p.id = ").bind(id.0);
    sql.one::<Row>(db).await?.map(Row::profile).transpose()
}

/// A profile that stays until the transaction ends, because somebody gets it.
pub async fn find_kept(tx: &Tx, scope: &Scope, id: ProfileId) -> Result<Option<Profile>> {
    find_locked(tx, scope, id, " FOR KEY SHARE OF p").await
}

/// A profile nobody gets until the transaction ends, because it is changed or goes. `NotFound` when there is none.
pub async fn get_held(tx: &Tx, scope: &Scope, id: ProfileId) -> Result<Profile> {
    find_locked(tx, scope, id, " FOR UPDATE OF p").await?.ok_or(ErrorCode::NotFound.into())
}

async fn find_locked(tx: &Tx, scope: &Scope, id: ProfileId, lock: &str) -> Result<Option<Profile>> {
    let mut sql = in_scope(scope);
    sql.push(" AND p.id = ").bind(id.0);
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        sql.push(lock);
    }
    sql.one::<Row>(tx).await?.map(Row::profile).transpose()
}

/// The names the organization's profiles have, as names are compared.
pub async fn taken_names(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Name {
        name_key: String,
    }
    let mut sql = Sql::new("SELECT name_key FROM profiles WHERE organization_id = ");
    sql.bind(scope.organization_id().0);
    Ok(sql.all::<Name>(db).await?.into_iter().map(|row| row.name_key).collect())
}

/// Whether a name is among those [`taken_names`] gave.
pub fn is_taken(taken: &[String], name: &str) -> bool {
    taken.contains(&fold(name))
}

/// Change a profile. `VersionConflict` when it is not the version any more that the change started from,
/// `ProfileNameTaken` when another one has the name.
pub async fn update(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ProfileId,
    changed: &ChangedProfile<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let ChangedProfile { name, description, permissions, version } = changed;
    let version = i64::try_from(*version).unwrap_or(i64::MAX);
    let mut sql = Sql::new("UPDATE profiles SET name = ");
    sql.bind(name.trim()).push(", name_key = ").bind(fold(name)).push(", description = ").bind(description.trim());
    sql.push(", permissions = ").bind(serde_json::to_value(permissions)?).push(", updated_at = ").bind(now.millis());
    sql.push(", version = version + 1 WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0).push(" AND version = ").bind(version);
    if sql.execute_unique(db, ErrorCode::ProfileNameTaken).await?.rows_affected() == 0 {
        return Err(ErrorCode::VersionConflict.into());
    }
    Ok(())
}

/// Delete a profile nobody has any more.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: ProfileId) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM profiles WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Every question about profiles starts here.
fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT p.id, p.name, p.description, p.administrator, p.permissions, p.version, p.updated_at, (SELECT count(*) \
         FROM members m WHERE m.profile_id = p.id AND m.deactivated_at IS NULL) AS member_count FROM profiles p \
         WHERE p.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    description: String,
    administrator: bool,
    permissions: serde_json::Value,
    version: i64,
    updated_at: i64,
    member_count: i64,
}

impl Row {
    fn profile(self) -> Result<Profile> {
        let permissions =
            if self.administrator { Permission::iter().collect() } else { serde_json::from_value(self.permissions)? };
        Ok(Profile {
            id: ProfileId(self.id),
            name: self.name,
            description: self.description,
            administrator: self.administrator,
            permissions,
            member_count: self.member_count.unsigned_abs(),
            version: self.version.unsigned_abs(),
            updated_at: time(self.updated_at),
        })
    }
}

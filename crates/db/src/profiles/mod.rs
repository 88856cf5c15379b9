//! Questions about profiles.

mod entity;

use crate::{Result, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use types::{OrganizationId, Permission, ProfileId};

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

pub async fn create(db: &impl ConnectionTrait, new: &NewProfile<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewProfile { id, organization_id, name, description, administrator, permissions } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        name: Set((*name).to_owned()),
        description: Set((*description).to_owned()),
        administrator: Set(*administrator),
        permissions: Set(serde_json::to_value(permissions)?),
        created_at: Set(now.millis()),
        version: Set(1),
        updated_at: Set(now.millis()),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

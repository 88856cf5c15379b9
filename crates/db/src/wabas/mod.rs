//! Questions about connected WhatsApp Business Accounts. Their tokens come and go sealed; this crate cannot read them.

mod entity;

use crate::{Result, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use types::{OrganizationId, WabaId};

/// A WABA to be connected.
#[derive(Clone, Debug)]
pub struct NewWaba<'a> {
    pub id: WabaId,
    pub organization_id: OrganizationId,
    pub name: &'a str,
    pub waba_id: &'a str,
    pub app_id: &'a str,
    pub base_url: &'a str,
    pub graph_version: &'a str,
    pub token_sealed: Vec<u8>,
    /// Whether it is played by the sandbox of this server.
    pub sandbox: bool,
}

pub async fn create(db: &impl ConnectionTrait, new: &NewWaba<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewWaba { id, organization_id, name, waba_id, app_id, base_url, graph_version, token_sealed, sandbox } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        name: Set((*name).to_owned()),
        waba_id: Set((*waba_id).to_owned()),
        app_id: Set((*app_id).to_owned()),
        base_url: Set((*base_url).to_owned()),
        graph_version: Set((*graph_version).to_owned()),
        token_sealed: Set(token_sealed.clone()),
        created_at: Set(now.millis()),
        version: Set(1),
        sandbox: Set(*sandbox),
        checked_at: Set(None),
        trouble: Set(None),
        subscribed: Set(false),
        synchronized_at: Set(None),
        last_event_at: Set(None),
        deleted_at: Set(None),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

/// Whether a WABA other than the named one is connected.
pub async fn any_outside(db: &impl ConnectionTrait, waba_id: &str) -> Result<bool> {
    let connected = entity::Entity::find().filter(entity::Column::DeletedAt.is_null());
    Ok(connected.filter(entity::Column::WabaId.ne(waba_id)).limit(1).one(db).await?.is_some())
}

/// Reach a WABA at another address from now on.
pub async fn move_to(db: &impl ConnectionTrait, waba_id: &str, base_url: &str) -> Result<()> {
    entity::Entity::update_many()
        .set(entity::ActiveModel { base_url: Set(base_url.to_owned()), ..Default::default() })
        .filter(entity::Column::WabaId.eq(waba_id))
        .exec(db)
        .await?;
    Ok(())
}

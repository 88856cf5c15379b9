//! What Graph says of accounts, their templates and their numbers, as it was when it was last asked.

use crate::{
    Result, Scope, Tx,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::{NumberId, OrganizationId, TemplateId, WabaId, graph::GraphTrouble};
use uuid::Uuid;

/// The time of an account's last event is written down no more often than this.
const HEARD_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What asking Graph came to.
#[derive(Clone, Debug, Default)]
pub struct WabaState<'a> {
    /// What Graph said against it.
    pub trouble: Option<&'a GraphTrouble>,
    /// Whether its events are subscribed, where Graph said so.
    pub subscribed: Option<bool>,
    /// Whether its templates and numbers were read.
    pub synchronized: bool,
}

/// Keep what asking Graph came to.
pub async fn set_state(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: WabaId,
    state: &WabaState<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let WabaState { trouble, subscribed, synchronized } = state;
    let mut sql = Sql::new("UPDATE wabas SET checked_at = ");
    let trouble: Option<serde_json::Value> = trouble.map(serde_json::to_value).transpose()?;
    sql.bind(now.millis()).push(", trouble = ").bind(trouble);
    if let Some(subscribed) = subscribed {
        sql.push(", subscribed = ").bind(*subscribed);
    }
    if *synchronized {
        sql.push(", synchronized_at = ").bind(now.millis());
    }
    sql.push(" WHERE id = ").bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Accounts of the whole installation that were not asked for since a time, the longest first. A job's question.
pub async fn due(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<(OrganizationId, WabaId)>> {
    #[derive(FromQueryResult)]
    struct Due {
        id: Uuid,
        organization_id: Uuid,
    }
    let mut sql = Sql::new(
        "SELECT id, organization_id FROM wabas WHERE deleted_at IS NULL AND (checked_at IS NULL OR checked_at < ",
    );
    sql.bind(before.millis()).push(") ORDER BY COALESCE(checked_at, 0), id");
    let due = sql.all::<Due>(db).await?;
    Ok(due.into_iter().map(|due| (OrganizationId(due.organization_id), WabaId(due.id))).collect())
}

/// Let these accounts, by WhatsApp's own ids, count as not asked for since a time, so that they are due.
pub async fn make_due(db: &impl ConnectionTrait, waba_ids: &[&str], before: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE wabas SET checked_at = ");
    sql.bind(before.millis()).push(" WHERE deleted_at IS NULL AND waba_id IN ").bind_list(waba_ids.iter().copied());
    sql.push(" AND checked_at > ").bind(before.millis());
    sql.execute(db).await?;
    Ok(())
}

/// Hold accounts, by WhatsApp's own ids, until the transaction ends: an account is held before its templates, by who reads
/// them at Graph and by who is told of them. `SQLite` has one writer anyway.
pub async fn hold(tx: &Tx, waba_ids: &[&str]) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres && !waba_ids.is_empty() {
        let mut sql = Sql::new("SELECT id FROM wabas WHERE deleted_at IS NULL AND waba_id IN ");
        sql.bind_list(waba_ids.iter().copied()).push(" ORDER BY id FOR NO KEY UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Events of these accounts, by WhatsApp's own ids, have arrived.
pub async fn mark_heard(db: &impl ConnectionTrait, waba_ids: &[&str], now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE wabas SET last_event_at = ");
    sql.bind(now.millis()).push(" WHERE deleted_at IS NULL AND waba_id IN ").bind_list(waba_ids.iter().copied());
    sql.push(" AND (last_event_at IS NULL OR last_event_at <= ").bind((now - HEARD_EVERY).millis()).push(")");
    sql.execute(db).await?;
    Ok(())
}

/// The templates an account has here: id, name, language.
pub async fn template_keys(db: &impl ConnectionTrait, id: WabaId) -> Result<Vec<(TemplateId, String, String)>> {
    #[derive(FromQueryResult)]
    struct Key {
        id: Uuid,
        name: String,
        language: String,
    }
    let mut sql = Sql::new("SELECT id, name, language FROM templates WHERE waba_id = ");
    sql.bind(id.0);
    let keys = sql.all::<Key>(db).await?;
    Ok(keys.into_iter().map(|Key { id, name, language }| (TemplateId(id), name, language)).collect())
}

/// Templates that are gone from an account are gone here.
pub async fn delete_templates(db: &impl ConnectionTrait, id: WabaId, templates: &[TemplateId]) -> Result<()> {
    for chunk in templates.chunks(500) {
        let mut sql = Sql::new("DELETE FROM templates WHERE waba_id = ");
        sql.bind(id.0).push(" AND id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
        let mut sql = Sql::new("DELETE FROM template_deactivations WHERE template_id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

/// A number here, as far as its account is concerned.
#[derive(Clone, Debug)]
pub struct WabaNumber {
    pub id: NumberId,
    pub name: String,
    /// E.164.
    pub phone: String,
    pub phone_number_id: Option<String>,
    pub throughput: u32,
    pub whatsapp_status: Option<String>,
    pub quality: Option<String>,
    pub messaging_limit: Option<String>,
    pub verified_at: Option<DateTime<Utc>>,
    pub registered_at: Option<DateTime<Utc>>,
}

/// The numbers of an account that are here, by name.
pub async fn list_numbers(db: &impl ConnectionTrait, scope: &Scope, id: WabaId) -> Result<Vec<WabaNumber>> {
    let mut sql = Sql::new(
        "SELECT id, name, phone, phone_number_id, throughput, whatsapp_status, quality, messaging_limit, verified_at, registered_at FROM numbers WHERE deleted_at IS NULL AND waba_id = ",
    );
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0).push(" ORDER BY name, id");
    Ok(sql.all::<Row>(db).await?.into_iter().map(Row::number).collect())
}

/// Keep what WhatsApp says of a number now.
pub async fn set_read_number(db: &impl ConnectionTrait, number: &WabaNumber, now: DateTime<Utc>) -> Result<()> {
    let WabaNumber {
        id,
        name: _,
        phone: _,
        phone_number_id: _,
        throughput,
        whatsapp_status,
        quality,
        messaging_limit,
        verified_at,
        registered_at,
    } = number;
    let mut sql = Sql::new("UPDATE numbers SET whatsapp_read_at = ");
    sql.bind(now.millis()).push(", throughput = ").bind(i64::from(*throughput));
    sql.push(", whatsapp_status = ").bind(whatsapp_status.clone()).push(", quality = ").bind(quality.clone());
    sql.push(", messaging_limit = ").bind(messaging_limit.clone());
    sql.push(", verified_at = ").bind(verified_at.map(Millis::millis));
    sql.push(", registered_at = ").bind(registered_at.map(Millis::millis)).push(" WHERE id = ").bind(id.0);
    sql.execute(db).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    phone_number_id: Option<String>,
    throughput: i64,
    whatsapp_status: Option<String>,
    quality: Option<String>,
    messaging_limit: Option<String>,
    verified_at: Option<i64>,
    registered_at: Option<i64>,
}

impl Row {
    fn number(self) -> WabaNumber {
        WabaNumber {
            id: NumberId(self.id),
            name: self.name,
            phone: self.phone,
            phone_number_id: self.phone_number_id,
            throughput: u32::try_from(self.throughput).unwrap_or(80),
            whatsapp_status: self.whatsapp_status,
            quality: self.quality,
            messaging_limit: self.messaging_limit,
            verified_at: self.verified_at.map(time),
            registered_at: self.registered_at.map(time),
        }
    }
}

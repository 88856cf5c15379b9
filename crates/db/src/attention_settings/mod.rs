//! Questions about attention settings. They are kept with their number, as a document (spec S1).

use crate::{
    Result, Scope, chatbots, distribution,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    ErrorCode, NumberId,
    attention_settings::{AttentionSettings, NumberAttention},
    numbers::NumberRef,
};
use uuid::Uuid;

/// Those of one number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, number: NumberId) -> Result<NumberAttention> {
    let mut sql = Sql::new(
        "SELECT id, name, phone, attention, attention_version, attention_changed_at FROM numbers \
         WHERE deleted_at IS NULL AND ",
    );
    scope.conditions(&mut sql, "organization_id", "id");
    sql.push(" AND id = ").bind(number.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.attention()
}

/// Settings as they are kept, or what a number begins with.
pub(crate) fn read(stored: Option<serde_json::Value>) -> Result<AttentionSettings> {
    Ok(stored.map(domain::chatbots::read).transpose()?.unwrap_or_default())
}

/// Store settings that started from a version. `VersionConflict` where they were saved since. The timers that give tickets of
/// those who are away back are taken away: they are set anew by the new settings. Those of the closing by inactivity go off now, and are set
/// again where they are early.
pub async fn store(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NumberId,
    version: u64,
    settings: &AttentionSettings,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET attention = ");
    sql.bind(serde_json::to_value(settings)?).push(", attention_changed_at = ").bind(now.millis());
    sql.push(", attention_version = attention_version + 1 WHERE deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "organization_id", "id");
    sql.push(" AND id = ").bind(number.0);
    sql.push(" AND attention_version = ").bind(i64::try_from(version).unwrap_or(i64::MAX));
    if sql.execute(db).await?.rows_affected() == 0 {
        return Err(ErrorCode::VersionConflict.into());
    }
    distribution::forget(db, scope, &[number]).await?;
    chatbots::judge_inactivity_anew(db, scope, &[(number, settings)], now).await
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    attention: Option<serde_json::Value>,
    attention_version: i64,
    attention_changed_at: Option<i64>,
}

impl Row {
    fn attention(self) -> Result<NumberAttention> {
        Ok(NumberAttention {
            number: NumberRef { id: NumberId(self.id), name: self.name, phone: self.phone },
            version: self.attention_version.unsigned_abs(),
            changed_at: self.attention_changed_at.map(time),
            settings: read(self.attention)?,
        })
    }
}

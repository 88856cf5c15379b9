//! Storing settings, of one number or of thousands: as many statements as there are thousands.

use super::{NumberSettings, kept, millis};
use crate::{Error, Result, Scope, Tx, distribution, sql::Sql};
use chrono::{DateTime, Utc};
use domain::engine::Timer;
use sea_orm::{ConnectionTrait, DatabaseBackend};
use types::{ErrorCode, NumberId, attention_settings::AttentionSettings, chatbots::ChatbotSettings};

/// Documents written by one statement: they may have some ten thousand characters each.
const TOGETHER: usize = 500;

/// What a number had when it was read, and what it gets.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    pub before: &'a NumberSettings,
    /// None where it stays.
    pub chatbot: Option<&'a ChatbotSettings>,
    /// None where it stays.
    pub attention: Option<&'a AttentionSettings>,
}

/// Store documents, each with its next version. `VersionConflict` where a number has another version than it was read with,
/// or is gone. Queues are stored by [`crate::queues::store_all`].
pub async fn store_all(tx: &Tx, scope: &Scope, stored: &[Stored<'_>], now: DateTime<Utc>) -> Result<()> {
    hold(tx, stored.iter().map(|stored| stored.before.number.id)).await?;
    let (mut chatbots, mut attentions, mut attended) = (Vec::new(), Vec::new(), Vec::new());
    for Stored { before, chatbot, attention } in stored {
        if let Some(chatbot) = chatbot {
            chatbots.push((before.number.id, before.version, domain::chatbots::write(chatbot)?));
        }
        if let Some(attention) = attention {
            attended.push((before.number.id, *attention));
            attentions.push((before.number.id, before.attention_version, serde_json::to_value(attention)?));
        }
    }
    update(tx, scope, "chatbot", chatbots, now).await?;
    update(tx, scope, "attention", attentions, now).await?;
    let numbers: Vec<_> = attended.iter().map(|(number, _)| *number).collect();
    distribution::forget(tx, scope, &numbers).await?;
    judge_inactivity_anew(tx, scope, &attended, now).await
}

async fn update(
    tx: &Tx,
    scope: &Scope,
    column: &str,
    documents: Vec<(NumberId, u64, serde_json::Value)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut documents = documents.into_iter().peekable();
    while documents.peek().is_some() {
        let mut sql = Sql::new("WITH v (id, version, document) AS (VALUES ");
        let mut count = 0;
        for (id, version, document) in documents.by_ref().take(TOGETHER) {
            sql.push(if count == 0 { "(" } else { ", (" }).bind(id.0);
            sql.push(", ").bind(kept(version)).push(", ").bind(document).push(")");
            count += 1;
        }
        sql.push(&format!(
            ") UPDATE numbers SET {column} = v.document, {column}_version = {column}_version + 1, {column}_changed_at = "
        ));
        sql.bind(millis(now)).push(" FROM v WHERE numbers.id = v.id AND numbers.deleted_at IS NULL");
        sql.push(" AND numbers.organization_id = ").bind(scope.organization_id().0);
        sql.push(&format!(" AND numbers.{column}_version = v.version"));
        if sql.execute(tx).await?.rows_affected() != count {
            return Err(Error::Refused(ErrorCode::VersionConflict));
        }
    }
    Ok(())
}

/// Hold numbers until the transaction ends, in the order of their ids, so that two who hold many never wait for each other.
pub(crate) async fn hold(tx: &impl ConnectionTrait, ids: impl Iterator<Item = NumberId>) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT id FROM numbers WHERE id IN ");
        sql.bind_list(ids.map(|id| id.0)).push(" ORDER BY id FOR NO KEY UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Let the timers that wait for the opening of these numbers go off now: when it is, is another question since.
pub async fn judge_openings_anew(
    db: &impl ConnectionTrait,
    scope: &Scope,
    numbers: &[NumberId],
    now: DateTime<Utc>,
) -> Result<()> {
    for chunk in numbers.chunks(crate::contacts::CHUNK) {
        let mut sql = Sql::new("UPDATE timers SET due_at = ");
        sql.bind(millis(now)).push(" WHERE kind = 'next_opening' AND due_at > ").bind(millis(now));
        sql.push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND number_id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

/// The same for all numbers of the organization.
pub async fn judge_all_openings_anew(db: &impl ConnectionTrait, scope: &Scope, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE timers SET due_at = ");
    sql.bind(millis(now)).push(" WHERE kind = 'next_opening' AND due_at > ").bind(millis(now));
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// Let the timers of the closing by inactivity of these numbers go off now: one that is early by the new settings is set
/// again. Where the settings want none, one that is set stays, for they may want it again before it is due.
pub(crate) async fn judge_inactivity_anew(
    db: &impl ConnectionTrait,
    scope: &Scope,
    saved: &[(NumberId, &AttentionSettings)],
    now: DateTime<Utc>,
) -> Result<()> {
    let wants = |timer: Timer| {
        move |(_, settings): &&(NumberId, &AttentionSettings)| {
            settings.inactivity.on && (timer == Timer::InactivityClose || settings.inactivity.warning.on)
        }
    };
    for timer in [Timer::InactivityWarning, Timer::InactivityClose] {
        let numbers: Vec<_> = saved.iter().filter(wants(timer)).map(|(number, _)| number.0).collect();
        for chunk in numbers.chunks(crate::contacts::CHUNK) {
            let mut sql = Sql::new("UPDATE timers SET due_at = ");
            sql.bind(millis(now)).push(" WHERE kind = ").bind(timer.to_string());
            sql.push(" AND due_at > ").bind(millis(now));
            sql.push(" AND organization_id = ").bind(scope.organization_id().0);
            sql.push(" AND number_id IN ").bind_list(chunk.iter().copied());
            sql.execute(db).await?;
        }
    }
    Ok(())
}

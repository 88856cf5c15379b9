//! How far campaigns came: counted when something moved, and kept, so that looking costs nothing.

use super::update;
use crate::{Result, Scope, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, FromQueryResult};
use types::{
    CampaignId, ConversationId,
    campaigns::{CampaignProgress, CampaignStatus},
};
use uuid::Uuid;

/// A campaign that wants something done.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    pub id: CampaignId,
    pub status: CampaignStatus,
}

/// The campaigns that are being prepared, sent or held.
pub async fn list_running(db: &impl ConnectionTrait) -> Result<Vec<Work>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        status: String,
    }
    let sql = Sql::new("SELECT id, status FROM campaigns WHERE status IN ('preparing', 'sending', 'paused')");
    let found = sql.all::<Found>(db).await?;
    Ok(found
        .into_iter()
        .filter_map(|found| Some(Work { id: CampaignId(found.id), status: found.status.parse().ok()? }))
        .collect())
}

/// The campaigns that ended after a time, whose recipients may still come further.
pub async fn list_ended(db: &impl ConnectionTrait, after: DateTime<Utc>) -> Result<Vec<CampaignId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let mut sql = Sql::new("SELECT id FROM campaigns WHERE status IN ('finished', 'cancelled') AND finished_at > ");
    sql.bind(after.millis());
    Ok(sql.all::<Found>(db).await?.into_iter().map(|found| CampaignId(found.id)).collect())
}

/// Drafts whose upload never ended: it began before a time and has no row yet.
pub async fn list_abandoned(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<CampaignId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let mut sql = Sql::new("SELECT id FROM campaigns WHERE status = 'draft' AND total_rows = 0 AND created_at < ");
    sql.bind(before.millis());
    Ok(sql.all::<Found>(db).await?.into_iter().map(|found| CampaignId(found.id)).collect())
}

/// Count where the recipients of a campaign stand.
pub async fn count(db: &impl ConnectionTrait, campaign: CampaignId) -> Result<CampaignProgress> {
    #[derive(FromQueryResult)]
    struct Part {
        status: String,
        parts: i64,
    }
    #[derive(FromQueryResult)]
    struct Answered {
        answered: i64,
    }
    let mut sql = Sql::new("SELECT status, COUNT(*) AS parts FROM messages WHERE campaign_id = ");
    sql.bind(campaign.0).push(" GROUP BY status");
    let parts = sql.all::<Part>(db).await?;
    let mut sql =
        Sql::new("SELECT COUNT(*) AS answered FROM messages WHERE answered_at IS NOT NULL AND campaign_id = ");
    sql.bind(campaign.0);
    let answered = sql.one::<Answered>(db).await?.map_or(0, |row| row.answered.unsigned_abs());
    let counts = parts.into_iter().filter_map(|part| Some((part.status.parse().ok()?, part.parts.unsigned_abs())));
    Ok(domain::campaigns::progress(counts, answered))
}

pub async fn store_progress(
    db: &impl ConnectionTrait,
    scope: &Scope,
    campaign: CampaignId,
    progress: &CampaignProgress,
) -> Result<()> {
    let active = super::entity::ActiveModel { progress: Set(serde_json::to_value(progress)?), ..Default::default() };
    update(db, scope, campaign, active).await
}

/// The campaigns whose active messages were just answered in these conversations.
pub async fn of_answers(
    db: &impl ConnectionTrait,
    conversations: &[ConversationId],
    now: DateTime<Utc>,
) -> Result<Vec<CampaignId>> {
    #[derive(FromQueryResult)]
    struct Found {
        campaign_id: Uuid,
    }
    let mut found = Vec::new();
    for chunk in conversations.chunks(CHUNK) {
        let mut sql =
            Sql::new("SELECT DISTINCT campaign_id FROM messages WHERE campaign_id IS NOT NULL AND answered_at = ");
        sql.bind(now.millis()).push(" AND conversation_id IN ").bind_list(chunk.iter().map(|id| id.0));
        found.extend(sql.all::<Found>(db).await?.into_iter().map(|found| CampaignId(found.campaign_id)));
    }
    Ok(found)
}

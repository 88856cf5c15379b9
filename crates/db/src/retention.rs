//! What is older than an organization keeps it (spec P7). It is found through the threads' own index, by conversations, so
//! that writing messages pays for no other one; and deleted a few at a time, so that nobody waits.
//!
//! Conversations, contacts and tickets stay: a ticket holds no words, and its row is what messages point at without an index.

use crate::{Result, Scope, search, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{CampaignId, ConversationId, MessageId, OrganizationId};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The organizations that do not keep messages for ever, with the days they keep them.
pub async fn list_organizations(db: &impl ConnectionTrait) -> Result<Vec<(OrganizationId, u32)>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        retention_days: i64,
    }
    let sql = Sql::new("SELECT id, retention_days FROM organizations WHERE retention_days IS NOT NULL ORDER BY id");
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows.filter_map(|row| Some((OrganizationId(row.id), u32::try_from(row.retention_days).ok()?))).collect())
}

/// The conversations after one that began before a time, by id.
pub async fn list_conversations(
    db: &impl ConnectionTrait,
    scope: &Scope,
    before: DateTime<Utc>,
    after: ConversationId,
    limit: u32,
) -> Result<Vec<ConversationId>> {
    let mut sql = Sql::new("SELECT id FROM conversations WHERE id > ");
    sql.bind(after.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND created_at < ").bind(before.millis()).push(" ORDER BY id LIMIT ").bind(i64::from(limit));
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| ConversationId(row.id)).collect())
}

/// Messages of conversations that may go.
pub async fn list_messages(
    db: &impl ConnectionTrait,
    scope: &Scope,
    conversations: &[ConversationId],
    before: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<MessageId>> {
    let mut sql = Sql::new("SELECT m.id FROM messages m WHERE m.conversation_id IN ");
    sql.bind_list(conversations.iter().map(|id| id.0));
    may_go(&mut sql, scope, before);
    sql.push(" LIMIT ").bind(i64::from(limit));
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| MessageId(row.id)).collect())
}

/// Delete messages that may still go. Gives how many.
pub async fn delete_messages(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MessageId],
    before: DateTime<Utc>,
) -> Result<u64> {
    let mut sql = Sql::new("DELETE FROM messages WHERE id IN (SELECT m.id FROM messages m WHERE m.id IN ");
    sql.bind_list(ids.iter().map(|id| id.0));
    may_go(&mut sql, scope, before);
    sql.push(") RETURNING id");
    let gone = sql.all::<Id>(db).await?;
    // What is gone is found no more, and leaves no word behind.
    search::wait(db, gone.iter().map(|row| (scope.organization_id(), MessageId(row.id)))).await?;
    Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
}

/// Older than kept, on no way out, in no ticket that is open, and in no campaign that is counted again.
fn may_go(sql: &mut Sql, scope: &Scope, before: DateTime<Utc>) {
    sql.push(" AND m.organization_id = ").bind(scope.organization_id().0).push(" AND m.created_at < ");
    sql.bind(before.millis());
    sql.push(
        " AND m.status NOT IN ('queued', 'sending') AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.id = m.ticket_id AND t.status <> 'closed') \
         AND (m.campaign_id IS NULL OR EXISTS (SELECT 1 FROM campaigns c WHERE c.id = m.campaign_id AND c.finished_at < ",
    );
    sql.bind(before.millis()).push("))");
}

/// Campaigns that ended before a time and still have rows of their sheets.
pub async fn list_campaigns(
    db: &impl ConnectionTrait,
    scope: &Scope,
    before: DateTime<Utc>,
) -> Result<Vec<CampaignId>> {
    let mut sql = Sql::new("SELECT c.id FROM campaigns c WHERE c.organization_id = ");
    sql.bind(scope.organization_id().0).push(" AND c.finished_at < ").bind(before.millis());
    sql.push(
        " AND (EXISTS (SELECT 1 FROM campaign_rows r WHERE r.campaign_id = c.id) \
         OR EXISTS (SELECT 1 FROM campaign_faults f WHERE f.campaign_id = c.id)) ORDER BY c.id",
    );
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| CampaignId(row.id)).collect())
}

/// Delete some rows of a campaign's sheet, with their faults. Gives how many.
pub async fn delete_rows(db: &impl ConnectionTrait, scope: &Scope, campaign: CampaignId, limit: u32) -> Result<u64> {
    let mut deleted = 0;
    for table in ["campaign_faults", "campaign_rows"] {
        let mut sql = Sql::new("DELETE FROM ");
        sql.push(table).push(" WHERE organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND campaign_id = ").bind(campaign.0).push(" AND row_number IN (SELECT row_number FROM ");
        sql.push(table).push(" WHERE campaign_id = ").bind(campaign.0);
        sql.push(" ORDER BY row_number LIMIT ").bind(i64::from(limit)).push(")");
        deleted += sql.execute(db).await?.rows_affected();
    }
    Ok(deleted)
}

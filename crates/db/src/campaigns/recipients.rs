//! The recipients of a campaign: each is a message.

use crate::{
    Error, Result, Scope, cursor,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    CampaignId, ContactId, ConversationId, MessageId, NumberId, Page, PageQuery,
    campaigns::{CampaignRecipient, RecipientFilter},
    messages::{Failure, MessageContent, MessageStatus},
    numbers::NumberRef,
};
use uuid::Uuid;

/// A page of the recipients, in the sheet's order.
pub async fn list_recipients(
    db: &impl ConnectionTrait,
    scope: &Scope,
    campaign: CampaignId,
    filter: &RecipientFilter,
    page: &PageQuery,
) -> Result<Page<CampaignRecipient>> {
    let RecipientFilter { status } = filter;
    let mut sql = Sql::new(
        "SELECT m.id, m.conversation_id, m.contact_id, m.campaign_row, k.phone, k.name, m.number_id, n.name AS number_name, \
         n.phone AS number_phone, m.content, m.status, m.failure_code, m.failure_reason, m.failure_detail, m.sent_at, m.delivered_at, \
         m.read_at, m.answered_at FROM messages m JOIN contacts k ON k.id = m.contact_id JOIN numbers n ON n.id = m.number_id WHERE ",
    );
    sql.push("m.organization_id = ").bind(scope.organization_id().0).push(" AND m.campaign_id = ").bind(campaign.0);
    match status {
        None => {}
        // Both are shown as sent: WhatsApp has it, the phone does not yet.
        Some(MessageStatus::Sent | MessageStatus::Accepted) => {
            sql.push(" AND m.status IN ('accepted', 'sent')");
        }
        Some(status) => {
            sql.push(" AND m.status = ").bind(status.to_string());
        }
    }
    if let Some(row) = cursor::read::<i64>(page.cursor.as_deref())? {
        sql.push(" AND m.campaign_row > ").bind(row);
    }
    sql.push(" ORDER BY m.campaign_row LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::recipient).collect::<Result<Vec<_>>>()?;
    cursor::page(items, page.limit(), |recipient: &CampaignRecipient| i64::from(recipient.row))
}

/// What waits is not sent until it is released.
pub async fn park_queued(db: &impl ConnectionTrait, campaign: CampaignId) -> Result<()> {
    let mut sql = Sql::new("UPDATE messages SET due_at = NULL WHERE status = 'queued' AND campaign_id = ");
    sql.bind(campaign.0);
    sql.execute(db).await?;
    Ok(())
}

/// What was parked is due from now on.
pub async fn release_queued(db: &impl ConnectionTrait, campaign: CampaignId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE messages SET due_at = ");
    sql.bind(now.millis()).push(" WHERE status = 'queued' AND due_at IS NULL AND campaign_id = ").bind(campaign.0);
    sql.execute(db).await?;
    Ok(())
}

/// What waits is never sent.
pub async fn cancel_queued(db: &impl ConnectionTrait, campaign: CampaignId) -> Result<u64> {
    let mut sql =
        Sql::new("UPDATE messages SET status = 'cancelled', due_at = NULL WHERE status = 'queued' AND campaign_id = ");
    sql.bind(campaign.0);
    Ok(sql.execute(db).await?.rows_affected())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    conversation_id: Uuid,
    contact_id: Uuid,
    campaign_row: Option<i64>,
    phone: Option<String>,
    name: Option<String>,
    number_id: Uuid,
    number_name: String,
    number_phone: String,
    content: serde_json::Value,
    status: String,
    failure_code: Option<i64>,
    failure_reason: Option<String>,
    failure_detail: Option<String>,
    sent_at: Option<i64>,
    delivered_at: Option<i64>,
    read_at: Option<i64>,
    answered_at: Option<i64>,
}

impl Row {
    fn recipient(self) -> Result<CampaignRecipient> {
        let content: MessageContent = serde_json::from_value(self.content)?;
        let MessageContent::Template { name: template, .. } = content else { return Err(Error::Missing("template")) };
        Ok(CampaignRecipient {
            message_id: MessageId(self.id),
            conversation_id: ConversationId(self.conversation_id),
            contact_id: ContactId(self.contact_id),
            row: self.campaign_row.and_then(|row| u32::try_from(row).ok()).unwrap_or(0),
            to: self.phone.unwrap_or_default(),
            name: self.name,
            sender: NumberRef { id: NumberId(self.number_id), name: self.number_name, phone: self.number_phone },
            template,
            status: self.status.parse().or(Err(Error::Missing("message status")))?,
            failure: self.failure_reason.map(|reason| Failure {
                code: self.failure_code.unwrap_or(0),
                reason,
                detail: self.failure_detail.unwrap_or_default(),
            }),
            sent_at: self.sent_at.map(time),
            delivered_at: self.delivered_at.map(time),
            read_at: self.read_at.map(time),
            answered_at: self.answered_at.map(time),
        })
    }
}

//! The queue of outgoing messages: what is due, who sends it, and what came of it.

use crate::{Error, Result, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    CampaignId, ConversationId, MessageId, NumberId, OrganizationId, TicketId,
    messages::{Failure, MessageContent},
};
use uuid::Uuid;

/// A message whose turn has come.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: MessageId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub conversation_id: ConversationId,
    pub ticket_id: Option<TicketId>,
    pub campaign_id: Option<CampaignId>,
    /// What WhatsApp calls the contact.
    pub to: String,
    pub content: MessageContent,
    /// WhatsApp's id of the message it answers.
    pub reply_to: Option<String>,
    pub attempts: i64,
}

/// What came of an attempt.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: MessageId,
    pub attempt_id: Uuid,
    pub settled: Settled,
}

#[derive(Clone, Debug)]
pub enum Settled {
    /// WhatsApp took it.
    Accepted { wamid: String },
    /// It provably did not go out; it is due again then.
    Again { due_at: DateTime<Utc> },
    /// WhatsApp will not send it.
    Failed(Failure),
    /// Nobody knows: it waits for WhatsApp's report, and is never sent again by itself.
    Unconfirmed,
}

/// Which part of a number's queue: what people and the chatbot say goes before active messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Replies,
    Active,
}

impl Lane {
    fn condition(self) -> &'static str {
        match self {
            Self::Replies => "m.status = 'queued' AND m.campaign_id IS NULL",
            Self::Active => {
                "m.status = 'queued' AND m.campaign_id IS NOT NULL AND EXISTS (SELECT 1 FROM campaigns c \
                 WHERE c.id = m.campaign_id AND c.status IN ('preparing', 'sending'))"
            }
        }
    }
}

/// The numbers that have something due in a lane.
pub async fn due_numbers(db: &impl ConnectionTrait, lane: Lane, now: DateTime<Utc>) -> Result<Vec<NumberId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let mut sql = Sql::new(
        "SELECT n.id FROM numbers n WHERE n.deleted_at IS NULL AND n.paused_reason IS NULL AND EXISTS (SELECT 1 FROM messages m WHERE ",
    );
    sql.push(lane.condition()).push(" AND m.number_id = n.id AND m.due_at <= ").bind(now.millis()).push(")");
    Ok(sql.all::<Found>(db).await?.into_iter().map(|found| NumberId(found.id)).collect())
}

/// What is due on one number in a lane, the oldest first.
pub async fn list_due(
    db: &impl ConnectionTrait,
    number: NumberId,
    lane: Lane,
    limit: u32,
    now: DateTime<Utc>,
) -> Result<Vec<Due>> {
    let mut sql = Sql::new(
        "SELECT m.id, m.organization_id, m.number_id, m.conversation_id, m.ticket_id, m.campaign_id, m.content, m.attempts, \
         COALESCE(k.wa_id, k.user_id) AS addressee, r.wamid AS reply_to \
         FROM messages m JOIN contacts k ON k.id = m.contact_id LEFT JOIN messages r ON r.id = m.reply_to_id WHERE ",
    );
    sql.push(lane.condition()).push(" AND m.number_id = ").bind(number.0);
    sql.push(" AND m.due_at <= ").bind(now.millis()).push(" ORDER BY m.due_at, m.id LIMIT ").bind(i64::from(limit));
    sql.all::<Row>(db).await?.into_iter().map(Row::due).collect()
}

/// Take messages to send them: from now on they are `sending` under this attempt. Gives those it got; one that was sent
/// or cancelled meanwhile, that is held back behind an earlier one of its conversation, or whose campaign or number was
/// paused, is not among them.
pub async fn claim(
    db: &impl ConnectionTrait,
    ids: &[MessageId],
    attempt: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<MessageId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let mut claimed = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let mut sql =
            Sql::new("UPDATE messages SET status = 'sending', due_at = NULL, attempts = attempts + 1, attempt_id = ");
        sql.bind(attempt)
            .push(" WHERE status = 'queued' AND due_at <= ")
            .bind(now.millis())
            .push(" AND id IN ")
            .bind_list(chunk.iter().map(|id| id.0));
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM numbers n WHERE n.id = messages.number_id AND n.paused_reason IS NOT NULL) \
             AND (campaign_id IS NULL OR EXISTS \
             (SELECT 1 FROM campaigns c WHERE c.id = messages.campaign_id AND c.status IN ('preparing', 'sending')))",
        );
        sql.push(" RETURNING id");
        claimed.extend(sql.all::<Found>(db).await?.into_iter().map(|found| MessageId(found.id)));
    }
    Ok(claimed)
}

/// Store what came of attempts. A report of WhatsApp's that came first is kept, and an attempt that lost its claim changes
/// nothing.
pub async fn settle_all(db: &impl ConnectionTrait, outcomes: &[Outcome]) -> Result<()> {
    for chunk in outcomes.chunks(CHUNK) {
        let mut sql = Sql::new("WITH v (id, attempt_id, status, wamid, due_at, code, reason, detail) AS (VALUES ");
        for (index, Outcome { id, attempt_id, settled }) in chunk.iter().enumerate() {
            let (status, wamid, due_at, failure) = match settled {
                Settled::Accepted { wamid } => ("accepted", Some(wamid.clone()), None, None),
                Settled::Again { due_at } => ("queued", None, Some(due_at.millis()), None),
                Settled::Failed(failure) => ("failed", None, None, Some(failure)),
                Settled::Unconfirmed => ("unconfirmed", None, None, None),
            };
            sql.push(if index == 0 { "(" } else { ", (" })
                .bind(id.0)
                .push(", ")
                .bind(*attempt_id)
                .push(", ")
                .bind(status);
            sql.push(", ").bind(wamid).push(", ").bind(due_at);
            sql.push(", ").bind(failure.map(|failure| failure.code));
            sql.push(", ").bind(failure.map(|failure| failure.reason.clone()));
            sql.push(", ").bind(failure.map(|failure| failure.detail.clone())).push(")");
        }
        sql.push(
            ") UPDATE messages SET wamid = COALESCE(messages.wamid, v.wamid), \
             status = CASE WHEN messages.status IN ('sending', 'unconfirmed') THEN v.status ELSE messages.status END, \
             due_at = CASE WHEN messages.status IN ('sending', 'unconfirmed') THEN v.due_at ELSE messages.due_at END, \
             failure_code = CASE WHEN messages.status IN ('sending', 'unconfirmed') THEN v.code ELSE messages.failure_code END, \
             failure_reason = CASE WHEN messages.status IN ('sending', 'unconfirmed') THEN v.reason ELSE messages.failure_reason END, \
             failure_detail = CASE WHEN messages.status IN ('sending', 'unconfirmed') THEN v.detail ELSE messages.failure_detail END \
             FROM v WHERE messages.id = v.id AND messages.attempt_id = v.attempt_id",
        );
        sql.execute(db).await?;
    }
    Ok(())
}

/// Hold back what waits behind a message of the same conversation that goes out later, so that their order is kept.
pub async fn hold_back(db: &impl ConnectionTrait, conversation: ConversationId, due_at: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE messages SET due_at = ");
    sql.bind(due_at.millis()).push(" WHERE status = 'queued' AND conversation_id = ").bind(conversation.0);
    sql.push(" AND due_at < ").bind(due_at.millis());
    sql.execute(db).await?;
    Ok(())
}

/// After a crash: what was on its way may or may not have gone out. Gives how many.
pub async fn recover(db: &impl ConnectionTrait) -> Result<u64> {
    let sql = Sql::new("UPDATE messages SET status = 'unconfirmed' WHERE status = 'sending'");
    Ok(sql.execute(db).await?.rows_affected())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    number_id: Uuid,
    conversation_id: Uuid,
    ticket_id: Option<Uuid>,
    campaign_id: Option<Uuid>,
    content: serde_json::Value,
    attempts: i64,
    addressee: Option<String>,
    reply_to: Option<String>,
}

impl Row {
    fn due(self) -> Result<Due> {
        Ok(Due {
            id: MessageId(self.id),
            organization_id: OrganizationId(self.organization_id),
            number_id: NumberId(self.number_id),
            conversation_id: ConversationId(self.conversation_id),
            ticket_id: self.ticket_id.map(TicketId),
            campaign_id: self.campaign_id.map(CampaignId),
            to: self.addressee.ok_or(Error::Missing("contact without any id"))?,
            content: serde_json::from_value(self.content)?,
            reply_to: self.reply_to,
            attempts: self.attempts,
        })
    }
}

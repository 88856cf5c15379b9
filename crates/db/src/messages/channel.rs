//! What the webhook worker asks about messages. It works for all organizations at once; each row carries its own.

use super::{COLUMNS, Row, Stored};
use crate::{
    Result,
    contacts::CHUNK,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::conversations::SERVICE_WINDOW;
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::{BTreeMap, HashMap};
use types::{
    ConversationId, MemberId, MessageId, NumberId,
    messages::{Failure, MessageStatus},
};
use uuid::Uuid;

/// A message WhatsApp knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: MessageId,
    pub number_id: NumberId,
    pub wamid: String,
}

/// How far a message came by a report.
#[derive(Clone, Debug)]
pub struct Advance {
    pub id: MessageId,
    pub status: MessageStatus,
    pub wamid: String,
    pub sent_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
    pub failure: Option<Failure>,
}

/// Which of these of WhatsApp's ids are known.
pub async fn find_known(db: &impl ConnectionTrait, wamids: &[String]) -> Result<Vec<Known>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        number_id: Uuid,
        wamid: String,
    }
    let mut known = Vec::new();
    for chunk in wamids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id, number_id, wamid FROM messages WHERE wamid IN ");
        sql.bind_list(chunk.iter().cloned());
        known.extend(sql.all::<Found>(db).await?.into_iter().map(|found| Known {
            id: MessageId(found.id),
            number_id: NumberId(found.number_id),
            wamid: found.wamid,
        }));
    }
    Ok(known)
}

/// The messages that reports are about, by our own id.
pub async fn find_reported(db: &impl ConnectionTrait, ids: &[MessageId]) -> Result<Vec<Stored>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(COLUMNS);
        sql.push(" WHERE m.id IN ").bind_list(chunk.iter().map(|id| id.0));
        for row in sql.all::<Row>(db).await? {
            found.push(row.stored()?);
        }
    }
    Ok(found)
}

/// Store how far messages came. The caller has decided that none goes back.
pub async fn advance_all(db: &impl ConnectionTrait, advances: &[Advance]) -> Result<()> {
    for chunk in advances.chunks(CHUNK) {
        let mut sql =
            Sql::new("WITH v (id, status, wamid, sent_at, delivered_at, read_at, code, reason, detail) AS (VALUES ");
        for (index, advance) in chunk.iter().enumerate() {
            let Advance { id, status, wamid, sent_at, delivered_at, read_at, failure } = advance;
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
            sql.push(", ").bind(status.to_string()).push(", ").bind(wamid.clone());
            for at in [sent_at, delivered_at, read_at] {
                sql.push(", ").bind(at.map(Millis::millis));
            }
            sql.push(", ").bind(failure.as_ref().map(|failure| failure.code));
            sql.push(", ").bind(failure.as_ref().map(|failure| failure.reason.clone()));
            sql.push(", ").bind(failure.as_ref().map(|failure| failure.detail.clone())).push(")");
        }
        sql.push(
            ") UPDATE messages SET status = v.status, wamid = COALESCE(messages.wamid, v.wamid), due_at = NULL, \
             sent_at = v.sent_at, delivered_at = v.delivered_at, read_at = v.read_at, \
             failure_code = v.code, failure_reason = v.reason, failure_detail = v.detail \
             FROM v WHERE messages.id = v.id",
        );
        sql.execute(db).await?;
    }
    Ok(())
}

/// A conversation with an active message that nobody has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    pub conversation_id: ConversationId,
    /// Who sent the latest of them, where a member did.
    pub member_id: Option<MemberId>,
}

/// Of these conversations, those with an active message that reached the contact within the last 24 hours. What Cercano
/// sends by itself asks nothing.
pub async fn unanswered_active(
    db: &impl ConnectionTrait,
    conversations: &[ConversationId],
    now: DateTime<Utc>,
) -> Result<Vec<Unanswered>> {
    #[derive(FromQueryResult)]
    struct Found {
        conversation_id: Uuid,
        member_id: Option<Uuid>,
    }
    let mut latest = BTreeMap::new();
    for chunk in conversations.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT conversation_id, member_id FROM messages WHERE ");
        sql.push(ASKS).push(" AND conversation_id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.push(" AND delivered_at > ").bind((now - SERVICE_WINDOW).millis()).push(" ORDER BY delivered_at, id");
        latest.extend(sql.all::<Found>(db).await?.into_iter().map(|found| (found.conversation_id, found.member_id)));
    }
    let found = latest.into_iter();
    Ok(found
        .map(|(conversation, member)| Unanswered {
            conversation_id: ConversationId(conversation),
            member_id: member.map(MemberId),
        })
        .collect())
}

/// Note that the contacts of these conversations answered their active messages of the last 24 hours.
pub async fn answer_active(
    db: &impl ConnectionTrait,
    conversations: &[ConversationId],
    now: DateTime<Utc>,
) -> Result<()> {
    for chunk in conversations.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE messages SET answered_at = ");
        sql.bind(now.millis()).push(" WHERE ").push(ASKS).push(" AND (delivered_at > ");
        sql.bind((now - SERVICE_WINDOW).millis())
            .push(" OR (delivered_at IS NULL AND status IN ('sending', 'unconfirmed', 'accepted', 'sent'))) AND conversation_id IN ")
            .bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

/// When the last active message of each of these conversations was queued, of any origin; what failed or was called off went
/// to nobody.
pub async fn latest_active(
    db: &impl ConnectionTrait,
    conversations: &[ConversationId],
) -> Result<HashMap<ConversationId, DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Found {
        conversation_id: Uuid,
        latest: i64,
    }
    let mut found = HashMap::new();
    for chunk in conversations.chunks(CHUNK) {
        let mut sql =
            Sql::new("SELECT conversation_id, MAX(created_at) AS latest FROM messages WHERE origin IS NOT NULL");
        sql.push(" AND status NOT IN ('failed', 'cancelled') AND conversation_id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0)).push(" GROUP BY conversation_id");
        let rows = sql.all::<Found>(db).await?.into_iter();
        found.extend(rows.map(|row| (ConversationId(row.conversation_id), time(row.latest))));
    }
    Ok(found)
}

/// An active message that wants an answer and has none, written so that the partial index is used.
const ASKS: &str = "origin IS NOT NULL AND origin <> 'automatic' AND answered_at IS NULL";

//! Questions about surveys: one of a ticket, whatever is told twice.

use crate::{Result, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use types::{ContactId, ConversationId, NumberId, OrganizationId, SurveyId, TicketId, chatbots::SurveyKind};

/// A survey whose question went out.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    pub id: SurveyId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub ticket_id: TicketId,
    pub kind: SurveyKind,
    pub shown_at: DateTime<Utc>,
}

/// Keep surveys. One that was shown before stays as it is.
pub async fn create_all(db: &impl ConnectionTrait, surveys: &[NewSurvey]) -> Result<()> {
    for chunk in surveys.chunks(CHUNK) {
        let mut sql = Sql::new(
            "INSERT INTO surveys (id, organization_id, number_id, contact_id, conversation_id, ticket_id, kind, shown_at) VALUES ",
        );
        for (index, survey) in chunk.iter().enumerate() {
            let NewSurvey { id, organization_id, number_id, contact_id, conversation_id, ticket_id, kind, shown_at } =
                survey;
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
            for of in [organization_id.0, number_id.0, contact_id.0, conversation_id.0, ticket_id.0] {
                sql.push(", ").bind(of);
            }
            sql.push(", ").bind(kind.to_string()).push(", ").bind(shown_at.millis()).push(")");
        }
        sql.push(" ON CONFLICT (ticket_id) DO NOTHING");
        sql.execute(db).await?;
    }
    Ok(())
}

/// Note scores; the first one counts.
pub async fn answer_all(db: &impl ConnectionTrait, scores: &[(TicketId, u8)], now: DateTime<Utc>) -> Result<()> {
    for chunk in scores.chunks(CHUNK) {
        let mut sql = Sql::new("WITH v (ticket_id, score) AS (VALUES ");
        for (index, (ticket, score)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(ticket.0);
            sql.push(", ").bind(i64::from(*score)).push(")");
        }
        sql.push(") UPDATE surveys SET score = v.score, answered_at = ").bind(now.millis());
        sql.push(" FROM v WHERE surveys.ticket_id = v.ticket_id AND surveys.answered_at IS NULL");
        sql.execute(db).await?;
    }
    Ok(())
}

/// Note that nobody answers these any more.
pub async fn expire_all(db: &impl ConnectionTrait, tickets: &[TicketId], now: DateTime<Utc>) -> Result<()> {
    for chunk in tickets.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE surveys SET expired_at = ");
        sql.bind(now.millis()).push(" WHERE answered_at IS NULL AND expired_at IS NULL AND ticket_id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

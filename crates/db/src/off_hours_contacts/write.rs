//! Who wrote off hours, written down: one row per contact, number, cause and closed period, whatever comes twice or late.

use crate::{Result, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use types::{
    ContactId, ConversationId, MessageId, NumberId, OffHoursContactId, OrganizationId,
    off_hours_contacts::OffHoursCause,
};
use uuid::Uuid;

/// Somebody to be listed.
#[derive(Clone, Debug)]
pub struct NewOffHoursContact {
    pub id: OffHoursContactId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub cause: OffHoursCause,
    /// When the closed period, or the conversation under an absence, began.
    pub since: DateTime<Utc>,
    /// The first message's time.
    pub at: DateTime<Utc>,
    pub message_id: Option<MessageId>,
    pub preview: String,
    pub callback: Option<bool>,
}

/// List contacts. Of who is listed already, the earlier first message stays, and an answer that was given.
pub async fn write_all(db: &impl ConnectionTrait, contacts: &[NewOffHoursContact]) -> Result<()> {
    for chunk in contacts.chunks(CHUNK) {
        let mut sql = Sql::new(
            "INSERT INTO off_hours_contacts (id, organization_id, number_id, contact_id, conversation_id, cause, since, at, message_id, \
             preview, callback) VALUES ",
        );
        for (index, contact) in chunk.iter().enumerate() {
            let NewOffHoursContact {
                id,
                organization_id,
                number_id,
                contact_id,
                conversation_id,
                cause,
                since,
                at,
                message_id,
                preview,
                callback,
            } = contact;
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
            for of in [organization_id.0, number_id.0, contact_id.0, conversation_id.0] {
                sql.push(", ").bind(of);
            }
            sql.push(", ").bind(cause.to_string());
            sql.push(", ").bind(since.millis()).push(", ").bind(at.millis());
            sql.push(", ").bind(message_id.map(Uuid::from)).push(", ").bind(preview.clone());
            sql.push(", ").bind(*callback).push(")");
        }
        sql.push(
            " ON CONFLICT (conversation_id, cause, since) DO UPDATE SET \
             callback = COALESCE(off_hours_contacts.callback, excluded.callback), \
             message_id = CASE WHEN excluded.at < off_hours_contacts.at THEN excluded.message_id ELSE off_hours_contacts.message_id END, \
             preview = CASE WHEN excluded.at < off_hours_contacts.at THEN excluded.preview ELSE off_hours_contacts.preview END, \
             at = CASE WHEN excluded.at < off_hours_contacts.at THEN excluded.at ELSE off_hours_contacts.at END",
        );
        sql.execute(db).await?;
    }
    Ok(())
}

/// Note the last answers to whether they want to be called, each in the latest row of its conversation that attendance was
/// closed for.
pub async fn answer_callbacks(db: &impl ConnectionTrait, answers: &[(ConversationId, bool)]) -> Result<()> {
    for wanted in [true, false] {
        let of: Vec<_> = answers.iter().filter(|(_, answer)| *answer == wanted).map(|(id, _)| id.0).collect();
        for chunk in of.chunks(CHUNK) {
            let mut sql = Sql::new("UPDATE off_hours_contacts SET callback = ");
            sql.bind(wanted).push(" WHERE cause = 'closed' AND conversation_id IN ").bind_list(chunk.iter().copied());
            sql.push(
                " AND since = (SELECT MAX(o.since) FROM off_hours_contacts o \
                 WHERE o.conversation_id = off_hours_contacts.conversation_id AND o.cause = 'closed')",
            );
            sql.execute(db).await?;
        }
    }
    Ok(())
}

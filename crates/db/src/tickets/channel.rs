//! What the conversations' side asks about tickets. It works for all organizations at once.

use crate::{Result, contacts::CHUNK, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use types::{TicketId, tickets::CloseReason};

/// Close tickets, each for its reason. The caller has decided that all of them may be closed.
pub async fn close_all(
    db: &impl ConnectionTrait,
    tickets: &[(TicketId, CloseReason)],
    now: DateTime<Utc>,
) -> Result<()> {
    for reason in [CloseReason::Contact, CloseReason::Inactivity, CloseReason::Transferred] {
        let ids: Vec<_> = tickets.iter().filter(|(_, by)| *by == reason).map(|(id, _)| id.0).collect();
        for chunk in ids.chunks(CHUNK) {
            let mut sql = Sql::new("UPDATE tickets SET status = 'closed', close_reason = ");
            sql.bind(reason.to_string()).push(", closed_at = ").bind(now.millis());
            sql.push(" WHERE status <> 'closed' AND id IN ").bind_list(chunk.iter().copied());
            sql.execute(db).await?;
        }
    }
    Ok(())
}

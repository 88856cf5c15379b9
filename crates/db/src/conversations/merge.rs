//! Two conversations of one person on one number become one.

use super::{Conversation, save_all};
use crate::{Result, Tx, sql::Sql};
use types::{ConversationId, TicketId};

/// Give all that is of `gone` to `kept`, and store `kept` as it is from now on. At most one of them has an open ticket. Of
/// two timers of a kind, that of `quiet` is dropped, which is one of the two.
pub async fn merge(tx: &Tx, kept: &Conversation, gone: ConversationId, quiet: ConversationId) -> Result<()> {
    let other = if quiet == gone { kept.id } else { gone };
    let mut sql = Sql::new("DELETE FROM timers WHERE conversation_id = ");
    sql.bind(quiet.0).push(" AND kind IN (SELECT kind FROM timers WHERE conversation_id = ").bind(other.0).push(")");
    sql.execute(tx).await?;
    let mut sql = Sql::new("UPDATE timers SET conversation_id = ");
    sql.bind(kept.id.0).push(" WHERE conversation_id = ").bind(gone.0);
    sql.execute(tx).await?;
    // Of one closed period there is one row.
    let mut sql = Sql::new("DELETE FROM off_hours_contacts WHERE conversation_id = ");
    sql.bind(gone.0).push(
        " AND EXISTS (SELECT 1 FROM off_hours_contacts o WHERE o.cause = off_hours_contacts.cause \
         AND o.since = off_hours_contacts.since AND o.conversation_id = ",
    );
    sql.bind(kept.id.0).push(")");
    sql.execute(tx).await?;
    // They are of another contact from now on.
    crate::search::wait_for_conversation(tx, gone).await?;
    for table in ["messages", "tickets", "surveys", "off_hours_contacts"] {
        let mut sql = Sql::new("UPDATE ");
        sql.push(table).push(" SET conversation_id = ").bind(kept.id.0);
        sql.push(", contact_id = ").bind(kept.contact_id.0).push(" WHERE conversation_id = ").bind(gone.0);
        sql.execute(tx).await?;
    }
    let mut sql = Sql::new("DELETE FROM conversations WHERE id = ");
    sql.bind(gone.0);
    sql.execute(tx).await?;
    save_all(tx, &[kept]).await
}

/// The messages of one ticket belong to another.
pub async fn join_tickets(tx: &Tx, from: TicketId, to: TicketId) -> Result<()> {
    let mut sql = Sql::new("UPDATE messages SET ticket_id = ");
    sql.bind(to.0)
        .push(" WHERE ticket_id = ")
        .bind(from.0)
        .push(" AND conversation_id IN (SELECT conversation_id FROM tickets WHERE id = ");
    sql.bind(from.0).push(")");
    sql.execute(tx).await?;
    Ok(())
}

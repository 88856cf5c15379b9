//! Two contacts that are one person become one: what was said with either stays.

use super::{Identity, opt_out, save_all};
use crate::{Result, Tx, search, sql::Sql};
use types::ContactId;

/// Give all that is of `gone` to `kept`, and store `kept` as it is from now on. Conversations both had on one number were
/// merged before ([`crate::conversations::merge`]).
pub async fn merge(tx: &Tx, kept: &Identity, gone: ContactId) -> Result<()> {
    // They are of another contact from now on.
    search::wait_for_contact(tx, gone).await?;
    for table in ["messages", "tickets", "surveys", "off_hours_contacts"] {
        let mut sql = Sql::new("UPDATE ");
        sql.push(table).push(" SET contact_id = ").bind(kept.id.0);
        sql.push(" WHERE conversation_id IN (SELECT id FROM conversations WHERE contact_id = ").bind(gone.0).push(")");
        sql.execute(tx).await?;
    }
    let mut sql = Sql::new("UPDATE conversations SET contact_id = ");
    sql.bind(kept.id.0).push(" WHERE contact_id = ").bind(gone.0);
    sql.execute(tx).await?;
    let mut sql = Sql::new("DELETE FROM contacts WHERE id = ");
    sql.bind(gone.0);
    sql.execute(tx).await?;
    save_all(tx, &[kept]).await?;
    if kept.opted_out {
        opt_out(tx, &[kept.id]).await?;
    }
    Ok(())
}

//! Who gets a ticket that waits, and what becomes of the tickets of those who are gone (conversation.md § 3).

use crate::{App, Result};
use types::ConversationId;

/// The timer of a ticket whose agent is offline is due.
#[expect(clippy::unused_async, reason = "what it does is asked of the database")]
pub(crate) async fn ticket_return_due(_app: &App, _tx: &db::Tx, _conversation: ConversationId) -> Result<()> {
    Ok(())
}

//! Questions about who can be handed a ticket, and which tickets wait (conversation.md § 3).

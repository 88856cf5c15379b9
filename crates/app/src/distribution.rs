//! Hands waiting tickets to who is online with a free slot (conversation.md § 3).

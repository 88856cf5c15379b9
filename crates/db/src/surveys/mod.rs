//! Questions about surveys: what was asked, and what was answered (conversation.md § 4).

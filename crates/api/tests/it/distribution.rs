//! Who gets waiting tickets, and when they wait again (conversation.md § 3).

//! Questions about the timers of conversations.

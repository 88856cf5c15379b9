//! The `WhatsApp` channel: which numbers there are, how they are reached, and our words for theirs.

mod content;
mod directory;

pub use content::{inbound, outgoing};
pub use directory::{Directory, Line, Lines};

//! The `WhatsApp` channel: which numbers there are, how they are reached, and our words for theirs.

mod content;
mod directory;
mod trouble;

pub use content::{inbound, outgoing};
pub use directory::{Called, Directory, Line, Lines};
pub use trouble::{trouble, trouble_of_number};

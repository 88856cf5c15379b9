//! What is true: the pure rules of Cercano. No I/O and no clock (time is an argument), so the crate compiles to
//! WebAssembly and the browser's previews run the very same code as the server.

pub mod campaigns;
pub mod conversations;
pub mod engine;
pub mod groups;
pub mod messages;
pub mod phones;
pub mod profiles;
pub mod quick_replies;
#[cfg(feature = "metadata")]
pub mod sheets;
pub mod templates;
pub mod tickets;
pub mod verifications;

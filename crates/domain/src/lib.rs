//! What is true: the pure rules of Cercano. No I/O and no clock (time is an argument), so the crate compiles to
//! WebAssembly and the browser's previews run the very same code as the server.

pub mod attention_settings;
pub mod campaigns;
pub mod chatbots;
pub mod conversations;
pub mod distribution;
pub mod engine;
pub mod getting_started;
pub mod groups;
pub mod hours;
mod letters;
pub mod messages;
#[cfg(feature = "metadata")]
pub mod number_imports;
pub mod phones;
pub mod profiles;
pub mod quick_replies;
pub mod search;
#[cfg(feature = "metadata")]
pub mod sheets;
pub mod templates;
pub mod tickets;
pub mod verifications;

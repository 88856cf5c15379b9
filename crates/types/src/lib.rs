//! What travels: the values that cross a door of Cercano, shared by the server and the browser app.
//!
//! Nothing here knows a framework, a database or a clock, so the crate compiles to WebAssembly as it stands.

pub mod campaigns;
pub mod contacts;
pub mod conversations;
pub mod endpoint;
pub mod error;
pub mod events;
pub mod ids;
pub mod language;
pub mod members;
pub mod messages;
pub mod numbers;
pub mod page;
pub mod permission;
pub mod quick_replies;
pub mod sessions;
pub mod setup;
pub mod templates;
pub mod tickets;
pub mod validate;
pub mod words;

pub use endpoint::{Endpoint, Method};
pub use error::{ErrorCode, FieldCode, FieldError, Problem};
pub use ids::*;
pub use language::Language;
pub use page::{Page, PageQuery};
pub use permission::Permission;

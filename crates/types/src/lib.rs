//! What travels: the values that cross a door of Cercano, shared by the server and the browser app.
//!
//! Nothing here knows a framework, a database or a clock, so the crate compiles to WebAssembly as it stands.

pub mod absences;
pub mod attention_settings;
pub mod audit_log;
pub mod campaigns;
pub mod chatbots;
pub mod contacts;
pub mod conversations;
pub mod endpoint;
pub mod error;
pub mod events;
pub mod getting_started;
pub mod graph;
pub mod groups;
pub mod ids;
pub mod language;
pub mod member_links;
pub mod members;
pub mod messages;
pub mod number_imports;
pub mod numbers;
pub mod off_hours_contacts;
pub mod organizations;
pub mod page;
pub mod permission;
pub mod profiles;
pub mod quick_replies;
pub mod sessions;
pub mod settings_changes;
pub mod setup;
pub mod template_activations;
pub mod templates;
pub mod tickets;
pub mod validate;
pub mod verifications;
pub mod wabas;
pub mod whatsapp_profiles;
mod wire;
pub mod words;

pub use endpoint::{Endpoint, Method};
pub use error::{ErrorCode, FieldCode, FieldError, Problem};
pub use ids::*;
pub use language::Language;
pub use page::{Page, PageQuery};
pub use permission::Permission;

//! What is stored. Every function takes the caller's [`Scope`] and starts from it; entities never leave this crate.
//!
//! `SQLite` has one writer, so [`Db`] keeps a pool of one connection for writing and another for reading;
//! `PostgreSQL` uses one pool for both. All SQL runs on both databases as it stands.

mod connect;
mod error;
mod scope;
mod sql;
mod time;

pub mod attention_settings;
pub mod audit_log;
pub mod campaigns;
pub mod chatbots;
pub mod contacts;
pub mod conversations;
pub mod cursor;
pub mod distribution;
pub mod events;
pub mod getting_started;
pub mod groups;
pub mod leases;
pub mod mail_settings;
pub mod member_links;
pub mod members;
pub mod messages;
pub mod number_imports;
pub mod numbers;
pub mod off_hours_contacts;
pub mod organizations;
pub mod presence;
pub mod profiles;
pub mod queues;
pub mod quick_replies;
pub mod retention;
pub mod search;
pub mod sessions;
pub mod settings_changes;
pub mod signature_failures;
pub mod surveys;
pub mod template_activations;
pub mod templates;
pub mod tickets;
pub mod timers;
pub mod verifications;
pub mod wabas;
pub mod webhook_events;

pub use connect::{Db, Tx, begin};
pub use error::{Error, Result};
pub use scope::{Reach, Scope};
pub use sea_orm::ConnectionTrait;
pub use time::Millis;

//! What happens through more than one door: a request, a webhook, a job.

pub mod audit_log;
pub mod campaigns;
pub mod changes;
pub mod channel;
mod chosen;
pub mod clock;
pub mod delivery;
mod error;
mod figures;
pub mod groups;
pub mod inbox;
pub mod keys;
mod leases;
pub mod mail;
pub mod member_links;
pub mod members;
pub mod numbers;
pub mod organizations;
pub mod outside;
pub mod passwords;
pub mod profiles;
pub mod realtime;
pub mod sheets;
pub mod sign_in;
pub mod signals;
mod state;
pub mod tickets;
pub mod verifications;
pub mod wabas;
pub mod webhooks;
pub mod whatsapp_profiles;
pub mod workers;

pub use clock::{Clock, Ids};
pub use error::{Error, Refusal, Result};
pub use state::{App, SandboxAccess, Settings};

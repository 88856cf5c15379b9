//! The API from outside: real HTTP, a real database of its own for each test, a clock that stands still.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

extern crate cercano_api as api;

mod absences;
mod attention_settings;
mod audit_log;
mod campaigns;
mod chatbots;
mod conversations;
mod distribution;
mod events;
mod getting_started;
mod groups;
mod guards;
mod health;
mod member_links;
mod members;
mod number_imports;
mod numbers;
mod off_hours_contacts;
mod organizations;
mod presence;
mod profiles;
mod quick_replies;
mod reach;
mod replicas;
mod search;
mod sessions;
mod settings_copies;
mod setup;
mod template_activations;
mod test_app;
mod tickets;
mod verifications;
mod wabas;
mod webhooks;
mod whatsapp_profiles;

//! The API from outside: real HTTP, a real database of its own for each test, a clock that stands still.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

extern crate cercano_api as api;

mod campaigns;
mod events;
mod guards;
mod health;
mod numbers;
mod quick_replies;
mod sessions;
mod setup;
mod test_app;
mod tickets;
mod webhooks;

//! The channel: a client of WhatsApp's Cloud API and a reader of its webhooks. It stores nothing and decides
//! nothing about conversations; the facts it is built on are those of whatsapp.md.

pub mod client;
pub mod errors;
pub mod limits;
pub mod management;
pub mod outgoing;
pub mod webhook;

pub use client::{Accepted, Client, GraphEndpoint, SendError};
pub use errors::{FailureReason, GraphError, Remedy};
pub use outgoing::{OutgoingContent, OutgoingMessage};
pub use webhook::{InboundContent, InboundMessage, StatusUpdate, TemplateChange, TemplateUpdate, WebhookItem};

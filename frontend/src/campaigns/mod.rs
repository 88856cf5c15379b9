//! Campaigns: active messages by template from a sheet (C1), and how each goes.

mod faults;
mod model;
mod new;
mod page;
mod progress;
mod recipients;
mod review;
mod send;
pub mod templates;
mod upload;

pub use new::NewCampaign;
pub use page::CampaignPage;
pub use progress::StatusBadge;

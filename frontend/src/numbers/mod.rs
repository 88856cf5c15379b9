//! Numbers: the organization's WhatsApp numbers, who attends them, and what becomes of them (O3).

mod agents;
mod deletion;
mod form;
mod list;
pub mod model;
mod page;
pub mod people_dialog;
pub mod tabs;

pub use list::Numbers;
pub use page::NumberPage;

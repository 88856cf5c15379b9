//! Activación de plantillas: which templates each number may send (spec S2).

mod confirm;
mod edit;
mod list;
mod load;
mod model;
mod table;

pub use edit::NumberTemplatesPage;
pub use list::TemplateActivationsPage;

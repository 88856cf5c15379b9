//! Inclusión de números: a sheet is reviewed, then three actions run side by side for each number (O1).

mod action;
mod list;
pub mod model;
mod page;
mod results;
mod review;
mod row_form;
mod targets;

pub use list::NumberImports;
pub use page::NumberImportPage;

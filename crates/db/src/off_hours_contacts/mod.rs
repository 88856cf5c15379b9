//! Questions about who wrote off hours (spec A4).

mod list;

pub use list::{get, list};

//! Questions about who wrote off hours (spec A4).

mod list;
mod write;

pub use list::{get, list};
pub use write::{NewOffHoursContact, answer_callbacks, write_all};

//! Questions about who wrote off hours (spec A4).

mod write;

pub use write::{NewOffHoursContact, answer_callbacks, write_all};

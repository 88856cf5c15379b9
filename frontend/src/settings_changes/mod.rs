//! Changes of many numbers at once: which numbers, what would change on each, what was done, and its undoing (spec S2, S3,
//! S5). Each page brings its own operations.

pub mod confirm;
pub mod editing;
pub mod model;
pub mod past;
pub mod plan;
pub mod reference;
pub mod selection;
pub mod store;
mod undo;
pub mod words;

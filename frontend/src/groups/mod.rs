//! Groups of numbers and groups of groups, by levels (O4).

mod board;
mod children;
mod create;
mod deletion;
mod form;
mod managers;
pub mod model;
mod mover;
mod node;
mod page;

pub use board::Groups;
pub use page::GroupPage;

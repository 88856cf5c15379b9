//! The pieces every page is made of. No domain words here.

pub mod button;
pub mod check;
pub mod choices;
pub mod conflict;
pub mod debounced;
pub mod dialog;
pub mod drop;
pub mod failure;
pub mod field;
pub mod icon;
pub mod menu;
pub mod more;
pub mod page;
pub mod state;
pub mod table;
pub mod tabs;
pub mod tags;
pub mod toast;
pub mod unsaved;

//! Questions about which templates of its account a number may send (spec S2). What is stored is what is switched off, so
//! that a new template is active everywhere. The template that tells of the next opening is not part of it.

mod list;
mod update;

pub use list::{find_template, list, list_sendable, list_templates};
pub use update::{
    AccountTemplate, Target, account_templates, find_inactive, group_numbers, hold_targets, inactive_of, names_off,
    store, templates_elsewhere,
};

use crate::sql::Sql;
use types::chatbots::AVAILABILITY_TEMPLATE;

/// Append: the template `t` is one that can be switched on and off.
fn switchable(sql: &mut Sql) {
    sql.push(" AND t.name <> ").bind(AVAILABILITY_TEMPLATE);
}

/// Append: the template `t` is switched off on the number `n`.
fn switched_off(sql: &mut Sql) {
    sql.push("EXISTS (SELECT 1 FROM template_deactivations d WHERE d.number_id = n.id AND d.template_id = t.id)");
}

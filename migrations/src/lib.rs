//! How the database got its shape: one file per change, the same on `SQLite` and `PostgreSQL`.
//!
//! Times are milliseconds since 1970 in UTC, so that both databases compare and index them alike (ADR 3).

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{MigrationTrait, async_trait};

mod m0001_organizations;
mod m0002_numbers;
mod m0003_quick_replies;
mod m0004_conversations;
mod m0005_campaigns;
mod m0006_channel;
mod m0007_access;
mod m0008_numbers_included;
mod m0009_number_imports;
mod m0010_member_names;
mod m0011_groups_listed;
mod m0012_members_versioned;
mod m0013_numbers_of_accounts;
mod m0014_number_names;
mod m0015_chatbots;
mod m0021_search;
mod sql;

/// Every change, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organizations::Migration),
            Box::new(m0002_numbers::Migration),
            Box::new(m0003_quick_replies::Migration),
            Box::new(m0004_conversations::Migration),
            Box::new(m0005_campaigns::Migration),
            Box::new(m0006_channel::Migration),
            Box::new(m0007_access::Migration),
            Box::new(m0008_numbers_included::Migration),
            Box::new(m0009_number_imports::Migration),
            Box::new(m0010_member_names::Migration),
            Box::new(m0011_groups_listed::Migration),
            Box::new(m0012_members_versioned::Migration),
            Box::new(m0013_numbers_of_accounts::Migration),
            Box::new(m0014_number_names::Migration),
            Box::new(m0015_chatbots::Migration),
            Box::new(m0021_search::Migration),
        ]
    }
}

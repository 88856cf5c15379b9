//! Names of numbers as they are searched: case folded by Unicode, which `SQLite` does not do by itself.

use crate::m0010_member_names::{fold, set, texts};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, prelude::DbErr};

/// Numbers that were deleted are looked for by their phone too: what was tried with them counts.
const CHANGE: &str = "
    ALTER TABLE numbers ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
    CREATE INDEX numbers_same_phone ON numbers (organization_id, phone);
    ";

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_number_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::sql::run(manager, CHANGE).await?;
        for (name, _) in texts(manager, "SELECT DISTINCT name AS a, '' AS b FROM numbers").await? {
            set(manager, "UPDATE numbers SET search_key = $1 WHERE name = $2", fold(&name), name).await?;
        }
        Ok(())
    }
}

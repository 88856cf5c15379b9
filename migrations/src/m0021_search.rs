//! What was said, to be found by its words, and since when members are connected.
//!
//! Messages wait in `message_search_queue` until a worker has indexed them, so that storing a message costs one small row.
//! The index is each database's own: FTS5 on SQLite, a GIN index on PostgreSQL (ADR 19).

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    prelude::DbErr,
    sea_orm::{ConnectionTrait, DatabaseBackend},
};

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0021_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::sql::run(manager, TABLES).await?;
        let index = match manager.get_database_backend() {
            DatabaseBackend::Postgres => POSTGRESQL,
            DatabaseBackend::Sqlite | _ => SQLITE,
        };
        manager.get_connection().execute_unprepared(index).await?;
        crate::sql::run(manager, WAITING).await
    }
}

const TABLES: &str = "
    CREATE TABLE message_search (
        id {counter},
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        number_id {uuid} NOT NULL,
        message_id {uuid} NOT NULL
    );
    CREATE UNIQUE INDEX message_search_message ON message_search (message_id);
    CREATE TABLE message_search_queue (
        id {counter},
        organization_id {uuid} NOT NULL REFERENCES organizations (id),
        message_id {uuid} NOT NULL
    );
    ALTER TABLE members ADD COLUMN seen_at BIGINT;
    ALTER TABLE members ADD COLUMN status_before_leaving TEXT;
    ";

const SQLITE: &str = "
    CREATE VIRTUAL TABLE message_words USING fts5 (
        scope, words, content='', contentless_delete=1, detail='column', prefix='2 3', tokenize='ascii'
    );
    ";

const POSTGRESQL: &str = "
    ALTER TABLE message_search ADD COLUMN words tsvector NOT NULL;
    CREATE INDEX message_search_words ON message_search USING GIN (words) WITH (fastupdate = off);
    ";

const WAITING: &str = "
    INSERT INTO message_search_queue (organization_id, message_id)
        SELECT organization_id, id FROM messages WHERE author IN ('contact', 'member') ORDER BY created_at, id;
    ";

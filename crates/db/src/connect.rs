//! Opening the database, bringing its shape up to date, and beginning transactions.

use crate::{Error, Result};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

/// A transaction that may write.
pub type Tx = DatabaseTransaction;

/// How long a request waits for a connection before it is told that the service is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// `SQLite` waits this long for another process, such as a backup, to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Pages of the write-ahead log after which it is written back, in small steps rather than in one long one.
const CHECKPOINT_PAGES: &str = "1000";

/// The database: one pool to write and one to read (the same one on `PostgreSQL`).
#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Db {
    /// Open or create the `SQLite` file: write-ahead log, foreign keys, and every commit on the disk before it counts.
    pub async fn sqlite(file: &Path) -> Result<Self> {
        let writer = Database::connect(sqlite_options(file, 1)).await?;
        let reader = Database::connect(sqlite_options(file, 6)).await?;
        Ok(Self { writer, reader })
    }

    /// Connect to `PostgreSQL`.
    pub async fn postgres(url: &str, max_connections: u32) -> Result<Self> {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(max_connections).acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false);
        // Pages are short and come from memory: compiling a query, or laying out a cache for all rows it might have had,
        // takes longer than running it, and a look-up by key is cheaper than reading a table from end to end.
        options.map_sqlx_postgres_opts(|postgres| {
            postgres.options([("jit", "off"), ("enable_memoize", "off"), ("random_page_cost", "1.1")])
        });
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// Bring the shape of the database up to date.
    pub async fn migrate(&self) -> Result<()> {
        Ok(Migrator::up(&self.writer, None).await?)
    }

    /// Whether the database answers and no change of its shape is pending.
    pub async fn ready(&self) -> Result<bool> {
        Ok(Migrator::get_pending_migrations(&self.reader).await?.is_empty())
    }

    /// Where questions are asked.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.writer.get_database_backend(), DatabaseBackend::Sqlite)
    }

    /// The version of the embedded `SQLite`.
    pub async fn sqlite_version(&self) -> Result<String> {
        let row = self
            .reader
            .query_one_raw(sea_orm::Statement::from_string(DatabaseBackend::Sqlite, "SELECT sqlite_version() AS v"))
            .await?;
        row.ok_or(Error::Missing("sqlite_version"))?.try_get("", "v").map_err(Error::from)
    }

    pub async fn close(self) -> Result<()> {
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }
}

/// Begin a transaction that may write. On `SQLite` it takes the write lock at once, so that what was read still holds when
/// it is written.
pub async fn begin(db: &Db) -> Result<Tx> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(db.writer.begin_with_options(options).await?)
}

fn sqlite_options(file: &Path, connections: u32) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite://cercano.db?mode=rwc");
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .filename(&file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(400)
                // Rows go from thread to thread by this many; a batch reads hundreds.
                .row_buffer_size(500)
                .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-8000")
        });
    options
}

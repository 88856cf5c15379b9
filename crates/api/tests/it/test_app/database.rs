//! A database for one test: a copy of one that was brought up to date once.

use db::Db;
use sea_orm::{ConnectionTrait, Database as SeaDatabase};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// What has to live as long as the test.
pub(crate) struct Database {
    _folder: Option<TempDir>,
}

/// `PostgreSQL` where `CERCANO_TEST_DATABASE_URL` names one, else `SQLite`.
pub(crate) async fn open() -> (Db, Database) {
    match option_env() {
        Some(url) => postgres(&url).await,
        None => sqlite().await,
    }
}

pub(crate) fn option_env() -> Option<String> {
    std::env::vars().find(|(name, _)| name == "CERCANO_TEST_DATABASE_URL").map(|(_, url)| url)
}

async fn sqlite() -> (Db, Database) {
    static TEMPLATE: OnceCell<(TempDir, Vec<u8>)> = OnceCell::const_new();
    let (_, bytes) = TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("template.db");
            let db = Db::sqlite(&file).await.unwrap();
            db.migrate().await.unwrap();
            db.close().await.unwrap();
            let bytes = std::fs::read(&file).unwrap();
            (folder, bytes)
        })
        .await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cercano.db");
    std::fs::write(&file, bytes).unwrap();
    (Db::sqlite(&file).await.unwrap(), Database { _folder: Some(folder) })
}

async fn postgres(url: &str) -> (Db, Database) {
    static TEMPLATE: OnceCell<()> = OnceCell::const_new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let process = std::process::id();
    let template = format!("cercano_template_{process}");
    TEMPLATE
        .get_or_init(|| async {
            run(url, &format!("CREATE DATABASE {template}")).await;
            let db = Db::postgres(&named(url, &template), 1).await.unwrap();
            db.migrate().await.unwrap();
            db.close().await.unwrap();
        })
        .await;
    let name = format!("cercano_test_{process}_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    run(url, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    (Db::postgres(&named(url, &name), 5).await.unwrap(), Database { _folder: None })
}

async fn run(url: &str, sql: &str) {
    // One at a time: PostgreSQL copies a template only while nobody is connected to it.
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = TURN.lock().await;
    let connection = SeaDatabase::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// The same server, another database of it.
fn named(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address.rsplit_once('/').unwrap();
    format!("{server}/{name}?{query}")
}

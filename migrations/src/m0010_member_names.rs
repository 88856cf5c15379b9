//! Names of profiles and members as they are compared: case folded by Unicode, which `SQLite` does not do by itself. And the
//! audit log is closed to every change but additions, by the database itself.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    prelude::DbErr,
    sea_orm::{ConnectionTrait, DatabaseBackend, Statement},
};

#[derive(Debug)]
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_member_names"
    }
}

const COLUMNS: &str = "
    ALTER TABLE profiles ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE members ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
    ";

/// Profiles came only with their organization until now, so no two of one organization are the same.
const INDEXES: &str = "
    DROP INDEX profiles_name;
    CREATE UNIQUE INDEX profiles_name_key ON profiles (organization_id, name_key);
    CREATE INDEX members_search ON members (organization_id, search_key, id);
    ";

const CLOSED_ON_SQLITE: &str = "
    CREATE TRIGGER audit_log_keeps BEFORE UPDATE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
    CREATE TRIGGER audit_log_stays BEFORE DELETE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
    ";

const CLOSED_ON_POSTGRES: &str = "
    CREATE FUNCTION audit_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit log is only added to'; END
    $$;
    CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_only_added_to();
    ";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::sql::run(manager, COLUMNS).await?;
        // A key depends on nothing but the text, so that rows are told apart by that.
        for name in texts(manager, "SELECT DISTINCT name AS a, '' AS b FROM profiles").await? {
            set(manager, "UPDATE profiles SET name_key = $1 WHERE name = $2", fold(&name.0), name.0).await?;
        }
        for (name, email) in texts(manager, "SELECT name AS a, email AS b FROM members").await? {
            let key = fold(&format!("{name}\n{email}"));
            set(manager, "UPDATE members SET search_key = $1 WHERE email = $2", key, email).await?;
        }
        crate::sql::run(manager, INDEXES).await?;
        let closed = match manager.get_database_backend() {
            DatabaseBackend::Postgres => CLOSED_ON_POSTGRES,
            DatabaseBackend::Sqlite | _ => CLOSED_ON_SQLITE,
        };
        crate::sql::run(manager, closed).await
    }
}

pub(crate) async fn texts(manager: &SchemaManager<'_>, question: &str) -> Result<Vec<(String, String)>, DbErr> {
    let statement = Statement::from_string(manager.get_database_backend(), question);
    let rows = manager.get_connection().query_all_raw(statement).await?;
    rows.iter().map(|row| Ok((row.try_get("", "a")?, row.try_get("", "b")?))).collect()
}

pub(crate) async fn set(manager: &SchemaManager<'_>, change: &str, key: String, text: String) -> Result<(), DbErr> {
    let values = [key.into(), text.into()];
    let statement = Statement::from_sql_and_values(manager.get_database_backend(), change, values);
    manager.get_connection().execute_raw(statement).await?;
    Ok(())
}

/// As `db::sql::fold` does it today; a migration stays as it was when it ran.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase().replace('\0', "")
}

//! Failed sign-ins, counted per account and per address so that guessing is slow (spec P1).

use crate::{Result, sql::Sql, time::Millis};
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Failures of a subject since `window` ago.
pub async fn count_failures(
    db: &impl ConnectionTrait,
    subject: &str,
    window: Duration,
    now: DateTime<Utc>,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Row {
        failures: i64,
    }
    let mut sql = Sql::new("SELECT failures FROM sign_in_failures WHERE subject = ");
    sql.bind(subject).push(" AND first_at > ").bind((now - window).millis());
    Ok(sql.one::<Row>(db).await?.map_or(0, |row| row.failures.unsigned_abs()))
}

/// Count one more failure; a count that began before the window starts anew.
pub async fn record_failure(
    db: &impl ConnectionTrait,
    subject: &str,
    window: Duration,
    now: DateTime<Utc>,
) -> Result<()> {
    let since = (now - window).millis();
    let mut sql = Sql::new("INSERT INTO sign_in_failures (subject, failures, first_at) VALUES (");
    sql.bind(subject).push(", 1, ").bind(now.millis());
    sql.push(") ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN sign_in_failures.first_at > ").bind(since);
    sql.push(" THEN sign_in_failures.failures + 1 ELSE 1 END, first_at = CASE WHEN sign_in_failures.first_at > ")
        .bind(since);
    sql.push(" THEN sign_in_failures.first_at ELSE ").bind(now.millis()).push(" END");
    sql.execute(db).await?;
    Ok(())
}

/// Forget the failures of an account whose member has signed in.
pub async fn clear_failures(db: &impl ConnectionTrait, subject: &str) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM sign_in_failures WHERE subject = ");
    sql.bind(subject);
    sql.execute(db).await?;
    Ok(())
}

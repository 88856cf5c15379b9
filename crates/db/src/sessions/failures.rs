//! Failed sign-ins, counted per account and per address so that guessing is slow (spec P1).

use crate::{Result, sql::Sql, time::Millis};
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Count one more attempt and give the count; one that began before the window starts anew. It is counted before the
/// password is looked at, so that many at once are as slow as one after the other.
pub async fn count_attempt(
    db: &impl ConnectionTrait,
    subject: &str,
    window: Duration,
    now: DateTime<Utc>,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Row {
        failures: i64,
    }
    let since = (now - window).millis();
    let mut sql = Sql::new("INSERT INTO sign_in_failures (subject, failures, first_at) VALUES (");
    sql.bind(subject).push(", 1, ").bind(now.millis());
    sql.push(") ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN sign_in_failures.first_at > ").bind(since);
    sql.push(" THEN sign_in_failures.failures + 1 ELSE 1 END, first_at = CASE WHEN sign_in_failures.first_at > ")
        .bind(since);
    sql.push(" THEN sign_in_failures.first_at ELSE ").bind(now.millis()).push(" END RETURNING failures");
    Ok(sql.one::<Row>(db).await?.map_or(0, |row| row.failures.unsigned_abs()))
}

/// Take one attempt back, for it was none.
pub async fn forgive_attempt(db: &impl ConnectionTrait, subject: &str) -> Result<()> {
    let mut sql = Sql::new("UPDATE sign_in_failures SET failures = failures - 1 WHERE failures > 0 AND subject = ");
    sql.bind(subject);
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

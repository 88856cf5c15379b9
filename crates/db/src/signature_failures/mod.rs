//! Webhook deliveries whose signature was missing or wrong, counted by the hour.

use crate::{
    Result,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

const HOUR: i64 = 3_600_000;

/// Add to the count of the hour.
pub async fn add(db: &impl ConnectionTrait, failures: u64, last_at: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO signature_failures (hour, failures, last_at) VALUES (");
    sql.bind(last_at.millis().div_euclid(HOUR)).push(", ").bind(i64::try_from(failures).unwrap_or(i64::MAX));
    sql.push(", ").bind(last_at.millis());
    sql.push(") ON CONFLICT (hour) DO UPDATE SET failures = signature_failures.failures + EXCLUDED.failures, last_at = EXCLUDED.last_at");
    sql.execute(db).await?;
    Ok(())
}

/// How many there were in the last 24 hours, by whole hours, and when the last of all was.
pub async fn recent(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(u64, Option<DateTime<Utc>>)> {
    #[derive(FromQueryResult)]
    struct Row {
        hour: i64,
        failures: i64,
        last_at: i64,
    }
    let from = (now - TimeDelta::hours(24)).millis().div_euclid(HOUR);
    let mut sql = Sql::new("SELECT hour, failures, last_at FROM signature_failures WHERE hour >= ");
    sql.bind(from).push(" OR hour = (SELECT MAX(hour) FROM signature_failures)");
    let rows = sql.all::<Row>(db).await?;
    let recent = rows.iter().filter(|row| row.hour >= from);
    let failures = recent.map(|row| u64::try_from(row.failures).unwrap_or(0)).sum();
    Ok((failures, rows.iter().map(|row| row.last_at).max().map(time)))
}

//! Leases: which of several replicas does a piece of work that only one may do.

use crate::{Result, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Take a lease, or keep it, until a time. False while another holder has it.
pub async fn take(
    db: &impl ConnectionTrait,
    name: &str,
    holder: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut sql = Sql::new("INSERT INTO leases (name, holder, until) VALUES (");
    sql.bind(name).push(", ").bind(holder).push(", ").bind(until.millis());
    sql.push(") ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, until = EXCLUDED.until WHERE leases.holder = EXCLUDED.holder OR leases.until < ");
    sql.bind(now.millis());
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

/// Whether a holder still has a lease; on `PostgreSQL` nobody else can take it until the transaction ends.
pub async fn holds(db: &impl ConnectionTrait, name: &str, holder: Uuid) -> Result<bool> {
    let mut sql = Sql::new("UPDATE leases SET until = until WHERE name = ");
    sql.bind(name).push(" AND holder = ").bind(holder);
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

/// Let a lease go.
pub async fn release(db: &impl ConnectionTrait, name: &str, holder: Uuid) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM leases WHERE name = ");
    sql.bind(name).push(" AND holder = ").bind(holder);
    sql.execute(db).await?;
    Ok(())
}

//! Questions about attempts at verifying and registering numbers.

use crate::{
    Result, Scope,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::verifications::{Attempt, AttemptKind};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{MemberId, NumberId, VerificationAttemptId, graph::GraphTrouble};
use uuid::Uuid;

/// Attempts of a number that are looked at; more within the window are not possible.
const MOST: i64 = 200;

/// Note an attempt that is about to be made.
pub async fn create(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: VerificationAttemptId,
    number: NumberId,
    by: MemberId,
    kind: AttemptKind,
    now: DateTime<Utc>,
) -> Result<()> {
    let (kind, method) = match kind {
        AttemptKind::Code(method) => ("code", Some(method.to_string())),
        AttemptKind::Guess => ("guess", None),
        AttemptKind::Registration => ("registration", None),
    };
    let mut sql = Sql::new(
        "INSERT INTO verification_attempts (id, organization_id, number_id, member_id, kind, method, at, succeeded) VALUES (",
    );
    sql.bind(id.0).push(", ").bind(scope.organization_id().0).push(", ").bind(number.0).push(", ").bind(by.0);
    sql.push(", ").bind(kind).push(", ").bind(method).push(", ").bind(now.millis()).push(", ").bind(false).push(")");
    sql.execute(db).await?;
    Ok(())
}

/// Note what became of it.
pub async fn finish(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: VerificationAttemptId,
    trouble: Option<&GraphTrouble>,
) -> Result<()> {
    let succeeded = trouble.is_none();
    let trouble: Option<serde_json::Value> = trouble.map(serde_json::to_value).transpose()?;
    let mut sql = Sql::new("UPDATE verification_attempts SET succeeded = ");
    sql.bind(succeeded).push(", trouble = ").bind(trouble).push(" WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// The attempts at numbers since a time, in the order they were made.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    numbers: &[NumberId],
    since: DateTime<Utc>,
) -> Result<HashMap<NumberId, Vec<Attempt>>> {
    // A number that was deleted and included again is the same one to WhatsApp, which counts what was tried before.
    let mut sql = Sql::new(
        "SELECT n.id AS number_id, a.kind, a.method, a.at, a.succeeded, a.trouble FROM numbers n \
         JOIN numbers same ON same.organization_id = n.organization_id AND same.phone = n.phone \
         JOIN verification_attempts a ON a.number_id = same.id WHERE ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql.push(" AND n.id IN ").bind_list(numbers.iter().map(|id| id.0)).push(" AND a.at > ").bind(since.millis());
    let most = MOST.saturating_mul(i64::try_from(numbers.len()).unwrap_or(1));
    sql.push(" ORDER BY a.at DESC, a.id DESC LIMIT ").bind(most);
    let mut found: HashMap<NumberId, Vec<Attempt>> = HashMap::new();
    for row in sql.all::<Row>(db).await?.into_iter().rev() {
        let Row { number_id, kind, method, at, succeeded, trouble } = row;
        let kind = match kind.as_str() {
            "guess" => AttemptKind::Guess,
            "registration" => AttemptKind::Registration,
            _ => AttemptKind::Code(method.and_then(|method| method.parse().ok()).unwrap_or_default()),
        };
        let trouble = trouble.map(serde_json::from_value).transpose()?.flatten();
        found.entry(NumberId(number_id)).or_default().push(Attempt { kind, at: time(at), succeeded, trouble });
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Row {
    number_id: Uuid,
    kind: String,
    method: Option<String>,
    at: i64,
    succeeded: bool,
    trouble: Option<serde_json::Value>,
}

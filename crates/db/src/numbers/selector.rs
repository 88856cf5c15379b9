//! The groups the number selector offers (spec P2).

use crate::{Result, Scope, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{GroupId, numbers::NumberGroup};
use uuid::Uuid;

/// The groups above the numbers in reach, with how many of those each has at any depth. One query.
pub async fn list_groups(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<NumberGroup>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        parent_id: Option<Uuid>,
        number_count: i64,
    }
    // Each group's own numbers are counted first, so that only groups are followed upwards, not numbers.
    let mut sql = Sql::new(
        "WITH RECURSIVE own (id, numbers) AS (SELECT n.group_id, COUNT(*) FROM numbers n WHERE n.deleted_at IS NULL \
         AND n.group_id IS NOT NULL AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql.push(
        " GROUP BY n.group_id), above (start, id, numbers) AS (SELECT id, id, numbers FROM own UNION \
         SELECT a.start, g.parent_id, a.numbers FROM above a JOIN groups g ON g.id = a.id WHERE g.parent_id IS NOT NULL) \
         SELECT g.id, g.name, g.parent_id, CAST(SUM(a.numbers) AS BIGINT) AS number_count \
         FROM above a JOIN groups g ON g.id = a.id GROUP BY g.id, g.name, g.parent_id ORDER BY g.name, g.id",
    );
    let rows = sql.all::<Row>(db).await?.into_iter();
    Ok(rows
        .map(|row| NumberGroup {
            id: GroupId(row.id),
            name: row.name,
            parent_id: row.parent_id.map(GroupId),
            number_count: row.number_count.unsigned_abs(),
        })
        .collect())
}

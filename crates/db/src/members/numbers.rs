//! The numbers of a member.

use crate::{Result, Scope, cursor, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{MemberId, NumberId, Page, PageQuery, numbers::NumberRef};
use uuid::Uuid;

/// A page of the numbers a member owns or attends, by name: anywhere in the organization, as the list of numbers shows them
/// too (decisions: scope exceptions).
pub async fn list_numbers(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    page: &PageQuery,
) -> Result<Page<NumberRef>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        phone: String,
    }
    let mut sql =
        Sql::new("SELECT n.id, n.name, n.phone FROM numbers n WHERE n.deleted_at IS NULL AND n.organization_id = ");
    sql.bind(scope.organization_id().0).push(" AND (n.owner_id = ").bind(member.0);
    sql.push(" OR n.id IN (SELECT number_id FROM number_agents WHERE member_id = ").bind(member.0).push("))");
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY n.name, n.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let rows = sql.all::<Row>(db).await?;
    let items = rows.into_iter().map(|row| NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone });
    cursor::page(items.collect(), page.limit(), |number| (number.name.clone(), number.id))
}

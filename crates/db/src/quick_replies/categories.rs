//! Questions about the categories of quick replies. A category belongs to the organization; its replies have their numbers.

use super::{entity::category, hide, in_scope, visible};
use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use types::{
    ErrorCode, Page, PageQuery, QuickReplyCategoryId, QuickReplyId,
    quick_replies::{QuickReplyCategory, QuickReplyCategoryInput, QuickReplyChange},
};
use uuid::Uuid;

/// A page of the organization's categories by name, each with the count of its replies visible within the scope.
pub async fn list_categories(
    db: &impl ConnectionTrait,
    scope: &Scope,
    page: &PageQuery,
) -> Result<Page<QuickReplyCategory>> {
    let mut sql = categories(scope);
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (c.name_key, c.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY c.name_key, c.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::category).collect();
    cursor::page(items, page.limit(), |item: &QuickReplyCategory| (fold(&item.name), item.id))
}

/// One category of the organization.
pub async fn get_category(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyCategoryId,
) -> Result<QuickReplyCategory> {
    let mut sql = categories(scope);
    sql.push(" AND c.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.category())
}

/// Save a new category. `QuickReplyCategoryNameTaken` when the organization has one of that name.
pub async fn create_category(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyCategoryId,
    input: &QuickReplyCategoryInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let active =
        category::ActiveModel { id: Set(id.0), organization_id: Set(scope.organization_id().0), ..named(input, now) };
    category::Entity::insert(active)
        .exec_without_returning(db)
        .await
        .map_err(Error::unique(ErrorCode::QuickReplyCategoryNameTaken))?;
    Ok(())
}

/// Rename a category. `QuickReplyCategoryNameTaken` when another one has the name.
pub async fn update_category(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyCategoryId,
    input: &QuickReplyCategoryInput,
    now: DateTime<Utc>,
) -> Result<()> {
    category::Entity::update_many()
        .set(named(input, now))
        .filter(category::Column::Id.eq(id.0))
        .filter(category::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await
        .map_err(Error::unique(ErrorCode::QuickReplyCategoryNameTaken))?;
    Ok(())
}

/// Take a category's replies off the numbers of the scope; the category goes when no reply is left in it.
pub async fn delete_category(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyCategoryId,
) -> Result<QuickReplyChange> {
    #[derive(FromQueryResult)]
    struct Reply {
        id: Uuid,
        total: i64,
        in_scope: i64,
    }
    let mut sql = in_scope(scope);
    sql.push(" AND r.category_id = ").bind(id.0);
    let mut change = QuickReplyChange { changed_numbers: 0, kept_numbers: 0 };
    for reply in sql.all::<Reply>(db).await? {
        change.changed_numbers = change.changed_numbers.max(reply.in_scope.unsigned_abs());
        change.kept_numbers = change.kept_numbers.max((reply.total - reply.in_scope).unsigned_abs());
        hide(db, scope, QuickReplyId(reply.id)).await?;
    }
    let mut sql = Sql::new("DELETE FROM quick_reply_categories WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND NOT EXISTS (SELECT 1 FROM quick_replies r WHERE r.category_id = quick_reply_categories.id)");
    sql.execute(db).await?;
    Ok(change)
}

fn named(input: &QuickReplyCategoryInput, now: DateTime<Utc>) -> category::ActiveModel {
    let QuickReplyCategoryInput { name } = input;
    category::ActiveModel {
        name: Set(name.trim().to_owned()),
        name_key: Set(fold(name)),
        updated_at: Set(now.millis()),
        ..Default::default()
    }
}

fn categories(scope: &Scope) -> Sql {
    let mut sql = Sql::new("SELECT c.id, c.name, c.updated_at, (SELECT count(*)");
    visible(&mut sql, scope);
    sql.push(" AND r.category_id = c.id) AS reply_count FROM quick_reply_categories c WHERE c.organization_id = ");
    sql.bind(scope.organization_id().0);
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    updated_at: i64,
    reply_count: i64,
}

impl Row {
    fn category(self) -> QuickReplyCategory {
        QuickReplyCategory {
            id: QuickReplyCategoryId(self.id),
            name: self.name,
            reply_count: self.reply_count.unsigned_abs(),
            updated_at: time(self.updated_at),
        }
    }
}

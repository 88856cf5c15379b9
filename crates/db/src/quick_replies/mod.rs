//! Questions about quick replies (spec A7). A reply is visible on a number when exactly one holds: it is meant for every
//! number, or the number is listed with it.

mod categories;
mod entity;

pub use categories::{create_category, delete_category, get_category, list_categories, update_category};

use crate::{
    Reach, Result, Scope, cursor,
    sql::{Sql, contains, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::quick_replies::Visibility;
use entity::{number, reply};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use types::{
    ErrorCode, Page, PageQuery, QuickReplyCategoryId, QuickReplyId,
    quick_replies::{QuickReply, QuickReplyFilter, QuickReplyInput},
};
use uuid::Uuid;

/// A page of the replies visible within the scope, by title.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &QuickReplyFilter,
    page: &PageQuery,
) -> Result<Page<QuickReply>> {
    let QuickReplyFilter { category_id, number_id, q } = filter;
    let mut sql = in_scope(scope);
    if let Some(category) = category_id {
        sql.push(" AND r.category_id = ").bind(category.0);
    }
    if let Some(number) = number_id {
        sql.push(" AND r.everywhere <> EXISTS (SELECT 1 FROM quick_reply_numbers n WHERE n.quick_reply_id = r.id AND n.number_id = ");
        sql.bind(number.0).push(")");
    }
    if let Some(text) = q {
        sql.push(" AND r.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\'");
    }
    if let Some((title, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (r.title, r.id) > (").bind(title).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY r.title, r.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let replies = sql.all::<Row>(db).await?.into_iter().map(|row| row.reply(scope)).collect();
    cursor::page(replies, page.limit(), |reply| (reply.title.clone(), reply.id))
}

/// One reply visible within the scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<QuickReply> {
    Ok(row(db, scope, id).await?.reply(scope))
}

/// On how many numbers a reply is visible, in all and within the scope.
pub async fn visibility(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<Visibility> {
    Ok(row(db, scope, id).await?.visibility(scope))
}

/// Save a new reply for the numbers of the scope; for every number, future ones too, when it reaches all of them.
pub async fn create(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyId,
    input: &QuickReplyInput,
    now: DateTime<Utc>,
) -> Result<()> {
    insert(db, scope, id, input, now).await?;
    match scope.reach() {
        Reach::All => Ok(()),
        Reach::Numbers(numbers) => insert_numbers(db, scope, id, numbers.iter().map(|n| n.0)).await,
    }
}

/// Change a reply as it stands.
pub async fn update(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyId,
    input: &QuickReplyInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let QuickReplyInput { category_id, title, text } = input;
    let active = reply::ActiveModel {
        category_id: Set(category_id.0),
        title: Set(title.trim().to_owned()),
        text: Set(text.clone()),
        search_key: Set(search_key(title, text)),
        updated_at: Set(now.millis()),
        ..Default::default()
    };
    reply::Entity::update_many()
        .set(active)
        .filter(reply::Column::Id.eq(id.0))
        .filter(reply::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    Ok(())
}

/// Save a changed copy for the numbers of the scope that show `original`, which keeps only the others.
pub async fn split(
    db: &impl ConnectionTrait,
    scope: &Scope,
    original: QuickReplyId,
    copy: QuickReplyId,
    input: &QuickReplyInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let numbers = visible_numbers(db, scope, original).await?;
    hide(db, scope, original).await?;
    insert(db, scope, copy, input, now).await?;
    insert_numbers(db, scope, copy, numbers).await
}

/// Take a reply off the numbers of the scope; one that is left on no number is gone.
pub async fn hide(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<()> {
    let everywhere = row(db, scope, id).await?.everywhere;
    let Reach::Numbers(_) = scope.reach() else { return delete(db, scope, id).await };
    let numbers = visible_numbers(db, scope, id).await?;
    if everywhere {
        return insert_numbers(db, scope, id, numbers).await;
    }
    number::Entity::delete_many()
        .filter(number::Column::QuickReplyId.eq(id.0))
        .filter(number::Column::NumberId.is_in(numbers))
        .exec(db)
        .await?;
    if number::Entity::find().filter(number::Column::QuickReplyId.eq(id.0)).one(db).await?.is_none() {
        delete(db, scope, id).await?;
    }
    Ok(())
}

async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<()> {
    number::Entity::delete_many().filter(number::Column::QuickReplyId.eq(id.0)).exec(db).await?;
    reply::Entity::delete_many()
        .filter(reply::Column::Id.eq(id.0))
        .filter(reply::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    Ok(())
}

async fn insert(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyId,
    input: &QuickReplyInput,
    now: DateTime<Utc>,
) -> Result<()> {
    let QuickReplyInput { category_id, title, text } = input;
    let active = reply::ActiveModel {
        id: Set(id.0),
        organization_id: Set(scope.organization_id().0),
        category_id: Set(category_id.0),
        title: Set(title.trim().to_owned()),
        text: Set(text.clone()),
        everywhere: Set(*scope.reach() == Reach::All),
        search_key: Set(search_key(title, text)),
        updated_at: Set(now.millis()),
    };
    reply::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

async fn insert_numbers(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: QuickReplyId,
    numbers: impl IntoIterator<Item = Uuid>,
) -> Result<()> {
    let rows: Vec<_> = numbers
        .into_iter()
        .map(|number| number::ActiveModel {
            organization_id: Set(scope.organization_id().0),
            quick_reply_id: Set(id.0),
            number_id: Set(number),
        })
        .collect();
    if !rows.is_empty() {
        number::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The numbers of the scope that show a reply.
async fn visible_numbers(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<Vec<Uuid>> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let mut sql = Sql::new("SELECT m.id FROM numbers m JOIN quick_replies r ON r.id = ");
    sql.bind(id.0).push(" WHERE m.deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "m.organization_id", "m.id");
    sql.push(" AND r.everywhere <> EXISTS (SELECT 1 FROM quick_reply_numbers n WHERE n.quick_reply_id = r.id AND n.number_id = m.id)");
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| row.id).collect())
}

async fn row(db: &impl ConnectionTrait, scope: &Scope, id: QuickReplyId) -> Result<Row> {
    let mut sql = in_scope(scope);
    sql.push(" AND r.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?)
}

/// Every question about replies starts here, with the counts of the numbers each is visible on.
fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new("SELECT r.id, r.category_id, r.title, r.text, r.everywhere, r.updated_at, ");
    count_visible(&mut sql, |sql| {
        sql.push("m.organization_id = r.organization_id");
    });
    sql.push(" AS total, ");
    count_visible(&mut sql, |sql| scope.conditions(sql, "m.organization_id", "m.id"));
    sql.push(" AS in_scope");
    visible(&mut sql, scope);
    sql
}

/// A member sees the replies on a number in reach; an administrator all of them.
fn visible(sql: &mut Sql, scope: &Scope) {
    sql.push(" FROM quick_replies r WHERE r.organization_id = ").bind(scope.organization_id().0);
    if let Reach::Numbers(numbers) = scope.reach() {
        sql.push(" AND EXISTS (SELECT 1 FROM numbers m WHERE m.deleted_at IS NULL AND m.id IN ")
            .bind_list(numbers.iter().map(|n| n.0));
        sql.push(" AND r.everywhere <> EXISTS (SELECT 1 FROM quick_reply_numbers n WHERE n.quick_reply_id = r.id AND n.number_id = m.id))");
    }
}

fn count_visible(sql: &mut Sql, numbers: impl FnOnce(&mut Sql)) {
    sql.push("(SELECT count(*) FROM numbers m WHERE m.deleted_at IS NULL AND ");
    numbers(sql);
    sql.push(" AND r.everywhere <> EXISTS (SELECT 1 FROM quick_reply_numbers n WHERE n.quick_reply_id = r.id AND n.number_id = m.id))");
}

fn search_key(title: &str, text: &str) -> String {
    fold(&format!("{title}\n{text}"))
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    category_id: Uuid,
    title: String,
    text: String,
    everywhere: bool,
    updated_at: i64,
    total: i64,
    in_scope: i64,
}

impl Row {
    fn visibility(&self, scope: &Scope) -> Visibility {
        Visibility {
            total: self.total.unsigned_abs(),
            in_scope: self.in_scope.unsigned_abs(),
            scope_is_all: *scope.reach() == Reach::All,
            everywhere: self.everywhere,
        }
    }

    fn reply(self, scope: &Scope) -> QuickReply {
        let shared_beyond_scope =
            domain::quick_replies::edit(self.visibility(scope)) == domain::quick_replies::Edit::Split;
        QuickReply {
            id: QuickReplyId(self.id),
            category_id: QuickReplyCategoryId(self.category_id),
            title: self.title,
            text: self.text,
            number_count: self.total.unsigned_abs(),
            shared_beyond_scope,
            updated_at: time(self.updated_at),
        }
    }
}

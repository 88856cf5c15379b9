//! Questions about templates: what WhatsApp has approved for each WABA.

mod entity;
mod told;

pub use told::{TemplateTold, Told, tell};

use crate::{
    Reach, Result, Scope, cursor,
    sql::{Sql, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::templates::TemplateShape;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value;
use std::collections::HashSet;
use types::{OrganizationId, Page, PageQuery, TemplateId, WabaId, chatbots::AVAILABILITY_TEMPLATE};
use uuid::Uuid;

/// A template as WhatsApp gives it.
#[derive(Clone, Debug)]
pub struct NewTemplate<'a> {
    pub id: TemplateId,
    pub organization_id: OrganizationId,
    pub waba_id: WabaId,
    pub template_id: &'a str,
    pub name: &'a str,
    pub language: &'a str,
    pub category: &'a str,
    pub status: &'a str,
    pub components: Value,
}

/// Save templates as WhatsApp had them at a time; known ones (by WABA, name and language) are brought up to date, unless
/// something later is known of them.
pub async fn save(db: &impl ConnectionTrait, templates: &[NewTemplate<'_>], now: DateTime<Utc>) -> Result<()> {
    let rows: Vec<_> = templates.iter().map(|template| active(template, now)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut known = OnConflict::columns([entity::Column::WabaId, entity::Column::Name, entity::Column::Language]);
    known.update_columns([
        entity::Column::TemplateId,
        entity::Column::Category,
        entity::Column::Status,
        entity::Column::Components,
        entity::Column::SyncedAt,
        entity::Column::SearchKey,
    ]);
    known.action_and_where(Expr::cust("templates.synced_at <= excluded.synced_at"));
    entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

fn active(template: &NewTemplate<'_>, now: DateTime<Utc>) -> entity::ActiveModel {
    let NewTemplate { id, organization_id, waba_id, template_id, name, language, category, status, components } =
        template;
    entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        waba_id: Set(waba_id.0),
        template_id: Set((*template_id).to_owned()),
        name: Set((*name).to_owned()),
        language: Set((*language).to_owned()),
        category: Set((*category).to_owned()),
        status: Set((*status).to_owned()),
        components: Set(components.clone()),
        synced_at: Set(now.millis()),
        search_key: Set(search_key(name, components)),
    }
}

/// What a search looks through: the name and all that the contact reads.
fn search_key(name: &str, components: &Value) -> String {
    let shape = TemplateShape::parse(components);
    let mut parts = vec![name.to_owned()];
    parts.extend(shape.header_preview());
    parts.push(shape.body.text.clone());
    parts.extend(shape.footer.clone());
    parts.extend(shape.button_texts());
    fold(&parts.join("\n"))
}

/// Every template with its components, for the channel, which works for all organizations.
pub async fn components(db: &impl ConnectionTrait) -> Result<Vec<(WabaId, String, String, Value)>> {
    let found = entity::Entity::find().all(db).await?;
    Ok(found.into_iter().map(|row| (WabaId(row.waba_id), row.name, row.language, row.components)).collect())
}

/// The accounts that have the approved template of the next opening, for the channel.
pub async fn wabas_announcing(db: &impl ConnectionTrait) -> Result<HashSet<WabaId>> {
    let approved = entity::Entity::find()
        .filter(entity::Column::Name.eq(AVAILABILITY_TEMPLATE))
        .filter(entity::Column::Status.eq("APPROVED"));
    let found = approved.all(db).await?.into_iter();
    Ok(found
        .filter(|row| domain::templates::announces(&TemplateShape::parse(&row.components)))
        .map(|row| WabaId(row.waba_id))
        .collect())
}

/// The approved templates of the next opening in these accounts, with their languages, for the channel.
pub async fn list_announcing(
    db: &impl ConnectionTrait,
    wabas: &[WabaId],
) -> Result<Vec<(WabaId, String, TemplateShape)>> {
    let approved = entity::Entity::find()
        .filter(entity::Column::WabaId.is_in(wabas.iter().map(|id| id.0)))
        .filter(entity::Column::Name.eq(AVAILABILITY_TEMPLATE))
        .filter(entity::Column::Status.eq("APPROVED"))
        .order_by_asc(entity::Column::Language);
    let found = approved.all(db).await?.into_iter();
    Ok(found
        .map(|row| (WabaId(row.waba_id), row.language, TemplateShape::parse(&row.components)))
        .filter(|(_, _, shape)| domain::templates::announces(shape))
        .collect())
}

/// A template with its components.
#[derive(Clone, Debug)]
pub struct StoredTemplate {
    pub id: TemplateId,
    pub waba_id: WabaId,
    pub name: String,
    pub language: String,
    pub category: String,
    pub status: String,
    pub components: Value,
    pub synced_at: DateTime<Utc>,
}

/// Every template of the WABAs that have a number in scope.
pub async fn list_all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<StoredTemplate>> {
    Ok(in_scope(scope).all::<Row>(db).await?.into_iter().map(Row::template).collect())
}

/// A page of those that some number in scope may send once they are approved, by name and language. The one that tells of the
/// next opening is sent by itself, and by nobody.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, page: &PageQuery) -> Result<Page<StoredTemplate>> {
    let mut sql = in_scope(scope);
    sql.push(" AND t.name <> ").bind(AVAILABILITY_TEMPLATE);
    sql.push(" AND EXISTS (SELECT 1 FROM numbers n WHERE n.waba_id = t.waba_id AND n.deleted_at IS NULL");
    scope.reach_condition(&mut sql, "n.id");
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM template_deactivations d WHERE d.number_id = n.id AND d.template_id = t.id))",
    );
    after(&mut sql, page)?;
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::template).collect();
    cursor::page(items, page.limit(), position)
}

/// Append: the templates `t` of a page, by name and language.
pub(crate) fn after(sql: &mut Sql, page: &PageQuery) -> Result<()> {
    if let Some((name, language, id)) = cursor::read::<(String, String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (t.name, t.language, t.id) > (").bind(name).push(", ").bind(language);
        sql.push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY t.name, t.language, t.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    Ok(())
}

/// Where a template stands in their order.
pub(crate) fn position(template: &StoredTemplate) -> (String, String, TemplateId) {
    (template.name.clone(), template.language.clone(), template.id)
}

fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT t.id, t.waba_id, t.name, t.language, t.category, t.status, t.components, t.synced_at FROM templates t WHERE t.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    if let Reach::Numbers(_) = scope.reach() {
        sql.push(" AND EXISTS (SELECT 1 FROM numbers n WHERE n.waba_id = t.waba_id AND n.deleted_at IS NULL");
        scope.reach_condition(&mut sql, "n.id");
        sql.push(")");
    }
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    waba_id: Uuid,
    name: String,
    language: String,
    category: String,
    status: String,
    components: Value,
    synced_at: i64,
}

impl Row {
    fn template(self) -> StoredTemplate {
        let Self { id, waba_id, name, language, category, status, components, synced_at } = self;
        StoredTemplate {
            id: TemplateId(id),
            waba_id: WabaId(waba_id),
            name,
            language,
            category,
            status,
            components,
            synced_at: time(synced_at),
        }
    }
}

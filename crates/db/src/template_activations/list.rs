//! The numbers with how many templates they may send, and the templates of one of them.

use super::{switchable, switched_off};
use crate::{
    Result, Scope, cursor,
    numbers::in_group,
    sql::{Sql, contains},
    templates::{self, StoredTemplate},
    time::time,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    NumberId, Page, PageQuery, WabaId,
    numbers::NumberRef,
    template_activations::{TemplateActivations, TemplateActivationsFilter},
    wabas::WabaRef,
};
use uuid::Uuid;

/// A page of the numbers in scope by name, each with its counts; one question.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TemplateActivationsFilter,
    page: &PageQuery,
) -> Result<Page<TemplateActivations>> {
    let TemplateActivationsFilter { q, group_id } = filter;
    let mut sql = Sql::new(
        "SELECT n.id, n.name, n.phone, n.templates_version, n.templates_changed_at, w.id AS waba_id, w.name AS waba_name, \
         (SELECT COUNT(*) FROM templates t WHERE t.waba_id = n.waba_id",
    );
    switchable(&mut sql);
    sql.push(
        ") AS total, (SELECT COUNT(*) FROM template_deactivations d JOIN templates t ON t.id = d.template_id \
         WHERE d.number_id = n.id AND t.waba_id = n.waba_id",
    );
    switchable(&mut sql);
    sql.push(") AS inactive FROM numbers n JOIN wabas w ON w.id = n.waba_id WHERE n.deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    if let Some(text) = q {
        sql.push(" AND (n.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR n.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
    if let Some(group) = group_id {
        in_group(&mut sql, *group);
    }
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY n.name, n.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::activations).collect();
    cursor::page(items, page.limit(), |item: &TemplateActivations| (item.number.name.clone(), item.number.id))
}

/// A page of the templates of a number's account by name and language, each with whether the number may send it. A number
/// out of scope has none; ask for the number first.
pub async fn list_templates(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NumberId,
    q: Option<&str>,
    page: &PageQuery,
) -> Result<Page<(StoredTemplate, bool)>> {
    let mut sql = of_number(scope, number);
    if let Some(text) = q {
        sql.push(" AND t.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\'");
    }
    templates::after(&mut sql, page)?;
    let items = sql.all::<Switched>(db).await?.into_iter().map(Switched::template).collect();
    cursor::page(items, page.limit(), |(template, _): &(StoredTemplate, bool)| templates::position(template))
}

/// The same of those the number may send now: approved, and active on it.
pub async fn list_sendable(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NumberId,
    page: &PageQuery,
) -> Result<Page<StoredTemplate>> {
    let mut sql = of_number(scope, number);
    sql.push(" AND t.status = 'APPROVED' AND NOT ");
    switched_off(&mut sql);
    templates::after(&mut sql, page)?;
    let items = sql.all::<Switched>(db).await?.into_iter().map(|row| row.template().0).collect();
    cursor::page(items, page.limit(), templates::position)
}

/// One of the templates of a number's account, with whether the number may send it.
pub async fn find_template(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NumberId,
    id: types::TemplateId,
) -> Result<Option<(StoredTemplate, bool)>> {
    let mut sql = of_number(scope, number);
    sql.push(" AND t.id = ").bind(id.0);
    Ok(sql.one::<Switched>(db).await?.map(Switched::template))
}

fn of_number(scope: &Scope, number: NumberId) -> Sql {
    let mut sql =
        Sql::new("SELECT t.id, t.waba_id, t.name, t.language, t.category, t.status, t.components, t.synced_at, NOT ");
    switched_off(&mut sql);
    sql.push(" AS active FROM numbers n JOIN templates t ON t.waba_id = n.waba_id WHERE n.deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql.push(" AND n.id = ").bind(number.0);
    switchable(&mut sql);
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    templates_version: i64,
    templates_changed_at: Option<i64>,
    waba_id: Uuid,
    waba_name: String,
    total: i64,
    inactive: i64,
}

impl Row {
    fn activations(self) -> TemplateActivations {
        let Self { id, name, phone, templates_version, templates_changed_at, waba_id, waba_name, total, inactive } =
            self;
        TemplateActivations {
            number: NumberRef { id: NumberId(id), name, phone },
            waba: WabaRef { id: WabaId(waba_id), name: waba_name },
            active: (total - inactive).unsigned_abs(),
            total: total.unsigned_abs(),
            changed_at: templates_changed_at.map(time),
            version: templates_version.unsigned_abs(),
        }
    }
}

/// A template and whether it is on.
#[derive(FromQueryResult)]
struct Switched {
    id: Uuid,
    waba_id: Uuid,
    name: String,
    language: String,
    category: String,
    status: String,
    components: serde_json::Value,
    synced_at: i64,
    active: bool,
}

impl Switched {
    fn template(self) -> (StoredTemplate, bool) {
        let Self { id, waba_id, name, language, category, status, components, synced_at, active } = self;
        let template = StoredTemplate {
            id: types::TemplateId(id),
            waba_id: WabaId(waba_id),
            name,
            language,
            category,
            status,
            components,
            synced_at: time(synced_at),
        };
        (template, active)
    }
}

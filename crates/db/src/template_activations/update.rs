//! Switching templates on and off for many numbers at once.

use super::switchable;
use crate::{Result, Scope, contacts::CHUNK, numbers::in_group, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::{HashMap, HashSet};
use types::{GroupId, NumberId, TemplateId, WabaId, numbers::NumberRef};
use uuid::Uuid;

/// A number of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub number: NumberRef,
    pub waba_id: WabaId,
    pub version: u64,
}

/// A template of an account that can be switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTemplate {
    pub id: TemplateId,
    pub name: String,
    pub language: String,
}

/// Those of these numbers that are in scope, by name. The caller holds the organization, so that nobody else changes them
/// meanwhile.
pub async fn hold_targets(db: &impl ConnectionTrait, scope: &Scope, ids: &[NumberId]) -> Result<Vec<Target>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT n.id, n.name, n.phone, n.waba_id, n.templates_version FROM numbers n WHERE n.deleted_at IS NULL AND ",
        );
        scope.conditions(&mut sql, "n.organization_id", "n.id");
        sql.push(" AND n.id IN ").bind_list(chunk.iter().map(|id| id.0));
        found.extend(sql.all::<Row>(db).await?.into_iter().map(Row::target));
    }
    found.sort_by(|one, other| (&one.number.name, one.number.id).cmp(&(&other.number.name, other.number.id)));
    Ok(found)
}

/// The numbers in scope that are in a group, at any depth; at most so many.
pub async fn group_numbers(
    db: &impl ConnectionTrait,
    scope: &Scope,
    group: GroupId,
    most: usize,
) -> Result<Vec<NumberId>> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let mut sql = Sql::new("SELECT n.id FROM numbers n WHERE n.deleted_at IS NULL AND ");
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    in_group(&mut sql, group);
    sql.push(" ORDER BY n.id LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
    Ok(sql.all::<Id>(db).await?.into_iter().map(|row| NumberId(row.id)).collect())
}

/// The templates of an account that can be switched, by name.
pub async fn account_templates(db: &impl ConnectionTrait, scope: &Scope, waba: WabaId) -> Result<Vec<AccountTemplate>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        name: String,
        language: String,
    }
    let mut sql = Sql::new("SELECT t.id, t.name, t.language FROM templates t WHERE t.organization_id = ");
    sql.bind(scope.organization_id().0).push(" AND t.waba_id = ").bind(waba.0);
    switchable(&mut sql);
    sql.push(" ORDER BY t.name, t.language, t.id");
    let found = sql.all::<Found>(db).await?.into_iter();
    Ok(found.map(|Found { id, name, language }| AccountTemplate { id: TemplateId(id), name, language }).collect())
}

/// Those of these templates that are of another account of the organization with a number in scope.
pub async fn templates_elsewhere(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[TemplateId],
) -> Result<HashSet<TemplateId>> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let mut found = HashSet::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT t.id FROM templates t WHERE t.id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0));
        sql.push(" AND EXISTS (SELECT 1 FROM numbers n WHERE n.waba_id = t.waba_id AND n.deleted_at IS NULL AND ");
        scope.conditions(&mut sql, "n.organization_id", "n.id");
        sql.push(")");
        switchable(&mut sql);
        found.extend(sql.all::<Id>(db).await?.into_iter().map(|row| TemplateId(row.id)));
    }
    Ok(found)
}

/// What is switched off on each of these numbers, of the templates their account has.
pub async fn inactive_of(
    db: &impl ConnectionTrait,
    numbers: &[NumberId],
) -> Result<HashMap<NumberId, HashSet<TemplateId>>> {
    #[derive(FromQueryResult)]
    struct Off {
        number_id: Uuid,
        template_id: Uuid,
    }
    let mut found: HashMap<NumberId, HashSet<TemplateId>> = HashMap::new();
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT d.number_id, d.template_id FROM template_deactivations d JOIN numbers n ON n.id = d.number_id \
             JOIN templates t ON t.id = d.template_id AND t.waba_id = n.waba_id WHERE d.number_id IN ",
        );
        sql.bind_list(chunk.iter().map(|id| id.0));
        switchable(&mut sql);
        for Off { number_id, template_id } in sql.all::<Off>(db).await? {
            found.entry(NumberId(number_id)).or_default().insert(TemplateId(template_id));
        }
    }
    Ok(found)
}

/// The same for every number in scope.
pub async fn find_inactive(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashSet<(NumberId, TemplateId)>> {
    #[derive(FromQueryResult)]
    struct Off {
        number_id: Uuid,
        template_id: Uuid,
    }
    let mut sql = Sql::new(
        "SELECT d.number_id, d.template_id FROM template_deactivations d JOIN templates t ON t.id = d.template_id WHERE ",
    );
    scope.conditions(&mut sql, "d.organization_id", "d.number_id");
    switchable(&mut sql);
    let found = sql.all::<Off>(db).await?.into_iter();
    Ok(found.map(|row| (NumberId(row.number_id), TemplateId(row.template_id))).collect())
}

/// What is switched off on these numbers in scope, by the templates' names and languages.
pub async fn names_off(
    db: &impl ConnectionTrait,
    scope: &Scope,
    numbers: &[NumberId],
) -> Result<HashSet<(NumberId, String, String)>> {
    #[derive(FromQueryResult)]
    struct Off {
        number_id: Uuid,
        name: String,
        language: String,
    }
    let mut found = HashSet::new();
    for chunk in numbers.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT d.number_id, t.name, t.language FROM template_deactivations d JOIN templates t ON t.id = d.template_id WHERE ",
        );
        scope.conditions(&mut sql, "d.organization_id", "d.number_id");
        sql.push(" AND d.number_id IN ").bind_list(chunk.iter().map(|id| id.0));
        switchable(&mut sql);
        let rows = sql.all::<Off>(db).await?.into_iter();
        found.extend(rows.map(|Off { number_id, name, language }| (NumberId(number_id), name, language)));
    }
    Ok(found)
}

/// Switch off just these templates of an account on these numbers, and count the save. The numbers are held in the order of
/// their ids, whatever order they come in, as everybody who holds many does.
pub async fn store(
    db: &impl ConnectionTrait,
    scope: &Scope,
    waba: WabaId,
    numbers: &[NumberId],
    inactive: &[TemplateId],
    now: DateTime<Utc>,
) -> Result<()> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    for chunk in numbers.chunks(CHUNK) {
        crate::chatbots::hold(db, chunk.iter().copied()).await?;
        let ids = || chunk.iter().map(|id| id.0);
        let mut sql = Sql::new("DELETE FROM template_deactivations WHERE organization_id = ");
        sql.bind(scope.organization_id().0).push(" AND number_id IN ").bind_list(ids());
        sql.execute(db).await?;
        for templates in inactive.chunks(CHUNK) {
            let mut sql = Sql::new(
                "INSERT INTO template_deactivations (organization_id, number_id, template_id) SELECT n.organization_id, n.id, t.id \
                 FROM numbers n JOIN templates t ON t.waba_id = n.waba_id WHERE n.organization_id = ",
            );
            sql.bind(scope.organization_id().0).push(" AND n.waba_id = ").bind(waba.0);
            sql.push(" AND n.id IN ").bind_list(ids());
            sql.push(" AND t.id IN ").bind_list(templates.iter().map(|id| id.0));
            sql.execute(db).await?;
        }
        let mut sql = Sql::new("UPDATE numbers SET templates_version = templates_version + 1, templates_changed_at = ");
        sql.bind(now.millis()).push(" WHERE organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND id IN ").bind_list(ids());
        sql.execute(db).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    waba_id: Uuid,
    templates_version: i64,
}

impl Row {
    fn target(self) -> Target {
        let Self { id, name, phone, waba_id, templates_version } = self;
        Target {
            number: NumberRef { id: NumberId(id), name, phone },
            waba_id: WabaId(waba_id),
            version: templates_version.unsigned_abs(),
        }
    }
}

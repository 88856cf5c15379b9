//! The list of changes. A page is one question, and one more for the numbers' names.

use super::{at, fields, member};
use crate::{Reach, Result, Scope, cursor, sql::Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{
    NumberId, Page, PageQuery, SettingsChangeId,
    numbers::NumberRef,
    settings_changes::{SettingsChange, SettingsChangeKind},
};
use uuid::Uuid;

/// Names that are shown of a change's numbers.
const NAMES: i64 = 10;

/// A page of the changes whose numbers are all within reach, the latest first. A number the settings were taken from is
/// shown to whom it is within reach.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    kind: SettingsChangeKind,
    page: &PageQuery,
) -> Result<Page<SettingsChange>> {
    let mut sql = Sql::new(CHANGE);
    sql.bind(scope.organization_id().0).push(" AND c.kind = ").bind(kind.to_string());
    if let Reach::Numbers(_) = scope.reach() {
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM settings_change_numbers s JOIN numbers n ON n.id = s.number_id \
             WHERE s.settings_change_id = c.id AND n.deleted_at IS NULL AND NOT (1 = 1",
        );
        scope.reach_condition(&mut sql, "n.id");
        sql.push("))");
    }
    if let Some((created_at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (c.created_at, c.id) < (").bind(created_at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY c.created_at DESC, c.id DESC LIMIT ");
    sql.bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let rows = sql.all::<Row>(db).await?;
    let page = cursor::page(rows, page.limit(), |row: &Row| (row.created_at, row.id))?;
    let mut items = shown(db, page.items).await?;
    for change in &mut items {
        change.reference.take_if(|reference| !scope.reaches(reference.id));
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

pub(super) const CHANGE: &str = "SELECT c.id, c.kind, c.created_at, c.member_id, c.member_name, c.reference_number_id, \
     r.name AS reference_name, r.phone AS reference_phone, c.fields, c.undone_at, c.undone_by, c.undone_by_name, c.kept \
     FROM settings_changes c LEFT JOIN numbers r ON r.id = c.reference_number_id WHERE c.organization_id = ";

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: Uuid,
    kind: String,
    created_at: i64,
    member_id: Uuid,
    member_name: String,
    reference_number_id: Option<Uuid>,
    reference_name: Option<String>,
    reference_phone: Option<String>,
    fields: serde_json::Value,
    undone_at: Option<i64>,
    undone_by: Option<Uuid>,
    undone_by_name: Option<String>,
    kept: i64,
}

/// The changes with the names of their first numbers.
pub(super) async fn shown(db: &impl ConnectionTrait, rows: Vec<Row>) -> Result<Vec<SettingsChange>> {
    #[derive(FromQueryResult)]
    struct Named {
        settings_change_id: Uuid,
        name: String,
        numbers: i64,
    }
    let mut sql = Sql::new(
        "SELECT settings_change_id, name, numbers FROM (SELECT settings_change_id, name, number_id, \
         COUNT(*) OVER (PARTITION BY settings_change_id) AS numbers, \
         ROW_NUMBER() OVER (PARTITION BY settings_change_id ORDER BY name, number_id) AS place \
         FROM settings_change_numbers WHERE settings_change_id IN ",
    );
    sql.bind_list(rows.iter().map(|row| row.id)).push(") named WHERE place <= ").bind(NAMES);
    sql.push(" ORDER BY name, number_id");
    let mut named: HashMap<Uuid, (u64, Vec<String>)> = HashMap::new();
    for Named { settings_change_id, name, numbers } in sql.all::<Named>(db).await? {
        let entry = named.entry(settings_change_id).or_default();
        entry.0 = numbers.unsigned_abs();
        entry.1.push(name);
    }
    let change = |row: Row| {
        let (numbers, number_names) = named.remove(&row.id).unwrap_or_default();
        let reference = row.reference_number_id.zip(row.reference_name).zip(row.reference_phone);
        SettingsChange {
            id: SettingsChangeId(row.id),
            kind: row.kind.parse().unwrap_or(SettingsChangeKind::ChatbotChange),
            at: at(row.created_at),
            by: member(row.member_id, row.member_name),
            reference: reference.map(|((id, name), phone)| NumberRef { id: NumberId(id), name, phone }),
            fields: fields(row.fields),
            numbers,
            number_names,
            undone_at: row.undone_at.map(at),
            undone_by: row.undone_by.zip(row.undone_by_name).map(|(id, name)| member(id, name)),
            kept: row.kept.unsigned_abs(),
        }
    };
    Ok(rows.into_iter().map(change).collect())
}

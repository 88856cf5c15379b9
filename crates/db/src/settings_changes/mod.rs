//! Questions about changes of many numbers' settings (spec S3, S5): what was done, and what each number had before.

mod list;

pub use list::list;

use crate::{
    Result, Scope, Tx,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use types::{
    ErrorCode, MemberId, NumberId, SettingsChangeId,
    attention_settings::AttentionSettings,
    chatbots::ChatbotSettings,
    members::MemberRef,
    settings_changes::{SettingsChange, SettingsChangeKind, SettingsField},
};
use uuid::Uuid;

/// Numbers written by one statement, each with four documents.
const TOGETHER: usize = 500;

/// A number's settings at one time, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub chatbot: ChatbotSettings,
    pub attention: AttentionSettings,
}

/// A number that was changed.
#[derive(Clone, Debug)]
pub struct ChangedNumber {
    pub number_id: NumberId,
    pub name: String,
    pub before: Snapshot,
    pub after: Snapshot,
    /// The versions it had afterwards.
    pub chatbot_version: u64,
    pub attention_version: u64,
}

/// A change to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewSettingsChange<'a> {
    pub id: SettingsChangeId,
    pub kind: SettingsChangeKind,
    pub by: &'a MemberRef,
    pub reference: Option<NumberId>,
    pub fields: &'a [SettingsField],
    pub numbers: &'a [ChangedNumber],
}

pub async fn create(tx: &Tx, scope: &Scope, new: &NewSettingsChange<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewSettingsChange { id, kind, by, reference, fields, numbers } = new;
    let mut sql = Sql::new(
        "INSERT INTO settings_changes (id, organization_id, kind, member_id, member_name, reference_number_id, fields, created_at) VALUES (",
    );
    sql.bind(id.0).push(", ").bind(scope.organization_id().0).push(", ").bind(kind.to_string());
    sql.push(", ").bind(by.id.0).push(", ").bind(by.name.as_str()).push(", ").bind(reference.map(Uuid::from));
    sql.push(", ").bind(serde_json::to_value(fields)?).push(", ").bind(now.millis()).push(")");
    sql.execute(tx).await?;
    for chunk in numbers.chunks(TOGETHER) {
        let mut sql = Sql::new(
            "INSERT INTO settings_change_numbers (organization_id, settings_change_id, number_id, name, before, after, \
             chatbot_version, attention_version) VALUES ",
        );
        for (index, number) in chunk.iter().enumerate() {
            let ChangedNumber { number_id, name, before, after, chatbot_version, attention_version } = number;
            sql.push(if index == 0 { "(" } else { ", (" }).bind(scope.organization_id().0).push(", ").bind(id.0);
            sql.push(", ").bind(number_id.0).push(", ").bind(name.as_str());
            sql.push(", ").bind(serde_json::to_value(before)?).push(", ").bind(serde_json::to_value(after)?);
            for version in [chatbot_version, attention_version] {
                sql.push(", ").bind(i64::try_from(*version).unwrap_or(i64::MAX));
            }
            sql.push(")");
        }
        sql.execute(tx).await?;
    }
    Ok(())
}

/// A change as it is undone.
#[derive(Clone, Debug)]
pub struct KeptChange {
    pub fields: Vec<SettingsField>,
    pub reference: Option<NumberId>,
    pub undone: bool,
    pub numbers: Vec<ChangedNumber>,
}

/// A change of the organization with all it did, in reach or not.
pub async fn get(tx: &Tx, scope: &Scope, kind: SettingsChangeKind, id: SettingsChangeId) -> Result<KeptChange> {
    #[derive(FromQueryResult)]
    struct Row {
        fields: serde_json::Value,
        reference_number_id: Option<Uuid>,
        undone_at: Option<i64>,
    }
    #[derive(FromQueryResult)]
    struct NumberRow {
        number_id: Uuid,
        name: String,
        before: serde_json::Value,
        after: serde_json::Value,
        chatbot_version: i64,
        attention_version: i64,
    }
    let mut sql = Sql::new("SELECT fields, reference_number_id, undone_at FROM settings_changes WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND kind = ").bind(kind.to_string());
    let row = sql.one::<Row>(tx).await?.ok_or(ErrorCode::NotFound)?;
    let mut sql = Sql::new(
        "SELECT number_id, name, before, after, chatbot_version, attention_version FROM settings_change_numbers \
         WHERE settings_change_id = ",
    );
    sql.bind(id.0).push(" ORDER BY name, number_id");
    let number = |row: NumberRow| -> Result<ChangedNumber> {
        Ok(ChangedNumber {
            number_id: NumberId(row.number_id),
            name: row.name,
            before: snapshot(row.before)?,
            after: snapshot(row.after)?,
            chatbot_version: row.chatbot_version.unsigned_abs(),
            attention_version: row.attention_version.unsigned_abs(),
        })
    };
    Ok(KeptChange {
        fields: fields(row.fields),
        reference: row.reference_number_id.map(NumberId),
        undone: row.undone_at.is_some(),
        numbers: sql.all::<NumberRow>(tx).await?.into_iter().map(number).collect::<Result<_>>()?,
    })
}

/// A snapshot may be older than the program that reads it.
fn snapshot(stored: serde_json::Value) -> Result<Snapshot> {
    let part = |name: &str| stored.get(name).cloned().unwrap_or_default();
    Ok(Snapshot {
        chatbot: domain::chatbots::read(part("chatbot"))?,
        attention: domain::chatbots::read(part("attention"))?,
    })
}

/// A field that this version does not know was taken out since.
fn fields(stored: serde_json::Value) -> Vec<SettingsField> {
    let words: Vec<String> = serde_json::from_value(stored).unwrap_or_default();
    words.iter().filter_map(|word| word.parse().ok()).collect()
}

/// Note that a change was undone, but for `kept` numbers. `ChangeUndone` when somebody has already.
pub async fn set_undone(
    tx: &Tx,
    scope: &Scope,
    id: SettingsChangeId,
    by: &MemberRef,
    kept: u64,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE settings_changes SET undone_at = ");
    sql.bind(now.millis()).push(", undone_by = ").bind(by.id.0).push(", undone_by_name = ").bind(by.name.as_str());
    sql.push(", kept = ").bind(i64::try_from(kept).unwrap_or(i64::MAX)).push(" WHERE undone_at IS NULL AND id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    let stored = sql.execute(tx).await?.rows_affected() > 0;
    if stored { Ok(()) } else { Err(ErrorCode::ChangeUndone.into()) }
}

/// One change, by whoever made it.
pub async fn get_shown(db: &impl ConnectionTrait, scope: &Scope, id: SettingsChangeId) -> Result<SettingsChange> {
    let mut sql = Sql::new(list::CHANGE);
    sql.bind(scope.organization_id().0).push(" AND c.id = ").bind(id.0);
    let rows = sql.all::<list::Row>(db).await?;
    Ok(list::shown(db, rows).await?.pop().ok_or(ErrorCode::NotFound)?)
}

fn member(id: Uuid, name: String) -> MemberRef {
    MemberRef { id: MemberId(id), name }
}

fn at(millis: i64) -> DateTime<Utc> {
    time(millis)
}

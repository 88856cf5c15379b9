//! Questions about sheets of numbers to be included (spec O1).

mod actions;
mod facts;
mod rows;

pub use actions::{Job, OpenAction, Outcome, Steward, begin, finish_import, list_open, retry, settle};
pub use facts::{
    WhatsappNumber, agent_members, facts, job, number_is_ready, set_chatbot, set_owner, set_whatsapp_number, steward,
};
pub use rows::{DraftRow, list_draft_rows, set_row_numbers, store_rows};

use crate::{
    Result, Scope, Tx, cursor,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::{
    ErrorCode, MemberId, NumberImportId, Page, PageQuery, ProfileId, WabaId,
    members::MemberRef,
    number_imports::{NumberImport, NumberImportStatus},
    profiles::ProfileRef,
    wabas::WabaRef,
};
use uuid::Uuid;

/// A draft to be made.
#[derive(Clone, Debug)]
pub struct NewNumberImport<'a> {
    pub id: NumberImportId,
    pub created_by: MemberId,
    pub file_name: &'a str,
}

/// Whose imports are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One's own.
    Member(MemberId),
    /// Everybody's, as administrators see them.
    Everybody,
}

pub async fn create(
    db: &impl ConnectionTrait,
    scope: &Scope,
    new: &NewNumberImport<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let NewNumberImport { id, created_by, file_name } = new;
    let mut sql = Sql::new(
        "INSERT INTO number_imports (id, organization_id, created_by, file_name, status, created_at) VALUES (",
    );
    sql.bind(id.0).push(", ").bind(scope.organization_id().0).push(", ").bind(created_by.0).push(", ");
    sql.bind(*file_name).push(", ").bind(NumberImportStatus::Draft.to_string()).push(", ").bind(now.millis()).push(")");
    sql.execute(db).await?;
    Ok(())
}

/// A page of imports, the latest first.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, of: Of, page: &PageQuery) -> Result<Page<NumberImport>> {
    let mut sql = in_scope(scope, of);
    if let Some((at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (i.created_at, i.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY i.created_at DESC, i.id DESC LIMIT ");
    sql.bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = with_rows(db, sql.all::<Row>(db).await?).await?;
    cursor::page(items, page.limit(), |import: &NumberImport| (import.created_at.millis(), import.id))
}

/// One import.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, of: Of, id: NumberImportId) -> Result<NumberImport> {
    let mut sql = in_scope(scope, of);
    sql.push(" AND i.id = ").bind(id.0);
    let found = with_rows(db, sql.all::<Row>(db).await?).await?;
    Ok(found.into_iter().next().ok_or(ErrorCode::NotFound)?)
}

/// Hold an import until the transaction ends, so that what is decided about it comes one after the other.
pub async fn hold(tx: &Tx, scope: &Scope, id: NumberImportId) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT id FROM number_imports WHERE id = ");
        sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0).push(" FOR UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// Delete a draft with its rows.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: NumberImportId) -> Result<()> {
    rows::delete(db, scope, id).await?;
    let mut sql = Sql::new("DELETE FROM number_imports WHERE id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// A draft runs from now on, with three waiting actions for each row.
pub async fn start(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberImportId,
    (waba, profile, by): (WabaId, ProfileId, MemberId),
    now: DateTime<Utc>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE number_imports SET status = ");
    sql.bind(NumberImportStatus::Running.to_string()).push(", waba_id = ").bind(waba.0);
    sql.push(", profile_id = ").bind(profile.0).push(", started_by = ").bind(by.0);
    sql.push(", started_at = ").bind(now.millis()).push(" WHERE id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    actions::create(db, scope, id).await
}

/// The connected account of the organization, if there is such a one.
pub async fn find_waba(db: &impl ConnectionTrait, scope: &Scope, id: WabaId) -> Result<Option<WabaRef>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        name: String,
    }
    let mut sql = Sql::new("SELECT id, name FROM wabas WHERE deleted_at IS NULL AND id = ");
    sql.bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    Ok(sql.one::<Found>(db).await?.map(|found| WabaRef { id: WabaId(found.id), name: found.name }))
}

/// Every question about imports starts here.
fn in_scope(scope: &Scope, of: Of) -> Sql {
    let mut sql = Sql::new(
        "SELECT i.id, i.file_name, i.status, i.created_by, m.name AS created_by_name, i.created_at, i.started_at, i.finished_at, \
         w.id AS waba_id, w.name AS waba_name, p.id AS profile_id, p.name AS profile_name, p.administrator FROM number_imports i \
         JOIN members m ON m.id = i.created_by LEFT JOIN wabas w ON w.id = i.waba_id LEFT JOIN profiles p ON p.id = i.profile_id \
         WHERE i.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    if let Of::Member(member) = of {
        sql.push(" AND i.created_by = ").bind(member.0);
    }
    sql
}

async fn with_rows(db: &impl ConnectionTrait, found: Vec<Row>) -> Result<Vec<NumberImport>> {
    let ids: Vec<_> = found.iter().map(|row| row.id).collect();
    let mut rows = rows::list(db, &ids).await?;
    found
        .into_iter()
        .map(|row| {
            let of = rows.remove(&row.id).unwrap_or_default();
            row.import(of)
        })
        .collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    file_name: String,
    status: String,
    created_by: Uuid,
    created_by_name: String,
    created_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
    waba_id: Option<Uuid>,
    waba_name: Option<String>,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    administrator: Option<bool>,
}

impl Row {
    fn import(self, rows: Vec<types::number_imports::NumberImportRow>) -> Result<NumberImport> {
        let status = self.status.parse().or(Err(crate::Error::Missing("status of an import of numbers")))?;
        let waba = self.waba_id.zip(self.waba_name).map(|(id, name)| WabaRef { id: WabaId(id), name });
        let profile = self.profile_id.zip(self.profile_name).map(|(id, name)| ProfileRef {
            id: ProfileId(id),
            name,
            administrator: self.administrator.unwrap_or(false),
        });
        Ok(NumberImport {
            id: NumberImportId(self.id),
            file_name: self.file_name,
            status,
            created_by: MemberRef { id: MemberId(self.created_by), name: self.created_by_name },
            created_at: time(self.created_at),
            started_at: self.started_at.map(time),
            finished_at: self.finished_at.map(time),
            waba,
            profile,
            rows,
        })
    }
}

//! The actions of imports: what is open, what has begun, what came of it.

use crate::{Error, Result, Scope, sql::Sql, time::Millis};
use chrono::{DateTime, Utc};
use domain::phones::PhoneNumber;
use sea_orm::{ConnectionTrait, FromQueryResult};
use strum::IntoEnumIterator;
use types::{
    ErrorCode, Language, MemberId, NumberId, NumberImportId, OrganizationId, Permission, ProfileId, WabaId,
    graph::GraphTrouble,
    members::MemberRef,
    number_imports::{ImportActionKind, ImportActionStatus, NumberImportStatus},
};
use uuid::Uuid;

/// An action that waits, or was begun and never ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAction {
    pub organization_id: OrganizationId,
    pub import_id: NumberImportId,
    pub row: u32,
    pub kind: ImportActionKind,
    /// How often it was begun before.
    pub attempts: u32,
}

/// What an action needs to know of its row.
#[derive(Clone, Debug)]
pub struct Job {
    pub number_id: NumberId,
    pub name: String,
    pub phone: PhoneNumber,
    pub country_code: String,
    pub users_emails: String,
    /// The language of the number's customers.
    pub language: Language,
    /// Whether the number has no chatbot yet.
    pub without_chatbot: bool,
    /// What WhatsApp calls the number, once it is in its account.
    pub phone_number_id: Option<String>,
    pub waba_id: WabaId,
    /// WhatsApp's id of the account.
    pub account: String,
    pub base_url: String,
    pub graph_version: String,
    pub token_sealed: Vec<u8>,
    pub profile_id: Option<ProfileId>,
    pub started_by: MemberId,
}

/// Who started an import, and what that member may now.
#[derive(Clone, Debug)]
pub struct Steward {
    pub member: MemberRef,
    pub administrator: bool,
    pub permissions: Vec<Permission>,
}

/// How an action ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// WhatsApp refused.
    Trouble(GraphTrouble),
    /// Cercano refused.
    Code(ErrorCode),
}

pub(super) async fn create(db: &impl ConnectionTrait, scope: &Scope, id: NumberImportId) -> Result<()> {
    for kind in ImportActionKind::iter() {
        let mut sql = Sql::new(
            "INSERT INTO number_import_actions (organization_id, import_id, sheet_row, kind, status, attempts) SELECT organization_id, import_id, sheet_row, ",
        );
        sql.bind(kind.to_string()).push(", ").bind(ImportActionStatus::Waiting.to_string());
        sql.push(", 0 FROM number_import_rows WHERE import_id = ").bind(id.0);
        sql.push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.execute(db).await?;
    }
    Ok(())
}

/// Everything that is open in the whole installation, the oldest import first. A job's question.
pub async fn list_open(db: &impl ConnectionTrait) -> Result<Vec<OpenAction>> {
    #[derive(FromQueryResult)]
    struct Row {
        organization_id: Uuid,
        import_id: Uuid,
        sheet_row: i64,
        kind: String,
        attempts: i64,
    }
    let mut sql = Sql::new(
        "SELECT a.organization_id, a.import_id, a.sheet_row, a.kind, a.attempts FROM number_imports i JOIN number_import_actions a \
         ON a.import_id = i.id WHERE i.status = 'running' AND a.status IN ",
    );
    sql.bind_list([ImportActionStatus::Waiting, ImportActionStatus::Running].map(|status| status.to_string()));
    sql.push(" ORDER BY i.started_at, a.import_id, a.sheet_row, a.kind");
    let rows = sql.all::<Row>(db).await?.into_iter();
    rows.map(|row| {
        Ok(OpenAction {
            organization_id: OrganizationId(row.organization_id),
            import_id: NumberImportId(row.import_id),
            row: u32::try_from(row.sheet_row).unwrap_or(0),
            kind: row.kind.parse().or(Err(Error::Missing("kind of an action")))?,
            attempts: u32::try_from(row.attempts).unwrap_or(0),
        })
    })
    .collect()
}

/// Note that an action begins; false when it is not open any more, or somebody else began it.
pub async fn begin(db: &impl ConnectionTrait, action: &OpenAction, now: DateTime<Utc>) -> Result<bool> {
    let mut sql = Sql::new("UPDATE number_import_actions SET attempts = attempts + 1, started_at = ");
    sql.bind(now.millis()).push(", status = ").bind(ImportActionStatus::Running.to_string());
    this(&mut sql, action);
    sql.push(" AND attempts = ").bind(i64::from(action.attempts)).push(" AND status IN ");
    sql.bind_list([ImportActionStatus::Waiting, ImportActionStatus::Running].map(|status| status.to_string()));
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

/// Note how an action that was begun by [`begin`] ended; false when somebody else began it since.
pub async fn settle(
    db: &impl ConnectionTrait,
    action: &OpenAction,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (status, trouble, code) = match outcome {
        Outcome::Done => (ImportActionStatus::Done, None, None),
        Outcome::Trouble(trouble) => (ImportActionStatus::Failed, Some(serde_json::to_value(trouble)?), None),
        Outcome::Code(code) => (ImportActionStatus::Failed, None, Some(code.to_string())),
    };
    let mut sql = Sql::new("UPDATE number_import_actions SET finished_at = ");
    sql.bind(now.millis()).push(", status = ").bind(status.to_string()).push(", trouble = ").bind(trouble);
    sql.push(", code = ").bind(code);
    this(&mut sql, action);
    sql.push(" AND attempts = ").bind(i64::from(action.attempts) + 1);
    sql.push(" AND status = ").bind(ImportActionStatus::Running.to_string());
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

/// Let failed actions wait again: of one row or all, of one kind or all. Gives how many they are; the import runs again
/// when there are any. Ask it under [`super::hold`].
pub async fn retry(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberImportId,
    (row, kind): (Option<u32>, Option<ImportActionKind>),
    by: MemberId,
) -> Result<u64> {
    let mut sql =
        Sql::new("UPDATE number_import_actions SET finished_at = NULL, trouble = NULL, code = NULL, status = ");
    sql.bind(ImportActionStatus::Waiting.to_string()).push(" WHERE import_id = ").bind(id.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND status = ").bind(ImportActionStatus::Failed.to_string());
    if let Some(row) = row {
        sql.push(" AND sheet_row = ").bind(i64::from(row));
    }
    if let Some(kind) = kind {
        sql.push(" AND kind = ").bind(kind.to_string());
    }
    let count = sql.execute(db).await?.rows_affected();
    if count > 0 {
        let mut sql = Sql::new("UPDATE number_imports SET finished_at = NULL, status = ");
        sql.bind(NumberImportStatus::Running.to_string()).push(", started_by = ").bind(by.0);
        sql.push(" WHERE id = ").bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.execute(db).await?;
    }
    Ok(count)
}

/// A running import of which nothing is open is finished; whether it was. Ask it under [`super::hold`].
pub async fn finish_import(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NumberImportId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut sql = Sql::new("UPDATE number_imports SET finished_at = ");
    sql.bind(now.millis()).push(", status = ").bind(NumberImportStatus::Finished.to_string());
    sql.push(" WHERE id = ").bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.push(" AND status = ").bind(NumberImportStatus::Running.to_string());
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM number_import_actions a WHERE a.import_id = number_imports.id AND a.status IN ",
    );
    sql.bind_list([ImportActionStatus::Waiting, ImportActionStatus::Running].map(|status| status.to_string()));
    sql.push(")");
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

fn this(sql: &mut Sql, action: &OpenAction) {
    let OpenAction { organization_id, import_id, row, kind, attempts: _ } = action;
    sql.push(" WHERE import_id = ").bind(import_id.0).push(" AND organization_id = ").bind(organization_id.0);
    sql.push(" AND sheet_row = ").bind(i64::from(*row)).push(" AND kind = ").bind(kind.to_string());
}

//! The audit log. It is only ever added to: there is no question that changes or deletes an entry.

use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, contains, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    AuditEntryId, MemberId, Page, PageQuery,
    audit_log::{AuditAction, AuditChange, AuditEntry, AuditLogFilter, AuditSubject},
    members::MemberRef,
};
use uuid::Uuid;

/// An entry to be added.
#[derive(Clone, Debug)]
pub struct NewAuditEntry {
    pub id: AuditEntryId,
    pub subject: AuditSubject,
    pub subject_id: Option<Uuid>,
    pub subject_name: String,
    pub action: AuditAction,
    pub changes: Vec<AuditChange>,
}

/// Add entries. `by` is who did it; nobody where Cercano did it by itself.
pub async fn create_all(
    db: &impl ConnectionTrait,
    scope: &Scope,
    by: Option<&MemberRef>,
    entries: &[NewAuditEntry],
    now: DateTime<Utc>,
) -> Result<()> {
    for chunk in entries.chunks(200) {
        let mut sql = Sql::new(
            "INSERT INTO audit_log (id, organization_id, at, member_id, member_name, subject, subject_id, subject_name, action, changes, search_key) VALUES ",
        );
        for (index, entry) in chunk.iter().enumerate() {
            let NewAuditEntry { id, subject, subject_id, subject_name, action, changes } = entry;
            let name = by.map(|member| member.name.clone());
            let key = fold(&format!("{}\n{subject_name}", name.as_deref().unwrap_or_default()));
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0).push(", ").bind(scope.organization_id().0);
            sql.push(", ").bind(now.millis()).push(", ").bind(by.map(|member| member.id.0)).push(", ").bind(name);
            sql.push(", ")
                .bind(subject.to_string())
                .push(", ")
                .bind(*subject_id)
                .push(", ")
                .bind(subject_name.as_str());
            sql.push(", ").bind(action.to_string()).push(", ").bind(serde_json::to_value(changes)?);
            sql.push(", ").bind(key).push(")");
        }
        sql.execute(db).await?;
    }
    Ok(())
}

/// A page of the entries, the latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &AuditLogFilter,
    page: &PageQuery,
) -> Result<Page<AuditEntry>> {
    let AuditLogFilter { q, subject, subject_id, member_id, from, to } = filter;
    let mut sql = Sql::new(
        "SELECT id, at, member_id, member_name, subject, subject_id, subject_name, action, changes FROM audit_log WHERE organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    if let Some(text) = q {
        sql.push(" AND search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\'");
    }
    if let Some(subject) = subject {
        sql.push(" AND subject = ").bind(subject.to_string());
    }
    if let Some(id) = subject_id {
        sql.push(" AND subject_id = ").bind(*id);
    }
    if let Some(member) = member_id {
        sql.push(" AND member_id = ").bind(member.0);
    }
    if let Some(from) = from {
        sql.push(" AND at >= ").bind(from.millis());
    }
    if let Some(to) = to {
        sql.push(" AND at < ").bind(to.millis());
    }
    if let Some((at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (at, id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::entry).collect::<Result<_>>()?;
    cursor::page(items, page.limit(), |entry: &AuditEntry| (entry.at.millis(), entry.id))
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    at: i64,
    member_id: Option<Uuid>,
    member_name: Option<String>,
    subject: String,
    subject_id: Option<Uuid>,
    subject_name: String,
    action: String,
    changes: serde_json::Value,
}

impl Row {
    fn entry(self) -> Result<AuditEntry> {
        Ok(AuditEntry {
            id: AuditEntryId(self.id),
            at: time(self.at),
            member: self.member_id.zip(self.member_name).map(|(id, name)| MemberRef { id: MemberId(id), name }),
            subject: self.subject.parse().map_err(|_newer| Error::Missing("audit_log.subject"))?,
            subject_id: self.subject_id,
            subject_name: self.subject_name,
            action: self.action.parse().map_err(|_newer| Error::Missing("audit_log.action"))?,
            changes: serde_json::from_value(self.changes)?,
        })
    }
}

//! The audit log. It is only ever added to: there is no question that changes or deletes an entry.

use crate::{
    Result, Scope,
    sql::{Sql, fold},
    time::Millis,
};
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use types::{
    AuditEntryId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
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

//! What WhatsApp tells about a template between two readings.

use crate::{
    Result,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use types::OrganizationId;
use uuid::Uuid;

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct TemplateTold<'a> {
    /// WhatsApp's id of the account.
    pub waba_id: &'a str,
    /// WhatsApp's id of the template; it is found by this alone where it is given, since a name is given anew after a
    /// template was deleted.
    pub template_id: Option<&'a str>,
    pub name: Option<&'a str>,
    pub language: Option<&'a str>,
    pub status: Option<&'a str>,
    pub category: Option<&'a str>,
    /// To the second.
    pub at: DateTime<Utc>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The account has no such template here, or knows something later of it: only Graph can tell.
    Unknown,
    /// It was known.
    Known,
    /// The template is another one now.
    Changed(OrganizationId),
}

/// Bring a template up to what is told of it. An account nobody has connected, or another account's template, is unknown.
pub async fn tell(db: &impl ConnectionTrait, told: &TemplateTold<'_>, now: DateTime<Utc>) -> Result<Told> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        organization_id: Uuid,
        status: String,
        category: String,
        synced_at: i64,
    }
    let TemplateTold { waba_id, template_id, name, language, status, category, at } = *told;
    let mut sql = Sql::new(
        "SELECT t.id, t.organization_id, t.status, t.category, t.synced_at FROM templates t JOIN wabas w ON w.id = t.waba_id \
         WHERE w.deleted_at IS NULL AND w.waba_id = ",
    );
    sql.bind(waba_id);
    match (template_id, name, language) {
        (Some(id), _, _) => sql.push(" AND t.template_id = ").bind(id),
        (None, Some(name), Some(language)) => {
            sql.push(" AND t.name = ").bind(name).push(" AND t.language = ").bind(language)
        }
        (None, _, _) => return Ok(Told::Unknown),
    };
    if db.get_database_backend() == DatabaseBackend::Postgres {
        sql.push(" FOR UPDATE OF t");
    }
    let Some(found) = sql.one::<Found>(db).await? else { return Ok(Told::Unknown) };
    if at.timestamp() < time(found.synced_at).timestamp() {
        return Ok(Told::Unknown);
    }
    let (status, category) = (status.unwrap_or(&found.status), category.unwrap_or(&found.category));
    if found.status == status && found.category == category {
        return Ok(Told::Known);
    }
    let mut sql = Sql::new("UPDATE templates SET status = ");
    sql.bind(status).push(", category = ").bind(category);
    sql.push(", synced_at = ").bind(at.max(now).millis()).push(" WHERE id = ").bind(found.id);
    sql.execute(db).await?;
    Ok(Told::Changed(OrganizationId(found.organization_id)))
}

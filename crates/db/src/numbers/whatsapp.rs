//! A number as verification, registration and its business profile need it: where it is in its account, how it is reached.

use crate::{
    Result, Scope, cursor,
    sql::{Sql, contains},
    time::{Millis, time},
    wabas::WabaAccess,
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    ErrorCode, NumberId, OrganizationId, Page, PageQuery, WabaId, numbers::NumberRef, verifications::VerificationFilter,
};
use uuid::Uuid;

/// A number and the account it is in.
#[derive(Clone, Debug)]
pub struct WhatsappNumber {
    pub number: NumberRef,
    pub phone_number_id: Option<String>,
    pub whatsapp_status: Option<String>,
    pub verified_at: Option<DateTime<Utc>>,
    pub registered_at: Option<DateTime<Utc>>,
    pub waba: WabaAccess,
}

/// One number in scope.
pub async fn get_whatsapp(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<WhatsappNumber> {
    let mut sql = in_scope(scope);
    sql.push(" AND n.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.number())
}

/// A page of the numbers in scope, those that are not registered first, by name.
pub async fn list_whatsapp(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &VerificationFilter,
    page: &PageQuery,
) -> Result<Page<WhatsappNumber>> {
    let VerificationFilter { waba_id, q, pending } = filter;
    let mut sql = in_scope(scope);
    if let Some(waba) = waba_id {
        sql.push(" AND n.waba_id = ").bind(waba.0);
    }
    if let Some(text) = q {
        sql.push(" AND (n.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR n.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
    if *pending == Some(true) {
        sql.push(" AND ").push(DONE).push(" = 0");
    }
    if let Some((done, name, id)) = cursor::read::<(i64, String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (").push(DONE).push(", n.name, n.id) > (").bind(done).push(", ").bind(name).push(", ");
        sql.bind(id).push(")");
    }
    sql.push(" ORDER BY ").push(DONE).push(", n.name, n.id LIMIT ");
    sql.bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let rows = sql.all::<Row>(db).await?;
    let page = cursor::page(rows, page.limit(), |row: &Row| (row.done, row.name.clone(), row.id))?;
    Ok(page.map(Row::number))
}

/// Keep that a number has come further, or fallen back.
pub async fn set_whatsapp(db: &impl ConnectionTrait, number: &WhatsappNumber, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET whatsapp_read_at = ");
    sql.bind(now.millis()).push(", whatsapp_status = ").bind(number.whatsapp_status.clone());
    sql.push(", verified_at = ").bind(number.verified_at.map(Millis::millis));
    sql.push(", registered_at = ").bind(number.registered_at.map(Millis::millis));
    sql.push(" WHERE id = ").bind(number.number.id.0);
    sql.execute(db).await?;
    Ok(())
}

/// Keep when a number's business profile was first seen filled; `None` when it is not any more.
pub async fn set_profile_filled(
    db: &impl ConnectionTrait,
    id: NumberId,
    filled_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE numbers SET profile_filled_at = ");
    match filled_at {
        Some(at) => sql.push("COALESCE(profile_filled_at, ").bind(at.millis()).push(")"),
        None => sql.push("NULL"),
    };
    sql.push(" WHERE id = ").bind(id.0);
    sql.execute(db).await?;
    Ok(())
}

/// 1 when a number is registered as far as WhatsApp last said, 0 otherwise; the same as `domain::verifications::stage`.
const DONE: &str = "(CASE WHEN n.phone_number_id IS NOT NULL AND n.registered_at IS NOT NULL AND COALESCE(n.whatsapp_status, '') NOT IN ('PENDING', 'DISCONNECTED', 'UNVERIFIED', 'DELETED', 'MIGRATED') THEN 1 ELSE 0 END)";

fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new("SELECT CAST(");
    sql.push(DONE).push(
        " AS BIGINT) AS done, n.id, n.name, n.phone, n.phone_number_id, n.whatsapp_status, n.verified_at, \
         n.registered_at, n.organization_id, w.id AS waba, w.name AS waba_name, w.waba_id, w.app_id, w.base_url, \
         w.graph_version, w.token_sealed, w.sandbox, w.version \
         FROM numbers n JOIN wabas w ON w.id = n.waba_id WHERE n.deleted_at IS NULL AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql
}

#[derive(FromQueryResult)]
struct Row {
    done: i64,
    id: Uuid,
    name: String,
    phone: String,
    phone_number_id: Option<String>,
    whatsapp_status: Option<String>,
    verified_at: Option<i64>,
    registered_at: Option<i64>,
    organization_id: Uuid,
    waba: Uuid,
    waba_name: String,
    waba_id: String,
    app_id: String,
    base_url: String,
    graph_version: String,
    token_sealed: Vec<u8>,
    sandbox: bool,
    version: i64,
}

impl Row {
    fn number(self) -> WhatsappNumber {
        WhatsappNumber {
            number: NumberRef { id: NumberId(self.id), name: self.name, phone: self.phone },
            phone_number_id: self.phone_number_id,
            whatsapp_status: self.whatsapp_status,
            verified_at: self.verified_at.map(time),
            registered_at: self.registered_at.map(time),
            waba: WabaAccess {
                id: WabaId(self.waba),
                organization_id: OrganizationId(self.organization_id),
                name: self.waba_name,
                waba_id: self.waba_id,
                app_id: self.app_id,
                base_url: self.base_url,
                graph_version: self.graph_version,
                token_sealed: self.token_sealed,
                sandbox: self.sandbox,
                version: u64::try_from(self.version).unwrap_or(0),
            },
        }
    }
}

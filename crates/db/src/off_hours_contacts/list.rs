//! Who wrote off hours lately, and whether somebody wrote to them since. Nothing of that is stored: it is what the messages
//! of the conversation say.

use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, contains},
    time::{Millis, time},
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    ContactId, ConversationId, ErrorCode, MemberId, NumberId, OffHoursContactId, Page, PageQuery,
    contacts::ContactRef,
    members::MemberRef,
    messages::Failure,
    numbers::NumberRef,
    off_hours_contacts::{LISTED_DAYS, OffHoursContact, OffHoursContactFilter, OffHoursSent},
};
use uuid::Uuid;

/// An active message after the first message of the row `o`: of any origin, sent by whomever.
const ACTIVE_SINCE: &str = "a.conversation_id = o.conversation_id AND a.origin IS NOT NULL AND a.created_at >= o.at AND a.status <> 'cancelled'";

/// A page of those who wrote within the last seven days, the latest first. One question, whatever the page's size.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &OffHoursContactFilter,
    page: &PageQuery,
    now: DateTime<Utc>,
) -> Result<Page<OffHoursContact>> {
    let OffHoursContactFilter { number_id, q, unsent } = filter;
    let mut sql = in_scope(scope, now);
    if let Some(number) = number_id {
        sql.push(" AND o.number_id = ").bind(number.0);
    }
    if let Some(text) = q {
        sql.push(" AND (c.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR c.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
    match unsent {
        Some(true) => drop(sql.push(" AND s.id IS NULL")),
        Some(false) => drop(sql.push(" AND s.id IS NOT NULL")),
        None => {}
    }
    if let Some((at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (o.at, o.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY o.at DESC, o.id DESC LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::contact).collect::<Result<_>>()?;
    cursor::page(items, page.limit(), |item: &OffHoursContact| (item.at.millis(), item.id))
}

/// One of them.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: OffHoursContactId,
    now: DateTime<Utc>,
) -> Result<OffHoursContact> {
    let mut sql = in_scope(scope, now);
    sql.push(" AND o.id = ").bind(id.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.contact()
}

/// Every question starts here: `s` is the last active message since that was not refused, `f` the last one if it was.
fn in_scope(scope: &Scope, now: DateTime<Utc>) -> Sql {
    let mut sql = Sql::new(
        "SELECT o.id, o.at, o.cause, o.callback, o.preview, o.conversation_id, n.id AS number_id, n.name AS number_name, \
         n.phone AS number_phone, c.id AS contact_id, c.name AS contact_name, c.phone AS contact_phone, \
         s.created_at AS sent_at, b.id AS member_id, b.name AS member_name, \
         f.failure_code, f.failure_reason, f.failure_detail \
         FROM off_hours_contacts o JOIN numbers n ON n.id = o.number_id JOIN contacts c ON c.id = o.contact_id \
         LEFT JOIN messages s ON s.id = (SELECT a.id FROM messages a WHERE ",
    );
    sql.push(ACTIVE_SINCE);
    sql.push(
        " AND a.status <> 'failed' ORDER BY a.created_at DESC, a.id DESC LIMIT 1) \
         LEFT JOIN members b ON b.id = s.member_id \
         LEFT JOIN messages f ON f.status = 'failed' AND f.id = (SELECT a.id FROM messages a WHERE ",
    );
    sql.push(ACTIVE_SINCE);
    sql.push(" ORDER BY a.created_at DESC, a.id DESC LIMIT 1) WHERE n.deleted_at IS NULL AND o.at >= ");
    sql.bind((now - TimeDelta::days(LISTED_DAYS)).millis()).push(" AND ");
    scope.conditions(&mut sql, "o.organization_id", "o.number_id");
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    at: i64,
    cause: String,
    callback: Option<bool>,
    preview: String,
    conversation_id: Uuid,
    number_id: Uuid,
    number_name: String,
    number_phone: String,
    contact_id: Uuid,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    sent_at: Option<i64>,
    member_id: Option<Uuid>,
    member_name: Option<String>,
    failure_code: Option<i64>,
    failure_reason: Option<String>,
    failure_detail: Option<String>,
}

impl Row {
    fn contact(self) -> Result<OffHoursContact> {
        let by = self.member_id.zip(self.member_name).map(|(id, name)| MemberRef { id: MemberId(id), name });
        Ok(OffHoursContact {
            id: OffHoursContactId(self.id),
            at: time(self.at),
            number: NumberRef { id: NumberId(self.number_id), name: self.number_name, phone: self.number_phone },
            contact: ContactRef { id: ContactId(self.contact_id), name: self.contact_name, phone: self.contact_phone },
            conversation_id: ConversationId(self.conversation_id),
            cause: self.cause.parse().or(Err(Error::Missing("off-hours cause")))?,
            callback: self.callback,
            preview: self.preview,
            sent: self.sent_at.map(|at| OffHoursSent { at: time(at), by }),
            failure: self.failure_reason.map(|reason| Failure {
                code: self.failure_code.unwrap_or(0),
                reason,
                detail: self.failure_detail.unwrap_or_default(),
            }),
        })
    }
}

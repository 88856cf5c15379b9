//! All numbers of an organization, with who owns, attends and manages each (spec O3). A page is one question, and two more
//! for its agents and its managers, whatever its size.

use super::in_group;
use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, contains},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{
    ErrorCode, GroupId, MemberId, NumberId, Page, PageQuery, WabaId,
    groups::GroupRef,
    members::{MemberRef, MemberStatus},
    numbers::{NumberAgent, NumberCard, NumberCardFilter},
    wabas::WabaRef,
};
use uuid::Uuid;

/// Who looks, and what they may.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    pub member: MemberId,
    pub administrator: bool,
    /// Whether the profile grants changing numbers.
    pub may_edit: bool,
}

/// A page of all numbers by name. Those out of reach are among them, to be looked at only.
pub async fn list_cards(
    db: &impl ConnectionTrait,
    scope: &Scope,
    caller: Caller,
    filter: &NumberCardFilter,
    page: &PageQuery,
) -> Result<Page<NumberCard>> {
    let NumberCardFilter { q, group_id, without_group, in_scope } = filter;
    let mut sql = Sql::new(CARD);
    sql.push(" AND n.organization_id = ").bind(scope.organization_id().0);
    if *in_scope == Some(true) {
        scope.reach_condition(&mut sql, "n.id");
    }
    if let Some(text) = q {
        sql.push(" AND (n.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR n.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], "")));
        sql.push(
            " ESCAPE '\\' OR EXISTS (SELECT 1 FROM number_agents a JOIN members m ON m.id = a.member_id \
             WHERE a.number_id = n.id AND m.search_key LIKE ",
        );
        sql.bind(contains(text)).push(" ESCAPE '\\'))");
    }
    if *without_group == Some(true) {
        sql.push(" AND n.group_id IS NULL");
    }
    if let Some(group) = group_id {
        in_group(&mut sql, *group);
    }
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    // In the text, so that PostgreSQL can keep its plan.
    sql.push(" ORDER BY n.name, n.id LIMIT ").push(&(page.limit() + 1).to_string());
    let page = cursor::page(sql.all::<Row>(db).await?, page.limit(), |row: &Row| (row.name.clone(), row.id))?;
    Ok(Page { items: cards(db, scope, caller, page.items).await?, next_cursor: page.next_cursor })
}

/// One number in scope.
pub async fn get_card(db: &impl ConnectionTrait, scope: &Scope, caller: Caller, id: NumberId) -> Result<NumberCard> {
    let mut sql = Sql::new(CARD);
    sql.push(" AND ");
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql.push(" AND n.id = ").bind(id.0);
    let found = sql.one::<Row>(db).await?;
    cards(db, scope, caller, found).await?.pop().ok_or(Error::Refused(ErrorCode::NotFound))
}

const CARD: &str = "SELECT n.id, n.waba_id, w.name AS waba_name, n.name, n.phone, n.language, n.owner_id, o.name AS owner_name, \
     n.group_id, g.name AS group_name, n.whatsapp_status, n.paused_reason, n.version \
     FROM numbers n JOIN wabas w ON w.id = n.waba_id LEFT JOIN members o ON o.id = n.owner_id \
     LEFT JOIN groups g ON g.id = n.group_id WHERE n.deleted_at IS NULL";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    waba_id: Uuid,
    waba_name: String,
    name: String,
    phone: String,
    language: String,
    owner_id: Option<Uuid>,
    owner_name: Option<String>,
    group_id: Option<Uuid>,
    group_name: Option<String>,
    whatsapp_status: Option<String>,
    paused_reason: Option<String>,
    version: i64,
}

async fn cards(
    db: &impl ConnectionTrait,
    scope: &Scope,
    caller: Caller,
    rows: impl IntoIterator<Item = Row>,
) -> Result<Vec<NumberCard>> {
    let rows: Vec<Row> = rows.into_iter().collect();
    let mut agents = agents(db, rows.iter().map(|row| row.id)).await?;
    let managers = managers(db, rows.iter().filter_map(|row| row.group_id)).await?;
    let card = |row: Row| {
        let id = NumberId(row.id);
        let managers = row.group_id.and_then(|group| managers.get(&group)).cloned().unwrap_or_default();
        let manages = caller.administrator || managers.iter().any(|manager| manager.id == caller.member);
        let in_scope = scope.reaches(id);
        NumberCard {
            id,
            waba: WabaRef { id: WabaId(row.waba_id), name: row.waba_name },
            name: row.name,
            phone: row.phone,
            language: row.language.parse().unwrap_or_default(),
            owner: row.owner_id.zip(row.owner_name).map(|(id, name)| MemberRef { id: MemberId(id), name }),
            agents: agents.remove(&row.id).unwrap_or_default(),
            group: row.group_id.zip(row.group_name).map(|(id, name)| GroupRef { id: GroupId(id), name }),
            managers,
            whatsapp_status: row.whatsapp_status,
            paused_reason: row.paused_reason,
            in_scope,
            may_edit: in_scope && caller.may_edit,
            may_delete: in_scope && caller.may_edit && manages,
            version: row.version.unsigned_abs(),
        }
    };
    Ok(rows.into_iter().map(card).collect())
}

/// Who attends these numbers, by name.
async fn agents(
    db: &impl ConnectionTrait,
    numbers: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<NumberAgent>>> {
    #[derive(FromQueryResult)]
    struct Agent {
        number_id: Uuid,
        id: Uuid,
        name: String,
        email: String,
        has_password: bool,
        deactivated_at: Option<i64>,
    }
    let mut sql = Sql::new(
        "SELECT a.number_id, m.id, m.name, m.email, m.password_hash IS NOT NULL AS has_password, m.deactivated_at \
         FROM number_agents a JOIN members m ON m.id = a.member_id WHERE a.number_id IN ",
    );
    sql.bind_list(numbers).push(" ORDER BY m.search_key, m.id");
    let mut found: HashMap<Uuid, Vec<NumberAgent>> = HashMap::new();
    for Agent { number_id, id, name, email, has_password, deactivated_at } in sql.all::<Agent>(db).await? {
        let status = match (deactivated_at, has_password) {
            (Some(_), _) => MemberStatus::Deactivated,
            (None, true) => MemberStatus::Active,
            (None, false) => MemberStatus::Invited,
        };
        found.entry(number_id).or_default().push(NumberAgent { id: MemberId(id), name, email, status });
    }
    Ok(found)
}

/// Who manages these groups or a group above them, by name.
async fn managers(
    db: &impl ConnectionTrait,
    groups: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<MemberRef>>> {
    #[derive(FromQueryResult)]
    struct Manager {
        start: Uuid,
        id: Uuid,
        name: String,
    }
    let mut groups: Vec<_> = groups.collect();
    groups.sort_unstable();
    groups.dedup();
    let mut sql = Sql::new("WITH RECURSIVE above (start, id) AS (SELECT id, id FROM groups WHERE id IN ");
    sql.bind_list(groups);
    sql.push(
        " UNION SELECT a.start, g.parent_id FROM above a JOIN groups g ON g.id = a.id WHERE g.parent_id IS NOT NULL) \
         SELECT DISTINCT a.start, m.id, m.name, m.search_key FROM above a JOIN group_managers gm ON gm.group_id = a.id \
         JOIN members m ON m.id = gm.member_id WHERE m.deactivated_at IS NULL ORDER BY m.search_key, m.id",
    );
    let mut found: HashMap<Uuid, Vec<MemberRef>> = HashMap::new();
    for Manager { start, id, name } in sql.all::<Manager>(db).await? {
        found.entry(start).or_default().push(MemberRef { id: MemberId(id), name });
    }
    Ok(found)
}

//! Questions about members.

mod access;
mod entity;
mod numbers;

pub use access::{
    claim, credentials_of, find_by_email, of_profile, other_administrators, set_deactivated, set_password, set_profile,
    taken_emails, update,
};

pub use numbers::list_numbers;

use crate::{
    Error, Result, Scope, cursor,
    sql::{Sql, contains, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use types::{
    ErrorCode, Language, MemberId, OrganizationId, Page, PageQuery, ProfileId,
    members::{Member, MemberFilter, MemberStatus},
    profiles::ProfileRef,
    sessions::AgentStatus,
};
use uuid::Uuid;

/// A member to be made.
#[derive(Clone, Debug)]
pub struct NewMember<'a> {
    pub id: MemberId,
    pub organization_id: OrganizationId,
    pub profile_id: Option<ProfileId>,
    pub name: &'a str,
    pub email: &'a str,
    pub password_hash: Option<String>,
    pub language: Language,
}

/// What a member changes of themselves.
#[derive(Clone, Copy, Debug)]
pub struct SelfChange<'a> {
    pub language: Language,
    pub status: AgentStatus,
    /// None leaves it.
    pub name: Option<&'a str>,
}

/// The condition that a profile `p` lets a member attend tickets: without the permission nobody could answer.
pub(crate) const EDITS_DESK: &str =
    "(p.administrator OR CAST(p.permissions AS TEXT) LIKE '%\"edit\\_desk\"%' ESCAPE '\\')";

/// What signing in needs to know of a member.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub member_id: MemberId,
    pub organization_id: OrganizationId,
    pub password_hash: String,
}

/// `EmailTaken` when any member of the installation has the address: signing in names no organization.
pub async fn create(db: &impl ConnectionTrait, new: &NewMember<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewMember { id, organization_id, profile_id, name, email, password_hash, language } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        profile_id: Set(profile_id.map(Into::into)),
        name: Set(name.trim().to_owned()),
        email: Set(email.trim().to_lowercase()),
        search_key: Set(search_key(name, email)),
        password_hash: Set(password_hash.clone()),
        language: Set(language.to_string()),
        agent_status: Set(AgentStatus::default().to_string()),
        deactivated_at: Set(None),
        created_at: Set(now.millis()),
        version: Set(1),
    };
    entity::Entity::insert(active).exec_without_returning(db).await.map_err(Error::unique(ErrorCode::EmailTaken))?;
    Ok(())
}

/// Who signs in with an address, if there is such a member with a password who is not deactivated.
pub async fn find_credentials(db: &impl ConnectionTrait, email: &str) -> Result<Option<Credentials>> {
    let found = entity::Entity::find()
        .filter(entity::Column::Email.eq(email.trim().to_lowercase()))
        .filter(entity::Column::DeactivatedAt.is_null())
        .one(db)
        .await?;
    Ok(found.and_then(|member| {
        Some(Credentials {
            member_id: MemberId(member.id),
            organization_id: OrganizationId(member.organization_id),
            password_hash: member.password_hash?,
        })
    }))
}

/// What members may change of themselves. Since when they are in a state is kept with it.
pub async fn update_self(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MemberId,
    change: &SelfChange<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let SelfChange { language, status, name } = change;
    let mut sql = Sql::new("UPDATE members SET language = ");
    sql.bind(language.to_string()).push(", agent_status_at = CASE WHEN agent_status = ").bind(status.to_string());
    sql.push(" THEN agent_status_at ELSE ").bind(now.millis()).push(" END, agent_status = ").bind(status.to_string());
    // Who chooses is here, and chose: what they were before counts no more.
    sql.push(", status_before_leaving = NULL, seen_at = ").bind(now.millis());
    sql.push(" WHERE id = ").bind(id.0).push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    match name {
        None => Ok(()),
        Some(name) => {
            let member = get(db, scope, id).await?;
            update(db, scope, id, name, &member.email).await
        }
    }
}

/// A page of the organization's members by name.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &MemberFilter,
    page: &PageQuery,
) -> Result<Page<Member>> {
    let MemberFilter { q, profile_id, without_profile, status } = filter;
    let mut sql = in_scope(scope);
    sql.push(match status {
        None => " AND m.deactivated_at IS NULL",
        Some(MemberStatus::Invited) => " AND m.deactivated_at IS NULL AND m.password_hash IS NULL",
        Some(MemberStatus::Active) => " AND m.deactivated_at IS NULL AND m.password_hash IS NOT NULL",
        Some(MemberStatus::Deactivated) => " AND m.deactivated_at IS NOT NULL",
    });
    if let Some(text) = q {
        sql.push(" AND m.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\'");
    }
    if let Some(profile) = profile_id {
        sql.push(" AND m.profile_id = ").bind(profile.0);
    }
    if *without_profile == Some(true) {
        sql.push(" AND m.profile_id IS NULL");
    }
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (m.search_key, m.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY m.search_key, m.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::member).collect();
    cursor::page(items, page.limit(), |member: &Member| (search_key(&member.name, &member.email), member.id))
}

/// One member of the organization.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: MemberId) -> Result<Member> {
    let mut sql = in_scope(scope);
    sql.push(" AND m.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.member())
}

/// These members of the organization, by name; those that do not exist are left out.
pub async fn get_all(db: &impl ConnectionTrait, scope: &Scope, ids: &[MemberId]) -> Result<Vec<Member>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let mut sql = in_scope(scope);
        sql.push(" AND m.id IN ").bind_list(chunk.iter().map(|id| id.0)).push(" ORDER BY m.search_key, m.id");
        found.extend(sql.all::<Row>(db).await?.into_iter().map(Row::member));
    }
    Ok(found)
}

/// How members are searched and sorted: name first, then e-mail.
fn search_key(name: &str, email: &str) -> String {
    fold(&format!("{}\n{}", name.trim(), email.trim()))
}

/// Every question about members starts here.
fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT m.id, m.name, m.email, m.password_hash IS NOT NULL AS has_password, m.deactivated_at, m.created_at, m.version, \
         p.id AS profile_id, p.name AS profile_name, p.administrator, (SELECT count(*) FROM (SELECT n.id FROM numbers n WHERE n.owner_id = m.id AND n.deleted_at IS NULL \
         UNION SELECT n.id FROM number_agents a JOIN numbers n ON n.id = a.number_id WHERE a.member_id = m.id AND n.deleted_at IS NULL) o) AS number_count, \
         (SELECT count(*) FROM group_managers g WHERE g.member_id = m.id) AS group_count, \
         (SELECT max(s.last_seen_at) FROM sessions s WHERE s.member_id = m.id) AS last_seen_at \
         FROM members m LEFT JOIN profiles p ON p.id = m.profile_id WHERE m.organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    has_password: bool,
    deactivated_at: Option<i64>,
    created_at: i64,
    version: i64,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    administrator: Option<bool>,
    number_count: i64,
    group_count: i64,
    last_seen_at: Option<i64>,
}

impl Row {
    fn member(self) -> Member {
        let profile = self.profile_id.zip(self.profile_name).map(|(id, name)| ProfileRef {
            id: ProfileId(id),
            name,
            administrator: self.administrator.unwrap_or(false),
        });
        let status = match (self.deactivated_at, self.has_password) {
            (Some(_), _) => MemberStatus::Deactivated,
            (None, true) => MemberStatus::Active,
            (None, false) => MemberStatus::Invited,
        };
        Member {
            id: MemberId(self.id),
            name: self.name,
            email: self.email,
            status,
            profile,
            number_count: self.number_count.unsigned_abs(),
            group_count: self.group_count.unsigned_abs(),
            last_seen_at: self.last_seen_at.map(time),
            created_at: time(self.created_at),
            version: self.version.unsigned_abs(),
        }
    }
}

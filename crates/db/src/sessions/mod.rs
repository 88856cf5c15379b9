//! Questions about sessions, and about failed sign-ins.

mod entity;
mod failures;

pub use failures::{clear_failures, count_attempt, forgive_attempt};

use crate::{
    Error, Result, Scope,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use types::{
    ErrorCode, Language, MemberId, OrganizationId, Permission, ProfileId, SessionId,
    sessions::{AgentStatus, SessionInfo},
};
use uuid::Uuid;

/// A session to be made.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub organization_id: OrganizationId,
    pub member_id: MemberId,
    pub user_agent: &'a str,
    pub expires_at: DateTime<Utc>,
}

/// Who is behind a living session.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    pub session_id: SessionId,
    pub member_id: MemberId,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub time_zone: String,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub agent_status: AgentStatus,
    pub profile: Option<SignedInProfile>,
    pub last_seen_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SignedInProfile {
    pub id: ProfileId,
    pub name: String,
    pub administrator: bool,
    pub permissions: Vec<Permission>,
}

pub async fn create(db: &impl ConnectionTrait, new: &NewSession<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewSession { id, organization_id, member_id, user_agent, expires_at } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        member_id: Set(member_id.0),
        user_agent: Set(user_agent.chars().take(200).collect()),
        created_at: Set(now.millis()),
        last_seen_at: Set(now.millis()),
        expires_at: Set(expires_at.millis()),
        revoked_at: Set(None),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

/// Who is behind a session that has neither expired nor been revoked, of a member who is not deactivated.
pub async fn find_signed_in(db: &impl ConnectionTrait, id: SessionId, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let mut sql = Sql::new(
        "SELECT s.id, s.last_seen_at, m.id AS member_id, m.name, m.email, m.language, m.agent_status, o.id AS organization_id, \
         o.name AS organization_name, o.time_zone, p.id AS profile_id, p.name AS profile_name, p.administrator, p.permissions \
         FROM sessions s JOIN members m ON m.id = s.member_id JOIN organizations o ON o.id = m.organization_id \
         LEFT JOIN profiles p ON p.id = m.profile_id WHERE s.revoked_at IS NULL AND m.deactivated_at IS NULL AND s.id = ",
    );
    sql.bind(id.0).push(" AND s.expires_at > ").bind(now.millis());
    sql.one::<Row>(db).await?.map(Row::signed_in).transpose()
}

/// Note that a session is in use, and let it live until `expires_at`.
pub async fn touch(
    db: &impl ConnectionTrait,
    id: SessionId,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    let active = entity::ActiveModel {
        last_seen_at: Set(now.millis()),
        expires_at: Set(expires_at.millis()),
        ..Default::default()
    };
    entity::Entity::update_many().set(active).filter(entity::Column::Id.eq(id.0)).exec(db).await?;
    Ok(())
}

/// A member's living sessions, the latest first; at most 100.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    current: SessionId,
    now: DateTime<Utc>,
) -> Result<Vec<SessionInfo>> {
    let found = entity::Entity::find()
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .filter(entity::Column::MemberId.eq(member.0))
        .filter(entity::Column::RevokedAt.is_null())
        .filter(entity::Column::ExpiresAt.gt(now.millis()))
        .order_by_desc(entity::Column::CreatedAt)
        .limit(100)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|session| SessionInfo {
            id: SessionId(session.id),
            created_at: time(session.created_at),
            last_seen_at: time(session.last_seen_at),
            expires_at: time(session.expires_at),
            user_agent: session.user_agent,
            current: session.id == current.0,
        })
        .collect())
}

/// End one of a member's sessions at once.
pub async fn revoke(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<()> {
    let result = entity::Entity::update_many()
        .set(entity::ActiveModel { revoked_at: Set(Some(now.millis())), ..Default::default() })
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .filter(entity::Column::MemberId.eq(member.0))
        .filter(entity::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    if result.rows_affected == 0 { Err(Error::Refused(ErrorCode::NotFound)) } else { Ok(()) }
}

/// End all sessions of a member at once, but one where one is to stay. Gives how many ended.
pub async fn revoke_all(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    but: Option<SessionId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut sql = Sql::new("UPDATE sessions SET revoked_at = ");
    sql.bind(now.millis()).push(" WHERE revoked_at IS NULL AND member_id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    if let Some(stays) = but {
        sql.push(" AND id <> ").bind(stays.0);
    }
    Ok(sql.execute(db).await?.rows_affected())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    last_seen_at: i64,
    member_id: Uuid,
    name: String,
    email: String,
    language: String,
    agent_status: String,
    organization_id: Uuid,
    organization_name: String,
    time_zone: String,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    administrator: Option<bool>,
    permissions: Option<serde_json::Value>,
}

impl Row {
    fn signed_in(self) -> Result<SignedIn> {
        let profile = match (self.profile_id, self.profile_name) {
            (Some(id), Some(name)) => Some(SignedInProfile {
                id: ProfileId(id),
                name,
                administrator: self.administrator.unwrap_or(false),
                permissions: self.permissions.map(serde_json::from_value).transpose()?.unwrap_or_default(),
            }),
            (Some(_) | None, _) => None,
        };
        Ok(SignedIn {
            session_id: SessionId(self.id),
            member_id: MemberId(self.member_id),
            organization_id: OrganizationId(self.organization_id),
            organization_name: self.organization_name,
            time_zone: self.time_zone,
            name: self.name,
            email: self.email,
            language: self.language.parse().unwrap_or_default(),
            agent_status: self.agent_status.parse().unwrap_or_default(),
            profile,
            last_seen_at: time(self.last_seen_at),
        })
    }
}

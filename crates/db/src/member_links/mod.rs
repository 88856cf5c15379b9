//! Questions about links by which members choose a password. Only the hash of a link's secret is stored, and a member has
//! one living link at most, beside one whose letter is on its way.

use crate::{
    Result, Scope,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{Language, MemberId, MemberLinkId, OrganizationId, member_links::MemberLinkKind};
use uuid::Uuid;

/// A link to be made.
#[derive(Clone, Debug)]
pub struct NewMemberLink {
    pub id: MemberLinkId,
    pub member_id: MemberId,
    pub kind: MemberLinkKind,
    /// SHA-256 of the secret.
    pub token_hash: Vec<u8>,
    pub expires_at: DateTime<Utc>,
}

/// A living link, and whom it is for.
#[derive(Clone, Debug)]
pub struct LivingLink {
    pub kind: MemberLinkKind,
    pub expires_at: DateTime<Utc>,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub time_zone: String,
    pub member_id: MemberId,
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// Make a link; the member's links before it end.
pub async fn create(db: &impl ConnectionTrait, scope: &Scope, new: &NewMemberLink, now: DateTime<Utc>) -> Result<()> {
    end_all(db, scope, new.member_id, now).await?;
    create_beside(db, scope, new, now).await
}

/// Make a link beside those the member has, which end with [`end_older`] once it is on its way.
pub async fn create_beside(
    db: &impl ConnectionTrait,
    scope: &Scope,
    new: &NewMemberLink,
    now: DateTime<Utc>,
) -> Result<()> {
    let NewMemberLink { id, member_id, kind, token_hash, expires_at } = new;
    let mut sql = Sql::new(
        "INSERT INTO member_links (id, organization_id, member_id, kind, token_hash, created_at, expires_at, ended_at) VALUES (",
    );
    sql.bind(id.0).push(", ").bind(scope.organization_id().0).push(", ").bind(member_id.0);
    sql.push(", ").bind(kind.to_string()).push(", ").bind(token_hash.clone()).push(", ").bind(now.millis());
    sql.push(", ").bind(expires_at.millis()).push(", NULL)");
    sql.execute(db).await?;
    Ok(())
}

/// End all links of a member.
pub async fn end_all(db: &impl ConnectionTrait, scope: &Scope, member: MemberId, now: DateTime<Utc>) -> Result<()> {
    let mut sql = Sql::new("UPDATE member_links SET ended_at = ");
    sql.bind(now.millis()).push(" WHERE ended_at IS NULL AND member_id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0);
    sql.execute(db).await?;
    Ok(())
}

/// End the links of a member that were made before one. Of two made at once the later one stays.
pub async fn end_older(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    than: MemberLinkId,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut sql = Sql::new("UPDATE member_links SET ended_at = ");
    sql.bind(now.millis()).push(" WHERE ended_at IS NULL AND member_id = ").bind(member.0);
    sql.push(" AND organization_id = ").bind(scope.organization_id().0).push(" AND id < ").bind(than.0);
    sql.execute(db).await?;
    Ok(())
}

/// The living link of a secret: neither used nor ended nor expired, of a member who is not deactivated. There is no scope:
/// the secret is what opens it.
pub async fn find(db: &impl ConnectionTrait, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<LivingLink>> {
    let mut sql = Sql::new(
        "SELECT l.kind, l.expires_at, o.id AS organization_id, o.name AS organization_name, o.time_zone, m.id AS member_id, \
         m.name, m.email, m.language FROM member_links l JOIN members m ON m.id = l.member_id \
         JOIN organizations o ON o.id = l.organization_id WHERE l.ended_at IS NULL AND m.deactivated_at IS NULL AND l.token_hash = ",
    );
    sql.bind(token_hash.to_vec()).push(" AND l.expires_at > ").bind(now.millis());
    Ok(sql.one::<Row>(db).await?.map(Row::link))
}

/// End the living link of a secret; false when there is none any more, so that of two who use it one has it.
pub async fn end(db: &impl ConnectionTrait, token_hash: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let mut sql = Sql::new("UPDATE member_links SET ended_at = ");
    sql.bind(now.millis()).push(" WHERE ended_at IS NULL AND token_hash = ").bind(token_hash.to_vec());
    sql.push(" AND expires_at > ").bind(now.millis());
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    expires_at: i64,
    organization_id: Uuid,
    organization_name: String,
    time_zone: String,
    member_id: Uuid,
    name: String,
    email: String,
    language: String,
}

impl Row {
    fn link(self) -> LivingLink {
        LivingLink {
            kind: self.kind.parse().unwrap_or(MemberLinkKind::Invitation),
            expires_at: time(self.expires_at),
            organization_id: OrganizationId(self.organization_id),
            organization_name: self.organization_name,
            time_zone: self.time_zone,
            member_id: MemberId(self.member_id),
            name: self.name,
            email: self.email,
            language: self.language.parse().unwrap_or_default(),
        }
    }
}

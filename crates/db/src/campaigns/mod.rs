//! Questions about campaigns. A member sees a campaign when every number it sends from is within reach, or when they made it.

mod entity;
mod fault;
mod number;
mod progress;
mod recipients;
mod row;
mod rows;

pub use progress::{Work, count, list_abandoned, list_ended, list_running, of_answers, store_progress};
pub use recipients::{cancel_queued, list_recipients, park_queued, release_queued};
pub use rows::{
    Fault, Prepared, add_faults, add_numbers, add_rows, delete_rows, list_faults, list_rows, prepared_row,
    set_prepared_row,
};

use crate::{
    Error, Reach, Result, Scope, Tx, cursor,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::campaigns::CampaignState;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, QueryFilter,
};
use serde::{Deserialize, Serialize};
use types::{
    CampaignId, ErrorCode, MemberId, Page, PageQuery,
    campaigns::{Campaign, CampaignProgress, CampaignRows, CampaignSender, CampaignTemplate},
    members::MemberRef,
};
use uuid::Uuid;

/// A campaign to be kept as a draft.
#[derive(Clone, Debug)]
pub struct NewCampaign<'a> {
    pub id: CampaignId,
    pub created_by: MemberId,
    pub name: &'a str,
}

/// What a sheet came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub senders: Vec<CampaignSender>,
    pub templates: Vec<CampaignTemplate>,
}

pub async fn create(db: &impl ConnectionTrait, scope: &Scope, new: &NewCampaign<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewCampaign { id, created_by, name } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(scope.organization_id().0),
        created_by: Set(created_by.0),
        name: Set((*name).to_owned()),
        total_rows: Set(0),
        valid_rows: Set(0),
        faulty_rows: Set(0),
        summary: Set(serde_json::to_value(Summary::default())?),
        progress: Set(serde_json::to_value(CampaignProgress::default())?),
        prepared_row: Set(0),
        created_at: Set(now.millis()),
        ..state(&domain::campaigns::draft())
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    Ok(())
}

/// A page of campaigns, the latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    member: MemberId,
    page: &PageQuery,
) -> Result<Page<Campaign>> {
    let mut sql = in_scope(scope, member);
    if let Some((at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (c.created_at, c.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY c.created_at DESC, c.id DESC LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::campaign).collect::<Result<Vec<_>>>()?;
    cursor::page(items, page.limit(), |campaign: &Campaign| (campaign.created_at.millis(), campaign.id))
}

/// One campaign in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, member: MemberId, id: CampaignId) -> Result<Campaign> {
    let mut sql = in_scope(scope, member);
    sql.push(" AND c.id = ").bind(id.0);
    sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.campaign()
}

/// Hold a campaign until the transaction ends, so that what is read of it from now on still holds when it is written: of
/// two who pause and send it, or of a person and the worker that prepares it, one comes after the other. `SQLite` has one
/// writer anyway.
pub async fn hold(tx: &Tx, id: CampaignId) -> Result<()> {
    if tx.get_database_backend() == DatabaseBackend::Postgres {
        let mut sql = Sql::new("SELECT id FROM campaigns WHERE id = ");
        sql.bind(id.0).push(" FOR UPDATE");
        sql.execute(tx).await?;
    }
    Ok(())
}

/// One campaign, for the workers, which work for all organizations.
pub async fn find(db: &impl ConnectionTrait, id: CampaignId) -> Result<Option<(Scope, Campaign)>> {
    let mut sql = Sql::new(CAMPAIGN);
    sql.push(" WHERE c.id = ").bind(id.0);
    let Some(row) = sql.one::<Row>(db).await? else { return Ok(None) };
    Ok(Some((Scope::of_organization(row.organization_id.into()), row.campaign()?)))
}

/// Store what was decided about a campaign.
pub async fn store(db: &impl ConnectionTrait, scope: &Scope, id: CampaignId, decided: &CampaignState) -> Result<()> {
    update(db, scope, id, state(decided)).await
}

/// Store what its sheet came to.
pub async fn store_review(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: CampaignId,
    rows: CampaignRows,
    summary: &Summary,
) -> Result<()> {
    let CampaignRows { total, valid, faulty } = rows;
    let active = entity::ActiveModel {
        total_rows: Set(i64::try_from(total).unwrap_or(i64::MAX)),
        valid_rows: Set(i64::try_from(valid).unwrap_or(i64::MAX)),
        faulty_rows: Set(i64::try_from(faulty).unwrap_or(i64::MAX)),
        summary: Set(serde_json::to_value(summary)?),
        ..Default::default()
    };
    update(db, scope, id, active).await
}

pub async fn rename(db: &impl ConnectionTrait, scope: &Scope, id: CampaignId, name: &str) -> Result<()> {
    update(db, scope, id, entity::ActiveModel { name: Set(name.trim().to_owned()), ..Default::default() }).await
}

/// Delete a campaign that has sent nothing.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope, id: CampaignId) -> Result<()> {
    delete_rows(db, id).await?;
    entity::Entity::delete_many()
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    Ok(())
}

async fn update(db: &impl ConnectionTrait, scope: &Scope, id: CampaignId, active: entity::ActiveModel) -> Result<()> {
    entity::Entity::update_many()
        .set(active)
        .filter(entity::Column::Id.eq(id.0))
        .filter(entity::Column::OrganizationId.eq(scope.organization_id().0))
        .exec(db)
        .await?;
    Ok(())
}

fn state(decided: &CampaignState) -> entity::ActiveModel {
    let CampaignState { status, pause_reason, started_at, finished_at } = decided;
    entity::ActiveModel {
        status: Set(status.to_string()),
        pause_reason: Set(pause_reason.clone()),
        started_at: Set(started_at.map(Millis::millis)),
        finished_at: Set(finished_at.map(Millis::millis)),
        ..Default::default()
    }
}

const CAMPAIGN: &str = "SELECT c.id, c.organization_id, c.name, c.status, c.pause_reason, c.created_by, m.name AS created_by_name, c.created_at, \
     c.started_at, c.finished_at, c.total_rows, c.valid_rows, c.faulty_rows, c.summary, c.progress \
     FROM campaigns c JOIN members m ON m.id = c.created_by";

fn in_scope(scope: &Scope, member: MemberId) -> Sql {
    let mut sql = Sql::new(CAMPAIGN);
    sql.push(" WHERE c.organization_id = ").bind(scope.organization_id().0);
    if let Reach::Numbers(numbers) = scope.reach() {
        sql.push(" AND (c.created_by = ").bind(member.0);
        sql.push(
            " OR (EXISTS (SELECT 1 FROM campaign_numbers x WHERE x.campaign_id = c.id) AND NOT EXISTS \
                  (SELECT 1 FROM campaign_numbers x WHERE x.campaign_id = c.id AND x.number_id NOT IN ",
        );
        sql.bind_list(numbers.iter().map(|id| id.0)).push(")))");
    }
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    name: String,
    status: String,
    pause_reason: Option<String>,
    created_by: Uuid,
    created_by_name: String,
    created_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
    total_rows: i64,
    valid_rows: i64,
    faulty_rows: i64,
    summary: serde_json::Value,
    progress: serde_json::Value,
}

impl Row {
    fn campaign(self) -> Result<Campaign> {
        let Summary { senders, templates } = serde_json::from_value(self.summary)?;
        Ok(Campaign {
            id: CampaignId(self.id),
            name: self.name,
            status: self.status.parse().or(Err(Error::Missing("campaign status")))?,
            pause_reason: self.pause_reason,
            created_by: MemberRef { id: MemberId(self.created_by), name: self.created_by_name },
            created_at: time(self.created_at),
            started_at: self.started_at.map(time),
            finished_at: self.finished_at.map(time),
            rows: CampaignRows {
                total: self.total_rows.unsigned_abs(),
                valid: self.valid_rows.unsigned_abs(),
                faulty: self.faulty_rows.unsigned_abs(),
            },
            senders,
            templates,
            progress: serde_json::from_value(self.progress)?,
        })
    }
}

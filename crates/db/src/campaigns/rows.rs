//! The rows of a campaign's sheet: the valid ones until they are messages, the faulty ones for good.

use super::{fault, number, row};
use crate::{Result, Scope, contacts::CHUNK, cursor, sql::Sql};
use domain::phones::PhoneNumber;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde_json::Value;
use types::{
    CampaignId, Language, NumberId, OrganizationId, Page, PageQuery,
    campaigns::{RowFault, RowFaultReason},
    messages::MessageContent,
    words,
};
use uuid::Uuid;

/// A valid row, ready to become a message.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub row: i64,
    pub number_id: NumberId,
    pub recipient: PhoneNumber,
    pub contact_name: Option<String>,
    pub attributes: Value,
    pub content: MessageContent,
}

pub async fn add_rows(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaign: CampaignId,
    rows: &[Prepared],
) -> Result<()> {
    for chunk in rows.chunks(CHUNK) {
        let active = chunk
            .iter()
            .map(|Prepared { row, number_id, recipient, contact_name, attributes, content }| {
                Ok(row::ActiveModel {
                    organization_id: Set(organization.0),
                    campaign_id: Set(campaign.0),
                    row_number: Set(*row),
                    number_id: Set(number_id.0),
                    recipient: Set(recipient.to_string()),
                    contact_name: Set(contact_name.clone()),
                    attributes: Set(attributes.clone()),
                    content: Set(serde_json::to_value(content)?),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        row::Entity::insert_many(active).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A faulty cell: the row, its place among the row's faults, and what is wrong.
pub type Fault = (u32, i64, String, String, RowFaultReason);

pub async fn add_faults(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaign: CampaignId,
    faults: &[Fault],
) -> Result<()> {
    for chunk in faults.chunks(CHUNK) {
        let active = chunk.iter().map(|(row, position, column, value, reason)| fault::ActiveModel {
            organization_id: Set(organization.0),
            campaign_id: Set(campaign.0),
            row_number: Set(i64::from(*row)),
            position: Set(*position),
            column_name: Set(column.clone()),
            value: Set(value.clone()),
            reason: Set(reason.to_string()),
        });
        fault::Entity::insert_many(active).exec_without_returning(db).await?;
    }
    Ok(())
}

pub async fn add_numbers(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaign: CampaignId,
    numbers: &[(NumberId, u64)],
) -> Result<()> {
    for chunk in numbers.chunks(CHUNK) {
        let active = chunk.iter().map(|(number, rows)| number::ActiveModel {
            organization_id: Set(organization.0),
            campaign_id: Set(campaign.0),
            number_id: Set(number.0),
            rows: Set(i64::try_from(*rows).unwrap_or(i64::MAX)),
        });
        number::Entity::insert_many(active).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A page of the faulty cells, in the sheet's order.
pub async fn list_faults(
    db: &impl ConnectionTrait,
    scope: &Scope,
    campaign: CampaignId,
    language: Language,
    page: &PageQuery,
) -> Result<Page<RowFault>> {
    #[derive(FromQueryResult)]
    struct Found {
        row_number: i64,
        position: i64,
        column_name: String,
        value: String,
        reason: String,
    }
    let mut sql = Sql::new(
        "SELECT row_number, position, column_name, value, reason FROM campaign_faults WHERE organization_id = ",
    );
    sql.bind(scope.organization_id().0).push(" AND campaign_id = ").bind(campaign.0);
    if let Some((row, position)) = cursor::read::<(i64, i64)>(page.cursor.as_deref())? {
        sql.push(" AND (row_number, position) > (").bind(row).push(", ").bind(position).push(")");
    }
    sql.push(" ORDER BY row_number, position LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let page = cursor::page(sql.all::<Found>(db).await?, page.limit(), |found| (found.row_number, found.position))?;
    Ok(page.map(|found| {
        let reason = found.reason.parse().unwrap_or(RowFaultReason::Missing);
        RowFault {
            row: u32::try_from(found.row_number).unwrap_or(0),
            column: found.column_name,
            value: found.value,
            reason,
            detail: words::row_fault(reason, language).to_owned(),
        }
    }))
}

/// The valid rows after one, in order.
pub async fn list_rows(
    db: &impl ConnectionTrait,
    campaign: CampaignId,
    after: i64,
    limit: u32,
) -> Result<Vec<Prepared>> {
    #[derive(FromQueryResult)]
    struct Found {
        row_number: i64,
        number_id: Uuid,
        recipient: String,
        contact_name: Option<String>,
        attributes: Value,
        content: Value,
    }
    let mut sql = Sql::new(
        "SELECT row_number, number_id, recipient, contact_name, attributes, content FROM campaign_rows WHERE campaign_id = ",
    );
    sql.bind(campaign.0)
        .push(" AND row_number > ")
        .bind(after)
        .push(" ORDER BY row_number LIMIT ")
        .bind(i64::from(limit));
    sql.all::<Found>(db)
        .await?
        .into_iter()
        .map(|found| {
            Ok(Prepared {
                row: found.row_number,
                number_id: NumberId(found.number_id),
                recipient: found.recipient.parse().or(Err(crate::Error::Missing("recipient")))?,
                contact_name: found.contact_name,
                attributes: found.attributes,
                content: serde_json::from_value(found.content)?,
            })
        })
        .collect()
}

/// Up to which row a campaign's rows have become messages.
pub async fn prepared_row(db: &impl ConnectionTrait, campaign: CampaignId) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Found {
        prepared_row: i64,
    }
    let mut sql = Sql::new("SELECT prepared_row FROM campaigns WHERE id = ");
    sql.bind(campaign.0);
    Ok(sql.one::<Found>(db).await?.map_or(0, |found| found.prepared_row))
}

pub async fn set_prepared_row(db: &impl ConnectionTrait, campaign: CampaignId, row: i64) -> Result<()> {
    let mut sql = Sql::new("UPDATE campaigns SET prepared_row = ");
    sql.bind(row).push(" WHERE id = ").bind(campaign.0);
    sql.execute(db).await?;
    Ok(())
}

/// Delete what a draft is made of.
pub async fn delete_rows(db: &impl ConnectionTrait, campaign: CampaignId) -> Result<()> {
    row::Entity::delete_many().filter(row::Column::CampaignId.eq(campaign.0)).exec(db).await?;
    fault::Entity::delete_many().filter(fault::Column::CampaignId.eq(campaign.0)).exec(db).await?;
    number::Entity::delete_many().filter(number::Column::CampaignId.eq(campaign.0)).exec(db).await?;
    Ok(())
}

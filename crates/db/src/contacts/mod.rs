//! Questions about contacts: one person is one contact, whichever variant of the phone WhatsApp names.

mod entity;
mod merge;

pub use merge::merge;

use crate::{
    Result, Scope,
    sql::{Sql, fold},
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use domain::phones::PhoneNumber;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, sea_query::OnConflict};
use serde_json::Value;
use types::{
    ContactId, ErrorCode, MessageId, OrganizationId,
    contacts::{Contact, ContactRef},
};
use uuid::Uuid;

/// Rows of one statement: the databases take some tens of thousands of values in one.
pub(crate) const CHUNK: usize = 1000;

/// A contact as the channel and campaigns know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    pub id: ContactId,
    pub organization_id: OrganizationId,
    /// What WhatsApp calls the person; messages are sent to it.
    pub wa_id: Option<String>,
    /// The business-scoped id, where WhatsApp gives one.
    pub user_id: Option<String>,
    pub phone: Option<PhoneNumber>,
    pub name: Option<String>,
    pub attributes: Value,
    pub opted_out: bool,
    pub created_at: DateTime<Utc>,
    pub last_interaction_at: Option<DateTime<Utc>>,
}

impl Identity {
    pub fn contact_ref(&self) -> ContactRef {
        ContactRef { id: self.id, name: self.name.clone(), phone: self.phone.map(|phone| phone.to_string()) }
    }
}

/// One contact with a conversation on a number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: ContactId) -> Result<Contact> {
    let mut sql = Sql::new(IDENTITY);
    sql.push(" WHERE organization_id = ").bind(scope.organization_id().0).push(" AND id = ").bind(id.0);
    sql.push(" AND EXISTS (SELECT 1 FROM conversations v WHERE v.contact_id = contacts.id AND ");
    scope.conditions(&mut sql, "v.organization_id", "v.number_id");
    sql.push(")");
    let found = sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.identity();
    Ok(Contact {
        id: found.id,
        name: found.name,
        phone: found.phone.map(|phone| phone.to_string()),
        opted_out: found.opted_out,
        created_at: found.created_at,
        last_interaction_at: found.last_interaction_at,
    })
}

/// The contacts of these phones (in any variant) and business-scoped ids, of these organizations.
pub async fn find_identities(
    db: &impl ConnectionTrait,
    organizations: &[OrganizationId],
    phones: &[PhoneNumber],
    user_ids: &[String],
) -> Result<Vec<Identity>> {
    let mut found = Vec::new();
    for chunk in phones.chunks(CHUNK) {
        let mut sql = Sql::new(IDENTITY);
        sql.push(" WHERE organization_id IN ").bind_list(organizations.iter().map(|id| id.0));
        sql.push(" AND phone_key IN ").bind_list(chunk.iter().map(|phone| phone.canonical().wa_id()));
        found.extend(sql.all::<Row>(db).await?.into_iter().map(Row::identity));
    }
    for chunk in user_ids.chunks(CHUNK) {
        let mut sql = Sql::new(IDENTITY);
        sql.push(" WHERE organization_id IN ").bind_list(organizations.iter().map(|id| id.0));
        sql.push(" AND user_id IN ").bind_list(chunk.iter().cloned());
        found.extend(sql.all::<Row>(db).await?.into_iter().map(Row::identity));
    }
    Ok(found)
}

/// Contacts by id, for the channel.
pub async fn find(db: &impl ConnectionTrait, ids: &[ContactId]) -> Result<Vec<Identity>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(IDENTITY);
        sql.push(" WHERE id IN ").bind_list(chunk.iter().map(|id| id.0));
        found.extend(sql.all::<Row>(db).await?.into_iter().map(Row::identity));
    }
    Ok(found)
}

/// The phones of an organization's contacts that asked not to receive active messages.
pub async fn opted_out(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<PhoneNumber>> {
    let mut sql = Sql::new(IDENTITY);
    sql.push(" WHERE opted_out = ").bind(true).push(" AND organization_id = ").bind(scope.organization_id().0);
    Ok(sql.all::<Row>(db).await?.into_iter().filter_map(|row| row.identity().phone).collect())
}

/// Remember that contacts asked for no more active messages.
pub async fn opt_out(db: &impl ConnectionTrait, ids: &[ContactId]) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE contacts SET opted_out = ");
        sql.bind(true).push(" WHERE id IN ").bind_list(chunk.iter().map(|id| id.0));
        sql.execute(db).await?;
    }
    Ok(())
}

/// The same for the contacts these messages were for.
pub async fn opt_out_of(db: &impl ConnectionTrait, messages: &[MessageId]) -> Result<()> {
    for chunk in messages.chunks(CHUNK) {
        let mut sql = Sql::new("UPDATE contacts SET opted_out = ");
        sql.bind(true).push(" WHERE id IN (SELECT contact_id FROM messages WHERE id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0)).push(")");
        sql.execute(db).await?;
    }
    Ok(())
}

/// Save contacts, new ones and changed ones; whether a known one opted out is [`opt_out`]'s alone to change.
pub async fn save_all(db: &impl ConnectionTrait, contacts: &[&Identity]) -> Result<()> {
    for chunk in contacts.chunks(CHUNK) {
        let mut known = OnConflict::column(entity::Column::Id);
        known.update_columns([
            entity::Column::WaId,
            entity::Column::UserId,
            entity::Column::Phone,
            entity::Column::PhoneKey,
            entity::Column::Name,
            entity::Column::SearchKey,
            entity::Column::Attributes,
            entity::Column::LastInteractionAt,
        ]);
        let rows = chunk.iter().map(|contact| active(contact));
        entity::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

const IDENTITY: &str = "SELECT id, organization_id, wa_id, user_id, phone, name, attributes, opted_out, created_at, last_interaction_at FROM contacts";

fn active(contact: &Identity) -> entity::ActiveModel {
    let Identity {
        id,
        organization_id,
        wa_id,
        user_id,
        phone,
        name,
        attributes,
        opted_out,
        created_at,
        last_interaction_at,
    } = contact;
    let shown = phone.map(|phone| phone.to_string());
    entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        wa_id: Set(wa_id.clone()),
        user_id: Set(user_id.clone()),
        phone_key: Set(phone.map(|phone| phone.canonical().wa_id())),
        search_key: Set(fold(&format!(
            "{} {}",
            name.as_deref().unwrap_or_default(),
            shown.as_deref().unwrap_or_default()
        ))),
        phone: Set(shown),
        name: Set(name.clone()),
        attributes: Set(attributes.clone()),
        opted_out: Set(*opted_out),
        created_at: Set(created_at.millis()),
        last_interaction_at: Set(last_interaction_at.map(Millis::millis)),
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    wa_id: Option<String>,
    user_id: Option<String>,
    phone: Option<String>,
    name: Option<String>,
    attributes: Value,
    opted_out: bool,
    created_at: i64,
    last_interaction_at: Option<i64>,
}

impl Row {
    fn identity(self) -> Identity {
        Identity {
            id: ContactId(self.id),
            organization_id: OrganizationId(self.organization_id),
            wa_id: self.wa_id,
            user_id: self.user_id,
            phone: self.phone.and_then(|phone| phone.parse().ok()),
            name: self.name,
            attributes: self.attributes,
            opted_out: self.opted_out,
            created_at: time(self.created_at),
            last_interaction_at: self.last_interaction_at.map(time),
        }
    }
}

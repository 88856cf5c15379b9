//! What the WhatsApp channel needs to know of a number: where it is reached, with which token, under which settings.

use super::entity;
use crate::{Result, sql::Sql};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use types::{Language, MemberId, NumberId, OrganizationId, WabaId};
use uuid::Uuid;

/// A number as the channel sees it.
#[derive(Clone, Debug)]
pub struct ChannelNumber {
    pub id: NumberId,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub waba_id: WabaId,
    /// WhatsApp's id of that account.
    pub account: String,
    pub phone_number_id: String,
    pub phone: String,
    pub name: String,
    pub owner_id: Option<MemberId>,
    pub language: Language,
    pub throughput: u32,
    pub chatbot: domain::engine::Settings,
    pub base_url: String,
    pub graph_version: String,
    pub token_sealed: Vec<u8>,
    /// Why nothing is sent from it, as the kind of reason.
    pub paused_reason: Option<String>,
}

/// Every living number of the installation that is in its account and has its chatbot. The channel works for all organizations; it keeps this in memory.
pub async fn for_channel(db: &impl ConnectionTrait) -> Result<Vec<ChannelNumber>> {
    let sql = Sql::new(
        "SELECT n.id, n.organization_id, o.name AS organization_name, n.waba_id, w.waba_id AS account, n.phone_number_id, n.phone, n.name, n.owner_id, n.language, \
         n.throughput, n.chatbot, n.paused_reason, w.base_url, w.graph_version, w.token_sealed \
         FROM numbers n JOIN wabas w ON w.id = n.waba_id JOIN organizations o ON o.id = n.organization_id \
         WHERE n.deleted_at IS NULL AND n.phone_number_id IS NOT NULL AND n.chatbot_created_at IS NOT NULL",
    );
    let mut numbers = Vec::new();
    for row in sql.all::<Row>(db).await? {
        let id = row.id;
        match row.number() {
            Ok(number) => numbers.push(number),
            // One number whose settings cannot be read must not silence the others.
            Err(error) => tracing::error!(%error, number = %id, "a number cannot be read"),
        }
    }
    Ok(numbers)
}

/// Stop sending from a number, and say why; `None` lets it send again.
pub async fn pause(db: &impl ConnectionTrait, id: NumberId, reason: Option<&str>) -> Result<()> {
    entity::Entity::update_many()
        .set(entity::ActiveModel { paused_reason: Set(reason.map(ToOwned::to_owned)), ..Default::default() })
        .filter(entity::Column::Id.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    organization_name: String,
    waba_id: Uuid,
    account: String,
    phone_number_id: String,
    phone: String,
    name: String,
    owner_id: Option<Uuid>,
    language: String,
    throughput: i64,
    chatbot: serde_json::Value,
    paused_reason: Option<String>,
    base_url: String,
    graph_version: String,
    token_sealed: Vec<u8>,
}

impl Row {
    fn number(self) -> Result<ChannelNumber> {
        Ok(ChannelNumber {
            id: NumberId(self.id),
            organization_id: OrganizationId(self.organization_id),
            organization_name: self.organization_name,
            waba_id: WabaId(self.waba_id),
            account: self.account,
            phone_number_id: self.phone_number_id,
            phone: self.phone,
            name: self.name,
            owner_id: self.owner_id.map(MemberId),
            language: self.language.parse().unwrap_or_default(),
            throughput: u32::try_from(self.throughput).unwrap_or(80),
            chatbot: serde_json::from_value(self.chatbot)?,
            base_url: self.base_url,
            graph_version: self.graph_version,
            token_sealed: self.token_sealed,
            paused_reason: self.paused_reason,
        })
    }
}

//! What the WhatsApp channel needs to know of a number: where it is reached, with which token, under which settings.

use super::entity;
use crate::{Result, attention_settings, contacts::CHUNK, queues, sql::Sql, templates};
use domain::engine::Settings;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use std::collections::{HashMap, HashSet};
use types::{
    Language, MemberId, NumberId, OrganizationId, WabaId,
    chatbots::{OwnQueue, SuggestedContact},
};
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
    /// How its chatbot runs.
    pub bot: Settings,
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
         n.throughput, n.chatbot, n.attention, o.time_zone, n.paused_reason, w.base_url, w.graph_version, w.token_sealed \
         FROM numbers n JOIN wabas w ON w.id = n.waba_id JOIN organizations o ON o.id = n.organization_id \
         WHERE n.deleted_at IS NULL AND n.phone_number_id IS NOT NULL AND n.chatbot_created_at IS NOT NULL",
    );
    let mut numbers = Vec::new();
    let mut queues: HashMap<NumberId, Vec<OwnQueue>> = HashMap::new();
    for queue in queues::list(db, None).await? {
        let own = OwnQueue { id: Some(queue.id), name: queue.name, agents: Vec::new() };
        queues.entry(queue.number_id).or_default().push(own);
    }
    let announcing = templates::wabas_announcing(db).await?;
    for row in sql.all::<Row>(db).await? {
        let id = row.id;
        match row.number(&mut queues, &announcing) {
            Ok(number) => numbers.push(number),
            // One number whose settings cannot be read must not silence the others.
            Err(error) => tracing::error!(%error, number = %id, "a number cannot be read"),
        }
    }
    suggest(db, &mut numbers).await?;
    Ok(numbers)
}

/// Look up the phones of the numbers that absences suggest.
async fn suggest(db: &impl ConnectionTrait, numbers: &mut [ChannelNumber]) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        organization_id: Uuid,
        phone: String,
    }
    let suggested = |number: &ChannelNumber| match &number.bot.chatbot.attention.absence.suggested {
        Some(SuggestedContact::Number { number_id }) => Some(*number_id),
        Some(SuggestedContact::Phone { .. }) | None => None,
    };
    let ids: HashSet<_> = numbers.iter().filter_map(suggested).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut phones = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id, organization_id, phone FROM numbers WHERE deleted_at IS NULL AND id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0));
        let found = sql.all::<Found>(db).await?.into_iter();
        phones.extend(found.map(|row| ((row.organization_id, NumberId(row.id)), row.phone)));
    }
    for number in numbers {
        number.bot.suggested_phone = match &number.bot.chatbot.attention.absence.suggested {
            Some(SuggestedContact::Number { number_id }) => {
                phones.get(&(number.organization_id.0, *number_id)).cloned()
            }
            Some(SuggestedContact::Phone { phone, .. }) => Some(phone.clone()),
            None => None,
        };
    }
    Ok(())
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
    attention: Option<serde_json::Value>,
    time_zone: String,
    paused_reason: Option<String>,
    base_url: String,
    graph_version: String,
    token_sealed: Vec<u8>,
}

impl Row {
    fn number(
        self,
        queues: &mut HashMap<NumberId, Vec<OwnQueue>>,
        announcing: &HashSet<WabaId>,
    ) -> Result<ChannelNumber> {
        let language = self.language.parse().unwrap_or_default();
        let mut chatbot: types::chatbots::ChatbotSettings = domain::chatbots::read(self.chatbot)?;
        chatbot.queues.own = queues.remove(&NumberId(self.id)).unwrap_or_default();
        let zone = chatbot.hours.time_zone.as_deref().and_then(|zone| zone.parse().ok());
        let bot = Settings {
            time_zone: zone.or_else(|| self.time_zone.parse().ok()).unwrap_or_default(),
            chatbot,
            attention: attention_settings::read(self.attention)?,
            language,
            suggested_phone: None,
            availability_template: announcing.contains(&WabaId(self.waba_id)),
        };
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
            language,
            throughput: u32::try_from(self.throughput).unwrap_or(80),
            bot,
            base_url: self.base_url,
            graph_version: self.graph_version,
            token_sealed: self.token_sealed,
            paused_reason: self.paused_reason,
        })
    }
}

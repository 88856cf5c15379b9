//! Questions about numbers and who attends them.

mod agents;
mod cards;
mod change;
mod channel;
mod entity;
mod selector;
mod whatsapp;

pub use cards::{Caller, get_card, list_cards};
pub use change::{
    add_agents, agents_of, cancel_queued, count_queued, delete, find_deleted, remove_agent, set_group, update,
    without_other,
};
pub use channel::{ChannelNumber, for_channel, pause};
pub use selector::list_groups;
pub use whatsapp::{WhatsappNumber, get_whatsapp, list_whatsapp, set_profile_filled, set_whatsapp};

use crate::{
    Result, Scope, cursor,
    sql::{Sql, contains, fold},
    time::Millis,
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};
use types::{
    ErrorCode, GroupId, Language, MemberId, NumberId, OrganizationId, Page, PageQuery, WabaId,
    numbers::{Number, NumberFilter},
};
use uuid::Uuid;

/// A number to be made.
#[derive(Clone, Debug)]
pub struct NewNumber<'a> {
    pub id: NumberId,
    pub organization_id: OrganizationId,
    pub waba_id: WabaId,
    pub group_id: Option<GroupId>,
    pub owner_id: Option<MemberId>,
    pub agents: &'a [MemberId],
    /// What WhatsApp calls it, once it is in its account and ready to be spoken through.
    pub phone_number_id: Option<&'a str>,
    /// E.164.
    pub phone: &'a str,
    pub name: &'a str,
    /// The language its customers are spoken to.
    pub language: Language,
    /// Messages a second.
    pub throughput: u32,
    /// The settings of its chatbot; it takes no messages before it has them.
    pub chatbot: Option<&'a types::chatbots::ChatbotSettings>,
}

pub async fn create(db: &impl ConnectionTrait, new: &NewNumber<'_>, now: DateTime<Utc>) -> Result<()> {
    let NewNumber {
        id,
        organization_id,
        waba_id,
        group_id,
        owner_id,
        agents,
        phone_number_id,
        phone,
        name,
        language,
        throughput,
        chatbot,
    } = new;
    let active = entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        waba_id: Set(waba_id.0),
        group_id: Set(group_id.map(Into::into)),
        owner_id: Set(owner_id.map(Into::into)),
        phone_number_id: Set(phone_number_id.map(ToOwned::to_owned)),
        phone: Set((*phone).to_owned()),
        name: Set((*name).to_owned()),
        language: Set(language.to_string()),
        throughput: Set(i64::from(*throughput)),
        chatbot: Set(domain::chatbots::write(&chatbot.cloned().unwrap_or_default())?),
        ticket_count: Set(0),
        paused_reason: Set(None),
        created_at: Set(now.millis()),
        deleted_at: Set(None),
        version: Set(1),
        chatbot_created_at: Set(chatbot.map(|_| now.millis())),
        whatsapp_status: Set(phone_number_id.map(|_| "CONNECTED".to_owned())),
        verified_at: Set(phone_number_id.map(|_| now.millis())),
        registered_at: Set(phone_number_id.map(|_| now.millis())),
        quality: Set(None),
        messaging_limit: Set(None),
        whatsapp_read_at: Set(None),
        profile_filled_at: Set(None),
        search_key: Set(fold(name)),
        chatbot_version: Set(1),
        chatbot_changed_at: Set(None),
        attention: Set(None),
        attention_version: Set(1),
        attention_changed_at: Set(None),
        templates_version: Set(1),
        templates_changed_at: Set(None),
    };
    entity::Entity::insert(active).exec_without_returning(db).await?;
    add_agents(db, &Scope::of_organization(*organization_id), *id, agents).await
}

/// Give out the next ticket numbers of a number: the first of `count` in a row.
pub async fn take_ticket_numbers(db: &impl ConnectionTrait, id: NumberId, count: i64) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Row {
        ticket_count: i64,
    }
    let mut sql = Sql::new("UPDATE numbers SET ticket_count = ticket_count + ");
    sql.bind(count).push(" WHERE id = ").bind(id.0).push(" RETURNING ticket_count");
    let row = sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?;
    Ok(row.ticket_count - count + 1)
}

/// A page of the numbers in scope by name.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &NumberFilter,
    page: &PageQuery,
) -> Result<Page<Number>> {
    let NumberFilter { q, group_id, troubled } = filter;
    let mut sql = in_scope(scope);
    if let Some(text) = q {
        sql.push(" AND (n.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR n.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
    if *troubled == Some(true) {
        sql.push(" AND (n.paused_reason IS NOT NULL OR n.whatsapp_status IS NULL OR n.whatsapp_status <> 'CONNECTED')");
    }
    if let Some(group) = group_id {
        in_group(&mut sql, *group);
    }
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY n.name, n.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items = sql.all::<Row>(db).await?.into_iter().map(Row::number).collect();
    cursor::page(items, page.limit(), |number: &Number| (number.name.clone(), number.id))
}

/// Append: in a group, at any depth.
pub(crate) fn in_group(sql: &mut Sql, group: GroupId) {
    sql.push(" AND n.group_id IN (WITH RECURSIVE below (id) AS (SELECT id FROM groups WHERE id = ").bind(group.0);
    sql.push(" UNION SELECT g.id FROM groups g JOIN below b ON g.parent_id = b.id) SELECT id FROM below)");
}

/// One number in scope.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<Number> {
    let mut sql = in_scope(scope);
    sql.push(" AND n.id = ").bind(id.0);
    Ok(sql.one::<Row>(db).await?.ok_or(ErrorCode::NotFound)?.number())
}

fn in_scope(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT n.id, n.waba_id, n.name, n.phone, n.owner_id, n.group_id, n.throughput, n.paused_reason, n.whatsapp_status FROM numbers n WHERE n.deleted_at IS NULL AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    sql
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    waba_id: Uuid,
    name: String,
    phone: String,
    owner_id: Option<Uuid>,
    group_id: Option<Uuid>,
    throughput: i64,
    paused_reason: Option<String>,
    whatsapp_status: Option<String>,
}

impl Row {
    fn number(self) -> Number {
        let Self { id, waba_id, name, phone, owner_id, group_id, throughput, paused_reason, whatsapp_status } = self;
        Number {
            id: NumberId(id),
            waba_id: WabaId(waba_id),
            name,
            phone,
            owner_id: owner_id.map(MemberId),
            group_id: group_id.map(GroupId),
            throughput: u32::try_from(throughput).unwrap_or(0),
            paused_reason,
            whatsapp_status,
        }
    }
}

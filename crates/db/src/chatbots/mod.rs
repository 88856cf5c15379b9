//! Questions about the settings of numbers: chatbots (spec S3), their absences (A1), and with them the attention settings,
//! as changes of many numbers read and write both.

mod cards;
mod people;
mod store;
mod templates;

pub use cards::{Absent, list_absences, list_cards, list_suggestions};
pub use people::{Chosen, People, people};
pub use store::{Stored, judge_all_openings_anew, judge_openings_anew, store_all};
pub(crate) use store::{hold, judge_inactivity_anew};
pub use templates::{StoredAvailability, availability_templates};

use crate::{
    Result, Scope,
    contacts::CHUNK,
    queues,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use types::{
    ErrorCode, GroupId, Language, NumberId, WabaId,
    attention_settings::AttentionSettings,
    chatbots::{ChatbotSettings, OwnQueue},
    numbers::NumberRef,
    settings_changes::NumberVersion,
};
use uuid::Uuid;

/// A number with all its settings.
#[derive(Clone, Debug)]
pub struct NumberSettings {
    pub number: NumberRef,
    pub waba_id: WabaId,
    pub language: Language,
    /// What the organization is called.
    pub company: String,
    /// The organization's zone.
    pub time_zone: String,
    /// Whether it has a chatbot yet.
    pub made: bool,
    pub version: u64,
    pub changed_at: Option<DateTime<Utc>>,
    /// With its queues and their agents, whose e-mails are in order.
    pub chatbot: ChatbotSettings,
    pub attention_version: u64,
    pub attention: AttentionSettings,
}

impl NumberSettings {
    pub fn versions(&self) -> NumberVersion {
        NumberVersion { number_id: self.number.id, chatbot: self.version, attention: self.attention_version }
    }
}

/// One number in scope with its settings.
pub async fn get(db: &impl ConnectionTrait, scope: &Scope, id: NumberId) -> Result<NumberSettings> {
    Ok(list(db, scope, &[id]).await?.pop().ok_or(ErrorCode::NotFound)?)
}

/// Of these numbers, those in scope, by name. Three questions for a thousand of them.
pub async fn list(db: &impl ConnectionTrait, scope: &Scope, ids: &[NumberId]) -> Result<Vec<NumberSettings>> {
    let mut rows = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT n.id, n.name, n.phone, n.waba_id, n.language, o.name AS company, o.time_zone, n.chatbot, \
             n.chatbot_created_at, n.chatbot_version, n.chatbot_changed_at, n.attention, n.attention_version \
             FROM numbers n JOIN organizations o ON o.id = n.organization_id WHERE n.deleted_at IS NULL AND ",
        );
        // The reach is asked of the scope itself: a list of two thousand in every question would be asked in vain.
        sql.push("n.organization_id = ").bind(scope.organization_id().0);
        sql.push(" AND n.id IN ").bind_list(chunk.iter().filter(|id| scope.reaches(**id)).map(|id| id.0));
        rows.extend(sql.all::<Row>(db).await?);
    }
    rows.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    let known: Vec<_> = rows.iter().map(|row| NumberId(row.id)).collect();
    let mut agents = queues::agents(db, &known).await?;
    let mut own: HashMap<NumberId, Vec<OwnQueue>> = HashMap::new();
    for queue in queues::list(db, Some(&known)).await? {
        let agents = agents.remove(&queue.id).unwrap_or_default();
        own.entry(queue.number_id).or_default().push(OwnQueue { id: Some(queue.id), name: queue.name, agents });
    }
    let read = |row: Row| {
        let id = NumberId(row.id);
        let own = own.remove(&id).unwrap_or_default();
        row.settings(agents.remove(&queues::default_of(id)).unwrap_or_default(), own)
    };
    rows.into_iter().map(read).collect()
}

/// The numbers in scope of these groups, at any depth: each group with its own.
pub async fn below(
    db: &impl ConnectionTrait,
    scope: &Scope,
    groups: &[GroupId],
) -> Result<HashMap<GroupId, Vec<NumberId>>> {
    #[derive(FromQueryResult)]
    struct Below {
        start: Uuid,
        id: Uuid,
    }
    let mut found: HashMap<GroupId, Vec<NumberId>> = HashMap::new();
    for chunk in groups.chunks(CHUNK) {
        let mut sql = Sql::new("WITH RECURSIVE below (start, id) AS (SELECT id, id FROM groups WHERE id IN ");
        sql.bind_list(chunk.iter().map(|id| id.0)).push(" AND organization_id = ").bind(scope.organization_id().0);
        sql.push(
            " UNION SELECT b.start, g.id FROM groups g JOIN below b ON g.parent_id = b.id) \
             SELECT b.start, n.id FROM below b JOIN numbers n ON n.group_id = b.id WHERE n.deleted_at IS NULL \
             AND n.organization_id = ",
        );
        sql.bind(scope.organization_id().0).push(" ORDER BY n.id");
        for Below { start, id } in sql.all::<Below>(db).await? {
            if scope.reaches(NumberId(id)) {
                found.entry(GroupId(start)).or_default().push(NumberId(id));
            }
        }
    }
    Ok(found)
}

/// Of these numbers, those that are the organization's, in reach or not.
pub async fn find_refs(db: &impl ConnectionTrait, scope: &Scope, ids: &[NumberId]) -> Result<Vec<NumberRef>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
        name: String,
        phone: String,
    }
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id, name, phone FROM numbers WHERE deleted_at IS NULL AND organization_id = ");
        sql.bind(scope.organization_id().0).push(" AND id IN ").bind_list(chunk.iter().map(|id| id.0));
        let rows = sql.all::<Found>(db).await?.into_iter();
        found.extend(rows.map(|row| NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone }));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    phone: String,
    waba_id: Uuid,
    language: String,
    company: String,
    time_zone: String,
    chatbot: serde_json::Value,
    chatbot_created_at: Option<i64>,
    chatbot_version: i64,
    chatbot_changed_at: Option<i64>,
    attention: Option<serde_json::Value>,
    attention_version: i64,
}

impl Row {
    fn settings(self, default_agents: Vec<String>, own: Vec<OwnQueue>) -> Result<NumberSettings> {
        let mut chatbot: ChatbotSettings = domain::chatbots::read(self.chatbot)?;
        chatbot.queues.default_agents = default_agents;
        chatbot.queues.own = own;
        Ok(NumberSettings {
            number: NumberRef { id: NumberId(self.id), name: self.name, phone: self.phone },
            waba_id: WabaId(self.waba_id),
            language: self.language.parse().unwrap_or_default(),
            company: self.company,
            time_zone: self.time_zone,
            made: self.chatbot_created_at.is_some(),
            version: self.chatbot_version.unsigned_abs(),
            changed_at: self.chatbot_changed_at.map(time),
            chatbot,
            attention_version: self.attention_version.unsigned_abs(),
            attention: self.attention.map(domain::chatbots::read).transpose()?.unwrap_or_default(),
        })
    }
}

/// A version as it is kept.
fn kept(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

fn millis(at: DateTime<Utc>) -> i64 {
    at.millis()
}

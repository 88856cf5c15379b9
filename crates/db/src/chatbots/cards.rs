//! The lists: chatbots (spec S3), absences that are on (A1), and the numbers an absence may suggest.

use crate::{
    Result, Scope, cursor,
    numbers::in_group,
    sql::{Sql, contains},
    time::time,
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{
    Language, NumberId, Page, PageQuery,
    chatbots::{AbsenceSettings, ChatbotCard, ChatbotFilter, ChatbotSettings, SuggestionFilter},
    numbers::NumberRef,
};
use uuid::Uuid;

/// A page of the numbers in scope by name, each with a summary of its chatbot.
pub async fn list_cards(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ChatbotFilter,
    page: &PageQuery,
) -> Result<Page<ChatbotCard>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        phone: String,
        chatbot: serde_json::Value,
        chatbot_created_at: Option<i64>,
        chatbot_version: i64,
        chatbot_changed_at: Option<i64>,
        queue_agents: i64,
    }
    let ChatbotFilter { q, group_id } = filter;
    let mut sql = Sql::new(
        "SELECT n.id, n.name, n.phone, n.chatbot, n.chatbot_created_at, n.chatbot_version, n.chatbot_changed_at, \
         (SELECT COUNT(DISTINCT a.member_id) FROM queue_agents a JOIN members m ON m.id = a.member_id \
         WHERE a.number_id = n.id AND m.deactivated_at IS NULL) AS queue_agents \
         FROM numbers n WHERE n.deleted_at IS NULL AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    named_like(&mut sql, q.as_deref());
    if let Some(group) = group_id {
        in_group(&mut sql, *group);
    }
    by_name(&mut sql, page)?;
    let rows = sql.all::<Row>(db).await?;
    let page = cursor::page(rows, page.limit(), |row: &Row| (row.name.clone(), row.id))?;
    let card = |row: Row| -> Result<ChatbotCard> {
        let settings: ChatbotSettings = domain::chatbots::read(row.chatbot)?;
        Ok(ChatbotCard {
            number: NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone },
            version: row.chatbot_created_at.map(|_| row.chatbot_version.unsigned_abs()),
            changed_at: row.chatbot_changed_at.map(time),
            faq: settings.faq.on,
            attendance_centre: settings.queues.centre_on,
            queue_agents: row.queue_agents.unsigned_abs(),
            always_open: settings.hours.always,
            absence: settings.attention.absence.on,
            survey: settings.conversation_flow.survey.kind,
        })
    };
    let items = page.items.into_iter().map(card).collect::<Result<_>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// A number whose absence is on.
#[derive(Clone, Debug)]
pub struct Absent {
    pub number: NumberRef,
    pub absence: AbsenceSettings,
    pub language: Language,
    pub company: String,
    pub version: u64,
    pub changed_at: Option<DateTime<Utc>>,
}

/// A page of the numbers in scope whose absence is on, by name.
pub async fn list_absences(db: &impl ConnectionTrait, scope: &Scope, page: &PageQuery) -> Result<Page<Absent>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        phone: String,
        language: String,
        company: String,
        chatbot: serde_json::Value,
        chatbot_version: i64,
        chatbot_changed_at: Option<i64>,
    }
    // Both databases read this way into a document, and write what they find there the same.
    let mut sql = Sql::new(
        "SELECT n.id, n.name, n.phone, n.language, o.name AS company, n.chatbot, n.chatbot_version, n.chatbot_changed_at \
         FROM numbers n JOIN organizations o ON o.id = n.organization_id WHERE n.deleted_at IS NULL \
         AND n.chatbot_created_at IS NOT NULL \
         AND CAST(n.chatbot -> 'attention' -> 'absence' -> 'on' AS TEXT) = 'true' AND ",
    );
    scope.conditions(&mut sql, "n.organization_id", "n.id");
    by_name(&mut sql, page)?;
    let rows = sql.all::<Row>(db).await?;
    let page = cursor::page(rows, page.limit(), |row: &Row| (row.name.clone(), row.id))?;
    let absent = |row: Row| -> Result<Absent> {
        let settings: ChatbotSettings = domain::chatbots::read(row.chatbot)?;
        Ok(Absent {
            number: NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone },
            absence: settings.attention.absence,
            language: row.language.parse().unwrap_or_default(),
            company: row.company,
            version: row.chatbot_version.unsigned_abs(),
            changed_at: row.chatbot_changed_at.map(time),
        })
    };
    let items = page.items.into_iter().map(absent).collect::<Result<_>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// A page of all the organization's numbers by name, in reach or not: an absence may suggest any.
pub async fn list_suggestions(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &SuggestionFilter,
    page: &PageQuery,
) -> Result<Page<NumberRef>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        phone: String,
    }
    let SuggestionFilter { q } = filter;
    let mut sql =
        Sql::new("SELECT n.id, n.name, n.phone FROM numbers n WHERE n.deleted_at IS NULL AND n.organization_id = ");
    sql.bind(scope.organization_id().0);
    named_like(&mut sql, q.as_deref());
    by_name(&mut sql, page)?;
    let rows = sql.all::<Row>(db).await?.into_iter();
    let items = rows.map(|row| NumberRef { id: NumberId(row.id), name: row.name, phone: row.phone }).collect();
    cursor::page(items, page.limit(), |number: &NumberRef| (number.name.clone(), number.id))
}

/// Append: with this in the name or the phone.
fn named_like(sql: &mut Sql, q: Option<&str>) {
    if let Some(text) = q {
        sql.push(" AND (n.search_key LIKE ").bind(contains(text)).push(" ESCAPE '\\' OR n.phone LIKE ");
        sql.bind(contains(&text.replace([' ', '-'], ""))).push(" ESCAPE '\\')");
    }
}

/// Append: from where the page before ended, by name, and one more than the page has.
fn by_name(sql: &mut Sql, page: &PageQuery) -> Result<()> {
    if let Some((name, id)) = cursor::read::<(String, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (n.name, n.id) > (").bind(name).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY n.name, n.id LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    Ok(())
}

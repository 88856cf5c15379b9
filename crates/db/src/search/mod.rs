//! What was said, found by its words (spec A2). The two databases search in their own ways, which begin and end here (ADR 19).

mod index;

pub use index::{Indexable, Indexed, delete, index};

use crate::{Reach, Result, Scope, Tx, contacts::CHUNK, cursor, sql::Sql, time::time};
use domain::search::Question;
use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult};
use std::collections::HashMap;
use types::{
    ContactId, ConversationId, MemberId, MessageId, NumberId, OrganizationId, Page, PageQuery, TicketId,
    contacts::ContactRef,
    conversations::{MessageHit, MessageSearch},
    messages::{Author, MessageContent},
    numbers::NumberRef,
};
use uuid::Uuid;

/// Rows of PostgreSQL's index that are looked through in order before the words decide: what is said often is among them.
const LATEST: i64 = 20_000;
/// Numbers that are named in a question one by one; with more, the rows are looked at.
const NAMED: usize = 100;

/// A message that waits to be indexed; its content is None where it is gone.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: MessageId,
    pub found: Option<Indexable>,
}

/// Have messages indexed, or indexed anew.
pub async fn wait(
    db: &impl ConnectionTrait,
    messages: impl IntoIterator<Item = (OrganizationId, MessageId)>,
) -> Result<()> {
    let messages: Vec<_> = messages.into_iter().collect();
    for chunk in messages.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO message_search_queue (organization_id, message_id) VALUES ");
        for (at, (organization, id)) in chunk.iter().enumerate() {
            sql.push(if at == 0 { "(" } else { ", (" }).bind(organization.0).push(", ").bind(id.0).push(")");
        }
        sql.execute(db).await?;
    }
    Ok(())
}

/// The same for all messages of a conversation that people wrote.
pub async fn wait_for_conversation(db: &impl ConnectionTrait, conversation: ConversationId) -> Result<()> {
    let mut sql = Sql::new(BY_PEOPLE);
    sql.push("= ").bind(conversation.0).push(" ORDER BY created_at, id");
    sql.execute(db).await?;
    Ok(())
}

/// The same for all conversations of a contact.
pub async fn wait_for_contact(db: &impl ConnectionTrait, contact: ContactId) -> Result<()> {
    let mut sql = Sql::new(BY_PEOPLE);
    sql.push("IN (SELECT id FROM conversations WHERE contact_id = ").bind(contact.0).push(") ORDER BY created_at, id");
    sql.execute(db).await?;
    Ok(())
}

const BY_PEOPLE: &str = "INSERT INTO message_search_queue (organization_id, message_id) SELECT organization_id, id FROM messages \
                         WHERE author IN ('contact', 'member') AND conversation_id ";

/// The first messages that wait, each once, and their places in the queue.
pub async fn waiting(db: &impl ConnectionTrait, most: u32) -> Result<(Vec<i64>, Vec<Waiting>)> {
    #[derive(FromQueryResult)]
    struct Row {
        place: i64,
        message_id: Uuid,
        organization_id: Option<Uuid>,
        number_id: Option<Uuid>,
        contact_id: Option<Uuid>,
        content: Option<serde_json::Value>,
    }
    let mut sql = Sql::new(
        "SELECT q.id AS place, q.message_id, m.organization_id, m.number_id, m.contact_id, m.content \
         FROM (SELECT id, message_id FROM message_search_queue ORDER BY id LIMIT ",
    );
    sql.bind(i64::from(most)).push(") q LEFT JOIN messages m ON m.id = q.message_id ORDER BY q.id");
    let rows = sql.all::<Row>(db).await?;
    let places = rows.iter().map(|row| row.place).collect();
    let mut found: HashMap<MessageId, Waiting> = HashMap::new();
    let mut order = Vec::new();
    for row in rows {
        let id = MessageId(row.message_id);
        let content = row.content.and_then(|content| readable(id, content));
        let indexable = match (row.organization_id, row.number_id, row.contact_id, content) {
            (Some(organization), Some(number), Some(contact), Some(content)) => Some(Indexable {
                organization_id: OrganizationId(organization),
                number_id: NumberId(number),
                contact_id: ContactId(contact),
                content,
            }),
            (_, _, _, _) => None,
        };
        if found.insert(id, Waiting { id, found: indexable }).is_none() {
            order.push(id);
        }
    }
    Ok((places, order.into_iter().filter_map(|id| found.remove(&id)).collect()))
}

/// What this version cannot read, as one before a newer one cannot, is not found, and keeps nothing else waiting.
fn readable(id: MessageId, content: serde_json::Value) -> Option<MessageContent> {
    let read = serde_json::from_value(content);
    if let Err(error) = &read {
        tracing::warn!(message = %id, %error, "a message cannot be read, and will not be found");
    }
    read.ok()
}

/// Take what was read out of the queue, and nothing that came meanwhile.
pub async fn taken(tx: &Tx, places: &[i64]) -> Result<()> {
    for chunk in places.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM message_search_queue WHERE id IN ");
        sql.bind_list(chunk.iter().copied());
        sql.execute(tx).await?;
    }
    Ok(())
}

/// A thing as a word of the index.
fn term(kind: char, id: Uuid) -> String {
    format!("{kind}{}", id.simple())
}

/// The same where words stand in one list with it: no word has this sign, so that nobody writes or begins one.
fn apart(term: impl AsRef<str>) -> String {
    format!("_{}", term.as_ref())
}

#[derive(FromQueryResult)]
struct Place {
    id: i64,
}

/// A page of what was found, the latest first.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &MessageSearch,
    question: &Question,
    page: &PageQuery,
) -> Result<Page<MessageHit>> {
    let MessageSearch { q: _, number_id, contact_id } = search;
    let before = cursor::read::<i64>(page.cursor.as_deref())?;
    let Some(asked) = Asked::of(scope, *number_id, *contact_id, question) else {
        return Ok(Page { items: Vec::new(), next_cursor: None });
    };
    let limit = page.limit() + 1;
    let places = match db.get_database_backend() {
        DatabaseBackend::Postgres => asked.postgresql(db, before, limit).await?,
        DatabaseBackend::Sqlite | _ => asked.sqlite(db, before, limit).await?,
    };
    let found = cursor::page(places, page.limit(), |place| *place)?;
    let items = hits(db, scope, &found.items, question).await?;
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// A question to the index.
struct Asked {
    /// Words of the index that say what a message belongs to: all of them, and any of the numbers where some are named.
    belongs: Vec<String>,
    named: Vec<String>,
    /// Numbers that are too many to be named.
    numbers: Option<Vec<NumberId>>,
    terms: Vec<(String, bool)>,
}

impl Asked {
    /// None where nothing is within reach. That is decided before anything is looked for: a page that others' messages fill
    /// would tell by its cursor that there are some.
    fn of(scope: &Scope, number: Option<NumberId>, contact: Option<ContactId>, question: &Question) -> Option<Self> {
        let (named, numbers) = match (number, scope.reach()) {
            (Some(number), _) if scope.reaches(number) => (vec![number], None),
            (Some(_), _) => return None,
            (None, Reach::All) => (Vec::new(), None),
            (None, Reach::Numbers(numbers)) if numbers.is_empty() => return None,
            (None, Reach::Numbers(numbers)) if numbers.len() <= NAMED => (numbers.clone(), None),
            (None, Reach::Numbers(numbers)) => (Vec::new(), Some(numbers.clone())),
        };
        let contact = contact.map(|contact| term('c', contact.0));
        Some(Self {
            belongs: [term('o', scope.organization_id().0)].into_iter().chain(contact).collect(),
            named: named.into_iter().map(|number| term('n', number.0)).collect(),
            numbers,
            terms: question.terms().collect(),
        })
    }

    /// The index is read from its end, and no further than the page is full.
    async fn sqlite(&self, db: &impl ConnectionTrait, before: Option<i64>, limit: u64) -> Result<Vec<i64>> {
        let mut wanted: Vec<_> = self.belongs.iter().map(|term| format!("scope : \"{term}\"")).collect();
        if !self.named.is_empty() {
            let any: Vec<_> = self.named.iter().map(|term| format!("\"{term}\"")).collect();
            wanted.push(format!("scope : ({})", any.join(" OR ")));
        }
        let asked =
            |(term, beginning): &(String, bool)| format!("words : \"{term}\"{}", if *beginning { " *" } else { "" });
        wanted.extend(self.terms.iter().map(asked));
        let mut sql = Sql::new(
            "SELECT s.id FROM message_words w CROSS JOIN message_search s ON s.id = w.rowid WHERE message_words MATCH ",
        );
        sql.bind(wanted.join(" AND "));
        if let Some(before) = before {
            sql.push(" AND w.rowid < ").bind(before);
        }
        self.only_reached(&mut sql);
        sql.push(" ORDER BY w.rowid DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(sql.all::<Place>(db).await?.into_iter().map(|place| place.id).collect())
    }

    /// What is said often fills the page from the latest rows; what is said seldom is few rows by its words. Left to itself,
    /// the database would guess which of the two it is, and go through everything where it guesses wrong.
    async fn postgresql(&self, db: &impl ConnectionTrait, before: Option<i64>, limit: u64) -> Result<Vec<i64>> {
        let mut wanted: Vec<_> = self.belongs.iter().map(apart).collect();
        if !self.named.is_empty() {
            let any: Vec<_> = self.named.iter().map(apart).collect();
            wanted.push(format!("({})", any.join(" | ")));
        }
        let asked = |(term, beginning): &(String, bool)| format!("{term}{}", if *beginning { ":*" } else { "" });
        wanted.extend(self.terms.iter().map(asked));
        let text = wanted.join(" & ");
        let top = match before {
            Some(before) => before,
            None => {
                let latest = Sql::new("SELECT COALESCE(MAX(id), 0) AS id FROM message_search").one::<Place>(db).await?;
                latest.map_or(0, |place| place.id.saturating_add(1))
            }
        };
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut sql = Sql::new("SELECT s.id FROM message_search s WHERE s.id < ");
        sql.bind(top).push(" AND s.id >= ").bind(top.saturating_sub(LATEST));
        sql.push(" AND s.words @@ CAST(").bind(text.clone()).push(" AS tsquery)");
        self.only_reached(&mut sql);
        sql.push(" ORDER BY s.id DESC LIMIT ").bind(most);
        let latest: Vec<_> = sql.all::<Place>(db).await?.into_iter().map(|place| place.id).collect();
        if u64::try_from(latest.len()).is_ok_and(|found| found >= limit) {
            return Ok(latest);
        }
        let mut sql = Sql::new("WITH s AS MATERIALIZED (SELECT id, number_id FROM message_search WHERE words @@ CAST(");
        sql.bind(text).push(" AS tsquery)) SELECT s.id FROM s WHERE s.id < ").bind(top);
        self.only_reached(&mut sql);
        sql.push(" ORDER BY s.id DESC LIMIT ").bind(most);
        Ok(sql.all::<Place>(db).await?.into_iter().map(|place| place.id).collect())
    }

    fn only_reached(&self, sql: &mut Sql) {
        if let Some(numbers) = &self.numbers {
            sql.push(" AND s.number_id IN ").bind_list(numbers.iter().map(|number| number.0));
        }
    }
}

/// The messages at these places of the index, the latest first.
async fn hits(
    db: &impl ConnectionTrait,
    scope: &Scope,
    places: &[i64],
    question: &Question,
) -> Result<Vec<MessageHit>> {
    #[derive(FromQueryResult)]
    struct Row {
        message_id: Uuid,
        conversation_id: Uuid,
        ticket_id: Option<Uuid>,
        number_id: Uuid,
        number_name: String,
        number_phone: String,
        contact_id: Uuid,
        contact_name: Option<String>,
        contact_phone: Option<String>,
        author: String,
        member_id: Option<Uuid>,
        member_name: Option<String>,
        content: serde_json::Value,
        created_at: i64,
    }
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT m.id AS message_id, m.conversation_id, m.ticket_id, m.number_id, n.name AS number_name, n.phone AS number_phone, \
         m.contact_id, k.name AS contact_name, k.phone AS contact_phone, m.author, m.member_id, b.name AS member_name, \
         m.content, m.created_at FROM message_search s JOIN messages m ON m.id = s.message_id \
         JOIN numbers n ON n.id = m.number_id JOIN contacts k ON k.id = m.contact_id LEFT JOIN members b ON b.id = m.member_id \
         WHERE s.id IN ",
    );
    sql.bind_list(places.iter().copied()).push(" AND ");
    scope.conditions(&mut sql, "m.organization_id", "m.number_id");
    sql.push(" ORDER BY s.id DESC");
    let rows = sql.all::<Row>(db).await?;
    let shown = rows.into_iter().map(|row| {
        let author = match row.member_id {
            Some(id) if row.author == "member" => {
                Author::Member { id: MemberId(id), name: row.member_name.unwrap_or_default() }
            }
            Some(_) | None => Author::Contact,
        };
        let content: MessageContent = serde_json::from_value(row.content)?;
        Ok(MessageHit {
            message_id: MessageId(row.message_id),
            conversation_id: ConversationId(row.conversation_id),
            ticket_id: row.ticket_id.map(TicketId),
            number: NumberRef { id: NumberId(row.number_id), name: row.number_name, phone: row.number_phone },
            contact: ContactRef { id: ContactId(row.contact_id), name: row.contact_name, phone: row.contact_phone },
            author,
            at: time(row.created_at),
            snippet: domain::search::snippet(&domain::search::text_of(&content), question),
        })
    });
    shown.collect()
}

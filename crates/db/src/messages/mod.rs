//! Questions about messages. A message that waits to be sent is its own place in the queue.

mod channel;
mod entity;
mod queue;

pub use channel::{
    Advance, Known, Unanswered, advance_all, answer_active, find_known, find_reported, latest_active, unanswered_active,
};
pub use queue::{Due, Lane, Outcome, Settled, claim, due_numbers, hold_back, list_due, recover, settle_all};

use crate::{
    Error, Result, Scope,
    contacts::CHUNK,
    cursor, search,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, sea_query::OnConflict};
use types::{
    CampaignId, ContactId, ConversationId, ErrorCode, MemberId, MessageId, NumberId, OrganizationId, Page, PageQuery,
    TicketId,
    messages::{Author, Failure, Message, MessageContent, MessageStatus, Origin},
};
use uuid::Uuid;

/// A message to be kept.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: MessageId,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub conversation_id: ConversationId,
    pub ticket_id: Option<TicketId>,
    pub author: NewAuthor,
    /// Where an active message comes from; None for what belongs to a conversation that is going on.
    pub origin: Option<Origin>,
    pub content: MessageContent,
    pub status: MessageStatus,
    pub wamid: Option<String>,
    pub reply_to: Option<MessageId>,
    pub created_at: DateTime<Utc>,
}

/// Who writes a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewAuthor {
    Contact,
    Bot,
    Member(MemberId),
    Campaign { id: CampaignId, row: i64 },
    System,
}

/// A message with what belongs to it but is not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub message: Message,
    pub organization_id: OrganizationId,
    pub number_id: NumberId,
    pub contact_id: ContactId,
    pub campaign_id: Option<CampaignId>,
    pub origin: Option<Origin>,
}

impl Stored {
    /// Whether it is an active message that somebody sent, and that an answer answers.
    pub fn asks(&self) -> bool {
        self.origin.is_some_and(|origin| origin != Origin::Automatic)
    }

    /// The member who wrote it.
    pub fn member(&self) -> Option<MemberId> {
        match self.message.author {
            Author::Member { id, .. } => Some(id),
            Author::Contact | Author::Bot | Author::Campaign { .. } | Author::System => None,
        }
    }
}

impl NewAuthor {
    /// Whether what they write is kept to be found: people's, not what is said a thousand times.
    fn is_found(self) -> bool {
        match self {
            Self::Contact | Self::Member(_) => true,
            Self::Bot | Self::Campaign { .. } | Self::System => false,
        }
    }
}

impl NewMessage {
    /// The message as others see it; `name` is the author's.
    pub fn shown(&self, name: &str) -> Message {
        let author = match self.author {
            NewAuthor::Contact => Author::Contact,
            NewAuthor::Bot => Author::Bot,
            NewAuthor::Member(id) => Author::Member { id, name: name.to_owned() },
            NewAuthor::Campaign { .. } => Author::Campaign { name: name.to_owned() },
            NewAuthor::System => Author::System,
        };
        Message {
            id: self.id,
            conversation_id: self.conversation_id,
            ticket_id: self.ticket_id,
            author,
            content: self.content.clone(),
            status: self.status,
            failure: None,
            reply_to: self.reply_to,
            created_at: self.created_at,
            sent_at: None,
            delivered_at: None,
            read_at: None,
        }
    }
}

/// A page of a conversation, the latest first.
pub async fn list_of_conversation(
    db: &impl ConnectionTrait,
    scope: &Scope,
    conversation: ConversationId,
    page: &PageQuery,
) -> Result<Page<Message>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE ");
    scope.conditions(&mut sql, "m.organization_id", "m.number_id");
    sql.push(" AND m.conversation_id = ").bind(conversation.0);
    if let Some((at, id)) = cursor::read::<(i64, Uuid)>(page.cursor.as_deref())? {
        sql.push(" AND (m.created_at, m.id) < (").bind(at).push(", ").bind(id).push(")");
    }
    sql.push(" ORDER BY m.created_at DESC, m.id DESC LIMIT ").bind(i64::try_from(page.limit() + 1).unwrap_or(i64::MAX));
    let items =
        sql.all::<Row>(db).await?.into_iter().map(|row| Ok(row.stored()?.message)).collect::<Result<Vec<_>>>()?;
    cursor::page(items, page.limit(), |message: &Message| (message.created_at.millis(), message.id))
}

/// A message of the organization by id, if there is one.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: MessageId) -> Result<Option<Stored>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" WHERE ");
    scope.conditions(&mut sql, "m.organization_id", "m.number_id");
    sql.push(" AND m.id = ").bind(id.0);
    sql.one::<Row>(db).await?.map(Row::stored).transpose()
}

/// What `WhatsApp` calls the contact's last message of a conversation.
pub async fn last_inbound(db: &impl ConnectionTrait, conversation: ConversationId) -> Result<Option<String>> {
    #[derive(FromQueryResult)]
    struct Found {
        wamid: String,
    }
    let mut sql = Sql::new("SELECT wamid FROM messages WHERE author = 'contact' AND wamid IS NOT NULL");
    sql.push(" AND conversation_id = ").bind(conversation.0).push(" ORDER BY created_at DESC, id DESC LIMIT 1");
    Ok(sql.one::<Found>(db).await?.map(|found| found.wamid))
}

/// Keep messages. A row of a campaign that is there already is left as it is, so that preparing can begin again.
pub async fn create_all(db: &impl ConnectionTrait, messages: &[NewMessage]) -> Result<()> {
    for chunk in messages.chunks(CHUNK) {
        let rows = chunk.iter().map(active).collect::<Result<Vec<_>>>()?;
        let known = OnConflict::new().do_nothing().to_owned();
        let campaign = chunk.iter().any(|message| matches!(message.author, NewAuthor::Campaign { .. }));
        let insert = entity::Entity::insert_many(rows);
        if campaign {
            insert.on_conflict(known).exec_without_returning(db).await?;
        } else {
            insert.exec_without_returning(db).await?;
        }
    }
    let found = messages.iter().filter(|message| message.author.is_found());
    search::wait(db, found.map(|message| (message.organization_id, message.id))).await
}

/// Keep a message under an id its author chose. `IdempotencyKeyReused` when it is taken, by whomever.
pub async fn create_own(db: &impl ConnectionTrait, message: &NewMessage) -> Result<()> {
    let insert = entity::Entity::insert(active(message)?);
    insert.exec_without_returning(db).await.map_err(Error::unique(ErrorCode::IdempotencyKeyReused))?;
    search::wait(db, [(message.organization_id, message.id)]).await
}

pub(crate) const COLUMNS: &str = "SELECT m.id, m.organization_id, m.number_id, m.contact_id, m.conversation_id, m.ticket_id, m.author, m.member_id, \
     b.name AS member_name, m.campaign_id, c.name AS campaign_name, m.content, m.status, m.reply_to_id, m.failure_code, m.failure_reason, \
     m.failure_detail, m.created_at, m.sent_at, m.delivered_at, m.read_at, m.origin \
     FROM messages m LEFT JOIN members b ON b.id = m.member_id LEFT JOIN campaigns c ON c.id = m.campaign_id";

fn active(message: &NewMessage) -> Result<entity::ActiveModel> {
    let NewMessage {
        id,
        organization_id,
        number_id,
        contact_id,
        conversation_id,
        ticket_id,
        author,
        origin,
        content,
        status,
        wamid,
        reply_to,
        created_at,
    } = message;
    let (name, member, campaign, row) = match author {
        NewAuthor::Contact => ("contact", None, None, None),
        NewAuthor::Bot => ("bot", None, None, None),
        NewAuthor::Member(id) => ("member", Some(id.0), None, None),
        NewAuthor::Campaign { id, row } => ("campaign", None, Some(id.0), Some(*row)),
        NewAuthor::System => ("system", None, None, None),
    };
    Ok(entity::ActiveModel {
        id: Set(id.0),
        organization_id: Set(organization_id.0),
        number_id: Set(number_id.0),
        contact_id: Set(contact_id.0),
        conversation_id: Set(conversation_id.0),
        ticket_id: Set(ticket_id.map(Into::into)),
        author: Set(name.to_owned()),
        member_id: Set(member),
        campaign_id: Set(campaign),
        campaign_row: Set(row),
        content: Set(serde_json::to_value(content)?),
        status: Set(status.to_string()),
        wamid: Set(wamid.clone()),
        reply_to_id: Set(reply_to.map(Into::into)),
        attempt_id: Set(None),
        attempts: Set(0),
        due_at: Set((*status == MessageStatus::Queued).then(|| created_at.millis())),
        failure_code: Set(None),
        failure_reason: Set(None),
        failure_detail: Set(None),
        created_at: Set(created_at.millis()),
        sent_at: Set(None),
        delivered_at: Set(None),
        read_at: Set(None),
        answered_at: Set(None),
        origin: Set(origin.map(|origin| origin.to_string())),
    })
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    id: Uuid,
    organization_id: Uuid,
    number_id: Uuid,
    contact_id: Uuid,
    conversation_id: Uuid,
    ticket_id: Option<Uuid>,
    author: String,
    member_id: Option<Uuid>,
    member_name: Option<String>,
    campaign_id: Option<Uuid>,
    campaign_name: Option<String>,
    content: serde_json::Value,
    status: String,
    reply_to_id: Option<Uuid>,
    failure_code: Option<i64>,
    failure_reason: Option<String>,
    failure_detail: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
    delivered_at: Option<i64>,
    read_at: Option<i64>,
    origin: Option<String>,
}

impl Row {
    pub(crate) fn stored(self) -> Result<Stored> {
        let author = match (self.author.as_str(), self.member_id) {
            ("contact", _) => Author::Contact,
            ("bot", _) => Author::Bot,
            ("member", Some(id)) => Author::Member { id: MemberId(id), name: self.member_name.unwrap_or_default() },
            ("campaign", _) => Author::Campaign { name: self.campaign_name.unwrap_or_default() },
            ("system", _) => Author::System,
            (_, _) => return Err(Error::Missing("message author")),
        };
        let failure = self.failure_reason.map(|reason| Failure {
            code: self.failure_code.unwrap_or(0),
            reason,
            detail: self.failure_detail.unwrap_or_default(),
        });
        let message = Message {
            id: MessageId(self.id),
            conversation_id: ConversationId(self.conversation_id),
            ticket_id: self.ticket_id.map(TicketId),
            author,
            content: serde_json::from_value(self.content)?,
            status: self.status.parse().or(Err(Error::Missing("message status")))?,
            failure,
            reply_to: self.reply_to_id.map(MessageId),
            created_at: time(self.created_at),
            sent_at: self.sent_at.map(time),
            delivered_at: self.delivered_at.map(time),
            read_at: self.read_at.map(time),
        };
        Ok(Stored {
            message,
            organization_id: OrganizationId(self.organization_id),
            number_id: NumberId(self.number_id),
            contact_id: ContactId(self.contact_id),
            campaign_id: self.campaign_id.map(CampaignId),
            origin: self.origin.and_then(|origin| origin.parse().ok()),
        })
    }
}

//! Tickets: the human attendances in Desk's inbox (spec A2, conversation.md § 3).

use crate::{
    ConversationId, Endpoint, MemberId, NumberId, Page, QueueId, TicketId,
    contacts::ContactRef,
    members::MemberRef,
    messages::{Message, MessageStatus},
    numbers::NumberRef,
    sessions::AgentStatus,
    validate,
    wire::wire_enum,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

pub const LIST_TICKETS: Endpoint<(), Page<Ticket>> = Endpoint::get("/api/v1/tickets");
pub const COUNT_TICKETS: Endpoint<(), TicketCounts> = Endpoint::get("/api/v1/tickets/counts");
pub const GET_TICKET: Endpoint<(), Ticket> = Endpoint::get("/api/v1/tickets/{id}");
/// Take a waiting ticket.
pub const TAKE_TICKET: Endpoint<(), Ticket> = Endpoint::post("/api/v1/tickets/{id}/take");
/// Close a ticket, with the tags it has then.
pub const CLOSE_TICKET: Endpoint<TicketCloseInput, Ticket> = Endpoint::post("/api/v1/tickets/{id}/close");
/// The member has seen the thread: nothing of it is unread any more.
pub const READ_TICKET: Endpoint<(), Ticket> = Endpoint::post("/api/v1/tickets/{id}/read");
/// Answer the contact.
pub const CREATE_TICKET_MESSAGE: Endpoint<TicketMessageInput, Message> =
    Endpoint::post("/api/v1/tickets/{id}/messages");

/// Hand a ticket over: it is closed as transferred, and a child of it waits in a queue or is somebody's.
pub const TRANSFER_TICKET: Endpoint<TicketTransferInput, Ticket> = Endpoint::post("/api/v1/tickets/{id}/transfer");
/// To whom a ticket can be handed over.
pub const GET_TRANSFER_TARGETS: Endpoint<(), TransferTargets> = Endpoint::get("/api/v1/tickets/{id}/transfer-targets");
/// What may be done with a ticket, and the tags it can be closed with.
pub const GET_TICKET_OPTIONS: Endpoint<(), TicketOptions> = Endpoint::get("/api/v1/tickets/{id}/options");
/// The agent is writing: the contact sees it where the number's settings want it.
pub const TYPE_IN_TICKET: Endpoint<(), ()> = Endpoint::post("/api/v1/tickets/{id}/typing");

/// Tags of a ticket at most.
pub const TICKET_TAGS_MAX: u64 = 20;

/// One human attendance of one contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    pub id: TicketId,
    /// Counts up within the number.
    #[schema(example = 42)]
    pub ticket_number: i64,
    pub status: TicketStatus,
    pub close_reason: Option<CloseReason>,
    pub number: NumberRef,
    pub contact: ContactRef,
    pub conversation_id: ConversationId,
    pub assignee: Option<MemberRef>,
    /// Null for the number's default queue, "Otros asuntos".
    pub queue: Option<QueueRef>,
    pub priority: TicketPriority,
    /// The ticket it was handed over from.
    pub parent_id: Option<TicketId>,
    pub tags: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub assigned_at: Option<DateTime<Utc>>,
    pub first_response_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    /// The contact's messages nobody has seen yet.
    pub unread: i64,
    pub last_message: Option<LastMessage>,
    /// Until when free text may be sent; only the contact's messages open the window. Null before the first one.
    pub window_closes_at: Option<DateTime<Utc>>,
}

/// A queue as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueueRef {
    pub id: QueueId,
    pub name: String,
}

wire_enum! {
    /// Who is attended first.
    #[derive(Default)]
    pub enum TicketPriority {
        #[default]
        Normal,
        High,
    }
}

/// How a ticket is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TicketCloseInput {
    /// The ticket's tags, of those the number has; null to leave them as they are. Where the number's settings demand one,
    /// `tag_missing` without.
    #[validate(length(max = "TICKET_TAGS_MAX"))]
    #[serde(default)]
    pub tags: Option<Vec<String>>,
}

/// Where a ticket is handed over to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TicketTransferInput {
    pub to: TransferTarget,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TransferTarget {
    /// A queue of the same number; null for the default one.
    Queue { queue_id: Option<QueueId> },
    /// A member with access to the number.
    Member { member_id: MemberId },
}

/// To whom a ticket can be handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferTargets {
    /// The number's own queues; the default one is always there beside.
    pub queues: Vec<QueueRef>,
    /// Members with access to the number, without its assignee.
    pub members: Vec<TransferMember>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TransferMember {
    pub id: MemberId,
    pub name: String,
    pub agent_status: AgentStatus,
    /// Unclosed tickets they have.
    pub open_tickets: u64,
}

/// What the settings of a ticket's number let its reader do with it (S1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketOptions {
    /// The tags of the number.
    pub tags: Vec<String>,
    /// Whether a person closes it with a tag only.
    pub tag_required: bool,
    /// Whether agents may close it; who may edit monitoring may always.
    pub may_close: bool,
    /// Whether agents may hand it over; who may edit monitoring may always.
    pub may_transfer: bool,
}

/// The latest message of a conversation, for the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastMessage {
    pub preview: String,
    pub from_contact: bool,
    pub status: MessageStatus,
    pub at: DateTime<Utc>,
}

/// waiting → assigned → answered → closed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TicketStatus {
    Waiting,
    Assigned,
    /// The first answer of an agent was sent.
    Answered,
    Closed,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CloseReason {
    Agent,
    Manager,
    Contact,
    Inactivity,
    Transferred,
}

/// A tab of the inbox.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum InboxView {
    #[default]
    Waiting,
    Mine,
    /// Every open one in scope.
    All,
    Closed,
}

/// Which tickets are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TicketFilter {
    #[serde(default)]
    #[param(inline)]
    pub view: InboxView,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
    /// Part of the contact's name or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

/// What the tabs of the inbox count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketCounts {
    pub waiting: u64,
    pub mine: u64,
    pub all: u64,
    /// Tickets of mine with something unread.
    pub mine_unread: u64,
}

/// Which number the tabs count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TicketCountsFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
}

/// An answer to the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TicketMessageInput {
    /// The caller's own id of this message: sent twice, it is one message.
    pub client_id: Uuid,
    /// 1 to 4,096 characters.
    #[validate(length(min = 1, max = 4096), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 4096, example = "¡Hola! ¿En qué te ayudo?")]
    pub text: String,
}

impl TicketMessageInput {
    /// A plain text.
    pub fn text(client_id: Uuid, text: impl Into<String>) -> Self {
        Self { client_id, text: text.into() }
    }
}

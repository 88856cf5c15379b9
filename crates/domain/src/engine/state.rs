//! Where a conversation stands, what can happen to it, and what is to be done about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use types::{
    QueueId, TicketId, chatbots::SurveyKind, messages::MessageContent, off_hours_contacts::OffHoursCause,
    tickets::CloseReason,
};

/// Where the conversation of one contact and one number stands. A contact nobody has heard of has the default one. It is
/// stored as JSON: what an older one does not have is as in the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    pub stage: Stage,
    /// The contact's last message; None before the first one.
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// The last thing that happened: the contact wrote, or a ticket was closed. Silence is counted from here.
    pub last_activity_at: Option<DateTime<Utc>>,
    /// When the absence message was said; once per conversation.
    pub absence_said_at: Option<DateTime<Utc>>,
    /// When the unavailable message was said, or would have been; once per conversation and closed period.
    pub unavailable_said_at: Option<DateTime<Utc>>,
    /// The beginning of the closed period that the contact was listed for last.
    pub listed_since: Option<DateTime<Utc>>,
    /// While a ticket is open: since when the agent's last message waits for an answer. None while the contact waits.
    pub agent_wrote_at: Option<DateTime<Utc>>,
    /// Whether the warning of the coming closing was said since.
    pub warned: bool,
    /// When the latest attendance was entered.
    pub attended_since: Option<DateTime<Utc>>,
    /// Whether timers of the closing by inactivity may be set.
    pub timed: bool,
    /// The open ticket. The engine does not know what becomes of [`Effect::OpenTicket`]: who runs a `TimerFired` puts the
    /// ticket in before. Without it no survey follows a closing by inactivity.
    pub ticket: Option<TicketId>,
    /// What the contact was asked about the next opening.
    pub callback: Option<Callback>,
    pub survey: SurveyState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is going on: the next message begins at the top of the flow.
    #[default]
    Idle,
    /// The questions were shown; `page` counts "Más opciones".
    Faq { page: u8 },
    /// The queues were shown; `missed` when an answer was no queue and they were shown again.
    ChoosingQueue { page: u8, missed: bool },
    /// A ticket is open: the bot is silent.
    InAttendance,
    /// Asked whether they want to evaluate.
    SurveyInvited { ticket: TicketId },
    /// Asked for a score; `missed` when an answer was none and it was asked again.
    Surveyed {
        ticket: TicketId,
        missed: bool,
        /// What was asked, whatever the settings say since; `none` in states that are older than the field.
        #[serde(default)]
        kind: SurveyKind,
    },
    /// Asked whether they want to be told of the next opening.
    OfferedCallback,
    /// Told that attendance is open again (`atendimento_esta_disponivel`), with Sí and No.
    ToldAvailable,
}

/// What a contact was asked about the next opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// Their last answer; false until they answer.
    pub wanted: bool,
    pub asked_at: DateTime<Utc>,
}

/// How often this contact was asked to evaluate this number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SurveyState {
    pub last_shown_at: Option<DateTime<Utc>>,
    /// The question, or the invitation to it: whoever declines was asked as well.
    pub last_asked_at: Option<DateTime<Utc>>,
    /// Attendances that ended since they were asked; of all when they never were.
    pub attendances_since: u32,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The contact wrote, or pressed something of ours, whose id is `reply_id` (a template's quick reply: its payload). A
    /// photo has no text.
    Inbound {
        text: Option<&'a str>,
        reply_id: Option<&'a str>,
        /// Whether it answers an active message of the last 24 h (of any origin but `automatic`).
        answered_active_message: bool,
    },
    /// A ticket of the conversation was closed by somebody; not sent for what [`Effect::CloseTicket`] closed.
    TicketClosed { by: CloseReason, ticket: TicketId },
    /// An agent's message in the open ticket went into the queue.
    AgentWrote,
    /// A timer of the conversation is due. One that is not what the state waits for any more is ignored; one that is early
    /// by the settings of now is scheduled again.
    TimerFired(Timer),
}

/// A durable timer of a conversation: at most one of each kind.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Timer {
    /// Warn that the ticket will be closed.
    InactivityWarning,
    /// Close the ticket.
    InactivityClose,
    /// A survey nobody answered ends after 24 h.
    SurveyExpiry,
    /// Attendance opens: tell who asked.
    NextOpening,
    /// The ticket's agent has been offline for too long. Not the engine's: it concerns the ticket alone.
    TicketReturn,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Send(MessageContent),
    OpenTicket {
        destination: Destination,
    },
    /// By the contact or by inactivity.
    CloseTicket {
        by: CloseReason,
    },
    /// Set a timer; it replaces one of the kind.
    Schedule {
        timer: Timer,
        at: DateTime<Utc>,
    },
    /// Take a timer back, if it is set.
    Cancel {
        timer: Timer,
    },
    /// The contact belongs into the list of A4, for the period that began at `since`. One row per contact, number, cause and
    /// period: there already, only `callback` changes, and only from None.
    ListOffHours {
        cause: OffHoursCause,
        since: DateTime<Utc>,
        callback: Option<bool>,
    },
    /// Their last answer to whether they want to be called, for their latest row of A4 with cause `closed`.
    SetCallback {
        wanted: bool,
    },
    /// Send the template `atendimento_esta_disponivel`, unless a ticket is open or an active message went out since
    /// `asked_at`.
    SendAvailability {
        asked_at: DateTime<Utc>,
    },
    /// The question of a survey went out.
    SurveyShown {
        ticket: TicketId,
        kind: SurveyKind,
    },
    SurveyAnswered {
        ticket: TicketId,
        score: u8,
    },
    /// Nobody will answer it any more.
    SurveyExpired {
        ticket: TicketId,
    },
}

/// Where a new ticket goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// "Otros asuntos".
    DefaultQueue,
    Queue(QueueId),
    /// The member whose active message was answered, or the number's owner when no member sent it; the default queue
    /// when they are offline (decisions.md § Conversation).
    ActiveMessageSender,
}

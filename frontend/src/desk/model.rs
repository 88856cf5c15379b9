//! What Desk decides without asking: which tickets a tab shows, how a thread is laid out, when one may answer.

use crate::api::Failed;
use chrono::{DateTime, TimeDelta, Utc};
use std::{cmp::Reverse, collections::BTreeSet};
use types::{
    MemberId, MessageId, NumberId, TicketId,
    messages::{Author, Message, MessageContent, MessageStatus},
    sessions::AgentStatus,
    tickets::{InboxView, Ticket, TicketOptions, TicketStatus, TransferMember},
};
use uuid::Uuid;

/// What the inbox shows now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Showing {
    pub view: InboxView,
    pub number: Option<NumberId>,
    pub wanted: String,
    pub me: MemberId,
}

impl Showing {
    pub fn fits(&self, ticket: &Ticket) -> bool {
        let closed = ticket.status == TicketStatus::Closed;
        let in_view = match self.view {
            InboxView::Waiting => ticket.status == TicketStatus::Waiting,
            InboxView::Mine => !closed && is_mine(ticket, self.me),
            InboxView::All => !closed,
            InboxView::Closed => closed,
        };
        in_view && self.number.is_none_or(|number| number == ticket.number.id) && self.is_wanted(ticket)
    }

    /// Put a ticket that is new or changed where it belongs, or take it out.
    pub fn place(&self, list: &mut Vec<Ticket>, ticket: &Ticket) {
        let before = list.iter().position(|other| other.id == ticket.id);
        let kept = before.and_then(|at| list.get(at)).is_some_and(|other| other.priority == ticket.priority);
        list.retain(|other| other.id != ticket.id);
        if !self.fits(ticket) {
            return;
        }
        match (self.view, before) {
            // Its place is its seniority in the queue, which one handed over has from the one before: it stays.
            (InboxView::Waiting, Some(at)) if kept => list.insert(at.min(list.len()), ticket.clone()),
            (InboxView::Waiting, _) => {
                let place = |ticket: &Ticket| (Reverse(ticket.priority), ticket.created_at, ticket.id);
                let at = list.iter().position(|other| place(other) > place(ticket)).unwrap_or(list.len());
                list.insert(at, ticket.clone());
            }
            (InboxView::Mine | InboxView::All | InboxView::Closed, _) => {
                list.push(ticket.clone());
                self.sort(list);
            }
        }
    }

    /// As the server orders them: those who wait by priority and time, mine by their last message, the others latest first.
    pub fn sort(&self, list: &mut [Ticket]) {
        match self.view {
            InboxView::Waiting => {
                list.sort_by_key(|ticket| (Reverse(ticket.priority), ticket.created_at, ticket.id));
            }
            InboxView::Mine => list.sort_by_key(|ticket| Reverse((last_at(ticket), ticket.id))),
            InboxView::All => list.sort_by_key(|ticket| Reverse((ticket.created_at, ticket.id))),
            InboxView::Closed => list.sort_by_key(|ticket| Reverse((ticket.closed_at, ticket.id))),
        }
    }

    fn is_wanted(&self, ticket: &Ticket) -> bool {
        let wanted = self.wanted.trim().to_lowercase();
        let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
        let name = ticket.contact.name.as_ref().is_some_and(|name| name.to_lowercase().contains(&wanted));
        let phone = !digits.is_empty() && ticket.contact.phone.as_ref().is_some_and(|phone| phone.contains(&digits));
        wanted.is_empty() || name || phone
    }
}

pub fn is_mine(ticket: &Ticket, me: MemberId) -> bool {
    ticket.assignee.as_ref().is_some_and(|assignee| assignee.id == me)
}

/// Whether one closes or hands over a ticket: one's own, and a manager everybody's.
pub fn is_to_handle(ticket: &Ticket, me: MemberId, manages: bool) -> bool {
    ticket.status != TicketStatus::Closed && (manages || is_mine(ticket, me))
}

/// What is written into the input of closing: the tags that were chosen, where the number has any.
pub fn chosen_tags(options: &TicketOptions, chosen: &BTreeSet<usize>) -> Option<Vec<String>> {
    let tags = || chosen.iter().filter_map(|at| options.tags.get(*at).cloned()).collect();
    (!options.tags.is_empty()).then(tags)
}

/// Which of the number's tags a ticket has already.
pub fn tags_of(options: &TicketOptions, ticket: &Ticket) -> BTreeSet<usize> {
    let all = options.tags.iter().enumerate();
    all.filter(|(_, tag)| ticket.tags.contains(tag)).map(|(at, _)| at).collect()
}

/// The same tags in a list that has changed; those that are gone are not chosen any more.
pub fn moved_tags(before: &[String], now: &[String], chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
    let names = chosen.iter().filter_map(|at| before.get(*at));
    names.filter_map(|name| now.iter().position(|other| other == name)).collect()
}

/// To whom a ticket can be handed over, found by name: those who can take it at once first, then who has least to do.
pub fn found_members(members: &[TransferMember], wanted: &str) -> Vec<TransferMember> {
    let wanted = wanted.trim().to_lowercase();
    let mut found: Vec<_> =
        members.iter().filter(|member| member.name.to_lowercase().contains(&wanted)).cloned().collect();
    found.sort_by_key(|member| (away(member.agent_status), member.open_tickets, member.name.to_lowercase()));
    found
}

fn away(status: AgentStatus) -> u8 {
    match status {
        AgentStatus::Online => 0,
        AgentStatus::Invisible => 1,
        AgentStatus::Paused => 2,
        AgentStatus::Offline => 3,
    }
}

/// How often the contact is told that somebody writes.
const TYPING_EVERY: TimeDelta = TimeDelta::seconds(8);

/// Whether to tell it now.
pub fn tells_typing(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now.signed_duration_since(last) >= TYPING_EVERY)
}

/// When something last happened in a ticket, for the list.
pub fn last_at(ticket: &Ticket) -> DateTime<Utc> {
    ticket.last_message.as_ref().map_or(ticket.created_at, |message| message.at)
}

/// The ticket before or after one; without one, the first.
pub fn neighbour(list: &[Ticket], current: Option<TicketId>, forward: bool) -> Option<TicketId> {
    let at = current.and_then(|id| list.iter().position(|ticket| ticket.id == id));
    let next = match (at, forward) {
        (None, _) => 0,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.checked_sub(1)?,
    };
    list.get(next).map(|ticket| ticket.id)
}

/// Why one cannot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    Permission,
    Closed,
    Waiting,
    /// Somebody else attends it.
    Other(String),
    /// The contact has not written for 24 hours.
    Window,
}

pub fn blocked(ticket: &Ticket, me: MemberId, may_answer: bool, now: DateTime<Utc>) -> Option<Blocked> {
    if ticket.status == TicketStatus::Closed {
        return Some(Blocked::Closed);
    }
    if !may_answer {
        return Some(Blocked::Permission);
    }
    match &ticket.assignee {
        None => return Some(Blocked::Waiting),
        Some(assignee) if assignee.id != me => return Some(Blocked::Other(assignee.name.clone())),
        Some(_) => {}
    }
    minutes_left(ticket, now).is_none().then_some(Blocked::Window)
}

/// Whole minutes until the service window shuts; none when it is shut.
pub fn minutes_left(ticket: &Ticket, now: DateTime<Utc>) -> Option<i64> {
    let until = ticket.window_closes_at?;
    (until > now).then(|| (until - now).num_minutes())
}

/// A message of ours that the server has not taken yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    pub client_id: Uuid,
    pub ticket: TicketId,
    pub text: String,
    pub at: DateTime<Utc>,
    /// Why the last try did not work; none while it is under way.
    pub failed: Option<Failed>,
}

/// A message that is new or came further.
pub fn upsert(list: &mut Vec<Message>, message: Message) {
    if let Some(known) = list.iter_mut().find(|other| other.id == message.id) {
        *known = message;
    } else {
        list.push(message);
        list.sort_by_key(|message| (message.created_at, message.id));
    }
}

/// A page of messages: what an event already brought is newer.
pub fn merge(list: &mut Vec<Message>, page: Vec<Message>) {
    for message in page {
        if list.iter().all(|known| known.id != message.id) {
            list.push(message);
        }
    }
    list.sort_by_key(|message| (message.created_at, message.id));
}

/// Whether an event's message is one of ours that still waits for the server's answer: the answer will bring it.
pub fn is_echo(message: &Message, pending: &[Pending], me: MemberId) -> bool {
    let own = matches!(&message.author, Author::Member { id, .. } if *id == me);
    let same = |text: &str| matches!(&message.content, MessageContent::Text { body } if body.trim() == text.trim());
    own && pending.iter().any(|waiting| waiting.failed.is_none() && same(&waiting.text))
}

/// One line of the thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The day that begins here.
    Day(String, DateTime<Utc>),
    Said {
        message: Box<Message>,
        /// The contact's reaction to it.
        reaction: Option<String>,
        /// What it answers, in one line.
        quote: Option<String>,
    },
    Pending(Pending),
}

impl Row {
    /// What makes a line a new one: the same message in another state is drawn again.
    pub fn key(&self) -> String {
        match self {
            Self::Day(day, _) => day.clone(),
            Self::Said { message, reaction, quote } => format!(
                "{} {} {} {} {}",
                message.id,
                message.status,
                message.failure.is_some(),
                reaction.as_deref().unwrap_or_default(),
                quote.is_some()
            ),
            Self::Pending(pending) => format!("{} {}", pending.client_id, pending.failed.is_some()),
        }
    }
}

/// The thread as it is shown: days, messages with their reactions and quotes, then what is still on its way.
pub fn rows(messages: &[Message], pending: Vec<Pending>, day: impl Fn(DateTime<Utc>) -> String) -> Vec<Row> {
    let mut found = Vec::with_capacity(messages.len() + 8);
    let mut last = String::new();
    let mut begin = |found: &mut Vec<Row>, at| {
        let today = day(at);
        if today != last {
            found.push(Row::Day(today.clone(), at));
            last = today;
        }
    };
    for message in messages {
        if matches!(&message.content, MessageContent::Reaction { to: Some(to), .. } if knows(messages, *to)) {
            continue;
        }
        begin(&mut found, message.created_at);
        let quote = message.reply_to.and_then(|id| messages.iter().find(|other| other.id == id));
        found.push(Row::Said {
            message: Box::new(message.clone()),
            reaction: reaction_to(messages, message.id),
            quote: quote.map(|quoted| quoted.content.preview()),
        });
    }
    for waiting in pending {
        begin(&mut found, waiting.at);
        found.push(Row::Pending(waiting));
    }
    found
}

fn knows(messages: &[Message], id: MessageId) -> bool {
    messages.iter().any(|message| message.id == id)
}

/// The last reaction counts; an empty one took it back.
fn reaction_to(messages: &[Message], id: MessageId) -> Option<String> {
    let last = messages.iter().rev().find_map(|message| {
        if let MessageContent::Reaction { emoji, to } = &message.content {
            (*to == Some(id)).then(|| emoji.clone())
        } else {
            None
        }
    });
    last.filter(|emoji| !emoji.is_empty())
}

/// How a state of a sent message is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticks {
    Clock,
    One,
    Two,
    TwoRead,
    Warning,
}

pub fn ticks(status: MessageStatus) -> Option<Ticks> {
    match status {
        MessageStatus::Received => None,
        MessageStatus::Queued | MessageStatus::Sending => Some(Ticks::Clock),
        MessageStatus::Accepted | MessageStatus::Sent => Some(Ticks::One),
        MessageStatus::Delivered => Some(Ticks::Two),
        MessageStatus::Read => Some(Ticks::TwoRead),
        MessageStatus::Unconfirmed | MessageStatus::Failed | MessageStatus::Cancelled => Some(Ticks::Warning),
    }
}

/// What stands behind a `/` at the start of the composer, to find quick replies by.
pub fn slash(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    (!rest.contains('\n') && rest.chars().count() <= 40).then_some(rest)
}

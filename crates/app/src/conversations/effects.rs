//! Running the engine for one conversation of a batch, and carrying out what it decides, in its order.

use super::Batch;
use crate::{App, channel::Line, tickets};
use chrono::{DateTime, Utc};
use db::{
    messages::{NewAuthor, NewMessage},
    off_hours_contacts::NewOffHoursContact,
    surveys::NewSurvey,
    tickets::NewTicket,
    timers::NewTimer,
};
use domain::{
    engine::{self, Destination, Effect, Event, Facts, State, Timer},
    tickets::Closer,
};
use types::{
    MemberId, MessageId, TicketId,
    contacts::ContactRef,
    messages::{MessageContent, MessageStatus, Origin},
    numbers::NumberRef,
    tickets::{CloseReason, LastMessage, QueueRef, Ticket, TicketPriority},
};

/// What the engine is not told but its effects need.
#[derive(Debug)]
pub(crate) struct Occasion {
    /// When it happened; what is judged by the clock is judged by this.
    pub(crate) at: DateTime<Utc>,
    /// The closed ticket it is about.
    pub(crate) ticket: Option<Ticket>,
    /// The member whose active message was answered.
    pub(crate) sender: Option<MemberId>,
    /// The message it is about, and the beginning of it.
    pub(crate) message: Option<(MessageId, String)>,
}

impl Occasion {
    pub(crate) fn at(at: DateTime<Utc>) -> Self {
        Self { at, ticket: None, sender: None, message: None }
    }
}

/// Run the engine and carry out what it decides. A conversation whose number is not at hand stays as it is.
pub(crate) fn run(app: &App, batch: &mut Batch, conversation: usize, event: Event<'_>, occasion: &Occasion) {
    let Some(current) = batch.conversations.get(conversation) else { return };
    let Some(line) = batch.lines.get(current.number_id).cloned() else { return };
    let Some(contact) = batch.by_contact.get(&current.contact_id).copied() else { return };
    let Some(person) = batch.contacts.get(contact) else { return };
    let ticket = occasion.ticket.as_ref().or_else(|| batch.tickets.get(&current.id));
    let owner = line.number.owner_id.and_then(|owner| batch.online.get(&(current.number_id, owner)));
    // Who attends, or who would.
    let agent = ticket.map_or(owner, |ticket| ticket.assignee.as_ref()).map(|member| member.name.clone());
    let facts = Facts {
        contact_name: person.name.as_deref(),
        number_name: Some(&line.number.name),
        agent_name: agent.as_deref(),
        company: Some(&line.number.organization_name),
    };
    let ticket = ticket.map(|ticket| ticket.id);
    // The engine does not know what became of the ticket it opened.
    let before = State { ticket, ..current.engine_state };
    let (state, effects) = engine::step(&line.number.bot, &facts, before, event, occasion.at);
    if let Some(current) = batch.conversations.get_mut(conversation) {
        current.engine_state = state;
        batch.changed_conversations.insert(conversation);
    }
    let mut work = Work { app, batch, line: &line, contact, conversation, ticket, occasion };
    for effect in effects {
        work.carry_out(effect);
    }
}

/// One conversation of a batch, in which something happened.
struct Work<'a> {
    app: &'a App,
    batch: &'a mut Batch,
    line: &'a Line,
    contact: usize,
    conversation: usize,
    /// The ticket that is spoken in, or was until a moment ago.
    ticket: Option<TicketId>,
    occasion: &'a Occasion,
}

impl Work<'_> {
    fn carry_out(&mut self, effect: Effect) {
        let now = self.batch.now;
        let Some(current) = self.batch.conversations.get(self.conversation) else { return };
        let id = current.id;
        let besides = &mut self.batch.besides;
        match effect {
            Effect::Send(content) => self.say(NewAuthor::Bot, content),
            Effect::OpenTicket { destination } => self.open(destination),
            Effect::CloseTicket { by } => self.close(by),
            Effect::Schedule { timer, at } => besides.schedule(NewTimer {
                organization_id: current.organization_id,
                number_id: current.number_id,
                conversation_id: id,
                timer,
                due_at: at,
            }),
            Effect::Cancel { timer } => besides.cancel(id, timer),
            Effect::ListOffHours { cause, since, callback } => besides.list(NewOffHoursContact {
                id: self.app.ids.make(),
                organization_id: current.organization_id,
                number_id: current.number_id,
                contact_id: current.contact_id,
                conversation_id: id,
                cause,
                since,
                at: self.occasion.at,
                message_id: self.occasion.message.as_ref().map(|(id, _)| *id),
                preview: self.occasion.message.as_ref().map(|(_, preview)| preview.clone()).unwrap_or_default(),
                callback,
            }),
            Effect::SetCallback { wanted } => besides.answer(id, wanted),
            Effect::SendAvailability { asked_at } => self.batch.announcements.push((self.conversation, asked_at)),
            Effect::SurveyShown { ticket, kind } => besides.show(NewSurvey {
                id: self.app.ids.make(),
                organization_id: current.organization_id,
                number_id: current.number_id,
                contact_id: current.contact_id,
                conversation_id: id,
                ticket_id: ticket,
                kind,
                shown_at: now,
            }),
            Effect::SurveyAnswered { ticket, score } => besides.score(ticket, score),
            Effect::SurveyExpired { ticket } => besides.expire(ticket),
        }
    }

    fn say(&mut self, author: NewAuthor, content: MessageContent) {
        say(self.app, self.batch, self.conversation, (author, None, self.ticket), content);
    }

    /// Close the open ticket, as the contact or silence does.
    fn close(&mut self, by: CloseReason) {
        let closer = match by {
            CloseReason::Contact => Closer::Contact,
            CloseReason::Inactivity => Closer::Inactivity,
            // Only people close so, and they do it themselves.
            CloseReason::Agent | CloseReason::Manager | CloseReason::Transferred => return,
        };
        let now = self.batch.now;
        let Some(current) = self.batch.conversations.get_mut(self.conversation) else { return };
        let Some(mut ticket) = self.batch.tickets.remove(&current.id) else { return };
        let Ok(decided) = domain::tickets::close(tickets::state(&ticket), closer, now) else { return };
        current.unread = 0;
        self.ticket = Some(ticket.id);
        (ticket.status, ticket.close_reason, ticket.closed_at) =
            (decided.status, decided.close_reason, decided.closed_at);
        ticket.unread = 0;
        // One that was opened by this very batch is stored as it is in the end.
        if let Some(new) = self.batch.new_tickets.iter_mut().find(|new| new.id == ticket.id) {
            new.state = decided;
        }
        self.batch.besides.cancel(ticket.conversation_id, Timer::TicketReturn);
        self.batch.closed_tickets.push((self.conversation, ticket));
    }

    /// Open a ticket, and say so in the thread. An answer to an active message goes to who sent it, or to the number's owner
    /// when no member did; where they are offline or cannot attend the number, it waits in the default queue.
    fn open(&mut self, destination: Destination) {
        let (app, batch, line) = (self.app, &mut *self.batch, self.line);
        let (Some(person), Some(current)) =
            (batch.contacts.get(self.contact), batch.conversations.get(self.conversation))
        else {
            return;
        };
        // There is one at most, whatever the state says.
        if batch.tickets.contains_key(&current.id) {
            return;
        }
        let mut priority = TicketPriority::Normal;
        let (queue, assignee) = match destination {
            Destination::DefaultQueue => (None, None),
            Destination::Queue(id) => {
                let own = line.number.bot.chatbot.queues.own.iter().find(|queue| queue.id == Some(id));
                (own.map(|queue| QueueRef { id, name: queue.name.clone() }), None)
            }
            Destination::ActiveMessageSender => {
                if line.number.bot.attention.active_answers_first {
                    priority = TicketPriority::High;
                }
                let to = self.occasion.sender.or(line.number.owner_id);
                (None, to.and_then(|member| batch.online.get(&(current.number_id, member))).cloned())
            }
        };
        let waiting = domain::tickets::open();
        let state = match &assignee {
            Some(member) => domain::tickets::take(waiting, member.id, batch.now).unwrap_or(waiting),
            None => waiting,
        };
        let id: TicketId = app.ids.make();
        let new = NewTicket {
            id,
            organization_id: line.number.organization_id,
            number_id: line.number.id,
            contact_id: person.id,
            conversation_id: current.id,
            // Given out when it is stored.
            ticket_number: 0,
            state,
            queue_id: queue.as_ref().map_or_else(|| db::queues::default_of(line.number.id), |queue| queue.id),
            priority,
            parent_id: None,
            queued_since: batch.now,
            created_at: batch.now,
        };
        let ticket = Ticket {
            id,
            ticket_number: 0,
            status: state.status,
            close_reason: None,
            number: NumberRef { id: line.number.id, name: line.number.name.clone(), phone: line.number.phone.clone() },
            contact: ContactRef { ..person.contact_ref() },
            conversation_id: current.id,
            assignee,
            queue,
            priority,
            parent_id: None,
            tags: Vec::new(),
            created_at: batch.now,
            assigned_at: state.assigned_at,
            first_response_at: None,
            closed_at: None,
            unread: current.unread,
            last_message: None,
            window_closes_at: None,
        };
        batch.tickets.insert(current.id, ticket);
        batch.new_tickets.push(new);
        self.ticket = Some(id);
        self.say(NewAuthor::System, MessageContent::HandedOver { ticket_number: 0 });
    }
}

/// Put a message of ours into the conversation; the bot's is queued to be sent.
pub(super) fn say(
    app: &App,
    batch: &mut Batch,
    conversation: usize,
    (author, origin, ticket): (NewAuthor, Option<Origin>, Option<TicketId>),
    content: MessageContent,
) {
    let Some(current) = batch.conversations.get(conversation) else { return };
    let status = match author {
        NewAuthor::System => MessageStatus::Received,
        NewAuthor::Bot | NewAuthor::Contact | NewAuthor::Member(_) | NewAuthor::Campaign { .. } => {
            MessageStatus::Queued
        }
    };
    let message = NewMessage {
        id: app.ids.make(),
        organization_id: current.organization_id,
        number_id: current.number_id,
        contact_id: current.contact_id,
        conversation_id: current.id,
        ticket_id: batch.tickets.get(&current.id).map(|ticket| ticket.id).or(ticket),
        author,
        origin,
        content,
        status,
        wamid: None,
        reply_to: None,
        created_at: batch.now,
    };
    add(batch, conversation, message);
}

/// Add a message to a conversation of the batch.
pub(crate) fn add(batch: &mut Batch, conversation: usize, message: NewMessage) {
    batch.changed_conversations.insert(conversation);
    batch.told.insert(conversation);
    if let Some(current) = batch.conversations.get_mut(conversation) {
        let later = current.last_message_at.is_none_or(|at| at <= message.created_at);
        if later && message.author != NewAuthor::System {
            current.last_message_id = Some(message.id);
            current.last_message_at = Some(message.created_at);
        }
        if let Some(ticket) = batch.tickets.get_mut(&current.id)
            && later
            && message.author != NewAuthor::System
        {
            ticket.last_message = Some(LastMessage {
                preview: message.content.preview(),
                from_contact: message.author == NewAuthor::Contact,
                status: message.status,
                at: message.created_at,
            });
        }
    }
    batch.new_messages.push(message);
}

//! A contact's message: kept once, then joined to the open ticket or given to the chatbot.

use super::{contacts, load::Batch};
use crate::{
    App,
    channel::{self, Line},
};
use chrono::{DateTime, Utc};
use db::{
    messages::{NewAuthor, NewMessage},
    tickets::NewTicket,
};

use domain::conversations::SERVICE_WINDOW;
use domain::engine::{self, Destination, Effect, Event, Facts};
use std::sync::Arc;
use types::{
    TicketId,
    contacts::ContactRef,
    messages::{MessageContent, MessageStatus},
    numbers::NumberRef,
    tickets::{LastMessage, Ticket, TicketPriority},
};
use whatsapp::{InboundContent, InboundMessage};

pub(super) fn receive(app: &App, batch: &mut Batch, message: &InboundMessage) {
    let Some(line) = batch.lines.find((&message.waba_id, &message.phone_number_id)).cloned() else {
        tracing::warn!("a message came for a number nobody has");
        return;
    };
    let key = (line.number.id, message.wamid.clone());
    if batch.known.contains_key(&key) {
        return;
    }
    let Some((contact, conversation)) = contacts::of(app, batch, &line, message) else {
        tracing::warn!("a message came from nobody");
        return;
    };
    let id = app.ids.make();
    batch.known.insert(key, id);
    // A clock of WhatsApp's that runs ahead must not keep the window open for longer than a day.
    let at = message.timestamp.min(batch.now);
    let content =
        channel::inbound(&message.content, |wamid| batch.known.get(&(line.number.id, wamid.to_owned())).copied());
    let reply_to = message.context_wamid.clone().and_then(|wamid| batch.known.get(&(line.number.id, wamid)).copied());
    let Some(state) = batch.conversations.get(conversation) else { return };
    let ticket_id = batch.tickets.get(&state.id).map(|ticket| ticket.id);
    let received = NewMessage {
        id,
        organization_id: line.number.organization_id,
        number_id: line.number.id,
        contact_id: state.contact_id,
        conversation_id: state.id,
        ticket_id,
        author: NewAuthor::Contact,
        content,
        status: MessageStatus::Received,
        wamid: Some(message.wamid.clone()),
        reply_to,
        created_at: at,
    };
    let conversation_id = state.id;
    add(batch, conversation, received);
    // What it quotes may not have been reported as delivered yet.
    let quoted = reply_to
        .and_then(|id| batch.reported.get(&id))
        .is_some_and(|quoted| quoted.campaign_id.is_some() && quoted.message.created_at > batch.now - SERVICE_WINDOW);
    let answered = batch.unanswered.remove(&conversation_id) || quoted;
    if answered {
        batch.answered.push(conversation_id);
    }
    if let Some(conversation) = batch.conversations.get_mut(conversation) {
        conversation.last_inbound_at = conversation.last_inbound_at.max(Some(at));
        conversation.unread += 1;
    }
    converse(app, batch, &line, (contact, conversation), message, (at, answered));
}

/// Run the engine and carry out what it decides.
fn converse(
    app: &App,
    batch: &mut Batch,
    line: &Arc<Line>,
    (contact, conversation): (usize, usize),
    message: &InboundMessage,
    (at, answered_active_message): (DateTime<Utc>, bool),
) {
    // A reaction is no word, and what WhatsApp itself says is nobody's: neither begins a conversation.
    if matches!(message.content, InboundContent::Reaction { .. } | InboundContent::System { .. }) {
        return;
    }
    let (Some(person), Some(current)) = (batch.contacts.get(contact), batch.conversations.get(conversation)) else {
        return;
    };
    let owner = line.number.owner_id.and_then(|owner| batch.online_owners.get(&owner)).map(|owner| owner.name.clone());
    let facts = Facts {
        contact_name: person.name.as_deref(),
        number_name: Some(&line.number.name),
        agent_name: owner.as_deref(),
        company: Some(&line.number.organization_name),
    };
    let event =
        Event::Inbound { text: message.content.text(), reply_id: message.content.reply_id(), answered_active_message };
    let (state, effects) = engine::step(&line.number.bot, &facts, current.engine_state, event, at);
    if let Some(current) = batch.conversations.get_mut(conversation) {
        current.engine_state = state;
    }
    for effect in effects {
        match effect {
            Effect::Send(content) => say(app, batch, conversation, None, NewAuthor::Bot, content),
            Effect::OpenTicket { destination } => open(app, batch, line, contact, conversation, destination),
            Effect::CloseTicket { .. }
            | Effect::Schedule { .. }
            | Effect::Cancel { .. }
            | Effect::ListOffHours { .. }
            | Effect::SetCallback { .. }
            | Effect::SendAvailability { .. }
            | Effect::SurveyShown { .. }
            | Effect::SurveyAnswered { .. }
            | Effect::SurveyExpired { .. } => {}
        }
    }
}

/// Open a ticket, and say so in the thread.
fn open(app: &App, batch: &mut Batch, line: &Line, contact: usize, conversation: usize, destination: Destination) {
    let (Some(person), Some(current)) = (batch.contacts.get(contact), batch.conversations.get(conversation)) else {
        return;
    };
    let assignee = match destination {
        Destination::DefaultQueue | Destination::Queue(_) => None,
        Destination::ActiveMessageSender => {
            line.number.owner_id.and_then(|owner| batch.online_owners.get(&owner)).cloned()
        }
    };
    let waiting = domain::tickets::open();
    let state = match &assignee {
        Some(member) => domain::tickets::take(waiting, member.id, batch.now).unwrap_or(waiting),
        None => waiting,
    };
    let id: TicketId = app.ids.make();
    let ticket = Ticket {
        id,
        // Given out when it is stored.
        ticket_number: 0,
        status: state.status,
        close_reason: None,
        number: NumberRef { id: line.number.id, name: line.number.name.clone(), phone: line.number.phone.clone() },
        contact: ContactRef { ..person.contact_ref() },
        conversation_id: current.id,
        assignee,
        queue: None,
        priority: TicketPriority::Normal,
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
    let new = NewTicket {
        id,
        organization_id: line.number.organization_id,
        number_id: line.number.id,
        contact_id: person.id,
        conversation_id: current.id,
        ticket_number: 0,
        state,
        queue_id: db::queues::default_of(line.number.id),
        priority: TicketPriority::Normal,
        parent_id: None,
        queued_since: batch.now,
        created_at: batch.now,
    };
    batch.tickets.insert(current.id, ticket);
    batch.new_tickets.push(new);
    say(app, batch, conversation, Some(id), NewAuthor::System, MessageContent::HandedOver { ticket_number: 0 });
}

/// Put a message of ours into the conversation; the bot's is queued to be sent.
fn say(
    app: &App,
    batch: &mut Batch,
    conversation: usize,
    ticket_id: Option<TicketId>,
    author: NewAuthor,
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
        ticket_id: ticket_id.or_else(|| batch.tickets.get(&current.id).map(|ticket| ticket.id)),
        author,
        content,
        status,
        wamid: None,
        reply_to: None,
        created_at: batch.now,
    };
    add(batch, conversation, message);
}

fn add(batch: &mut Batch, conversation: usize, message: NewMessage) {
    batch.changed_conversations.insert(conversation);
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

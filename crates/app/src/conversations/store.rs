//! What a batch decided, stored with a handful of statements whatever its size.

use super::{Batch, announce};
use crate::{App, Result, delivery::shown_to_desk, figures, off_hours_contacts};
use db::{
    events::{Audience, NewEvent},
    messages::{Advance, NewAuthor},
    queues::default_of,
};
use domain::conversations::service_window;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use types::{
    CampaignId, NumberId, Permission, TicketId,
    events::Event,
    messages::{MessageContent, MessageStatus},
    tickets::{QueueRef, Ticket},
};

/// What has moved, to be told once it is committed.
#[derive(Debug)]
#[must_use]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself, and none excludes another")]
pub(crate) struct Moved {
    campaigns: Vec<CampaignId>,
    received: usize,
    queued: bool,
    events: bool,
    /// A timer is due already.
    timers: bool,
    /// A ticket waits, or a slot is free.
    tickets: bool,
}

impl Moved {
    pub(crate) fn tell(self, app: &App) {
        figures::RECEIVED.add(self.received);
        for campaign in self.campaigns {
            app.signals.campaign_moved(campaign);
        }
        if self.queued {
            app.signals.outbox.notify_one();
        }
        if self.timers {
            app.signals.timers.notify_one();
        }
        if self.tickets {
            app.signals.distribution.notify_one();
        }
        if self.events {
            app.signals.events.notify_one();
        }
    }
}

pub(crate) async fn all(app: &App, tx: &db::Tx, mut batch: Batch) -> Result<Moved> {
    announce::all(app, tx, &mut batch).await?;
    number_tickets(tx, &mut batch).await?;
    place_tickets(tx, &mut batch).await?;
    let contacts: Vec<_> = batch.changed_contacts.iter().filter_map(|index| batch.contacts.get(*index)).collect();
    db::contacts::save_all(tx, &contacts).await?;
    let conversations: Vec<_> =
        batch.changed_conversations.iter().filter_map(|index| batch.conversations.get(*index)).collect();
    db::conversations::save_all(tx, &conversations).await?;
    let closed = batch.closed_tickets.iter().filter_map(|(_, ticket)| Some((ticket.id, ticket.close_reason?)));
    db::tickets::close_all(tx, &closed.collect::<Vec<_>>(), batch.now).await?;
    db::tickets::create_all(tx, &batch.new_tickets).await?;
    let assignees: BTreeSet<_> = batch.new_tickets.iter().filter_map(|ticket| ticket.state.assignee).collect();
    db::distribution::assigned_all(tx, &assignees.into_iter().collect::<Vec<_>>(), batch.now).await?;
    db::messages::create_all(tx, &batch.new_messages).await?;
    db::messages::advance_all(tx, &advances(&batch)).await?;
    batch.besides.store(tx, batch.now).await?;
    if !batch.opted_out.is_empty() {
        db::contacts::opt_out(tx, &batch.opted_out).await?;
    }
    if !batch.answered.is_empty() {
        db::messages::answer_active(tx, &batch.answered, batch.now).await?;
        batch.moved_campaigns.extend(db::campaigns::of_answers(tx, &batch.answered, batch.now).await?);
    }
    tell(&mut batch);
    db::events::create_all(tx, &batch.events, app.clock.now()).await?;
    Ok(Moved {
        received: batch.new_messages.iter().filter(|message| message.author == NewAuthor::Contact).count(),
        queued: batch.new_messages.iter().any(|message| message.status == MessageStatus::Queued),
        campaigns: batch.moved_campaigns.into_iter().collect(),
        events: !batch.events.is_empty(),
        tickets: !(batch.new_tickets.is_empty() && batch.closed_tickets.is_empty()),
        timers: batch.besides.first_due().is_some_and(|due| due <= batch.now),
    })
}

/// Give the new tickets their numbers, and write them into the thread's line.
async fn number_tickets(tx: &db::Tx, batch: &mut Batch) -> Result<()> {
    // In the order of their ids, so that two who hold several numbers never wait for each other.
    let mut counts: BTreeMap<NumberId, i64> = BTreeMap::new();
    for ticket in &batch.new_tickets {
        *counts.entry(ticket.number_id).or_default() += 1;
    }
    let mut next = HashMap::new();
    for (number, count) in counts {
        next.insert(number, db::numbers::take_ticket_numbers(tx, number, count).await?);
    }
    let mut given: HashMap<TicketId, i64> = HashMap::new();
    for ticket in &mut batch.new_tickets {
        if let Some(number) = next.get_mut(&ticket.number_id) {
            ticket.ticket_number = *number;
            given.insert(ticket.id, *number);
            *number += 1;
        }
    }
    for ticket in batch.tickets.values_mut().chain(batch.closed_tickets.iter_mut().map(|(_, ticket)| ticket)) {
        if let Some(number) = given.get(&ticket.id) {
            ticket.ticket_number = *number;
        }
    }
    for message in &mut batch.new_messages {
        if let (MessageContent::HandedOver { ticket_number }, Some(number)) =
            (&mut message.content, message.ticket_id.and_then(|id| given.get(&id)))
        {
            *ticket_number = *number;
        }
    }
    Ok(())
}

/// A queue the directory still knows may be deleted meanwhile: its new tickets go to the default queue. The numbers are held
/// by now, so that no queue of theirs goes before the tickets are stored.
async fn place_tickets(tx: &db::Tx, batch: &mut Batch) -> Result<()> {
    let own = batch.new_tickets.iter().filter(|ticket| ticket.queue_id != default_of(ticket.number_id));
    let own: BTreeSet<_> = own.map(|ticket| ticket.queue_id).collect();
    let living = db::queues::living(tx, &own.iter().copied().collect::<Vec<_>>()).await?;
    for new in &mut batch.new_tickets {
        if own.contains(&new.queue_id) && !living.contains(&new.queue_id) {
            new.queue_id = default_of(new.number_id);
        }
    }
    for ticket in batch.tickets.values_mut().chain(batch.closed_tickets.iter_mut().map(|(_, ticket)| ticket)) {
        let is_gone = |queue: &QueueRef| own.contains(&queue.id) && !living.contains(&queue.id);
        ticket.queue = ticket.queue.take().filter(|queue| !is_gone(queue));
    }
    Ok(())
}

fn advances(batch: &Batch) -> Vec<Advance> {
    let changed = batch.changed_reported.iter().filter_map(|(id, wamid)| Some((batch.reported.get(id)?, wamid)));
    changed
        .map(|(stored, wamid)| Advance {
            id: stored.message.id,
            status: stored.message.status,
            wamid: wamid.clone(),
            sent_at: stored.message.sent_at,
            delivered_at: stored.message.delivered_at,
            read_at: stored.message.read_at,
            failure: stored.message.failure.clone(),
        })
        .collect()
}

/// What open pages are told: every new message, every report on what Desk shows, every ticket that changed.
fn tell(batch: &mut Batch) {
    let mut events = std::mem::take(&mut batch.events);
    for message in &batch.new_messages {
        // Only contacts, the chatbot and the system write here, and they go without a name.
        events.push(NewEvent {
            organization_id: message.organization_id,
            number_id: Some(message.number_id),
            audience: Audience::Permitted(Permission::ViewDesk),
            event: Event::MessageChanged { number_id: message.number_id, message: message.shown("") },
        });
    }
    for stored in batch.changed_reported.keys().filter_map(|id| batch.reported.get(id)) {
        events.extend(shown_to_desk(stored));
    }
    for (conversation, ticket) in &batch.closed_tickets {
        let Some(conversation) = batch.conversations.get(*conversation) else { continue };
        events.push(NewEvent {
            organization_id: conversation.organization_id,
            number_id: Some(conversation.number_id),
            audience: Audience::Permitted(Permission::ViewDesk),
            event: Event::TicketChanged {
                ticket: Ticket { window_closes_at: conversation.last_inbound_at.map(service_window), ..ticket.clone() },
            },
        });
    }
    let answered = batch.besides.answered().filter_map(|id| batch.conversations.iter().find(|known| known.id == id));
    let listed = batch.besides.listed().map(|contact| (contact.number_id, contact.organization_id));
    let off_hours: BTreeMap<_, _> =
        answered.map(|conversation| (conversation.number_id, conversation.organization_id)).chain(listed).collect();
    events.extend(off_hours.into_iter().map(|(number_id, organization_id)| NewEvent {
        organization_id,
        number_id: Some(number_id),
        audience: Audience::Permitted(Permission::ViewOffHoursContacts),
        event: Event::OffHoursContactsChanged { number_id },
    }));
    let further = batch.changed_reported.keys().filter_map(|id| batch.reported.get(id));
    events.extend(off_hours_contacts::came_further(further));
    for conversation in batch.told.iter().filter_map(|index| batch.conversations.get(*index)) {
        let Some(ticket) = batch.tickets.get_mut(&conversation.id) else { continue };
        ticket.unread = conversation.unread;
        ticket.window_closes_at = conversation.last_inbound_at.map(service_window);
        events.push(NewEvent {
            organization_id: conversation.organization_id,
            number_id: Some(conversation.number_id),
            audience: Audience::Permitted(Permission::ViewDesk),
            event: Event::TicketChanged { ticket: ticket.clone() },
        });
    }
    batch.events = events;
}

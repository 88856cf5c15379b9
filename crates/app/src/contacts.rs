//! One person is one contact, also when that shows only later (conversation.md § 1).

use crate::Result;
use chrono::{DateTime, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    events::{Audience, NewEvent},
};
use domain::{engine::State, phones::PhoneNumber};
use std::collections::BTreeMap;
use types::{
    NumberId, Permission, TicketId,
    events::Event,
    tickets::{CloseReason, Ticket},
};

/// What `WhatsApp` calls a person now.
#[derive(Clone, Debug, Default)]
pub(crate) struct NowCalled {
    pub(crate) phone: Option<PhoneNumber>,
    pub(crate) wa_id: Option<String>,
    pub(crate) user_id: Option<String>,
}

/// Make two contacts of one person one, within a transaction: the older one stays, and has all that was said with either.
/// Of two open tickets on a number the older one stays too; the younger one is closed as handed over to it. Gives what the
/// open pages are to be told.
pub(crate) async fn merge(
    tx: &db::Tx,
    contacts: (&Identity, &Identity),
    called: &NowCalled,
    now: DateTime<Utc>,
) -> Result<Vec<NewEvent>> {
    let (kept, gone) = older_first(contacts, |contact| (contact.created_at, contact.id));
    let mut pairs: BTreeMap<NumberId, Vec<Conversation>> = BTreeMap::new();
    for conversation in db::conversations::find_of_contacts(tx, &[kept.id, gone.id]).await? {
        pairs.entry(conversation.number_id).or_default().push(conversation);
    }
    let ids: Vec<_> = pairs.values().flatten().map(|conversation| conversation.id).collect();
    let open = db::tickets::find_open(tx, &ids).await?;
    let mut touched: Vec<TicketId> = open.iter().map(|ticket| ticket.id).collect();
    touched.sort_unstable();
    for pair in pairs.into_values() {
        let [one, other] = pair.as_slice() else { continue };
        let (mine, theirs) = if one.contact_id == kept.id { (one, other) } else { (other, one) };
        conversations(tx, mine, theirs, &open, now).await?;
    }
    db::contacts::merge(tx, &merged(kept, gone, called), gone.id).await?;
    let tickets = db::tickets::find(tx, &touched).await?.into_iter();
    Ok(tickets.map(|ticket| told(kept, ticket)).collect())
}

/// Of two conversations on one number, the second goes up in the first.
async fn conversations(
    tx: &db::Tx,
    mine: &Conversation,
    theirs: &Conversation,
    open: &[Ticket],
    now: DateTime<Utc>,
) -> Result<()> {
    let ticket_of = |conversation: &Conversation| open.iter().find(|ticket| ticket.conversation_id == conversation.id);
    let (lasting, quiet) = match (ticket_of(mine), ticket_of(theirs)) {
        (Some(one), Some(other)) => {
            let (older, younger) = older_first((one, other), |ticket| (ticket.created_at, ticket.id));
            db::tickets::close_all(tx, &[(younger.id, CloseReason::Transferred)], now).await?;
            db::conversations::join_tickets(tx, younger.id, older.id).await?;
            if older.id == one.id { (mine, theirs) } else { (theirs, mine) }
        }
        (Some(_), None) => (mine, theirs),
        (None, None) if mine.engine_state.last_activity_at >= theirs.engine_state.last_activity_at => (mine, theirs),
        (None, Some(_) | None) => (theirs, mine),
    };
    let state = State {
        last_inbound_at: mine.engine_state.last_inbound_at.max(theirs.engine_state.last_inbound_at),
        last_activity_at: mine.engine_state.last_activity_at.max(theirs.engine_state.last_activity_at),
        ..lasting.engine_state
    };
    let last = if mine.last_message_at >= theirs.last_message_at { mine } else { theirs };
    let kept = Conversation {
        engine_state: state,
        last_inbound_at: mine.last_inbound_at.max(theirs.last_inbound_at),
        unread: mine.unread + theirs.unread,
        last_message_id: last.last_message_id,
        last_message_at: last.last_message_at,
        created_at: mine.created_at.min(theirs.created_at),
        ..mine.clone()
    };
    Ok(db::conversations::merge(tx, &kept, theirs.id, quiet.id).await?)
}

/// Both in one: a name and attributes that somebody gave are kept, the older contact's first.
fn merged(kept: &Identity, gone: &Identity, called: &NowCalled) -> Identity {
    let mut attributes = kept.attributes.clone();
    if let (Some(mine), Some(theirs)) = (attributes.as_object_mut(), gone.attributes.as_object()) {
        for (name, value) in theirs {
            mine.entry(name).or_insert_with(|| value.clone());
        }
    }
    let NowCalled { phone, wa_id, user_id } = called.clone();
    Identity {
        wa_id: wa_id.or_else(|| kept.wa_id.clone()).or_else(|| gone.wa_id.clone()),
        user_id: user_id.or_else(|| kept.user_id.clone()).or_else(|| gone.user_id.clone()),
        phone: phone.or(kept.phone).or(gone.phone),
        name: kept.name.clone().or_else(|| gone.name.clone()),
        attributes,
        opted_out: kept.opted_out || gone.opted_out,
        last_interaction_at: kept.last_interaction_at.max(gone.last_interaction_at),
        ..kept.clone()
    }
}

fn older_first<T, K: Ord>((one, other): (T, T), age: impl Fn(&T) -> K) -> (T, T) {
    if age(&one) <= age(&other) { (one, other) } else { (other, one) }
}

fn told(contact: &Identity, ticket: Ticket) -> NewEvent {
    NewEvent {
        organization_id: contact.organization_id,
        number_id: Some(ticket.number.id),
        audience: Audience::Permitted(Permission::ViewDesk),
        event: Event::TicketChanged { ticket },
    }
}

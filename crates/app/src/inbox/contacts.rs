//! Who wrote: found by phone in any of its variants or by business-scoped id, else made; never two contacts for one person.

use crate::{App, channel::Line, conversations::Batch};
use db::{contacts::Identity, conversations::Conversation};
use domain::{engine::State, phones::PhoneNumber};
use types::OrganizationId;
use whatsapp::InboundMessage;

/// The contact and the conversation of a message, as places in the batch.
pub(super) fn of(app: &App, batch: &mut Batch, line: &Line, message: &InboundMessage) -> Option<(usize, usize)> {
    let organization = line.number.organization_id;
    let phone = phone(message);
    let (by_phone, by_user_id) = found(batch, organization, message);
    batch.crossed |= match (by_phone, by_user_id) {
        (Some(one), Some(other)) => one != other && one.max(other) >= batch.contacts_before,
        _ => false,
    };
    let contact = match by_phone.or(by_user_id) {
        Some(known) => known,
        None if phone.is_none() && message.user_id.is_none() => return None,
        None => batch.add_contact(Identity {
            id: app.ids.make(),
            organization_id: organization,
            wa_id: message.from.clone(),
            user_id: message.user_id.clone(),
            phone,
            name: None,
            attributes: serde_json::Value::Object(serde_json::Map::new()),
            opted_out: false,
            created_at: batch.now,
            last_interaction_at: None,
        }),
    };
    learn(batch, contact, message, phone);
    let id = batch.contacts.get(contact)?.id;
    let conversation = match batch.by_pair.get(&(line.number.id, id)) {
        Some(known) => *known,
        None => batch.add_conversation(Conversation {
            id: app.ids.make(),
            organization_id: organization,
            number_id: line.number.id,
            contact_id: id,
            engine_state: State::default(),
            last_inbound_at: None,
            unread: 0,
            last_message_id: None,
            last_message_at: None,
            created_at: batch.now,
        }),
    };
    Some((contact, conversation))
}

fn phone(message: &InboundMessage) -> Option<PhoneNumber> {
    message.from.as_deref().and_then(|from| PhoneNumber::from_wa_id(from).ok())
}

/// The contacts that have the phone and the id of who wrote.
fn found(batch: &Batch, organization: OrganizationId, message: &InboundMessage) -> (Option<usize>, Option<usize>) {
    let by_phone = phone(message).and_then(|phone| batch.by_phone.get(&(organization, phone.canonical())).copied());
    let by_user_id = message.user_id.clone().and_then(|id| batch.by_user_id.get(&(organization, id)).copied());
    (by_phone, by_user_id)
}

/// A person has another phone from now on: the contact stays who it is, by the name it has. Gives the contact and the
/// conversation; None when nobody knows the person, or there is nothing to change.
pub(super) fn renumber(
    batch: &mut Batch,
    line: &Line,
    message: &InboundMessage,
    (new, wa_id): (PhoneNumber, &str),
) -> Option<(usize, usize)> {
    let organization = line.number.organization_id;
    let former = phone(message);
    let (by_phone, by_user_id) = found(batch, organization, message);
    let index = by_phone.or(by_user_id)?;
    let holder = batch.by_phone.get(&(organization, new.canonical())).copied();
    if holder.is_some_and(|holder| holder != index) {
        batch.crossed = true;
        return None;
    }
    if let Some(former) = former {
        batch.by_phone.remove(&(organization, former.canonical()));
    }
    batch.by_phone.insert((organization, new.canonical()), index);
    batch.changed_contacts.insert(index);
    let contact = batch.contacts.get_mut(index)?;
    contact.phone = Some(new);
    contact.wa_id = Some(wa_id.to_owned());
    contact.last_interaction_at = contact.last_interaction_at.max(Some(message.timestamp));
    let shown = contact.contact_ref();
    for (place, conversation) in batch.conversations.iter().enumerate() {
        if let Some(ticket) = batch.tickets.get_mut(&conversation.id).filter(|ticket| ticket.contact.id == shown.id) {
            ticket.contact = shown.clone();
            batch.told.insert(place);
        }
    }
    Some((index, *batch.by_pair.get(&(line.number.id, shown.id))?))
}

/// The contact and the conversation of somebody who is known, and has talked on this number.
pub(super) fn known(batch: &Batch, line: &Line, message: &InboundMessage) -> Option<(usize, usize)> {
    let organization = line.number.organization_id;
    let (by_phone, by_user_id) = found(batch, organization, message);
    let index = by_phone.or(by_user_id)?;
    let id = batch.contacts.get(index)?.id;
    Some((index, *batch.by_pair.get(&(line.number.id, id))?))
}

/// Take over what the message tells of its sender. A name somebody gave is kept, and so is a stored phone in any variant;
/// WhatsApp's id follows what WhatsApp says last, because that is what it is reached by, and so does the phone of who is
/// known by the other id.
fn learn(batch: &mut Batch, index: usize, message: &InboundMessage, phone: Option<PhoneNumber>) {
    batch.changed_contacts.insert(index);
    let Some(contact) = batch.contacts.get_mut(index) else { return };
    if contact.name.is_none() {
        contact.name = message.profile_name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    }
    let is_latest = contact.last_interaction_at.is_none_or(|last| message.timestamp >= last);
    contact.last_interaction_at = contact.last_interaction_at.max(Some(message.timestamp));
    let organization = contact.organization_id;
    if let Some(phone) = phone
        && (is_latest || contact.phone.is_none())
        && contact.phone.map(PhoneNumber::canonical) != Some(phone.canonical())
        && !batch.by_phone.contains_key(&(organization, phone.canonical()))
    {
        if let Some(former) = contact.phone.replace(phone) {
            batch.by_phone.remove(&(organization, former.canonical()));
        }
        batch.by_phone.insert((organization, phone.canonical()), index);
    }
    if message.from.is_some() && (is_latest || contact.wa_id.is_none()) {
        contact.wa_id.clone_from(&message.from);
    }
    if let (None, Some(user_id)) = (&contact.user_id, &message.user_id)
        && !batch.by_user_id.contains_key(&(organization, user_id.clone()))
    {
        contact.user_id = Some(user_id.clone());
        batch.by_user_id.insert((organization, user_id.clone()), index);
    }
}

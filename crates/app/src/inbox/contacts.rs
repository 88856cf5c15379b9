//! Who wrote: found by phone in any of its variants or by business-scoped id, else made; never two contacts for one person.

use crate::{App, channel::Line, conversations::Batch};
use db::{contacts::Identity, conversations::Conversation};
use domain::{engine::State, phones::PhoneNumber};
use whatsapp::InboundMessage;

/// The contact and the conversation of a message, as places in the batch.
pub(super) fn of(app: &App, batch: &mut Batch, line: &Line, message: &InboundMessage) -> Option<(usize, usize)> {
    let organization = line.number.organization_id;
    let phone = message.from.as_deref().and_then(|from| PhoneNumber::from_wa_id(from).ok());
    let by_phone = phone.and_then(|phone| batch.by_phone.get(&(organization, phone.canonical())).copied());
    let by_user_id = message.user_id.clone().and_then(|id| batch.by_user_id.get(&(organization, id)).copied());
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

/// Take over what the message tells of its sender. A name somebody gave is kept, and so is a stored phone; WhatsApp's id
/// follows what WhatsApp says now, because that is what it is reached by.
fn learn(batch: &mut Batch, index: usize, message: &InboundMessage, phone: Option<PhoneNumber>) {
    batch.changed_contacts.insert(index);
    let Some(contact) = batch.contacts.get_mut(index) else { return };
    if contact.name.is_none() {
        contact.name = message.profile_name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    }
    if message.from.is_some() {
        contact.wa_id.clone_from(&message.from);
    }
    contact.last_interaction_at = contact.last_interaction_at.max(Some(message.timestamp));
    let organization = contact.organization_id;
    if contact.phone.is_none() {
        contact.phone = phone;
        if let Some(phone) = phone {
            batch.by_phone.insert((organization, phone.canonical()), index);
        }
    }
    if let (None, Some(user_id)) = (&contact.user_id, &message.user_id)
        && !batch.by_user_id.contains_key(&(organization, user_id.clone()))
    {
        contact.user_id = Some(user_id.clone());
        batch.by_user_id.insert((organization, user_id.clone()), index);
    }
}

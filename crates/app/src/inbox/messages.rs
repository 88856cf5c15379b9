//! A contact's message: kept once, then joined to the open ticket or given to the chatbot.

use super::{contacts, identities};
use crate::{
    App, channel,
    conversations::{self, Batch, Occasion},
};
use db::messages::{NewAuthor, NewMessage, Stored};
use domain::{conversations::SERVICE_WINDOW, engine::Event};
use types::messages::MessageStatus;
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
    // What WhatsApp itself says of a person is news of somebody known, or of nobody.
    let system = matches!(message.content, InboundContent::System { .. });
    // What becomes of an earlier message is no new one.
    let amends = matches!(&message.content, InboundContent::Unknown { kind } if kind == "edit" || kind == "revoke");
    let found = match identities::changed_number(message) {
        Some(changed) => contacts::renumber(batch, &line, message, changed),
        None if system || amends => contacts::known(batch, &line, message),
        None => contacts::of(app, batch, &line, message),
    };
    let Some((_, conversation)) = found else {
        tracing::debug!("a message came from nobody");
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
        author: if system { NewAuthor::System } else { NewAuthor::Contact },
        origin: None,
        content,
        status: MessageStatus::Received,
        wamid: Some(message.wamid.clone()),
        reply_to,
        created_at: at,
    };
    let conversation_id = state.id;
    let beginning = (id, received.content.preview());
    conversations::add(batch, conversation, received);
    if system || amends {
        return;
    }
    // What WhatsApp does not hand on can be neither read nor understood; it only shows that they wrote.
    let unsupported = matches!(message.content, InboundContent::Unsupported { .. });
    if let Some(conversation) = batch.conversations.get_mut(conversation) {
        conversation.last_inbound_at = conversation.last_inbound_at.max(Some(at));
        conversation.unread += i64::from(!unsupported);
    }
    // A reaction is no word: it answers and begins nothing.
    if unsupported || matches!(message.content, InboundContent::Reaction { .. }) {
        return;
    }
    // What it quotes may not have been reported as delivered yet.
    let quoted = reply_to
        .and_then(|id| batch.reported.get(&id))
        .filter(|quoted| quoted.asks() && quoted.message.created_at > batch.now - SERVICE_WINDOW);
    let sender = quoted.map(Stored::member);
    let waiting = batch.unanswered.remove(&conversation_id);
    let answered = sender.or(waiting);
    if answered.is_some() {
        batch.answered.push(conversation_id);
    }
    let event = Event::Inbound {
        text: message.content.text(),
        reply_id: message.content.reply_id(),
        answered_active_message: answered.is_some(),
    };
    let occasion = Occasion { sender: answered.flatten(), message: Some(beginning), ..Occasion::at(at) };
    conversations::run(app, batch, conversation, event, &occasion);
}

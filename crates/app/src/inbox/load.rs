//! What a batch of events is about, loaded with a handful of questions whatever its size.

use super::identities::{self, Whom};
use crate::{Result, channel::Lines, conversations::Batch};
use chrono::{DateTime, Utc};
use db::messages::Known;
use domain::phones::PhoneNumber;
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};
use types::{MessageId, NumberId, OrganizationId};
use whatsapp::{InboundMessage, WebhookItem};

/// Load what these events are about; on `PostgreSQL` the conversations are held until the transaction ends.
pub(super) async fn load(tx: &db::Tx, lines: Arc<Lines>, items: &[WebhookItem], now: DateTime<Utc>) -> Result<Batch> {
    let asked = Asked::of(&lines, items);
    let whom = Whom { organizations: &asked.organizations, phones: &asked.phones, user_ids: &asked.user_ids };
    let mut contacts = whom.find(tx).await?;
    let known = db::messages::find_known(tx, &asked.wamids).await?;
    let news = news(&lines, items, &known);
    let merged = identities::settle(tx, &lines, &news, &whom, &mut contacts, now).await?;
    let mut batch = Batch::empty(lines, now);
    batch.events = merged.events;
    for contact in contacts {
        // One contact may be found by its phone and by its id.
        if !batch.by_contact.contains_key(&contact.id) {
            batch.add_contact(contact);
        }
    }
    for ((organization, former), phone) in merged.former {
        if let Some(contact) = batch.by_phone.get(&(organization, phone)).copied() {
            batch.by_phone.entry((organization, former)).or_insert(contact);
        }
    }
    batch.contacts_before = batch.contacts.len();
    let ids: Vec<_> = batch.contacts.iter().map(|contact| contact.id).collect();
    let conversations = db::conversations::find_of_contacts(tx, &ids).await?;
    let mut reported: HashSet<MessageId> = asked.reported;
    reported.extend(known.iter().filter(|known| asked.reported_wamids.contains(&known.wamid)).map(|known| known.id));
    batch.known = known.into_iter().map(|Known { id, number_id, wamid }| ((number_id, wamid), id)).collect();
    let reported: Vec<_> = reported.into_iter().collect();
    let reported = db::messages::find_reported(tx, &reported).await?;
    batch.reported = reported.into_iter().map(|stored| (stored.message.id, stored)).collect();
    batch.add_conversations(tx, conversations, asked.numbers).await?;
    Ok(batch)
}

/// The messages that were not worked on before.
fn news<'a>(lines: &Lines, items: &'a [WebhookItem], known: &[Known]) -> Vec<&'a InboundMessage> {
    let known: HashSet<_> = known.iter().map(|known| (known.number_id, known.wamid.as_str())).collect();
    let messages = items.iter().filter_map(|item| match item {
        WebhookItem::Message(message) => Some(message),
        WebhookItem::Status(_)
        | WebhookItem::Template(_)
        | WebhookItem::Unreadable { .. }
        | WebhookItem::Other { .. } => None,
    });
    let is_new = |message: &&InboundMessage| {
        let line = lines.find((&message.waba_id, &message.phone_number_id));
        line.is_some_and(|line| !known.contains(&(line.number.id, message.wamid.as_str())))
    };
    messages.filter(is_new).collect()
}

/// What has to be asked of the database.
#[derive(Default)]
struct Asked {
    organizations: Vec<OrganizationId>,
    numbers: BTreeSet<NumberId>,
    phones: Vec<PhoneNumber>,
    user_ids: Vec<String>,
    wamids: Vec<String>,
    reported: HashSet<MessageId>,
    reported_wamids: HashSet<String>,
}

impl Asked {
    fn of(lines: &Lines, items: &[WebhookItem]) -> Self {
        let mut asked = Self::default();
        for item in items {
            match item {
                WebhookItem::Message(message) => {
                    let Some(line) = lines.find((&message.waba_id, &message.phone_number_id)) else { continue };
                    if !asked.organizations.contains(&line.number.organization_id) {
                        asked.organizations.push(line.number.organization_id);
                    }
                    asked.numbers.insert(line.number.id);
                    asked.phones.extend(message.from.as_deref().and_then(|from| PhoneNumber::from_wa_id(from).ok()));
                    asked.phones.extend(identities::changed_number(message).map(|(phone, _)| phone));
                    asked.user_ids.extend(message.user_id.clone());
                    asked.wamids.push(message.wamid.clone());
                    asked.wamids.extend(message.context_wamid.clone());
                    // Whether it answers an active message is seen by that message.
                    asked.reported_wamids.extend(message.context_wamid.clone());
                    if let whatsapp::InboundContent::Reaction { message_id, .. } = &message.content {
                        asked.wamids.push(message_id.clone());
                    }
                }
                WebhookItem::Status(report) => match report.opaque.as_deref().and_then(|opaque| opaque.parse().ok()) {
                    Some(id) => drop(asked.reported.insert(id)),
                    None => {
                        asked.wamids.push(report.wamid.clone());
                        asked.reported_wamids.insert(report.wamid.clone());
                    }
                },
                WebhookItem::Template(_) | WebhookItem::Unreadable { .. } | WebhookItem::Other { .. } => {}
            }
        }
        asked
    }
}

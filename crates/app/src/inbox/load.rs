//! What a batch of events is about, loaded with a handful of questions whatever its size.

use crate::{Result, channel::Lines};
use chrono::{DateTime, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    events::NewEvent,
    messages::{Known, NewMessage, Stored},
    tickets::NewTicket,
};
use domain::phones::PhoneNumber;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};
use types::{
    CampaignId, ContactId, ConversationId, MemberId, MessageId, NumberId, OrganizationId, members::MemberRef,
    tickets::Ticket,
};
use whatsapp::WebhookItem;

/// A batch in the making: what was, and what is to be.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) now: DateTime<Utc>,
    pub(super) lines: Arc<Lines>,
    pub(super) contacts: Vec<Identity>,
    pub(super) by_phone: HashMap<(OrganizationId, PhoneNumber), usize>,
    pub(super) by_user_id: HashMap<(OrganizationId, String), usize>,
    pub(super) conversations: Vec<Conversation>,
    pub(super) by_pair: HashMap<(NumberId, ContactId), usize>,
    /// The open ticket of each conversation.
    pub(super) tickets: HashMap<ConversationId, Ticket>,
    pub(super) known: HashMap<(NumberId, String), MessageId>,
    pub(super) reported: HashMap<MessageId, Stored>,
    pub(super) unanswered: HashSet<ConversationId>,
    pub(super) online_owners: HashMap<MemberId, MemberRef>,

    pub(super) changed_contacts: BTreeSet<usize>,
    pub(super) changed_conversations: BTreeSet<usize>,
    pub(super) new_messages: Vec<NewMessage>,
    pub(super) new_tickets: Vec<NewTicket>,
    /// The messages that came further, with WhatsApp's id of each.
    pub(super) changed_reported: BTreeMap<MessageId, String>,
    pub(super) opted_out: Vec<ContactId>,
    pub(super) answered: Vec<ConversationId>,
    pub(super) moved_campaigns: HashSet<CampaignId>,
    pub(super) events: Vec<NewEvent>,
}

impl Batch {
    pub(super) async fn load(
        tx: &db::Tx,
        lines: Arc<Lines>,
        items: &[WebhookItem],
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let asked = Asked::of(&lines, items);
        let contacts = db::contacts::find_identities(tx, &asked.organizations, &asked.phones, &asked.user_ids).await?;
        let mut batch = Self::empty(lines, now);
        for contact in contacts {
            batch.add_contact(contact);
        }
        let ids: Vec<_> = batch.contacts.iter().map(|contact| contact.id).collect();
        for conversation in db::conversations::find_of_contacts(tx, &ids).await? {
            batch.add_conversation(conversation);
        }
        let ids: Vec<_> = batch.conversations.iter().map(|conversation| conversation.id).collect();
        let open = db::tickets::find_open(tx, &ids).await?;
        batch.tickets = open.into_iter().map(|ticket| (ticket.conversation_id, ticket)).collect();
        batch.unanswered = db::messages::unanswered_active(tx, &ids, now).await?.into_iter().collect();
        let owners: Vec<_> = asked.owners.into_iter().collect();
        let online = db::members::find_online(tx, &owners).await?;
        batch.online_owners = online.into_iter().map(|member| (member.id, member)).collect();
        let known = db::messages::find_known(tx, &asked.wamids).await?;
        let mut reported: HashSet<MessageId> = asked.reported;
        reported
            .extend(known.iter().filter(|known| asked.reported_wamids.contains(&known.wamid)).map(|known| known.id));
        batch.known = known.into_iter().map(|Known { id, number_id, wamid }| ((number_id, wamid), id)).collect();
        let reported: Vec<_> = reported.into_iter().collect();
        let reported = db::messages::find_reported(tx, &reported).await?;
        batch.reported = reported.into_iter().map(|stored| (stored.message.id, stored)).collect();
        Ok(batch)
    }

    pub(super) fn add_contact(&mut self, contact: Identity) -> usize {
        let index = self.contacts.len();
        if let Some(phone) = contact.phone {
            self.by_phone.insert((contact.organization_id, phone.canonical()), index);
        }
        if let Some(user_id) = &contact.user_id {
            self.by_user_id.insert((contact.organization_id, user_id.clone()), index);
        }
        self.contacts.push(contact);
        index
    }

    pub(super) fn add_conversation(&mut self, conversation: Conversation) -> usize {
        let index = self.conversations.len();
        self.by_pair.insert((conversation.number_id, conversation.contact_id), index);
        self.conversations.push(conversation);
        index
    }

    fn empty(lines: Arc<Lines>, now: DateTime<Utc>) -> Self {
        Self {
            now,
            lines,
            contacts: Vec::new(),
            by_phone: HashMap::new(),
            by_user_id: HashMap::new(),
            conversations: Vec::new(),
            by_pair: HashMap::new(),
            tickets: HashMap::new(),
            known: HashMap::new(),
            reported: HashMap::new(),
            unanswered: HashSet::new(),
            online_owners: HashMap::new(),
            changed_contacts: BTreeSet::new(),
            changed_conversations: BTreeSet::new(),
            new_messages: Vec::new(),
            new_tickets: Vec::new(),
            changed_reported: BTreeMap::new(),
            opted_out: Vec::new(),
            answered: Vec::new(),
            moved_campaigns: HashSet::new(),
            events: Vec::new(),
        }
    }
}

/// What has to be asked of the database.
#[derive(Default)]
struct Asked {
    organizations: Vec<OrganizationId>,
    owners: HashSet<MemberId>,
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
                    asked.owners.extend(line.number.owner_id);
                    asked.phones.extend(message.from.as_deref().and_then(|from| PhoneNumber::from_wa_id(from).ok()));
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
                WebhookItem::Unreadable { .. } | WebhookItem::Other { .. } => {}
            }
        }
        asked
    }
}

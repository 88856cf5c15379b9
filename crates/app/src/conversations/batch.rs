//! Conversations in the making: what was, loaded with a handful of questions whatever its size, and what is to be.

use super::besides::Besides;
use crate::{Result, channel::Lines};
use chrono::{DateTime, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    events::NewEvent,
    messages::{NewMessage, Stored},
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

/// A batch in the making.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) now: DateTime<Utc>,
    pub(crate) lines: Arc<Lines>,
    pub(crate) contacts: Vec<Identity>,
    pub(crate) by_phone: HashMap<(OrganizationId, PhoneNumber), usize>,
    pub(crate) by_user_id: HashMap<(OrganizationId, String), usize>,
    pub(crate) by_contact: HashMap<ContactId, usize>,
    /// How many of the contacts there were before.
    pub(crate) contacts_before: usize,
    /// Two contacts turned out to be one that cannot be merged here, for one of them is in the making too.
    pub(crate) crossed: bool,
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) by_pair: HashMap<(NumberId, ContactId), usize>,
    /// The open ticket of each conversation.
    pub(crate) tickets: HashMap<ConversationId, Ticket>,
    pub(crate) known: HashMap<(NumberId, String), MessageId>,
    pub(crate) reported: HashMap<MessageId, Stored>,
    /// Conversations with an active message that waits for an answer, and the member who sent it.
    pub(crate) unanswered: HashMap<ConversationId, Option<MemberId>>,
    /// Of the members the batch is about, those who are online, by the numbers they can attend.
    pub(crate) online: HashMap<(NumberId, MemberId), MemberRef>,

    pub(crate) changed_contacts: BTreeSet<usize>,
    pub(crate) changed_conversations: BTreeSet<usize>,
    pub(crate) new_messages: Vec<NewMessage>,
    pub(crate) new_tickets: Vec<NewTicket>,
    /// The messages that came further, with WhatsApp's id of each.
    pub(crate) changed_reported: BTreeMap<MessageId, String>,
    pub(crate) opted_out: Vec<ContactId>,
    pub(crate) answered: Vec<ConversationId>,
    pub(crate) moved_campaigns: HashSet<CampaignId>,
    /// Conversations whose open ticket is another to look at.
    pub(crate) told: BTreeSet<usize>,
    /// Open tickets that the contact or silence closed, with the places of their conversations.
    pub(crate) closed_tickets: Vec<(usize, Ticket)>,
    /// Conversations whose contacts are to be told that attendance is open, and when they asked for it.
    pub(crate) announcements: Vec<(usize, DateTime<Utc>)>,
    pub(crate) besides: Besides,
    pub(crate) events: Vec<NewEvent>,
}

impl Batch {
    /// The batch of these conversations alone; on `PostgreSQL` they are held until the transaction ends.
    pub(crate) async fn of(tx: &db::Tx, lines: Arc<Lines>, ids: &[ConversationId], now: DateTime<Utc>) -> Result<Self> {
        let mut batch = Self::empty(lines, now);
        let conversations = db::conversations::hold_all(tx, ids).await?;
        let contacts: BTreeSet<_> = conversations.iter().map(|conversation| conversation.contact_id).collect();
        for contact in db::contacts::find(tx, &contacts.into_iter().collect::<Vec<_>>()).await? {
            batch.add_contact(contact);
        }
        let numbers = conversations.iter().map(|conversation| conversation.number_id).collect();
        batch.add_conversations(tx, conversations, numbers).await?;
        Ok(batch)
    }

    /// Take in conversations with their open tickets, the active messages that wait for an answer, and who is online: of
    /// the owners of these numbers, which the batch is about, and of who sent those messages.
    pub(crate) async fn add_conversations(
        &mut self,
        tx: &db::Tx,
        conversations: Vec<Conversation>,
        mut numbers: BTreeSet<NumberId>,
    ) -> Result<()> {
        for conversation in conversations {
            self.add_conversation(conversation);
        }
        let ids: Vec<_> = self.conversations.iter().map(|conversation| conversation.id).collect();
        let open = db::tickets::find_open(tx, &ids).await?;
        self.tickets = open.into_iter().map(|ticket| (ticket.conversation_id, ticket)).collect();
        let unanswered = db::messages::unanswered_active(tx, &ids, self.now).await?;
        self.unanswered = unanswered.iter().map(|found| (found.conversation_id, found.member_id)).collect();
        let owners = numbers.iter().filter_map(|number| self.lines.get(*number)?.number.owner_id);
        let mut members: BTreeSet<_> = owners.collect();
        members.extend(self.unanswered.values().flatten());
        members.extend(self.reported.values().filter(|stored| stored.asks()).filter_map(Stored::member));
        let members: Vec<_> = members.into_iter().collect();
        numbers.extend(self.conversations.iter().map(|conversation| conversation.number_id));
        let online = db::tickets::find_online(tx, &members, &numbers.into_iter().collect::<Vec<_>>()).await?;
        self.online = online.into_iter().map(|(number, member)| ((number, member.id), member)).collect();
        Ok(())
    }

    pub(crate) fn add_contact(&mut self, contact: Identity) -> usize {
        let index = self.contacts.len();
        if let Some(phone) = contact.phone {
            self.by_phone.insert((contact.organization_id, phone.canonical()), index);
        }
        if let Some(user_id) = &contact.user_id {
            self.by_user_id.insert((contact.organization_id, user_id.clone()), index);
        }
        self.by_contact.insert(contact.id, index);
        self.contacts.push(contact);
        index
    }

    pub(crate) fn add_conversation(&mut self, conversation: Conversation) -> usize {
        let index = self.conversations.len();
        self.by_pair.insert((conversation.number_id, conversation.contact_id), index);
        self.conversations.push(conversation);
        index
    }

    pub(crate) fn empty(lines: Arc<Lines>, now: DateTime<Utc>) -> Self {
        Self {
            now,
            lines,
            contacts: Vec::new(),
            by_phone: HashMap::new(),
            by_user_id: HashMap::new(),
            by_contact: HashMap::new(),
            contacts_before: 0,
            crossed: false,
            conversations: Vec::new(),
            by_pair: HashMap::new(),
            tickets: HashMap::new(),
            known: HashMap::new(),
            reported: HashMap::new(),
            unanswered: HashMap::new(),
            online: HashMap::new(),
            changed_contacts: BTreeSet::new(),
            changed_conversations: BTreeSet::new(),
            new_messages: Vec::new(),
            new_tickets: Vec::new(),
            changed_reported: BTreeMap::new(),
            opted_out: Vec::new(),
            answered: Vec::new(),
            moved_campaigns: HashSet::new(),
            told: BTreeSet::new(),
            closed_tickets: Vec::new(),
            announcements: Vec::new(),
            besides: Besides::default(),
            events: Vec::new(),
        }
    }
}

//! A year of tickets and messages. Each contact has two tickets, half a year apart; the newest ones are open.

use super::Awaiting;
use anyhow::{Context, Result};
use app::App;
use chrono::{DateTime, TimeDelta, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    messages::{NewAuthor, NewMessage},
    numbers::ChannelNumber,
    tickets::NewTicket,
};
use domain::{
    engine::{Stage, State},
    phones::PhoneNumber,
    tickets::TicketState,
};
use std::collections::HashMap;
use types::{
    MessageId, NumberId,
    messages::{MessageContent, MessageStatus},
    tickets::{CloseReason, TicketPriority, TicketStatus},
};
use uuid::Uuid;

/// Rows that become part of one commit: tickets with their messages, or contacts with their conversations.
const TOGETHER: usize = 1000;
/// Open tickets at most, whatever the history: half of them wait, half are attended.
const OPEN_MAX: u64 = 600;
const YEAR: TimeDelta = TimeDelta::days(365);

const SAID: [&str; 8] = [
    "Hola, quisiera saber el estado de mi reserva",
    "Buenos días, ¿tienen salidas el viernes por la tarde?",
    "¿Me pueden enviar el comprobante de pago?",
    "Perfecto, muchas gracias por la ayuda",
    "Necesito cambiar la fecha del viaje al mes que viene",
    "Bom dia, gostaria de confirmar o horário do traslado",
    "¿Cuánto cuesta agregar una maleta más?",
    "Claro, ya le envío el detalle por aquí",
];

/// The shape of the history: everything about its parts follows from their places.
struct Plan<'a> {
    numbers: &'a [ChannelNumber],
    tickets: u64,
    messages: u64,
    conversations: u64,
    open: u64,
    awaiting: u64,
    end: DateTime<Utc>,
    /// Tells this history from an earlier one of the same organization.
    mark: u64,
}

/// Add the history; gives the messages that wait for reports.
pub(super) async fn add(
    app: &App,
    numbers: &[ChannelNumber],
    tickets: u64,
    messages: u64,
    awaiting: u64,
) -> Result<Vec<Awaiting>> {
    let conversations = tickets.div_ceil(2);
    let end = app.clock.now() - TimeDelta::minutes(1);
    let mark = end.timestamp().unsigned_abs();
    let open = OPEN_MAX.min(tickets / 10);
    let plan = Plan { numbers, tickets, messages, conversations, open, awaiting, end, mark };
    let places: Vec<u64> = (0..conversations).collect();
    for chunk in places.chunks(TOGETHER) {
        let contacts = chunk.iter().map(|place| plan.contact(*place)).collect::<Result<Vec<_>>>()?;
        let conversations = chunk.iter().map(|place| plan.conversation(*place)).collect::<Result<Vec<_>>>()?;
        let tx = db::begin(&app.db).await?;
        db::contacts::save_all(&tx, &contacts.iter().collect::<Vec<_>>()).await?;
        db::conversations::save_all(&tx, &conversations.iter().collect::<Vec<_>>()).await?;
        tx.commit().await?;
    }
    let mut ticket_numbers: HashMap<NumberId, i64> = HashMap::new();
    let mut waiting = Vec::new();
    let places: Vec<u64> = (0..tickets).collect();
    for chunk in places.chunks(TOGETHER) {
        let tx = db::begin(&app.db).await?;
        let mut new = Vec::with_capacity(chunk.len());
        let mut said = Vec::new();
        for place in chunk {
            let number = plan.number_of(plan.conversation_of(*place))?;
            let next = match ticket_numbers.get(&number.id) {
                Some(last) => last + 1,
                None => db::numbers::take_ticket_numbers(&tx, number.id, plan.tickets_of_a_number()).await?,
            };
            ticket_numbers.insert(number.id, next);
            new.push(plan.ticket(*place, number, next));
            plan.messages(*place, number, &mut said, &mut waiting)?;
        }
        db::tickets::create_all(&tx, &new).await?;
        db::messages::create_all(&tx, &said).await?;
        tx.commit().await?;
    }
    Ok(waiting)
}

impl Plan<'_> {
    fn conversation_of(&self, ticket: u64) -> u64 {
        ticket % self.conversations.max(1)
    }

    fn number_of(&self, conversation: u64) -> Result<&ChannelNumber> {
        let place = usize::try_from(conversation)? % self.numbers.len().max(1);
        self.numbers.get(place).context("there is no number")
    }

    /// Enough for each number, whoever gets the rest.
    fn tickets_of_a_number(&self) -> i64 {
        let numbers = u64::try_from(self.numbers.len()).unwrap_or(1).max(1);
        i64::try_from(self.tickets / numbers + 2).unwrap_or(i64::MAX)
    }

    /// When the message at a place of all messages was written; they are spread evenly over the year.
    fn at(&self, message: u64) -> DateTime<Utc> {
        let year = YEAR.num_milliseconds().unsigned_abs();
        let before =
            u128::from(year) * u128::from(self.messages.saturating_sub(message)) / u128::from(self.messages.max(1));
        self.end - TimeDelta::milliseconds(i64::try_from(before).unwrap_or_default())
    }

    /// The places of a ticket's messages among all.
    fn message_places(&self, ticket: u64) -> std::ops::Range<u64> {
        let tickets = u128::from(self.tickets.max(1));
        let of =
            |ticket: u64| u64::try_from(u128::from(ticket) * u128::from(self.messages) / tickets).unwrap_or(u64::MAX);
        of(ticket)..of(ticket + 1)
    }

    fn is_open(&self, ticket: u64) -> bool {
        ticket >= self.tickets - self.open
    }

    fn wa_id(&self, conversation: u64) -> String {
        format!("56{:011}", 20_000_000_000 + self.mark % 7_000 * 10_000_000 + conversation)
    }

    fn contact(&self, place: u64) -> Result<Identity> {
        let last = self.message_places(self.last_ticket(place)).end.saturating_sub(1);
        let wa_id = self.wa_id(place);
        Ok(Identity {
            id: self.id(Kind::Contact, place, self.at(0)),
            organization_id: self.number_of(place)?.organization_id,
            phone: Some(PhoneNumber::from_wa_id(&wa_id)?),
            wa_id: Some(wa_id),
            user_id: None,
            name: Some(format!("Cliente {place}")),
            attributes: serde_json::Value::Object(serde_json::Map::new()),
            opted_out: false,
            created_at: self.at(0),
            last_interaction_at: Some(self.at(last)),
        })
    }

    fn conversation(&self, place: u64) -> Result<Conversation> {
        let number = self.number_of(place)?;
        let ticket = self.last_ticket(place);
        let last = self.message_places(ticket).end.checked_sub(1);
        let at = last.map(|last| self.at(last));
        let stage = if self.is_open(ticket) { Stage::InAttendance } else { Stage::Idle };
        Ok(Conversation {
            id: self.id(Kind::Conversation, place, self.at(0)),
            organization_id: number.organization_id,
            number_id: number.id,
            contact_id: self.id(Kind::Contact, place, self.at(0)),
            engine_state: State { stage, last_inbound_at: at, last_activity_at: at, ..State::default() },
            last_inbound_at: at,
            unread: i64::from(self.is_open(ticket) && place.is_multiple_of(3)),
            last_message_id: last.map(|last| self.id(Kind::Message, last, self.at(last))),
            last_message_at: at,
            created_at: self.at(0),
        })
    }

    fn last_ticket(&self, conversation: u64) -> u64 {
        let second = conversation + self.conversations;
        if second < self.tickets { second } else { conversation }
    }

    fn ticket(&self, place: u64, number: &ChannelNumber, ticket_number: i64) -> NewTicket {
        let messages = self.message_places(place);
        let (opened, closed) = (self.at(messages.start), self.at(messages.end));
        let conversation = self.conversation_of(place);
        let waits = self.is_open(place) && place.is_multiple_of(2);
        let assigned = if waits { None } else { Some(opened) };
        let closed_at = if self.is_open(place) { None } else { Some(closed) };
        NewTicket {
            id: self.id(Kind::Ticket, place, opened),
            organization_id: number.organization_id,
            number_id: number.id,
            contact_id: self.id(Kind::Contact, conversation, self.at(0)),
            conversation_id: self.id(Kind::Conversation, conversation, self.at(0)),
            ticket_number,
            state: TicketState {
                status: match (closed_at, waits) {
                    (Some(_), _) => TicketStatus::Closed,
                    (None, true) => TicketStatus::Waiting,
                    (None, false) => TicketStatus::Answered,
                },
                assignee: number.owner_id.filter(|_| !waits),
                assigned_at: assigned,
                first_response_at: assigned,
                closed_at,
                close_reason: closed_at.map(|_| CloseReason::Agent),
            },
            queue_id: db::queues::default_of(number.id),
            priority: TicketPriority::Normal,
            parent_id: None,
            queued_since: opened,
            created_at: opened,
        }
    }

    fn messages(
        &self,
        ticket: u64,
        number: &ChannelNumber,
        said: &mut Vec<NewMessage>,
        waiting: &mut Vec<Awaiting>,
    ) -> Result<()> {
        let places = self.message_places(ticket);
        let conversation = self.conversation_of(ticket);
        let opened = self.at(places.start);
        for place in places {
            let at = self.at(place);
            let ours = number.owner_id.filter(|_| place % 2 == 1);
            let awaits = ours.is_some() && place >= self.messages.saturating_sub(self.awaiting.saturating_mul(2));
            let id: MessageId = self.id(Kind::Message, place, at);
            let wamid = format!("wamid.G{}.{place}", self.mark);
            if awaits {
                let to = self.wa_id(conversation);
                let phone_number_id = number.phone_number_id.clone();
                waiting.push(Awaiting { id: id.to_string(), wamid: wamid.clone(), phone_number_id, to });
            }
            let text = SAID.get(usize::try_from(place % 8)?).copied().unwrap_or_default();
            said.push(NewMessage {
                id,
                organization_id: number.organization_id,
                number_id: number.id,
                contact_id: self.id(Kind::Contact, conversation, self.at(0)),
                conversation_id: self.id(Kind::Conversation, conversation, self.at(0)),
                ticket_id: Some(self.id(Kind::Ticket, ticket, opened)),
                author: ours.map_or(NewAuthor::Contact, NewAuthor::Member),
                origin: None,
                // A word in eight messages, one in a thousand, and one in one, to search for.
                content: MessageContent::Text { body: format!("{text} (ref {}, {place})", place % 997) },
                status: match (ours, awaits) {
                    (None, _) => MessageStatus::Received,
                    (Some(_), true) => MessageStatus::Accepted,
                    (Some(_), false) => MessageStatus::Read,
                },
                wamid: Some(wamid),
                reply_to: None,
                created_at: at,
            });
        }
        Ok(())
    }

    /// An id in order of time, as the ids of real rows are, that follows from the row's place.
    fn id<T: From<Uuid>>(&self, kind: Kind, place: u64, at: DateTime<Utc>) -> T {
        const VERSION_7: u128 = 0x7 << 76;
        const VARIANT: u128 = 0b10 << 62;
        let millis = u128::from(at.timestamp_millis().unsigned_abs()) << 80;
        let kind: u128 = match kind {
            Kind::Contact => 1,
            Kind::Conversation => 2,
            Kind::Ticket => 3,
            Kind::Message => 4,
        };
        let history = u128::from(self.mark % 0xff_ffff) << 36;
        Uuid::from_u128(millis | VERSION_7 | (kind << 64) | VARIANT | history | u128::from(place)).into()
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Contact,
    Conversation,
    Ticket,
    Message,
}

//! A week of the demo's past: customers who wrote, and agents who answered. All of it is closed; what is open, people play
//! themselves on the sandbox's phones.

use super::people::People;
use anyhow::{Context, Result};
use app::App;
use chrono::{DateTime, Duration, Utc};
use db::{
    contacts::Identity,
    conversations::Conversation,
    messages::{NewAuthor, NewMessage},
    numbers::ChannelNumber,
    tickets::NewTicket,
};
use domain::engine::State;
use types::{
    MemberId, TicketId,
    messages::{MessageContent, MessageStatus},
};

/// Customers of the demo, by name and the last digits of their phones.
const CUSTOMERS: &[(&str, &str)] = &[
    ("Lucía Fernández", "56961000211"),
    ("Mateo Vargas", "56961000322"),
    ("Renata Silva", "5511961000433"),
    ("Tomás Quiroga", "5491161000544"),
    ("Paula Jiménez", "573106100655"),
    ("Andrés Molina", "56961000766"),
    ("Clara Bianchi", "5491161000877"),
    ("Joaquín Peña", "34612000988"),
];

/// What they talk about: the customer's words and the agent's, in turns.
const TALKS: &[&[(bool, &str)]] = &[
    &[
        (true, "Hola, ¿tienen cupos para Bariloche en julio?"),
        (false, "¡Hola! Sí, quedan cupos la segunda y la tercera semana. ¿Cuántas personas viajan?"),
        (true, "Somos cuatro, dos adultos y dos niños"),
        (false, "Perfecto. Te envío la cotización con hotel y traslados en unos minutos."),
        (true, "Gracias 🙌"),
    ],
    &[
        (true, "Buenas tardes, necesito cambiar la fecha de mi reserva"),
        (false, "Claro. ¿Me confirmas el número de reserva y la nueva fecha?"),
        (true, "Es la 48213, quisiera salir el 14"),
        (false, "Listo, quedó para el 14 sin costo. Te llega el nuevo comprobante por correo."),
    ],
    &[
        (true, "¿El seguro cubre el equipaje?"),
        (false, "Sí, hasta 1.200 dólares por persona. ¿Quieres que te mande la póliza?"),
        (true, "Sí, por favor"),
    ],
];

/// Fill the past week.
pub(super) async fn make(app: &App, tx: &db::Tx, people: &People) -> Result<()> {
    let numbers = db::numbers::for_channel(tx).await?;
    let now = app.clock.now();
    for (index, (name, phone)) in CUSTOMERS.iter().enumerate() {
        let number = numbers.get(index % numbers.len().max(1)).context("the demo has no numbers")?;
        let agent = number.owner_id.or_else(|| people.agents.first().copied()).context("the demo has no agents")?;
        let talk = TALKS.get(index % TALKS.len()).copied().unwrap_or_default();
        let days = i64::try_from(index % 6)? + 1;
        let began = now - Duration::days(days) - Duration::minutes(i64::try_from(index)? * 47);
        talk_once(app, tx, number, agent, (name, phone), talk, began).await?;
    }
    Ok(())
}

async fn talk_once(
    app: &App,
    tx: &db::Tx,
    number: &ChannelNumber,
    agent: MemberId,
    (name, phone): (&str, &str),
    talk: &[(bool, &str)],
    began: DateTime<Utc>,
) -> Result<()> {
    let contact = Identity {
        id: app.ids.make(),
        organization_id: number.organization_id,
        wa_id: Some(phone.to_owned()),
        user_id: None,
        phone: domain::phones::PhoneNumber::from_wa_id(phone).ok(),
        name: Some(name.to_owned()),
        attributes: serde_json::json!({}),
        opted_out: false,
        created_at: began,
        last_interaction_at: Some(began),
    };
    db::contacts::save_all(tx, &[&contact]).await?;
    let at = |step: usize| began + Duration::minutes(2) * i32::try_from(step).unwrap_or(0);
    let ended = at(talk.len());
    let mut conversation = Conversation {
        id: app.ids.make(),
        organization_id: number.organization_id,
        number_id: number.id,
        contact_id: contact.id,
        engine_state: State { last_inbound_at: Some(ended), last_activity_at: Some(ended), ..State::default() },
        last_inbound_at: Some(ended),
        unread: 0,
        last_message_id: None,
        last_message_at: Some(ended),
        created_at: began,
    };
    let ticket: TicketId = app.ids.make();
    let mut messages = Vec::new();
    for (step, (from_contact, text)) in talk.iter().enumerate() {
        messages.push(NewMessage {
            id: app.ids.make(),
            organization_id: number.organization_id,
            number_id: number.id,
            contact_id: contact.id,
            conversation_id: conversation.id,
            ticket_id: Some(ticket),
            author: if *from_contact { NewAuthor::Contact } else { NewAuthor::Member(agent) },
            origin: None,
            content: MessageContent::Text { body: (*text).to_owned() },
            status: if *from_contact { MessageStatus::Received } else { MessageStatus::Read },
            wamid: None,
            reply_to: None,
            created_at: at(step),
        });
    }
    conversation.last_message_id = messages.last().map(|message| message.id);
    db::conversations::save_all(tx, &[&conversation]).await?;
    let waiting = domain::tickets::open();
    let taken = domain::tickets::take(waiting, agent, at(0)).unwrap_or(waiting);
    let answered = domain::tickets::answer(taken, agent, at(1)).unwrap_or(taken);
    let closed = domain::tickets::close(answered, domain::tickets::Closer::Agent(agent), ended).unwrap_or(answered);
    let new = NewTicket {
        id: ticket,
        organization_id: number.organization_id,
        number_id: number.id,
        contact_id: contact.id,
        conversation_id: conversation.id,
        ticket_number: db::numbers::take_ticket_numbers(tx, number.id, 1).await?,
        state: closed,
        queue_id: db::queues::default_of(number.id),
        priority: types::tickets::TicketPriority::Normal,
        parent_id: None,
        queued_since: began,
        created_at: began,
    };
    db::tickets::create_all(tx, &[new]).await?;
    Ok(db::messages::create_all(tx, &messages).await?)
}

//! One contact's way through everything there is, to measure the engine by: the same events every time.

use super::{Event, Settings};
use chrono::TimeDelta;
use types::{
    Language, QueueId, TicketId,
    chatbots::{FaqQuestion, OwnQueue, SurveyKind},
    tickets::CloseReason,
};
use uuid::Uuid;

/// A number with ten questions, ten queues and a survey, open by the hours of a week.
pub fn settings() -> Settings {
    let mut settings = Settings::default_for(Language::Es);
    settings.time_zone = chrono_tz::America::Santiago;
    let bot = &mut settings.chatbot;
    (bot.faq.on, bot.faq.attendance_button.on) = (true, true);
    bot.faq.questions = (1..=10)
        .map(|place| FaqQuestion {
            question: format!("¿Qué es lo que más se pregunta, en el lugar {place}?"),
            label: format!("Pregunta {place}"),
            answer: format!("Lo que se pregunta en el lugar {place} se responde así, {{{{contact.name}}}}."),
        })
        .collect();
    bot.queues.centre_on = true;
    bot.queues.own = (1..=10)
        .map(|place| OwnQueue {
            id: Some(QueueId(Uuid::from_u128(place))),
            name: format!("Fila {place}"),
            agents: Vec::new(),
        })
        .collect();
    (bot.conversation_flow.survey.kind, bot.conversation_flow.survey.thanks.on) = (SurveyKind::Csat, true);
    bot.hours.always = false;
    settings.attention.inactivity.on = true;
    settings
}

/// What happens, each some time after the one before: greeting, questions, queues of two pages, a ticket with six messages, a
/// survey. It takes 40 minutes and can begin again; begun between 09:00 and 17:00 of a working day in Santiago, it stays
/// within the hours.
pub fn talk() -> impl Iterator<Item = (TimeDelta, Event<'static>)> {
    let says = |text| Event::Inbound { text: Some(text), reply_id: None, answered_active_message: false };
    let taps = |id, title| Event::Inbound { text: Some(title), reply_id: Some(id), answered_active_message: false };
    [
        says("Hola, buenas tardes"),
        taps("faq:pregunta 3", "Pregunta 3"),
        says("7"),
        says("Quiero hablar con alguien"),
        taps("more:queue:1", "Más opciones"),
        says("fila 10"),
        says("Quiero viajar en enero"),
        Event::AgentWrote,
        says("Somos dos personas"),
        says("y un niño"),
        Event::AgentWrote,
        says("Perfecto"),
        Event::AgentWrote,
        says("Gracias"),
        Event::TicketClosed { by: CloseReason::Agent, ticket: TicketId(Uuid::from_u128(1)) },
        says("5"),
    ]
    .into_iter()
    .map(|event| (TimeDelta::seconds(150), event))
}

//! Played conversations by example. The rules are the engine's and are tested there; here is what the page makes of them.

use super::*;
use types::{
    Language, NumberId,
    chatbots::{AbsenceSettings, OptionalText, OwnQueue},
};

fn about() -> About {
    About {
        number_name: "Norte".to_owned(),
        number_phone: "+56 2 1111 1111".to_owned(),
        company: "Viajes del Sur".to_owned(),
        language: Language::Es,
        time_zone: "America/Santiago".to_owned(),
        people: None,
        suggested_number: None,
        availability: AvailabilityState::Missing,
        number_id: Some(NumberId(Uuid::from_u128(9))),
    }
}

fn world(change: impl FnOnce(&mut ChatbotSettings)) -> World {
    let mut settings = domain::chatbots::defaults(Language::Es);
    change(&mut settings);
    World::of(&settings, &about(), None)
}

/// A Wednesday, 12:00 in Santiago.
fn noon() -> DateTime<Utc> {
    "2026-06-03T16:00:00Z".parse().unwrap_or_default()
}

fn notes(played: &Simulation) -> Vec<&Note> {
    played
        .lines
        .iter()
        .filter_map(|line| match &line.said {
            Said::Note(note) => Some(note),
            Said::ByContact(_) | Said::ByBot(_) | Said::ByAgent(_) => None,
        })
        .collect()
}

#[test]
fn who_writes_is_greeted_by_the_unsaved_text_and_gets_a_ticket() {
    let world =
        world(|settings| settings.conversation_flow.first_greeting.text = "Buenas, {{contact.name}}".to_owned());
    let mut played = Simulation::new(noon());
    played.writes(&world, "hola");
    assert!(
        played
            .lines
            .iter()
            .any(|line| line.said == Said::ByBot(MessageContent::Text { body: "Buenas, Ana".to_owned() }))
    );
    assert!(notes(&played).contains(&&Note::TicketOpened(Queue::Default)));
    assert!(played.ticket.is_some());
}

#[test]
fn a_ticket_the_agent_closes_is_closed_once_and_the_farewell_is_said() {
    let world = world(|settings| {
        settings.attention.post_attendance = OptionalText { on: true, text: "Adiós".to_owned() };
    });
    let mut played = Simulation::in_attendance(noon());
    played.agent_closes(&world);
    played.agent_closes(&world);
    assert_eq!(notes(&played), [&Note::TicketClosed(CloseReason::Agent)]);
    let said = Said::ByBot(MessageContent::Text { body: "Adiós".to_owned() });
    assert_eq!(played.lines.last().map(|line| &line.said), Some(&said));
    assert_eq!(played.ticket, None);
}

#[test]
fn queues_that_are_not_saved_yet_have_ids_to_be_chosen_by() {
    let world = world(|settings| settings.queues.own = vec![OwnQueue::default(), OwnQueue::default()]);
    let ids: Vec<_> = world.settings.chatbot.queues.own.iter().map(|queue| queue.id).collect();
    assert!(ids.iter().all(Option::is_some) && ids.first() != ids.last());
}

#[test]
fn a_suggested_number_is_known_by_its_phone() {
    let id = NumberId(Uuid::from_u128(3));
    let number = NumberRef { id, name: "Sur".to_owned(), phone: "+56 2 2222 2222".to_owned() };
    let mut settings = domain::chatbots::defaults(Language::Es);
    settings.attention.absence = AbsenceSettings {
        on: true,
        text: "Vuelvo pronto".to_owned(),
        suggested: Some(SuggestedContact::Number { number_id: id }),
    };
    let phone = |known: Option<&NumberRef>| World::of(&settings, &about(), known).settings.suggested_phone;
    assert_eq!(phone(Some(&number)).as_deref(), Some("+56 2 2222 2222"));
    assert_eq!(phone(None), None);
}

#[test]
fn time_is_chosen_by_the_wall_of_the_number() {
    let world = world(|_| {});
    assert_eq!(world.wall(noon()), (2, "12:00".to_owned()));
    // Later that day, a day of next week, and the same moment a week on.
    for (weekday, minutes, expected) in [
        (2, 13 * 60, "2026-06-03T17:00:00Z"),
        (0, 9 * 60 + 30, "2026-06-08T13:30:00Z"),
        (2, 12 * 60, "2026-06-10T16:00:00Z"),
    ] {
        assert_eq!(world.next(noon(), weekday, minutes), expected.parse().ok(), "{weekday} {minutes}");
    }
}

#[test]
fn settings_name_their_own_zone() {
    let world = world(|settings| settings.hours.time_zone = Some("Europe/Madrid".to_owned()));
    assert_eq!(world.wall(noon()), (2, "18:00".to_owned()));
}

#[test]
fn every_tab_has_conversations_to_show() {
    use crate::chatbots::{model::BotTab, scenes};
    use strum::IntoEnumIterator as _;
    let world = world(|_| {});
    for tab in BotTab::iter() {
        let scenes = scenes::scenes(&world, tab, noon(), "Hola");
        assert!(scenes.iter().any(|scene| !scene.lines.is_empty()), "{tab}");
    }
}

#[test]
fn the_preview_of_a_greeting_is_not_hidden_by_an_absence() {
    use crate::chatbots::{model::BotTab, scenes};
    let world = world(|settings| {
        settings.attention.absence = AbsenceSettings { on: true, text: "No estoy".to_owned(), suggested: None };
    });
    let scenes = scenes::scenes(&world, BotTab::ConversationFlow, noon(), "Hola");
    let absent = Said::ByBot(MessageContent::Text { body: "No estoy".to_owned() });
    assert!(scenes.iter().flat_map(|scene| &scene.lines).all(|line| line.said != absent));
}

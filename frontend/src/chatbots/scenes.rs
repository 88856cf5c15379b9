//! What the preview of each tab plays: the conversations its settings shape.

use super::{
    model::BotTab,
    simulation::{Line, Simulation, World},
};
use chrono::{DateTime, TimeDelta, Utc};
use types::chatbots::SurveyKind;

/// A conversation of the preview, and when it takes place.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub when: When,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    FirstContact,
    Returns,
    AfterAttendance,
    AsksQuestion,
    ChoosesQueue,
    EntersAttendance,
    Absent,
    Open,
    Closed,
    NextOpening,
}

/// The conversations of a tab. Whatever stands in front of what the tab is about is left out: the absence, closed hours.
/// `hello` is what the contact writes.
pub fn scenes(world: &World, tab: BotTab, now: DateTime<Utc>, hello: &str) -> Vec<Scene> {
    let mut plain = world.clone();
    plain.settings.chatbot.attention.absence.on = false;
    if tab != BotTab::Hours {
        plain.settings.chatbot.hours.always = true;
    }
    match tab {
        BotTab::ConversationFlow => vec![
            scene(When::FirstContact, first(&plain, now, hello)),
            scene(When::Returns, returns(&plain, now, hello)),
            scene(When::AfterAttendance, farewell(&plain, now)),
        ],
        BotTab::Faq => vec![scene(When::AsksQuestion, asks(&plain, now, hello))],
        BotTab::Queues => vec![scene(When::ChoosesQueue, chooses_queue(&plain, now, hello))],
        BotTab::Attention => attention(world, &plain, now, hello),
        BotTab::SocialLinks => vec![scene(When::AfterAttendance, farewell(&plain, now))],
        BotTab::Hours => hours(&plain, now, hello),
    }
}

fn scene(when: When, played: Simulation) -> Scene {
    Scene { when, lines: played.lines }
}

fn first(world: &World, now: DateTime<Utc>, hello: &str) -> Simulation {
    let mut played = Simulation::new(now);
    played.writes(world, hello);
    played
}

/// Without a menu in front, so that the greeting and what follows are seen.
fn returns(world: &World, now: DateTime<Utc>, hello: &str) -> Simulation {
    let mut played = Simulation::in_attendance(now);
    played.agent_closes(world);
    let minutes = world.settings.chatbot.conversation_flow.return_greeting.inactivity_minutes;
    let later = now.checked_add_signed(TimeDelta::minutes(minutes.into())).unwrap_or(now);
    played.passes_until(world, later);
    played.lines.clear();
    played.writes(world, hello);
    played
}

/// The ticket is closed; a survey is answered with its best score.
fn farewell(world: &World, now: DateTime<Utc>) -> Simulation {
    let mut played = Simulation::in_attendance(now);
    played.agent_closes(world);
    let survey = &world.settings.chatbot.conversation_flow.survey;
    if survey.kind != SurveyKind::None
        && survey.invitation.on
        && let [yes, _] = played.choices().as_slice()
    {
        played.taps(world, yes);
    }
    match survey.kind {
        SurveyKind::None => {}
        SurveyKind::Csat => played.writes(world, "5"),
        SurveyKind::Nps => played.writes(world, "10"),
    }
    played
}

fn asks(world: &World, now: DateTime<Utc>, hello: &str) -> Simulation {
    let mut played = first(world, now, hello);
    if world.settings.chatbot.faq.on
        && let Some(question) = played.choices().first()
    {
        played.taps(world, question);
    }
    played
}

fn chooses_queue(world: &World, now: DateTime<Utc>, hello: &str) -> Simulation {
    let mut world = world.clone();
    world.settings.chatbot.faq.on = false;
    let mut played = first(&world, now, hello);
    if world.settings.chatbot.queues.centre_on
        && let Some(queue) = played.choices().first()
    {
        played.taps(&world, queue);
    }
    played
}

/// Straight into attendance, without the menus of other tabs.
fn straight(world: &World) -> World {
    let mut world = world.clone();
    let chatbot = &mut world.settings.chatbot;
    chatbot.faq.on = false;
    chatbot.queues.centre_on = false;
    world
}

fn attention(world: &World, plain: &World, now: DateTime<Utc>, hello: &str) -> Vec<Scene> {
    let plain = straight(plain);
    let mut scenes = Vec::new();
    if world.settings.chatbot.attention.absence.on {
        scenes.push(scene(When::Absent, first(world, now, hello)));
    }
    scenes.push(scene(When::EntersAttendance, first(&plain, now, hello)));
    scenes.push(scene(When::AfterAttendance, farewell(&plain, now)));
    if world.settings.chatbot.attention.notify_next_hours.on {
        let mut closing = plain;
        closing.settings.chatbot.hours.always = world.settings.chatbot.hours.always;
        scenes.extend(closed(&closing, now, hello));
    }
    scenes
}

fn hours(plain: &World, now: DateTime<Utc>, hello: &str) -> Vec<Scene> {
    let plain = straight(plain);
    let open = plain.moment(now, true).map(|at| scene(When::Open, first(&plain, at, hello)));
    open.into_iter().chain(closed(&plain, now, hello)).collect()
}

/// Somebody writes while attendance is closed, wants to be told, and is. Nothing when it never closes.
fn closed(world: &World, now: DateTime<Utc>, hello: &str) -> Vec<Scene> {
    let Some(at) = world.moment(now, false) else { return Vec::new() };
    let mut played = first(world, at, hello);
    let choices = played.choices();
    let asked = world.settings.chatbot.attention.notify_next_hours.on;
    let (true, [yes, _]) = (asked, choices.as_slice()) else { return vec![scene(When::Closed, played)] };
    played.taps(world, yes);
    let mut scenes = vec![scene(When::Closed, played.clone())];
    if let Some(open) = world.moment(at, true) {
        let before = played.lines.len();
        played.passes_until(world, open);
        let lines = played.lines.split_off(before.min(played.lines.len()));
        scenes.push(Scene { when: When::NextOpening, lines });
    }
    scenes
}

//! A played conversation as WhatsApp would show it to the contact: ours on the left, theirs on the right.

use super::{
    hours::weekday,
    simulation::{Line, Note, Queue, Said, World, choices},
};
use crate::i18n::{Locale, t, t_string, td_string, use_i18n};
use chrono::{DateTime, Utc};
use domain::engine::Timer;
use leptos::prelude::*;
use types::{
    chatbots::{AVAILABILITY_TEMPLATE, SurveyKind},
    messages::{Choice, MessageContent},
    off_hours_contacts::OffHoursCause,
    tickets::CloseReason,
};

/// Weekday and time on the number's wall.
pub fn moment(locale: Locale, world: &World, at: DateTime<Utc>) -> String {
    let (day, time) = world.wall(at);
    format!("{}, {time}", weekday(locale, day))
}

/// One line; with `on_tap`, what it offers can be pressed.
#[component]
pub fn LineView(
    line: Line,
    world: Signal<World>,
    #[prop(optional_no_strip)] on_tap: Option<Callback<Choice>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let time = world.with_untracked(|world| world.wall(line.at).1);
    let at = line.at;
    match line.said {
        Said::Note(note) => view! {
            <li class="thread-event">
                <span>{move || world.with(|world| note_words(i18n.get_locale(), world, &note, at))}</span>
            </li>
        }
        .into_any(),
        Said::ByContact(text) => view! {
            <li class="thread-row out">
                <div class="bubble out">
                    <p class="visually-hidden">{t!(i18n, chatbots.contact)}":"</p>
                    <p class="bubble-text">{text}</p>
                    <p class="bubble-foot"><span>{time}</span></p>
                </div>
            </li>
        }
        .into_any(),
        Said::ByAgent(text) => view! {
            <li class="thread-row in">
                <div class="bubble in">
                    <p class="bubble-who">{t!(i18n, chatbots.agent)}</p>
                    <p class="bubble-text">{text}</p>
                    <p class="bubble-foot"><span>{time}</span></p>
                </div>
            </li>
        }
        .into_any(),
        Said::ByBot(content) => view! {
            <li class="thread-row in">
                <div class="bubble in">
                    <p class="visually-hidden">{t!(i18n, chatbots.title)}":"</p>
                    <Text content=content.clone() />
                    <p class="bubble-foot"><span>{time}</span></p>
                </div>
                <Offered content on_tap />
            </li>
        }
        .into_any(),
    }
}

#[component]
fn Text(content: MessageContent) -> impl IntoView {
    let i18n = use_i18n();
    match content {
        MessageContent::Text { body }
        | MessageContent::Buttons { body, .. }
        | MessageContent::List { body, .. }
        | MessageContent::Link { body, .. } => view! { <p class="bubble-text">{body}</p> }.into_any(),
        // What the template says stands in WhatsApp.
        MessageContent::Template { .. } => view! {
            <p class="bubble-text">{move || t_string!(i18n, chatbots.template_sent, name = AVAILABILITY_TEMPLATE).to_string()}</p>
        }
        .into_any(),
        other @ (MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. }) => view! { <p class="bubble-text">{other.preview()}</p> }.into_any(),
    }
}

/// The buttons, rows or link below a message.
#[component]
fn Offered(content: MessageContent, on_tap: Option<Callback<Choice>>) -> impl IntoView {
    let i18n = use_i18n();
    let head = match &content {
        MessageContent::List { button, .. } => Some(button.clone()),
        MessageContent::Text { .. }
        | MessageContent::Buttons { .. }
        | MessageContent::Link { .. }
        | MessageContent::Template { .. }
        | MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. } => None,
    };
    let offered = choices(&content);
    if let MessageContent::Link { button, url, .. } = content {
        return view! { <p class="wa-link"><span class="strong">{button}</span><span class="muted small">{url}</span></p> }.into_any();
    }
    if offered.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="wa-options">
            {head.map(|head| view! { <p class="muted small">{head}</p> })}
            <ul aria-label=move || t_string!(i18n, messages.choices)>
                {offered.into_iter().map(|choice| view! { <li><One choice on_tap /></li> }).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn One(choice: Choice, on_tap: Option<Callback<Choice>>) -> impl IntoView {
    let words = view! {
        <span>{choice.title.clone()}</span>
        {choice.description.clone().map(|description| view! { <small>{description}</small> })}
    };
    match on_tap {
        Some(on_tap) => view! {
            <button type="button" class="wa-option" on:click=move |_| on_tap.run(choice.clone())>{words}</button>
        }
        .into_any(),
        None => view! { <span class="wa-option">{words}</span> }.into_any(),
    }
}

fn note_words(locale: Locale, world: &World, note: &Note, at: DateTime<Utc>) -> String {
    match note {
        Note::TicketOpened(Queue::Own(queue)) => {
            td_string!(locale, chatbots.note_ticket, queue = queue.clone()).to_string()
        }
        Note::TicketOpened(Queue::Default) => {
            let queue = domain::engine::default_queue(world.settings.language);
            td_string!(locale, chatbots.note_ticket, queue = queue).to_string()
        }
        Note::TicketOpened(Queue::Sender) => td_string!(locale, chatbots.note_ticket_sender).to_owned(),
        Note::TicketClosed(by) => match by {
            CloseReason::Agent | CloseReason::Manager | CloseReason::Transferred => {
                td_string!(locale, chatbots.note_closed_by_agent).to_owned()
            }
            CloseReason::Contact => td_string!(locale, chatbots.note_closed_by_contact).to_owned(),
            CloseReason::Inactivity => td_string!(locale, chatbots.note_closed_by_inactivity).to_owned(),
        },
        Note::Listed(OffHoursCause::Closed) => td_string!(locale, chatbots.note_listed_closed).to_owned(),
        Note::Listed(OffHoursCause::Absence) => td_string!(locale, chatbots.note_listed_absence).to_owned(),
        Note::Callback(true) => td_string!(locale, chatbots.note_callback_yes).to_owned(),
        Note::Callback(false) => td_string!(locale, chatbots.note_callback_no).to_owned(),
        Note::Scheduled(timer, due) => scheduled_words(locale, *timer, &moment(locale, world, *due)),
        Note::SurveyShown(kind) => {
            let kind = match kind {
                SurveyKind::Nps => "NPS",
                SurveyKind::Csat | SurveyKind::None => "CSAT",
            };
            td_string!(locale, chatbots.note_survey_shown, kind = kind).to_string()
        }
        Note::SurveyAnswered(score) => td_string!(locale, chatbots.note_survey_answered, score = *score).to_string(),
        Note::SurveyExpired => td_string!(locale, chatbots.note_survey_expired).to_owned(),
        Note::Later => td_string!(locale, chatbots.note_later, time = moment(locale, world, at)).to_string(),
    }
}

fn scheduled_words(locale: Locale, timer: Timer, time: &str) -> String {
    match timer {
        Timer::InactivityWarning => td_string!(locale, chatbots.note_warning_at, time = time).to_string(),
        Timer::InactivityClose => td_string!(locale, chatbots.note_close_at, time = time).to_string(),
        Timer::SurveyExpiry => td_string!(locale, chatbots.note_survey_until, time = time).to_string(),
        Timer::NextOpening => td_string!(locale, chatbots.note_opening_at, time = time).to_string(),
        Timer::TicketReturn => td_string!(locale, chatbots.note_return_at, time = time).to_string(),
    }
}

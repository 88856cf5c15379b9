//! The six tabs of a chatbot's settings, for one number or for many at once.

use super::{
    attention::AttentionTab,
    editing::{Editing, faults_of},
    faq::FaqTab,
    flow::FlowTab,
    hours::HoursTab,
    model::{self, BotTab},
    phone::{Phone, TryIt},
    preview::Preview,
    queues::QueuesTab,
    simulation::World,
    social::SocialTab,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    routes,
    ui::tabs::{Tab, Tabs},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use std::collections::BTreeSet;
use strum::IntoEnumIterator as _;
use types::{
    FieldError, Language, NumberId,
    chatbots::{AvailabilityState, ChatbotPerson, ChatbotSettings},
    numbers::NumberRef,
    settings_changes::SettingsField,
};
use wasm_bindgen::JsCast;

/// What the editor needs to know beside the document.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub number_name: String,
    pub number_phone: String,
    pub company: String,
    /// The language the number's customers are spoken to.
    pub language: Language,
    /// The organization's zone.
    pub time_zone: String,
    /// Who may be put into queues; None for many numbers: who has access is checked number by number.
    pub people: Option<Vec<ChatbotPerson>>,
    pub suggested_number: Option<NumberRef>,
    pub availability: AvailabilityState,
    /// None for many numbers.
    pub number_id: Option<NumberId>,
}

impl About {
    /// What the default queue is called to customers.
    pub fn default_queue(&self) -> &'static str {
        domain::engine::default_queue(self.language)
    }
}

/// What stands beside the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Preview,
    TryIt,
}

/// It has a form of its own, so that it cannot stand in one.
#[component]
pub fn Editor(
    settings: RwSignal<ChatbotSettings>,
    about: Signal<About>,
    /// What the server refused, by pointers like `/settings/faq/…`.
    faults: Signal<Vec<FieldError>>,
    /// For many numbers: which fields are applied; a section is checked by itself once it is edited.
    #[prop(optional)]
    applied: Option<RwSignal<BTreeSet<SettingsField>>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Counts the attempts to save: at each one, every fault is shown and the first one gets the focus. Whether there are
    /// any is [`super::model::faults`].
    #[prop(optional)]
    tried: Option<RwSignal<u32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let was_tried = Signal::derive(move || tried.is_some_and(|tried| tried.get() > 0));
    let editing = Editing {
        settings,
        about,
        applied,
        faults: faults_of(settings, applied, faults, was_tried),
        suggested: RwSignal::new(about.with_untracked(|about| about.suggested_number.clone())),
    };
    provide_context(editing);
    Effect::new(move || {
        if let Some(number) = about.with(|about| about.suggested_number.clone()) {
            editing.suggested.set(Some(number));
        }
    });
    let tab = tab_in_address();
    let go_to_first = move || {
        let first = editing.faults.with_untracked(|faults| faults.first().map(|fault| fault.pointer.clone()));
        if let Some(pointer) = first {
            tab.set(model::tab_of(&pointer).unwrap_or(tab.get_untracked()));
            // The tab is in the page after a frame.
            request_animation_frame(move || request_animation_frame(move || focus(&pointer)));
        }
    };
    Effect::new(move |before: Option<u32>| {
        let now = tried.map(|tried| tried.get()).unwrap_or_default();
        if before.is_some_and(|before| before < now) {
            go_to_first();
        }
        now
    });
    Effect::new(move || {
        if !faults.with(Vec::is_empty) {
            go_to_first();
        }
    });
    let tabs = Signal::derive(move || {
        BotTab::iter()
            .map(|key| Tab {
                key,
                words: tab_words(i18n.get_locale(), key).to_owned(),
                count: Some(editing.count(key))
                    .filter(|count| *count > 0)
                    .map(|count| t_string!(i18n, chatbots.faults_count, count = count).to_string()),
            })
            .collect::<Vec<_>>()
    });
    view! {
        <div class="bot-editor">
            <Tabs label=say!(i18n, chatbots.tabs) tabs chosen=tab panel="chatbot-tab" />
            <div class="bot-columns">
                <div id="chatbot-tab" role="tabpanel" aria-label=move || tab_words(i18n.get_locale(), tab.get())>
                    <fieldset class="plain-fieldset stack" disabled=move || disabled.get()>
                        <legend class="visually-hidden">{move || tab_words(i18n.get_locale(), tab.get())}</legend>
                        {move || match tab.get() {
                            BotTab::ConversationFlow => view! { <FlowTab /> }.into_any(),
                            BotTab::Faq => view! { <FaqTab /> }.into_any(),
                            BotTab::Queues => view! { <QueuesTab /> }.into_any(),
                            BotTab::Attention => view! { <AttentionTab /> }.into_any(),
                            BotTab::SocialLinks => view! { <SocialTab /> }.into_any(),
                            BotTab::Hours => view! { <HoursTab /> }.into_any(),
                        }}
                    </fieldset>
                </div>
                <Side editing tab />
            </div>
        </div>
    }
}

/// The preview, or the phone to try it.
#[component]
fn Side(editing: Editing, tab: RwSignal<BotTab>) -> impl IntoView {
    let i18n = use_i18n();
    let beside = RwSignal::new(Beside::Preview);
    let world = Memo::new(move |_| {
        let suggested = editing.suggested.get();
        editing.about.with(|about| editing.settings.with(|settings| World::of(settings, about, suggested.as_ref())))
    });
    let world = Signal::from(world);
    // It stands here, so that a look at the preview does not end the conversation.
    let phone = Phone::new(world);
    let tabs = Signal::derive(move || {
        vec![
            Tab { key: Beside::Preview, words: t_string!(i18n, chatbots.preview).to_owned(), count: None },
            Tab { key: Beside::TryIt, words: t_string!(i18n, chatbots.try_it).to_owned(), count: None },
        ]
    });
    view! {
        <aside class="card bot-side" aria-labelledby="bot-side-title">
            <div class="card-head">
                <div>
                    <h2 id="bot-side-title">{move || editing.about.with(|about| about.number_name.clone())}</h2>
                    <p class="small numeric">{move || editing.about.with(|about| about.number_phone.clone())}</p>
                </div>
            </div>
            <div class="card-body">
                <Tabs label=say!(i18n, chatbots.preview_and_try) tabs chosen=beside panel="chatbot-side" />
                <div id="chatbot-side" role="tabpanel" class="stack"
                    aria-label=move || if beside.get() == Beside::TryIt { t_string!(i18n, chatbots.try_it) } else { t_string!(i18n, chatbots.preview) }>
                    {move || match beside.get() {
                        Beside::Preview => view! { <Preview tab world /> }.into_any(),
                        Beside::TryIt => view! { <TryIt phone /> }.into_any(),
                    }}
                </div>
            </div>
        </aside>
    }
}

/// The tab, kept in the address, so that it survives a reload and can be sent to a colleague.
fn tab_in_address() -> RwSignal<BotTab> {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = use_navigate();
    let tab = RwSignal::new(query.with_untracked(|query| query.get(routes::TAB)?.parse().ok()).unwrap_or_default());
    Effect::new(move |before: Option<BotTab>| {
        let now = tab.get();
        if before.is_some_and(|before| before != now) {
            let number = query.with_untracked(|query| query.get(routes::NUMBER));
            let number = number.map(|id| format!("{}={id}&", routes::NUMBER)).unwrap_or_default();
            let address = format!("{}?{number}{}={now}", path.get_untracked(), routes::TAB);
            navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
        now
    });
    tab
}

/// Move the focus to the control of a pointer, or to the closest that holds it.
fn focus(pointer: &str) {
    let mut at = pointer;
    while !at.is_empty() {
        let found = document().query_selector(&format!("[data-pointer=\"{at}\"]")).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
            return;
        }
        at = at.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
}

pub fn tab_words(locale: Locale, tab: BotTab) -> &'static str {
    match tab {
        BotTab::ConversationFlow => td_string!(locale, chatbots.tab_conversation_flow),
        BotTab::Faq => td_string!(locale, chatbots.tab_faq),
        BotTab::Queues => td_string!(locale, chatbots.tab_queues),
        BotTab::Attention => td_string!(locale, chatbots.tab_attention),
        BotTab::SocialLinks => td_string!(locale, chatbots.tab_social_links),
        BotTab::Hours => td_string!(locale, chatbots.tab_hours),
    }
}

//! The six tabs of a chatbot's settings, for one number or for many at once.

use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    FieldError, Language, NumberId,
    chatbots::{AvailabilityState, ChatbotPerson, ChatbotSettings},
    numbers::NumberRef,
    settings_changes::SettingsField,
};

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
    let _ = (settings, about, faults, applied, disabled, tried);
}

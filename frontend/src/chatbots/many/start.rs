//! What the editor of many starts with, and what is sent of it.

use super::super::editor::About;
use crate::{
    api::{self, Query, Result},
    settings_changes::model::Choice,
};
use std::collections::BTreeSet;
use types::{
    Language,
    chatbots::{self, AvailabilityState, Chatbot, ChatbotChangeInput, ChatbotSettings},
    settings_changes::{NumberVersion, SettingsField},
};

/// The document, and what the editor knows beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    pub settings: ChatbotSettings,
    pub about: About,
}

/// What is known where no number is the reference.
#[derive(Clone, Debug)]
pub struct Unreferred {
    /// Stands for the numbers' names.
    pub number_name: String,
    pub company: String,
    pub language: Language,
    pub time_zone: String,
}

/// The reference's settings, or those of a new number.
pub async fn load(choice: Choice, unreferred: Unreferred) -> Result<Start> {
    let Some(reference) = choice.reference else { return Ok(fresh(unreferred)) };
    api::ask(chatbots::GET_CHATBOT, &[&reference.id], Query::none()).await.map(after)
}

fn fresh(unreferred: Unreferred) -> Start {
    let Unreferred { number_name, company, language, time_zone } = unreferred;
    Start {
        settings: domain::chatbots::defaults(language),
        about: About {
            number_name,
            number_phone: String::new(),
            company,
            language,
            time_zone,
            people: None,
            suggested_number: None,
            // Whether an account has the template is looked at number by number.
            availability: AvailabilityState::Approved,
            number_id: None,
        },
    }
}

fn after(chatbot: Chatbot) -> Start {
    let Chatbot { number, settings, language, company, time_zone, suggested_number, .. } = chatbot;
    Start {
        settings,
        about: About {
            number_name: number.name,
            number_phone: number.phone,
            company,
            language,
            time_zone,
            people: None,
            suggested_number,
            availability: AvailabilityState::Approved,
            number_id: None,
        },
    }
}

/// What is sent: after a reference all fields, else those that were touched.
pub fn input(
    choice: &Choice,
    settings: ChatbotSettings,
    applied: &BTreeSet<SettingsField>,
    expected: Option<Vec<NumberVersion>>,
) -> ChatbotChangeInput {
    let reference_number_id = choice.reference.as_ref().map(|number| number.id);
    ChatbotChangeInput {
        targets: choice.targets(),
        reference_number_id,
        settings,
        fields: reference_number_id.is_none().then(|| applied.iter().copied().collect()),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{NumberId, numbers::NumberRef};
    use uuid::Uuid;

    #[test]
    fn with_a_reference_all_fields_go_and_without_one_only_those_touched() {
        let number = NumberRef { id: NumberId(Uuid::from_u128(1)), name: "Ana".to_owned(), phone: "+1".to_owned() };
        let mut choice = Choice::default();
        choice.numbers.insert(number.id, number.clone());
        let touched = BTreeSet::from([SettingsField::Holidays, SettingsField::Faq]);
        let sent = input(&choice, ChatbotSettings::default(), &touched, None);
        assert_eq!(sent.fields, Some(vec![SettingsField::Faq, SettingsField::Holidays]));
        assert_eq!(sent.reference_number_id, None);
        choice.reference = Some(number.clone());
        let sent = input(&choice, ChatbotSettings::default(), &touched, None);
        assert_eq!((sent.fields, sent.reference_number_id), (None, Some(number.id)));
    }

    #[test]
    fn without_a_reference_one_starts_from_what_a_new_number_has() {
        let unreferred = Unreferred {
            number_name: "…".to_owned(),
            company: "Demo".to_owned(),
            language: Language::Pt,
            time_zone: "America/Sao_Paulo".to_owned(),
        };
        let start = fresh(unreferred);
        assert_eq!(start.settings, domain::chatbots::defaults(Language::Pt));
        assert_eq!(start.about.people, None, "who has access is looked at number by number");
    }
}

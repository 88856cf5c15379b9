//! What is written of an absence, the settings it makes, and what is wrong with it.

use crate::bubble::Previewed;
use chrono::{DateTime, Utc};
use domain::engine;
use types::{
    FieldCode, FieldError, Language,
    absences::Absence,
    chatbots::{AbsenceSettings, ChatbotSettings, INTERACTIVE_MAX, SuggestedContact},
    messages::{MessageContent, TEXT_MAX},
    numbers::NumberRef,
    validate,
};

/// Who is suggested instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggest {
    Nobody,
    Number,
    Phone,
}

/// The page's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub on: bool,
    pub text: String,
    pub suggest: Suggest,
    pub number: Option<NumberRef>,
    pub phone: String,
    pub name: String,
}

impl Draft {
    pub fn of(absence: &Absence) -> Self {
        let AbsenceSettings { on, text, suggested } = &absence.absence;
        let (suggest, phone, name) = match suggested {
            None => (Suggest::Nobody, String::new(), String::new()),
            Some(SuggestedContact::Number { .. }) => (Suggest::Number, String::new(), String::new()),
            Some(SuggestedContact::Phone { phone, name }) => {
                (Suggest::Phone, phone.clone(), name.clone().unwrap_or_default())
            }
        };
        Self { on: *on, text: text.clone(), suggest, number: absence.suggested_number.clone(), phone, name }
    }

    pub fn settings(&self) -> AbsenceSettings {
        AbsenceSettings {
            on: self.on,
            text: self.text.clone(),
            suggested: match self.suggest {
                Suggest::Nobody => None,
                Suggest::Number => self.number.as_ref().map(|number| SuggestedContact::Number { number_id: number.id }),
                Suggest::Phone => Some(SuggestedContact::Phone {
                    phone: plain(&self.phone),
                    name: Some(self.name.trim().to_owned()).filter(|name| !name.is_empty()),
                }),
            },
        }
    }

    /// Characters the text may have: with a button below it WhatsApp takes fewer.
    pub fn limit(&self) -> usize {
        match self.suggest {
            Suggest::Nobody => TEXT_MAX,
            Suggest::Number | Suggest::Phone => INTERACTIVE_MAX,
        }
    }

    /// All that is wrong, by the rules of the chatbot's settings; pointers are those of an absence.
    pub fn faults(&self, language: Language) -> Vec<FieldError> {
        let mut settings = ChatbotSettings::default();
        settings.attention.absence = self.settings();
        let of_absence = |pointer: &str| pointer.strip_prefix("/attention/absence").map(ToOwned::to_owned);
        let mut faults: Vec<_> = domain::chatbots::check(&settings)
            .into_iter()
            .filter_map(|fault| {
                let pointer = of_absence(&fault.pointer)?;
                Some(validate::field(pointer, fault.code, fault.limit, language))
            })
            .collect();
        if self.suggest == Suggest::Number && self.number.is_none() {
            faults.push(validate::field("/suggested", FieldCode::Required, None, language));
        }
        faults
    }
}

/// A phone as it is kept: blanks, dashes, dots and brackets are for its readers.
fn plain(phone: &str) -> String {
    phone.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '(' | ')')).collect()
}

/// What is wrong with a part of the absence, wherever the pointer begins.
pub fn fault(faults: &[FieldError], name: &str) -> Option<String> {
    let points = |pointer: &str| {
        let pointer = pointer.strip_prefix("/settings").unwrap_or(pointer);
        let pointer = pointer.strip_prefix("/attention").unwrap_or(pointer);
        let pointer = pointer.strip_prefix("/absence").unwrap_or(pointer);
        pointer.strip_prefix('/').is_some_and(|pointer| pointer == name)
    };
    faults.iter().find(|error| points(&error.pointer)).map(|error| error.detail.clone())
}

/// The message as who writes gets it: what the chatbot itself would say.
pub fn preview(draft: &Draft, absence: &Absence, contact: &str, now: DateTime<Utc>) -> Previewed {
    let mut settings = engine::Settings::default_for(absence.language);
    settings.chatbot.attention.absence = AbsenceSettings { on: true, ..draft.settings() };
    settings.suggested_phone = match draft.suggest {
        Suggest::Nobody => None,
        Suggest::Number => draft.number.as_ref().map(|number| number.phone.clone()),
        Suggest::Phone => Some(plain(&draft.phone)).filter(|phone| !phone.is_empty()),
    };
    let facts = engine::Facts {
        contact_name: Some(contact),
        number_name: Some(&absence.number.name),
        agent_name: None,
        company: Some(&absence.company),
    };
    let hello = engine::Event::Inbound { text: Some("Hola"), reply_id: None, answered_active_message: false };
    let (_, effects) = engine::step(&settings, &facts, engine::State::default(), hello, now);
    effects.into_iter().find_map(shown).unwrap_or_default()
}

fn shown(effect: engine::Effect) -> Option<Previewed> {
    let engine::Effect::Send(content) = effect else { return None };
    match content {
        MessageContent::Text { body } => Some(Previewed { body, ..Previewed::default() }),
        MessageContent::Link { body, button, url: _ } => {
            Some(Previewed { body, buttons: vec![button], ..Previewed::default() })
        }
        MessageContent::Buttons { body, buttons } => Some(Previewed {
            body,
            buttons: buttons.into_iter().map(|button| button.title).collect(),
            ..Previewed::default()
        }),
        MessageContent::Template { .. }
        | MessageContent::List { .. }
        | MessageContent::Choice { .. }
        | MessageContent::Media { .. }
        | MessageContent::Location { .. }
        | MessageContent::ContactCards { .. }
        | MessageContent::Reaction { .. }
        | MessageContent::HandedOver { .. }
        | MessageContent::Unsupported { .. } => None,
    }
}

/// The absences Desk tells of: the chosen number's, or all of them.
pub fn told(all: &[Absence], chosen: Option<types::NumberId>) -> Vec<NumberRef> {
    all.iter()
        .filter(|absence| absence.absence.on && chosen.is_none_or(|chosen| chosen == absence.number.id))
        .map(|absence| absence.number.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn number(id: u128, name: &str) -> NumberRef {
        NumberRef { id: Uuid::from_u128(id).into(), name: name.into(), phone: "+56911112222".into() }
    }

    fn absence(on: bool, suggested: Option<SuggestedContact>) -> Absence {
        Absence {
            number: number(1, "Ana"),
            absence: AbsenceSettings { on, text: "De vacaciones".into(), suggested },
            suggested_number: None,
            language: Language::Es,
            company: "Viajes del Sur".into(),
            version: 1,
            changed_at: None,
        }
    }

    #[test]
    fn an_absence_survives_the_page_unchanged() {
        let phone = SuggestedContact::Phone { phone: "+56933334444".into(), name: Some("Camila".into()) };
        for suggested in [None, Some(phone)] {
            let stored = absence(true, suggested);
            assert_eq!(Draft::of(&stored).settings(), stored.absence);
        }
        let of_number = SuggestedContact::Number { number_id: number(2, "Camila").id };
        let stored = Absence { suggested_number: Some(number(2, "Camila")), ..absence(true, Some(of_number)) };
        assert_eq!(Draft::of(&stored).settings(), stored.absence);
    }

    #[test]
    fn a_phone_is_kept_without_what_makes_it_readable() {
        let mut draft = Draft::of(&absence(true, None));
        (draft.suggest, draft.phone) = (Suggest::Phone, "+56 (9) 3333-4444".into());
        assert_eq!(
            draft.settings().suggested,
            Some(SuggestedContact::Phone { phone: "+56933334444".into(), name: None })
        );
    }

    #[test]
    fn a_button_leaves_less_room_for_the_text() {
        let mut draft = Draft::of(&absence(true, None));
        assert_eq!(draft.limit(), 4096);
        draft.suggest = Suggest::Number;
        assert_eq!(draft.limit(), 1024);
    }

    #[test]
    fn who_suggests_a_number_has_to_choose_it() {
        let mut draft = Draft::of(&absence(true, None));
        draft.suggest = Suggest::Number;
        assert!(fault(&draft.faults(Language::Es), "suggested").is_some());
        draft.number = Some(number(2, "Camila"));
        assert_eq!(fault(&draft.faults(Language::Es), "suggested"), None);
    }

    #[test]
    fn the_preview_is_what_the_chatbot_says_with_its_button() {
        let mut stored = absence(false, None);
        stored.absence.text = "Hola, {{contact.name}}: {{number.name}} está de vacaciones.".into();
        let mut draft = Draft::of(&stored);
        let plain = preview(&draft, &stored, "Pepa", DateTime::UNIX_EPOCH);
        assert_eq!((plain.body.as_str(), plain.buttons.len()), ("Hola, Pepa: Ana está de vacaciones.", 0));
        (draft.suggest, draft.number) = (Suggest::Number, Some(number(2, "Camila")));
        assert_eq!(preview(&draft, &stored, "Pepa", DateTime::UNIX_EPOCH).buttons.len(), 1);
        draft.text = String::new();
        draft.suggest = Suggest::Nobody;
        assert_eq!(preview(&draft, &stored, "Pepa", DateTime::UNIX_EPOCH), Previewed::default());
    }

    #[test]
    fn a_text_that_is_too_long_for_a_button_is_a_fault() {
        let mut draft = Draft::of(&absence(true, None));
        draft.text = "a".repeat(1025);
        assert_eq!(draft.faults(Language::Es), []);
        (draft.suggest, draft.phone) = (Suggest::Phone, "+56933334444".into());
        assert!(fault(&draft.faults(Language::Es), "text").is_some());
    }

    #[test]
    fn a_fault_is_found_wherever_its_pointer_begins() {
        for pointer in ["/text", "/absence/text", "/settings/attention/absence/text"] {
            let error = FieldError { pointer: pointer.into(), code: FieldCode::Required, detail: "no".into() };
            assert_eq!(fault(&[error], "text").as_deref(), Some("no"), "{pointer}");
        }
    }

    #[test]
    fn desk_tells_of_the_chosen_number_or_of_all_that_are_on() {
        let other = Absence { number: number(2, "Ben"), ..absence(true, None) };
        let off = Absence { number: number(3, "Eva"), ..absence(false, None) };
        let all = [absence(true, None), other, off];
        let names = |chosen| told(&all, chosen).into_iter().map(|number| number.name).collect::<Vec<_>>();
        assert_eq!(names(None), ["Ana", "Ben"]);
        assert_eq!(names(Some(number(2, "").id)), ["Ben"]);
        assert!(names(Some(number(3, "").id)).is_empty());
    }
}

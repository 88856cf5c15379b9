//! How the template of the next opening stands in an account (decisions.md § Conversation), and what it says where we make
//! it.

use crate::templates::{TemplateShape, announces};
use serde_json::{Value, json};
use types::{
    Language,
    chatbots::{AvailabilityState, AvailabilityTemplate},
};

/// The template in one language, as the account has it.
#[derive(Clone, Copy, Debug)]
pub struct Availability<'a> {
    pub language: &'a str,
    /// As WhatsApp calls it, such as `APPROVED`.
    pub status: &'a str,
    pub components: &'a Value,
}

/// Where it stands: the best of its languages, and of equally good ones that of the number's customers.
pub fn availability(templates: &[Availability<'_>], language: Language) -> AvailabilityTemplate {
    let wanted = language.to_string();
    let rank = |state: AvailabilityState| match state {
        AvailabilityState::Approved => 0,
        AvailabilityState::Pending => 1,
        AvailabilityState::WrongButtons => 2,
        AvailabilityState::Refused => 3,
        AvailabilityState::Missing => 4,
    };
    let own = |template: &Availability<'_>| template.language.to_lowercase().split(['_', '-']).next() == Some(&wanted);
    let best = templates
        .iter()
        .map(|template| (state(template), template))
        .min_by_key(|(state, template)| (rank(*state), !own(template)));
    match best {
        Some((state, template)) => AvailabilityTemplate { state, language: Some(template.language.to_owned()) },
        None => AvailabilityTemplate { state: AvailabilityState::Missing, language: None },
    }
}

fn state(template: &Availability<'_>) -> AvailabilityState {
    let fits = announces(&TemplateShape::parse(template.components));
    match template.status.to_uppercase().as_str() {
        "APPROVED" if fits => AvailabilityState::Approved,
        "PENDING" | "IN_APPEAL" if fits => AvailabilityState::Pending,
        "APPROVED" | "PENDING" | "IN_APPEAL" => AvailabilityState::WrongButtons,
        _ => AvailabilityState::Refused,
    }
}

/// The template we ask WhatsApp for: its language as WhatsApp writes it, and its components.
pub fn availability_wording(language: Language) -> (&'static str, Value) {
    let (code, text, yes, no) = match language {
        Language::Es => ("es", "¡Hola! Ya podemos atenderte. ¿Quieres hablar con nosotros ahora?", "Sí", "No"),
        Language::Pt => ("pt_BR", "Olá! Já podemos atender você. Quer falar com a gente agora?", "Sim", "Não"),
        Language::En => ("en", "Hello! We can help you now. Would you like to talk to us?", "Yes", "No"),
    };
    let button = |text: &str| json!({"type": "QUICK_REPLY", "text": text});
    let components = json!([
        {"type": "BODY", "text": text},
        {"type": "BUTTONS", "buttons": [button(yes), button(no)]},
    ]);
    (code, components)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(templates: &[(&str, &str, &Value)], language: Language) -> (AvailabilityState, Option<String>) {
        let templates: Vec<_> = templates
            .iter()
            .map(|(language, status, components)| Availability { language, status, components })
            .collect();
        let AvailabilityTemplate { state, language } = availability(&templates, language);
        (state, language)
    }

    #[test]
    fn what_we_ask_for_is_what_we_need() {
        for language in [Language::Es, Language::Pt, Language::En] {
            let (code, components) = availability_wording(language);
            let approved = stands(&[(code, "APPROVED", &components)], language);
            assert_eq!(approved, (AvailabilityState::Approved, Some(code.to_owned())));
        }
    }

    #[test]
    fn the_best_of_its_languages_counts_and_then_the_numbers() {
        use AvailabilityState as S;
        let (_, right) = availability_wording(Language::Es);
        let wrong = json!([{"type": "BODY", "text": "Hola"}]);
        let es = |state| (state, Some("es".to_owned()));
        assert_eq!(stands(&[], Language::Es), (S::Missing, None));
        assert_eq!(stands(&[("es", "PENDING", &right)], Language::Es), es(S::Pending));
        assert_eq!(stands(&[("es", "REJECTED", &right)], Language::Es), es(S::Refused));
        assert_eq!(stands(&[("es", "PAUSED", &right)], Language::Es), es(S::Refused));
        assert_eq!(stands(&[("es", "APPROVED", &wrong)], Language::Es), es(S::WrongButtons));
        assert_eq!(stands(&[("pt_BR", "PENDING", &right), ("es", "APPROVED", &right)], Language::Pt), es(S::Approved));
        let both = [("es", "APPROVED", &right), ("pt_BR", "APPROVED", &right)];
        assert_eq!(stands(&both, Language::Pt), (S::Approved, Some("pt_BR".to_owned())));
    }
}

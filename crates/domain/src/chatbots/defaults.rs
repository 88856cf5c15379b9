//! What a new number starts with: our own wording, in its customers' language. Greetings, pre- and post-attendance are on,
//! all else is off; what is off has a text all the same, to be switched on.

use types::{
    Language,
    chatbots::{
        AbsenceSettings, AttendanceButton, AttentionTexts, ChatbotSettings, ConversationFlow, Faq, Hours, Interval,
        OptionalText, PreAttendance, Queues, ReturnGreeting, SocialLinks, Survey, SurveyFrequency, SurveyKind,
        TimeOfDay, WeekHours,
    },
};

/// The settings of a new number.
pub fn defaults(language: Language) -> ChatbotSettings {
    let texts = texts(language);
    let text = |on: bool, text: &str| OptionalText { on, text: text.to_owned() };
    ChatbotSettings {
        conversation_flow: ConversationFlow {
            first_greeting: text(true, texts.first_greeting),
            return_greeting: ReturnGreeting {
                on: true,
                text: texts.return_greeting.to_owned(),
                ..ReturnGreeting::default()
            },
            survey: Survey {
                kind: SurveyKind::None,
                invitation: text(false, texts.invitation),
                question: survey_question(language, SurveyKind::Csat).to_owned(),
                thanks: text(false, texts.thanks),
                frequency: SurveyFrequency::Attendance,
            },
        },
        faq: Faq {
            on: false,
            intro: texts.faq_intro.to_owned(),
            questions: Vec::new(),
            attendance_button: AttendanceButton { on: false, label: texts.attendance_button.to_owned() },
        },
        queues: Queues {
            default_agents: Vec::new(),
            centre_on: false,
            prompt: texts.queue_prompt.to_owned(),
            own: Vec::new(),
        },
        attention: AttentionTexts {
            pre_attendance: PreAttendance { on: true, text: texts.pre_attendance.to_owned(), cancel_button: false },
            post_attendance: text(true, texts.post_attendance),
            absence: AbsenceSettings { on: false, text: texts.absence.to_owned(), suggested: None },
            notify_next_hours: text(false, texts.notify),
        },
        social_links: SocialLinks::default(),
        hours: Hours {
            always: true,
            days: working_days(),
            holidays: Vec::new(),
            time_zone: None,
            unavailable: text(false, texts.unavailable),
        },
    }
}

/// What a survey of a kind asks, until somebody words it otherwise.
pub fn survey_question(language: Language, kind: SurveyKind) -> &'static str {
    match (kind, language) {
        (SurveyKind::None | SurveyKind::Csat, Language::Es) => "¿Cómo evalúas la atención que recibiste?",
        (SurveyKind::None | SurveyKind::Csat, Language::Pt) => "Como você avalia o atendimento que recebeu?",
        (SurveyKind::None | SurveyKind::Csat, Language::En) => "How do you rate the help you received?",
        (SurveyKind::Nps, Language::Es) => {
            "Del 0 al 10, ¿cuánto nos recomendarías a alguien cercano? Responde con un número."
        }
        (SurveyKind::Nps, Language::Pt) => {
            "De 0 a 10, quanto você nos recomendaria a alguém próximo? Responda com um número."
        }
        (SurveyKind::Nps, Language::En) => {
            "From 0 to 10, how likely are you to recommend us to someone close to you? Answer with a number."
        }
    }
}

/// Monday to Friday, 09:00 to 18:00, for when somebody switches off that it is always open.
fn working_days() -> WeekHours {
    let at = |hour: u16| TimeOfDay::from_minutes(hour * 60).unwrap_or_default();
    let day = || vec![Interval { from: at(9), to: at(18) }];
    WeekHours {
        monday: day(),
        tuesday: day(),
        wednesday: day(),
        thursday: day(),
        friday: day(),
        saturday: Vec::new(),
        sunday: Vec::new(),
    }
}

/// One language's texts.
struct Texts {
    first_greeting: &'static str,
    return_greeting: &'static str,
    invitation: &'static str,
    thanks: &'static str,
    faq_intro: &'static str,
    attendance_button: &'static str,
    queue_prompt: &'static str,
    pre_attendance: &'static str,
    post_attendance: &'static str,
    absence: &'static str,
    notify: &'static str,
    unavailable: &'static str,
}

fn texts(language: Language) -> Texts {
    match language {
        Language::Es => Texts {
            first_greeting: "¡Hola, {{contact.name}}! Gracias por escribir a {{company}}.",
            return_greeting: "¡Hola de nuevo, {{contact.name}}! Qué bueno leerte otra vez.",
            invitation: "Gracias por hablar con nosotros, {{contact.name}}. ¿Nos cuentas cómo te atendimos? Es una sola pregunta.",
            thanks: "¡Gracias por tu respuesta! Nos ayuda a mejorar.",
            faq_intro: "Estas son las preguntas que más nos hacen. Elige una, o escríbenos la tuya.",
            attendance_button: "Hablar con atención",
            queue_prompt: "¿Sobre qué quieres hablar? Elige una opción y te atenderá quien más sabe de eso.",
            pre_attendance: "Enseguida te atiende una persona de nuestro equipo. Mientras tanto, cuéntanos en qué podemos ayudarte.",
            post_attendance: "Cerramos esta conversación. Gracias por tu tiempo, {{contact.name}}. Si necesitas algo más, escríbenos por aquí.",
            absence: "Hola, {{contact.name}}. En este momento no estoy disponible. Leeré tu mensaje a mi regreso.",
            notify: "¿Quieres que te avisemos por aquí cuando volvamos a atender?",
            unavailable: "Hola, {{contact.name}}. Ahora estamos fuera de nuestro horario de atención. Recibimos tu mensaje y lo leeremos al volver.",
        },
        Language::Pt => Texts {
            first_greeting: "Olá, {{contact.name}}! Obrigado por escrever para {{company}}.",
            return_greeting: "Olá de novo, {{contact.name}}! Que bom falar com você outra vez.",
            invitation: "Obrigado por falar conosco, {{contact.name}}. Pode contar como foi o atendimento? É uma pergunta só.",
            thanks: "Obrigado pela resposta! Ela nos ajuda a melhorar.",
            faq_intro: "Estas são as perguntas que mais recebemos. Escolha uma, ou escreva a sua.",
            attendance_button: "Falar com a equipe",
            queue_prompt: "Sobre o que você quer falar? Escolha uma opção e quem mais entende do assunto vai atender você.",
            pre_attendance: "Em instantes uma pessoa da nossa equipe vai atender você. Enquanto isso, conte como podemos ajudar.",
            post_attendance: "Encerramos esta conversa. Obrigado pelo seu tempo, {{contact.name}}. Se precisar de algo mais, escreva por aqui.",
            absence: "Olá, {{contact.name}}. No momento não estou disponível. Vou ler sua mensagem quando voltar.",
            notify: "Quer que a gente avise por aqui quando voltar a atender?",
            unavailable: "Olá, {{contact.name}}. Agora estamos fora do nosso horário de atendimento. Recebemos sua mensagem e vamos ler na volta.",
        },
        Language::En => Texts {
            first_greeting: "Hello, {{contact.name}}! Thank you for writing to {{company}}.",
            return_greeting: "Hello again, {{contact.name}}! Good to hear from you.",
            invitation: "Thank you for talking to us, {{contact.name}}. Would you tell us how we did? It is a single question.",
            thanks: "Thank you for your answer! It helps us do better.",
            faq_intro: "These are the questions we hear most. Choose one, or write your own.",
            attendance_button: "Talk to our team",
            queue_prompt: "What would you like to talk about? Choose an option, and whoever knows most about it will help you.",
            pre_attendance: "Someone from our team will be with you shortly. Meanwhile, tell us how we can help.",
            post_attendance: "We are closing this conversation. Thank you for your time, {{contact.name}}. If you need anything else, just write here.",
            absence: "Hello, {{contact.name}}. I am not available at the moment. I will read your message when I am back.",
            notify: "Shall we tell you here when we are available again?",
            unavailable: "Hello, {{contact.name}}. We are outside our opening hours now. We have your message and will read it when we are back.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chatbots::check;
    use types::chatbots::FaqQuestion;

    const LANGUAGES: [Language; 3] = [Language::Es, Language::Pt, Language::En];

    #[test]
    fn greetings_and_pre_and_post_attendance_are_on_and_nothing_else() {
        for language in LANGUAGES {
            let ChatbotSettings { conversation_flow: flow, faq, queues, attention, social_links, hours } =
                defaults(language);
            assert!(flow.first_greeting.on && flow.return_greeting.on);
            assert!(attention.pre_attendance.on && attention.post_attendance.on);
            assert_eq!(flow.survey.kind, SurveyKind::None);
            assert!(!flow.survey.invitation.on && !flow.survey.thanks.on && !faq.on && !faq.attendance_button.on);
            assert!(!queues.centre_on && !attention.absence.on && !attention.notify_next_hours.on && !social_links.on);
            assert!(hours.always && !hours.unavailable.on);
            assert_eq!(flow.return_greeting.inactivity_minutes, 24 * 60);
        }
    }

    #[test]
    fn everything_can_be_switched_on_without_writing_a_text() {
        for language in LANGUAGES {
            for kind in [SurveyKind::Csat, SurveyKind::Nps] {
                let mut settings = defaults(language);
                let flow = &mut settings.conversation_flow;
                (flow.survey.kind, flow.survey.invitation.on, flow.survey.thanks.on) = (kind, true, true);
                flow.survey.question = survey_question(language, kind).to_owned();
                (settings.faq.on, settings.faq.attendance_button.on) = (true, true);
                settings.faq.questions =
                    vec![FaqQuestion { question: "?".into(), label: "a".into(), answer: "b".into() }];
                settings.queues.centre_on = true;
                settings.queues.own = vec![types::chatbots::OwnQueue { name: "Ventas".into(), ..Default::default() }];
                (settings.attention.absence.on, settings.attention.notify_next_hours.on) = (true, true);
                settings.attention.pre_attendance.cancel_button = true;
                (settings.hours.always, settings.hours.unavailable.on) = (false, true);
                assert_eq!(check(&settings), [], "{language:?}");
            }
        }
    }
}

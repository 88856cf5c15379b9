//! What a new number starts with: our own wording, in its customers' language. Greetings, pre- and post-attendance are on,
//! all else is off; what is off has a text all the same, to be switched on.

use types::{
    Language,
    chatbots::{AttentionTexts, ChatbotSettings, ConversationFlow, Hours, OptionalText, PreAttendance, ReturnGreeting},
};

/// The settings of a new number.
pub fn defaults(language: Language) -> ChatbotSettings {
    let texts = texts(language);
    let on = |text: &str| OptionalText { on: true, text: text.to_owned() };
    ChatbotSettings {
        conversation_flow: ConversationFlow {
            first_greeting: on(texts.first_greeting),
            return_greeting: ReturnGreeting {
                on: true,
                text: texts.return_greeting.to_owned(),
                ..ReturnGreeting::default()
            },
            ..ConversationFlow::default()
        },
        attention: AttentionTexts {
            pre_attendance: PreAttendance { on: true, text: texts.pre_attendance.to_owned(), cancel_button: false },
            post_attendance: on(texts.post_attendance),
            ..AttentionTexts::default()
        },
        hours: Hours { always: true, ..Hours::default() },
        ..ChatbotSettings::default()
    }
}

/// One language's texts.
struct Texts {
    first_greeting: &'static str,
    return_greeting: &'static str,
    pre_attendance: &'static str,
    post_attendance: &'static str,
}

fn texts(language: Language) -> Texts {
    match language {
        Language::Es => Texts {
            first_greeting: "¡Hola, {{contact.name}}! Gracias por escribir a {{company}}.",
            return_greeting: "¡Hola de nuevo, {{contact.name}}! Qué bueno leerte otra vez.",
            pre_attendance: "Enseguida te atiende una persona de nuestro equipo. Mientras tanto, cuéntanos en qué podemos ayudarte.",
            post_attendance: "Cerramos esta conversación. Gracias por tu tiempo, {{contact.name}}. Si necesitas algo más, escríbenos por aquí.",
        },
        Language::Pt => Texts {
            first_greeting: "Olá, {{contact.name}}! Obrigado por escrever para {{company}}.",
            return_greeting: "Olá de novo, {{contact.name}}! Que bom falar com você outra vez.",
            pre_attendance: "Em instantes uma pessoa da nossa equipe vai atender você. Enquanto isso, conte como podemos ajudar.",
            post_attendance: "Encerramos esta conversa. Obrigado pelo seu tempo, {{contact.name}}. Se precisar de algo mais, escreva por aqui.",
        },
        Language::En => Texts {
            first_greeting: "Hello, {{contact.name}}! Thank you for writing to {{company}}.",
            return_greeting: "Hello again, {{contact.name}}! Good to hear from you.",
            pre_attendance: "Someone from our team will be with you shortly. Meanwhile, tell us how we can help.",
            post_attendance: "We are closing this conversation. Thank you for your time, {{contact.name}}. If you need anything else, just write here.",
        },
    }
}

//! The texts a new number starts with: our own wording, in the customers' language.

use types::Language;

/// One language's texts.
pub(super) struct Texts {
    pub(super) first_greeting: &'static str,
    pub(super) return_greeting: &'static str,
    pub(super) pre_attendance: &'static str,
    pub(super) post_attendance: &'static str,
}

pub(super) fn texts(language: Language) -> Texts {
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

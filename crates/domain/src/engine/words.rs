//! The fixed words of the conversation, in the language of a number's customers.

use types::Language;

pub(super) struct Words {
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    /// Opens a list; 20 characters at most.
    pub(super) see_options: &'static str,
    pub(super) more_options: &'static str,
    pub(super) default_queue: &'static str,
    /// 20 characters at most, as all that is pressed.
    pub(super) cancel: &'static str,
    pub(super) write_now: &'static str,
    pub(super) attendance: &'static str,
    /// Said where a text of the settings says nothing but something has to be said.
    pub(super) choose: &'static str,
    pub(super) choose_queue: &'static str,
    pub(super) moment: &'static str,
    pub(super) absent: &'static str,
    pub(super) notify: &'static str,
    pub(super) invitation: &'static str,
    pub(super) csat: &'static str,
    pub(super) nps: &'static str,
    /// What the scores 1 to 5 mean.
    pub(super) scores: [&'static str; 5],
    pub(super) will_notify: &'static str,
    pub(super) will_not_notify: &'static str,
    pub(super) cancelled: &'static str,
    pub(super) website: &'static str,
}

pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::Es => &ES,
        Language::Pt => &PT,
        Language::En => &EN,
    }
}

/// What the default queue is called, to customers and members alike.
pub fn default_queue(language: Language) -> &'static str {
    of(language).default_queue
}

static ES: Words = Words {
    yes: "Sí",
    no: "No",
    see_options: "Ver opciones",
    more_options: "Más opciones",
    default_queue: "Otros asuntos",
    cancel: "Cancelar",
    write_now: "Escribir ahora",
    attendance: "Hablar con atención",
    choose: "Elige una opción o escríbenos tu consulta.",
    choose_queue: "¿Sobre qué quieres hablar?",
    moment: "Enseguida te atendemos.",
    absent: "Ahora no podemos atenderte. Escribe al contacto de abajo.",
    notify: "¿Quieres que te avisemos cuando volvamos a atender?",
    invitation: "¿Quieres evaluar la atención que recibiste?",
    csat: "¿Cómo evalúas la atención que recibiste?",
    nps: "Del 0 al 10, ¿cuánto nos recomendarías? Responde con un número.",
    scores: ["Muy mala", "Mala", "Regular", "Buena", "Excelente"],
    will_notify: "Listo: te avisaremos por aquí cuando volvamos a atender.",
    will_not_notify: "De acuerdo. Escríbenos cuando quieras.",
    cancelled: "Cerramos tu conversación, como pediste. Escríbenos cuando quieras.",
    website: "Sitio web",
};

static PT: Words = Words {
    yes: "Sim",
    no: "Não",
    see_options: "Ver opções",
    more_options: "Mais opções",
    default_queue: "Outros assuntos",
    cancel: "Cancelar",
    write_now: "Escrever agora",
    attendance: "Falar com a equipe",
    choose: "Escolha uma opção ou escreva sua dúvida.",
    choose_queue: "Sobre o que você quer falar?",
    moment: "Já vamos atender você.",
    absent: "Agora não podemos atender você. Escreva para o contato abaixo.",
    notify: "Quer que a gente avise quando voltar a atender?",
    invitation: "Quer avaliar o atendimento que recebeu?",
    csat: "Como você avalia o atendimento que recebeu?",
    nps: "De 0 a 10, quanto você nos recomendaria? Responda com um número.",
    scores: ["Muito ruim", "Ruim", "Regular", "Bom", "Excelente"],
    will_notify: "Pronto: avisaremos por aqui quando voltarmos a atender.",
    will_not_notify: "Tudo bem. Escreva quando quiser.",
    cancelled: "Encerramos sua conversa, como você pediu. Escreva quando quiser.",
    website: "Site",
};

static EN: Words = Words {
    yes: "Yes",
    no: "No",
    see_options: "See options",
    more_options: "More options",
    default_queue: "Other matters",
    cancel: "Cancel",
    write_now: "Write now",
    attendance: "Talk to our team",
    choose: "Choose an option or write your question.",
    choose_queue: "What would you like to talk about?",
    moment: "We will be with you shortly.",
    absent: "We cannot attend to you now. Please write to the contact below.",
    notify: "Shall we tell you when we are available again?",
    invitation: "Would you like to rate the help you received?",
    csat: "How do you rate the help you received?",
    nps: "From 0 to 10, how likely are you to recommend us? Answer with a number.",
    scores: ["Very bad", "Bad", "Fair", "Good", "Excellent"],
    will_notify: "Done: we will tell you here when we are available again.",
    will_not_notify: "All right. Write to us whenever you like.",
    cancelled: "We have closed your conversation, as you asked. Write to us whenever you like.",
    website: "Website",
};

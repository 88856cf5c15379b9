//! What the letters say, and why one did not go out, in the three languages.

use super::Undelivered;
use types::Language;

/// A letter's words between the greeting and the end.
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) body: String,
    /// What the link says.
    pub(super) button: String,
    /// What stands below the link.
    pub(super) after: Option<String>,
}

pub(super) fn greeting(name: &str, language: Language) -> String {
    match language {
        Language::Es => format!("Hola, {name}:"),
        Language::Pt => format!("Olá, {name},"),
        Language::En => format!("Hello {name},"),
    }
}

pub(super) fn invitation(organization: &str, until: &str, language: Language) -> Text {
    let (subject, body, button, after) = match language {
        Language::Es => (
            format!("{organization} te invita a Cercano"),
            format!(
                "{organization} te invita a atender por WhatsApp con Cercano. Elige tu contraseña con este enlace para entrar:"
            ),
            "Elegir contraseña",
            format!(
                "El enlace sirve una sola vez y vence el {until}. Si no esperabas esta invitación, ignora este mensaje."
            ),
        ),
        Language::Pt => (
            format!("{organization} convida você para o Cercano"),
            format!(
                "{organization} convida você a atender pelo WhatsApp com o Cercano. Escolha sua senha por este link para entrar:"
            ),
            "Escolher senha",
            format!(
                "O link serve uma única vez e vence em {until}. Se você não esperava este convite, ignore esta mensagem."
            ),
        ),
        Language::En => (
            format!("{organization} invites you to Cercano"),
            format!(
                "{organization} invites you to attend on WhatsApp with Cercano. Choose your password by this link to sign in:"
            ),
            "Choose a password",
            format!(
                "The link works once and expires on {until}. If you did not expect this invitation, ignore this message."
            ),
        ),
    };
    Text { subject, body, button: button.to_owned(), after: Some(after) }
}

pub(super) fn password_reset(organization: &str, until: &str, language: Language) -> Text {
    let (subject, body, button, after) = match language {
        Language::Es => (
            "Elige otra contraseña para Cercano",
            format!("Con este enlace eliges otra contraseña para tu cuenta de {organization} en Cercano:"),
            "Elegir otra contraseña",
            format!(
                "El enlace sirve una sola vez y vence el {until}. Si no lo pediste, ignora este mensaje: tu contraseña sigue siendo la misma."
            ),
        ),
        Language::Pt => (
            "Escolha outra senha para o Cercano",
            format!("Por este link você escolhe outra senha para a sua conta de {organization} no Cercano:"),
            "Escolher outra senha",
            format!(
                "O link serve uma única vez e vence em {until}. Se você não o pediu, ignore esta mensagem: sua senha continua a mesma."
            ),
        ),
        Language::En => (
            "Choose another password for Cercano",
            format!("By this link you choose another password for your account of {organization} at Cercano:"),
            "Choose another password",
            format!(
                "The link works once and expires on {until}. If you did not ask for it, ignore this message: your password stays as it is."
            ),
        ),
    };
    Text { subject: subject.to_owned(), body, button: button.to_owned(), after: Some(after) }
}

pub(super) fn test(organization: &str, language: Language) -> Text {
    let (subject, body) = match language {
        Language::Es => (
            "Prueba de correo de Cercano",
            format!("Este mensaje muestra que el correo de {organization} sale bien. No hay nada que hacer."),
        ),
        Language::Pt => (
            "Teste de e-mail do Cercano",
            format!("Esta mensagem mostra que o e-mail de {organization} sai bem. Não há nada a fazer."),
        ),
        Language::En => (
            "Mail test of Cercano",
            format!("This message shows that the mail of {organization} goes out well. There is nothing to do."),
        ),
    };
    Text { subject: subject.to_owned(), body, button: String::new(), after: None }
}

pub(super) fn undelivered(why: &Undelivered, language: Language) -> String {
    let text = match (why, language) {
        (Undelivered::Unusable, Language::Es) => "Con estas direcciones no se puede enviar correo.",
        (Undelivered::Unusable, Language::Pt) => "Com estes endereços não é possível enviar e-mail.",
        (Undelivered::Unusable, Language::En) => "No mail can be sent with these addresses.",
        (Undelivered::Private, Language::Es) => {
            "El servidor de correo está en la red interna. Quien opera Cercano lo permite con --private-mail."
        }
        (Undelivered::Private, Language::Pt) => {
            "O servidor de e-mail está na rede interna. Quem opera o Cercano o permite com --private-mail."
        }
        (Undelivered::Private, Language::En) => {
            "The mail server is in the internal network. Whoever operates Cercano allows it by --private-mail."
        }
        (Undelivered::NotMail, Language::Es) => "Lo que responde en esa dirección no es un servidor de correo.",
        (Undelivered::NotMail, Language::Pt) => "O que responde nesse endereço não é um servidor de e-mail.",
        (Undelivered::NotMail, Language::En) => "What answers at that address is no mail server.",
        (Undelivered::PasswordUnreadable, Language::Es) => {
            "La contraseña guardada no se puede leer con las claves de esta instalación. Escríbela de nuevo."
        }
        (Undelivered::PasswordUnreadable, Language::Pt) => {
            "A senha guardada não pode ser lida com as chaves desta instalação. Digite-a de novo."
        }
        (Undelivered::PasswordUnreadable, Language::En) => {
            "The stored password cannot be read with the keys of this installation. Enter it again."
        }
        (Undelivered::Silent, Language::Es) => "El servidor de correo no respondió a tiempo.",
        (Undelivered::Silent, Language::Pt) => "O servidor de e-mail não respondeu a tempo.",
        (Undelivered::Silent, Language::En) => "The mail server did not answer in time.",
        (Undelivered::Unreachable(_), Language::Es) => "No hubo conexión con el servidor de correo: {said}",
        (Undelivered::Unreachable(_), Language::Pt) => "Não houve conexão com o servidor de e-mail: {said}",
        (Undelivered::Unreachable(_), Language::En) => "There was no connection to the mail server: {said}",
        (Undelivered::NotSecret(_), Language::Es) => "La conexión con el servidor de correo no pudo cifrarse: {said}",
        (Undelivered::NotSecret(_), Language::Pt) => {
            "A conexão com o servidor de e-mail não pôde ser criptografada: {said}"
        }
        (Undelivered::NotSecret(_), Language::En) => "The connection to the mail server could not be encrypted: {said}",
        (Undelivered::Refused(_), Language::Es) => "El servidor de correo respondió: {said}",
        (Undelivered::Refused(_), Language::Pt) => "O servidor de e-mail respondeu: {said}",
        (Undelivered::Refused(_), Language::En) => "The mail server answered: {said}",
    };
    let said = match why {
        Undelivered::Unreachable(said) | Undelivered::NotSecret(said) | Undelivered::Refused(said) => said,
        Undelivered::Unusable
        | Undelivered::Private
        | Undelivered::NotMail
        | Undelivered::PasswordUnreadable
        | Undelivered::Silent => "",
    };
    text.replace("{said}", said)
}

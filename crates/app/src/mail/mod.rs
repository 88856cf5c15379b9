//! Mail: how an organization's letters go out by SMTP, and what they say (spec P1). A letter that does not go out is never
//! lost: whoever caused it is shown the link instead.

mod letters;
mod words;

pub use letters::Letter;

use crate::{
    App, Result,
    outside::{self, Unfit},
};
use db::{Scope, mail_settings::StoredMailSettings};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::{error::Error as _, time::Duration};
use tokio::time::timeout;
use types::{
    Language,
    organizations::{MailSecurity, MailSettings},
};

/// A mail server that is not there, or says nothing, for this long does not answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);
/// A letter is given up after this long altogether.
const LETTER_TIMEOUT: Duration = Duration::from_secs(15);
/// Characters of what a mail server says that are passed on.
const SAID_MAX: usize = 300;

/// The way out of an organization's letters.
#[derive(Clone, Debug)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    password: Option<String>,
}

/// Why a letter did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// The settings, or the letter's address, are not what mail can be sent with.
    Unusable,
    /// The server stands inside the network of this one, where letters of one organization among several do not go.
    Private,
    /// Whatever answered is no mail server.
    NotMail,
    /// The stored password does not open with this installation's keys.
    PasswordUnreadable,
    /// Nobody answered in time.
    Silent,
    /// There was no connection.
    Unreachable(String),
    /// The connection could not be kept secret.
    NotSecret(String),
    /// The server answered, and refused.
    Refused(String),
}

impl Undelivered {
    /// Whether it is about the server rather than about one letter: others would fare the same.
    pub fn is_of_all(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }

    /// What happened, in words.
    pub fn said(&self, language: Language) -> String {
        words::undelivered(self, language)
    }
}

/// The way out of an organization's mail; nothing where none goes out.
pub async fn open(app: &App, scope: &Scope) -> Result<Option<std::result::Result<Post, Undelivered>>> {
    let Some(stored) = db::mail_settings::find(app.db.read(), scope).await? else { return Ok(None) };
    if !may_call(app, &stored.settings.host, stored.settings.port).await? {
        return Ok(Some(Err(Undelivered::Private)));
    }
    Ok(Some(post(app, scope, stored)))
}

/// Whether letters may go by a server. The administrator of an installation's only organization is who operates it, and
/// a server next door is theirs; one among several must not look around in the operator's network.
pub async fn may_call(app: &App, host: &str, port: u16) -> Result<bool> {
    if app.settings.private_mail || db::organizations::is_alone(app.db.read()).await? {
        return Ok(true);
    }
    match outside::check(&format!("http://{host}:{port}/")).await {
        // A host nobody knows is told apart when a letter is sent.
        Ok(()) | Err(Unfit::Unknown) => Ok(true),
        Err(Unfit::Private | Unfit::Malformed) => Ok(false),
    }
}

/// Whether an organization's mail goes out at all.
pub async fn is_configured(app: &App, scope: &Scope) -> Result<bool> {
    Ok(db::mail_settings::find(app.db.read(), scope).await?.is_some())
}

fn post(app: &App, scope: &Scope, stored: StoredMailSettings) -> std::result::Result<Post, Undelivered> {
    let StoredMailSettings { settings, password_sealed } = stored;
    let MailSettings { host, port, security, username, from_address, from_name, .. } = settings;
    let password = match password_sealed {
        None => None,
        Some(sealed) => Some(opened(app, scope, &sealed).ok_or(Undelivered::PasswordUnreadable)?),
    };
    let address = from_address.parse().map_err(|_not_an_address| Undelivered::Unusable)?;
    let from = Mailbox::new(name(&from_name), address);
    let tls = || TlsParameters::new(host.clone()).map_err(|error| Undelivered::NotSecret(error.to_string()));
    let tls = match security {
        MailSecurity::Tls => Tls::Wrapper(tls()?),
        MailSecurity::Starttls => Tls::Required(tls()?),
        MailSecurity::None => Tls::None,
    };
    let greeting = ClientId::Domain(from.email.domain().to_owned());
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(port)
        .tls(tls)
        .hello_name(greeting)
        .timeout(Some(ANSWER_TIMEOUT));
    if let Some(username) = username {
        builder = builder.credentials(Credentials::new(username, password.clone().unwrap_or_default()));
    }
    Ok(Post { transport: builder.build(), from, password })
}

/// A password as it is stored, tied to its organization.
pub fn seal(app: &App, scope: &Scope, password: &str) -> Result<Vec<u8>> {
    app.keys.seal(password.as_bytes(), scope.organization_id().0.as_bytes())
}

fn opened(app: &App, scope: &Scope, sealed: &[u8]) -> Option<String> {
    let plain = app.keys.open(sealed, scope.organization_id().0.as_bytes()).ok()?;
    String::from_utf8(plain).ok()
}

impl Post {
    /// Send one letter, or say why it did not go out.
    pub async fn send(&self, app: &App, letter: &Letter) -> std::result::Result<(), Undelivered> {
        let message = self.message(app, letter).ok_or(Undelivered::Unusable)?;
        match timeout(LETTER_TIMEOUT, self.transport.send(message)).await {
            Err(_elapsed) => Err(Undelivered::Silent),
            Ok(Ok(_accepted)) => Ok(()),
            Ok(Err(error)) => Err(self.why(&error)),
        }
    }

    fn message(&self, app: &App, letter: &Letter) -> Option<Message> {
        let to = Mailbox::new(name(&letter.to_name), letter.to_address.parse().ok()?);
        let id = format!("<{}@{}>", app.ids.make::<uuid::Uuid>(), self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(plain(&letter.subject))
            .date(app.clock.now().into())
            .message_id(Some(id))
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .ok()
    }

    fn why(&self, error: &lettre::transport::smtp::Error) -> Undelivered {
        let said = self.without_secrets(&chain(error));
        if error.is_timeout() {
            Undelivered::Silent
        } else if error.is_tls() {
            Undelivered::NotSecret(said)
        } else if let Some(code) = error.status() {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            Undelivered::Refused(self.without_secrets(format!("{code} {text}").trim()))
        } else if error.is_response() {
            // What something else than a mail server says is nobody's business.
            Undelivered::NotMail
        } else if error.is_client() {
            Undelivered::Refused(said)
        } else {
            Undelivered::Unreachable(said)
        }
    }

    /// A server may say back what it was told.
    fn without_secrets(&self, said: &str) -> String {
        let hidden = match self.password.as_deref().filter(|password| !password.is_empty()) {
            None => said.to_owned(),
            Some(password) => said.replace(password, "…"),
        };
        plain(&hidden).chars().take(SAID_MAX).collect()
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

/// A name as a header may carry it; nothing where there is none.
fn name(text: &str) -> Option<String> {
    Some(plain(text)).filter(|name| !name.is_empty())
}

/// Text of one line: no name or subject can begin a header of its own.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_begins_a_header_of_its_own() {
        let hostile = "Ana\r\nBcc: everyone@example.com\u{2028}x\0y\n\n<script>";
        assert_eq!(plain(hostile), "Ana Bcc: everyone@example.com x y <script>");
        let from = Mailbox::new(name("Viajes"), "cercano@example.com".parse().unwrap());
        let to = Mailbox::new(name(hostile), "ana@example.com".parse().unwrap());
        let message = Message::builder()
            .from(from)
            .to(to)
            .subject(plain("Hola\r\nX-Evil: 1"))
            .multipart(MultiPart::alternative_plain_html(String::new(), String::new()))
            .unwrap();
        let written = String::from_utf8(message.formatted()).unwrap();
        let (headers, _) = written.split_once("\r\n\r\n").unwrap();
        let names: Vec<_> = headers
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name)
            .collect();
        assert!(!names.contains(&"Bcc") && !names.contains(&"X-Evil"), "{headers}");
    }

    #[test]
    fn what_a_server_says_is_passed_on_without_the_password() {
        let post = Post {
            transport: AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("localhost").build(),
            from: Mailbox::new(None, "cercano@example.com".parse().unwrap()),
            password: Some("very secret".to_owned()),
        };
        let said = post.without_secrets("535 wrong: very secret\r\nagain very secret");
        assert_eq!(said, "535 wrong: … again …");
    }
}

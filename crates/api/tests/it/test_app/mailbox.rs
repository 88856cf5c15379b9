//! A mail server on this machine that keeps what it is sent, or refuses it.

use super::eventually;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use types::organizations::{MailSecurity, MailSettingsInput};

/// Letters that came in, as they were written.
pub(crate) struct Mailbox {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    /// A server that takes every letter.
    pub(crate) async fn open() -> Self {
        Self::answering("250 ok").await
    }

    /// A server that answers every recipient with this.
    pub(crate) async fn answering(to_recipient: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = letters.clone();
        actix_web::rt::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                actix_web::rt::spawn(serve(stream, kept.clone(), to_recipient));
            }
        });
        Self { port, letters }
    }

    /// How an organization's mail goes there.
    pub(crate) fn settings(&self) -> MailSettingsInput {
        MailSettingsInput {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: MailSecurity::None,
            username: Some("cercano".to_owned()),
            password: Some("mail secret".to_owned()),
            from_address: "cercano@example.com".to_owned(),
            from_name: "Cercano".to_owned(),
        }
    }

    /// The letter to an address, once it is there.
    pub(crate) async fn letter_to(&self, address: &str) -> String {
        let to = format!("<{address}>");
        eventually("a letter comes", async || self.all().into_iter().find(|letter| letter.contains(&to))).await
    }

    /// Every letter that came.
    pub(crate) fn all(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

/// The secret of the link a letter or an answer carries.
#[track_caller]
pub(crate) fn token_in(text: &str) -> String {
    let (_, rest) = text.split_once("/link#").unwrap_or_else(|| panic!("there is no link in {text}"));
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

async fn serve(stream: TcpStream, letters: Arc<Mutex<Vec<String>>>, to_recipient: &'static str) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let (mut written, mut inside) = (String::new(), false);
    writer.write_all(b"220 mailbox\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        if inside {
            if line == "." {
                inside = false;
                letters.lock().unwrap().push(read(&std::mem::take(&mut written)));
                writer.write_all(b"250 kept\r\n").await.unwrap();
            } else {
                written += line.strip_prefix('.').unwrap_or(&line);
                written += "\r\n";
            }
            continue;
        }
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => "250-mailbox\r\n250 AUTH PLAIN",
            "AUTH" => "235 welcome",
            "RCPT" => to_recipient,
            "DATA" => {
                inside = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        if writer.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Quoted-printable as it is read (RFC 2045 § 6.7).
fn read(written: &str) -> String {
    let whole = written.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = whole.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let coded = others.get(..2).and_then(|digits| hex::decode(digits).ok());
        match (first, coded) {
            (b'=', Some(byte)) => {
                bytes.extend(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

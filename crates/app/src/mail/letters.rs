//! The letters Cercano writes: an invitation, a link to choose a new password, and a test. Each is plain text and the same
//! as simple HTML, in the reader's language.

use super::words::{self, Text};
use chrono_tz::Tz;
use db::member_links::LivingLink;
use types::{Language, member_links::MemberLinkKind};

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    /// The letter that brings a link to choose a password.
    pub fn with_link(link: &LivingLink, address: &str) -> Self {
        let zone: Tz = link.time_zone.parse().unwrap_or_default();
        let until = link.expires_at.with_timezone(&zone).format("%Y-%m-%d %H:%M");
        let until = format!("{until} ({})", link.time_zone);
        let text = match link.kind {
            MemberLinkKind::Invitation => words::invitation(&link.organization_name, &until, link.language),
            MemberLinkKind::PasswordReset => words::password_reset(&link.organization_name, &until, link.language),
        };
        Self::write(&link.name, &link.email, link.language, text, Some(address))
    }

    /// A letter to see whether letters go out.
    pub fn test(organization: &str, name: &str, address: &str, language: Language) -> Self {
        Self::write(name, address, language, words::test(organization, language), None)
    }

    fn write(name: &str, address: &str, language: Language, text: Text, link: Option<&str>) -> Self {
        let Text { subject, body, button, after } = text;
        let greeting = words::greeting(&super::plain(name), language);
        let before = [greeting.as_str(), body.as_str()];
        let paragraphs = before.into_iter().chain(link).chain(after.as_deref());
        let plain = paragraphs.collect::<Vec<_>>().join("\n\n") + "\n";
        let paragraph = |text: &str| format!("<p>{}</p>", escaped(text));
        let anchor = |link: &str| {
            let link = escaped(link);
            format!("<p><a href=\"{link}\">{}</a></p>\n<p>{link}</p>", escaped(&button))
        };
        let html: Vec<_> = [format!("<!doctype html>\n<html lang=\"{language}\"><body>")]
            .into_iter()
            .chain(before.map(paragraph))
            .chain(link.map(anchor))
            .chain(after.as_deref().map(paragraph))
            .chain(["</body></html>\n".to_owned()])
            .collect();
        let html = html.join("\n");
        Self { to_name: name.to_owned(), to_address: address.to_owned(), subject, text: plain, html }
    }
}

/// Text as HTML shows it.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut written, c| {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
        written
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use types::{MemberId, OrganizationId};

    fn link(language: Language, kind: MemberLinkKind) -> LivingLink {
        LivingLink {
            kind,
            expires_at: DateTime::from_timestamp(1_780_401_600, 0).unwrap(),
            organization_id: OrganizationId(uuid::Uuid::nil()),
            organization_name: "Viajes <b>&</b> Sur".to_owned(),
            time_zone: "America/Santiago".to_owned(),
            member_id: MemberId(uuid::Uuid::nil()),
            name: "Ana \"<img src=x>\"\r\nBcc: x".to_owned(),
            email: "ana@example.com".to_owned(),
            language,
        }
    }

    #[test]
    fn a_letter_is_in_the_readers_language_and_carries_the_link() {
        for (language, word) in [(Language::Es, "contraseña"), (Language::Pt, "senha"), (Language::En, "password")] {
            for kind in [MemberLinkKind::Invitation, MemberLinkKind::PasswordReset] {
                let letter = Letter::with_link(&link(language, kind), "https://x.example/link#abc");
                assert!(letter.text.contains(word) && letter.html.contains(word), "{}", letter.text);
                assert!(letter.text.contains("\n\nhttps://x.example/link#abc\n\n"), "{}", letter.text);
                assert!(letter.text.contains("2026-06-02 08:00 (America/Santiago)"), "{}", letter.text);
                assert!(letter.html.contains("href=\"https://x.example/link#abc\""), "{}", letter.html);
            }
        }
    }

    #[test]
    fn a_name_is_no_markup() {
        let letter = Letter::with_link(&link(Language::Es, MemberLinkKind::Invitation), "https://x.example/link#abc");
        assert!(!letter.html.contains("<img") && !letter.html.contains("<b>"), "{}", letter.html);
        assert!(letter.html.contains("Viajes &lt;b&gt;&amp;&lt;/b&gt; Sur"), "{}", letter.html);
    }
}

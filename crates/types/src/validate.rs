//! The checks of input fields, as small functions: the library's e-mail and URL checks would bring a
//! regular-expression engine into the browser app.

use crate::{FieldCode, FieldError, Language};
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

/// Characters of an e-mail address at most (RFC 5321 § 4.5.3.1.3, less the brackets).
pub const EMAIL_MAX: usize = 254;
/// Characters of a password at least.
pub const PASSWORD_MIN: usize = 10;
/// Characters of a password at most, so that hashing one stays cheap.
pub const PASSWORD_MAX: usize = 200;

/// An address someone can receive mail at: one `@`, something before it, a dotted host after it, no blanks, and nothing that
/// means something where addresses are listed.
pub fn email(value: &str) -> Result<(), ValidationError> {
    let refused = || ValidationError::new("not_an_email");
    let (local, host) = value.rsplit_once('@').ok_or_else(refused)?;
    let right = !local.is_empty()
        && !local.contains(['@', ',', '<', '>', '"', '(', ')', '[', ']', ':', ';', '\\'])
        && local.len() <= 64
        && value.len() <= EMAIL_MAX
        && host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !label.starts_with('-')
        })
        && !value.chars().any(|c| c.is_whitespace() || c.is_control());
    if right { Ok(()) } else { Err(refused()) }
}

/// Something other than blanks.
pub fn filled(value: &str) -> Result<(), ValidationError> {
    if value.trim().is_empty() { Err(ValidationError::new("required")) } else { Ok(()) }
}

/// A name: something other than blanks, on one line.
pub fn line(value: &str) -> Result<(), ValidationError> {
    filled(value)?;
    line_or_empty(value)
}

/// One line or nothing: what breaks lines would break a letter's head, a list or a log.
pub fn line_or_empty(value: &str) -> Result<(), ValidationError> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if value.chars().any(breaks) { Err(ValidationError::new("invalid")) } else { Ok(()) }
}

/// An e-mail address, or nothing.
pub fn email_or_empty(value: &str) -> Result<(), ValidationError> {
    if value.is_empty() { Ok(()) } else { email(value) }
}

/// Digits and nothing else.
pub fn digits(value: &str) -> Result<(), ValidationError> {
    if value.chars().all(|c| c.is_ascii_digit()) { Ok(()) } else { Err(ValidationError::new("only_digits")) }
}

/// Six digits; dashes and blanks between them do not count.
pub fn six_digits(value: &str) -> Result<(), ValidationError> {
    let plain: Vec<char> = value.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let right = plain.len() == 6 && plain.iter().all(char::is_ascii_digit);
    if right { Ok(()) } else { Err(ValidationError::new("six_digits")) }
}

/// An address that begins with `http://` or `https://` and names a host.
pub fn http_url(value: &str) -> Result<(), ValidationError> {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let plain = !value.chars().any(|c| c.is_whitespace() || c.is_control());
    if plain && !host.is_empty() && !host.contains('@') { Ok(()) } else { Err(ValidationError::new("not_an_address")) }
}

/// Websites of a business profile.
pub fn websites(value: &[String]) -> Result<(), ValidationError> {
    use crate::whatsapp_profiles::WEBSITE_MAX;
    let fits = |site: &String| u64::try_from(site.chars().count()).is_ok_and(|count| count <= WEBSITE_MAX);
    if value.iter().all(|site| fits(site) && http_url(site).is_ok()) {
        Ok(())
    } else {
        Err(ValidationError::new("not_an_address"))
    }
}

/// A sector WhatsApp knows.
pub fn vertical(value: &str) -> Result<(), ValidationError> {
    if crate::whatsapp_profiles::VERTICALS.contains(&value) { Ok(()) } else { Err(ValidationError::new("invalid")) }
}

/// All that is wrong with an input, field by field, in the caller's language.
pub fn check(input: &impl Validate, language: Language) -> Result<(), Vec<FieldError>> {
    match input.validate() {
        Ok(()) => Ok(()),
        Err(errors) => {
            let mut found = Vec::new();
            collect("", &errors, language, &mut found);
            found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
            Err(found)
        }
    }
}

/// One wrong field in the caller's language.
pub fn field(pointer: impl Into<String>, code: FieldCode, limit: Option<i64>, language: Language) -> FieldError {
    FieldError { pointer: pointer.into(), code, detail: crate::words::field(code, limit, language) }
}

fn collect(prefix: &str, errors: &ValidationErrors, language: Language, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{prefix}/{name}");
        match kind {
            ValidationErrorsKind::Field(list) => {
                found.extend(list.iter().map(|error| {
                    let (code, limit) = meaning(error);
                    field(pointer.clone(), code, limit, language)
                }));
            }
            ValidationErrorsKind::Struct(inner) => collect(&pointer, inner, language, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(&format!("{pointer}/{index}"), inner, language, found);
                }
            }
        }
    }
}

/// The library's words for an error, as ours.
fn meaning(error: &ValidationError) -> (FieldCode, Option<i64>) {
    let number = |name: &str| error.params.get(name).and_then(serde_json::Value::as_i64);
    match error.code.as_ref() {
        "length" => {
            let length = error.params.get("value").map_or(0, |value| match value {
                serde_json::Value::String(text) => text.chars().count(),
                serde_json::Value::Array(items) => items.len(),
                serde_json::Value::Null
                | serde_json::Value::Bool(_)
                | serde_json::Value::Number(_)
                | serde_json::Value::Object(_) => 0,
            });
            let (min, max) = (number("min"), number("max"));
            if length == 0 && min.is_some() {
                (FieldCode::Required, None)
            } else if max.is_some_and(|max| i64::try_from(length).unwrap_or(i64::MAX) > max) {
                (FieldCode::TooLong, max)
            } else {
                (FieldCode::TooShort, min)
            }
        }
        "range" => (FieldCode::OutOfRange, None),
        other => (other.parse().unwrap_or(FieldCode::Invalid), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_scheme_and_a_host_and_no_sign_in() {
        for good in ["https://example.com", "http://example.com/a?b#c", "http://127.0.0.1:8090/sandbox"] {
            assert!(http_url(good).is_ok(), "{good}");
        }
        for bad in ["", "example.com", "ftp://example.com", "https://", "https:///x", "https://a b.com", "https://u@h"]
        {
            assert!(http_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_code_has_six_digits_however_they_are_grouped() {
        for good in ["123456", "123-456", "123 456"] {
            assert!(six_digits(good).is_ok(), "{good}");
        }
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(six_digits(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_one_line_with_something_in_it() {
        for good in ["Elena Ríos", " ñ ", "Équipe · 2", "日本"] {
            assert!(line(good).is_ok(), "{good:?}");
        }
        for (bad, code) in [
            ("", "required"),
            (" \n", "required"),
            ("a\nb", "invalid"),
            ("a\r", "invalid"),
            ("a\tb", "invalid"),
            ("a\u{0}", "invalid"),
            ("a\u{85}b", "invalid"),
            ("a\u{2028}b", "invalid"),
        ] {
            assert_eq!(line(bad).unwrap_err().code, code, "{bad:?}");
        }
        assert!(line_or_empty("").is_ok() && line_or_empty("a\r\nBcc: b").is_err());
    }

    #[test]
    fn an_email_has_a_name_and_a_dotted_host() {
        for good in ["ana@example.com", "a.b+c@sub.example.org", "ñ@example.com"] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ana",
            "ana@",
            "@example.com",
            "ana@example",
            "a b@example.com",
            "ana@exa mple.com",
            "a@b@example.com",
            "a@-x.com",
            "a@x..com",
            "a,b@example.com",
            "<a@example.com",
            "a>b@example.com",
            "\"a\"@example.com",
            "a(b)@example.com",
            "[a]@example.com",
            "a:b@example.com",
            "a;b@example.com",
            "a\\b@example.com",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}

//! The settings of one number's chatbot (spec S3, conversation.md § 4).

use super::defaults;
use serde::{Deserialize, Serialize};
use types::Language;

/// Minutes of the return greeting's inactivity: 1 h to 30 d.
pub const INACTIVITY_MINUTES: std::ops::RangeInclusive<u32> = 60..=43_200;

/// The document as it is stored. A part that an older document does not have is switched off, and a part that this
/// version does not know is skipped, so that documents and programs may differ in age.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Counts the saves: a save names the version it started from.
    pub version: u64,
    /// To who writes for the first time.
    pub first_greeting: Text,
    /// To who comes back after a while.
    pub return_greeting: ReturnGreeting,
    /// Before the ticket is opened.
    pub pre_attendance: Text,
    /// After an agent, a manager or inactivity has closed it.
    pub post_attendance: Text,
}

/// A text that can be switched off; 1 to 4,096 characters, with variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Text {
    pub on: bool,
    pub text: String,
}

/// The greeting of a contact who comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnGreeting {
    pub on: bool,
    pub text: String,
    /// Of silence, after which a message begins a new conversation; see [`INACTIVITY_MINUTES`].
    pub inactivity_minutes: u32,
}

impl Default for ReturnGreeting {
    fn default() -> Self {
        Self { on: false, text: String::new(), inactivity_minutes: 24 * 60 }
    }
}

impl Settings {
    /// What a new number starts with, in its customers' language: greetings, pre- and post-attendance on, all else off.
    pub fn default_for(language: Language) -> Self {
        let texts = defaults::texts(language);
        let on = |text: &str| Text { on: true, text: text.to_owned() };
        Self {
            version: 0,
            first_greeting: on(texts.first_greeting),
            return_greeting: ReturnGreeting {
                on: true,
                text: texts.return_greeting.to_owned(),
                ..ReturnGreeting::default()
            },
            pre_attendance: on(texts.pre_attendance),
            post_attendance: on(texts.post_attendance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn an_older_document_has_its_missing_parts_switched_off() {
        let old = r#"{"version":3,"first_greeting":{"on":true,"text":"Hola"},"something_newer":{"on":true}}"#;
        let settings: Settings = serde_json::from_str(old).unwrap();
        assert_eq!(settings.version, 3);
        assert!(settings.first_greeting.on);
        assert!(!settings.return_greeting.on && !settings.pre_attendance.on && !settings.post_attendance.on);
        assert_eq!(settings.return_greeting.inactivity_minutes, 1440);
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        for language in Language::iter() {
            let settings = Settings::default_for(language);
            let stored = serde_json::to_string(&settings).unwrap();
            assert_eq!(serde_json::from_str::<Settings>(&stored).unwrap(), settings);
        }
    }
}

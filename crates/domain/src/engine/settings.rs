//! What the engine runs on: a number's two settings documents, and what of the world around they need.

use chrono_tz::Tz;
use types::{Language, attention_settings::AttentionSettings, chatbots::ChatbotSettings};

/// The settings of one number, ready to be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// With an id in every queue of its own.
    pub chatbot: ChatbotSettings,
    pub attention: AttentionSettings,
    /// The language of its customers, for the fixed words.
    pub language: Language,
    /// The settings' zone, or the organization's.
    pub time_zone: Tz,
    /// The phone (E.164) an absence suggests, its number looked up; None when it suggests nobody, or a number that is gone.
    pub suggested_phone: Option<String>,
    /// Whether the account has the approved template of the next opening. Without it nobody is asked.
    pub availability_template: bool,
}

impl Settings {
    /// What a new number starts with, in UTC.
    pub fn default_for(language: Language) -> Self {
        Self {
            chatbot: crate::chatbots::defaults(language),
            attention: crate::attention_settings::defaults(language),
            language,
            time_zone: Tz::UTC,
            suggested_phone: None,
            availability_template: false,
        }
    }
}

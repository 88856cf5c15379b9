//! The absence message: instead of everything, once per conversation.

use super::{Effect, Stage, run::Run};
use types::{
    chatbots::INTERACTIVE_MAX,
    messages::{MessageContent, TEXT_MAX},
    off_hours_contacts::OffHoursCause,
};

impl Run<'_> {
    pub(super) fn is_absent(&self) -> bool {
        self.settings.chatbot.attention.absence.on
    }

    /// Say it, unless this conversation heard it; the conversation ends.
    pub(super) fn absence(&mut self) {
        self.say_absence();
        self.go(Stage::Idle);
    }

    /// Say it, unless this conversation heard it.
    pub(super) fn say_absence(&mut self) {
        if self.state.absence_said_at.is_some() {
            return;
        }
        self.state.absence_said_at = Some(self.now);
        let message = self.absence_message();
        self.send(message);
        self.effect(Effect::ListOffHours { cause: OffHoursCause::Absence, since: self.now, callback: None });
    }

    fn absence_message(&self) -> Option<MessageContent> {
        let text = &self.settings.chatbot.attention.absence.text;
        let digits: String =
            self.settings.suggested_phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return Some(MessageContent::Text { body: self.filled(text, TEXT_MAX)? });
        }
        let words = self.words();
        Some(MessageContent::Link {
            body: self.filled(text, INTERACTIVE_MAX).unwrap_or_else(|| words.absent.to_owned()),
            button: words.write_now.to_owned(),
            url: format!("https://wa.me/{digits}"),
        })
    }
}

//! Texts ready to be sent: variables filled, and never longer than WhatsApp takes.

use super::{fill, run::Run};
use std::borrow::Cow;
use types::{
    chatbots::{BUTTON_MAX, INTERACTIVE_MAX},
    messages::{Choice, MessageContent, TEXT_MAX},
};

impl Run<'_> {
    /// A text message, if it is on and says something.
    pub(super) fn text(&self, on: bool, text: &str) -> Option<MessageContent> {
        Some(MessageContent::Text { body: self.filled(on.then_some(text)?, TEXT_MAX)? })
    }

    /// The body of a message with something to press, which WhatsApp refuses without one: ours when the text says nothing.
    pub(super) fn body(&self, text: &str, instead: &str) -> String {
        self.filled(text, INTERACTIVE_MAX).unwrap_or_else(|| instead.to_owned())
    }

    /// A question with the buttons Sí and No.
    pub(super) fn yes_or_no(&self, text: &str, instead: &str, yes: String, no: String) -> MessageContent {
        let words = self.words();
        MessageContent::Buttons {
            body: self.body(text, instead),
            buttons: vec![button(yes, words.yes), button(no, words.no)],
        }
    }

    /// Filled and trimmed; None when nothing is left.
    pub(super) fn filled(&self, text: &str, limit: usize) -> Option<String> {
        match fill(text, self.facts) {
            Cow::Borrowed(text) => said(text, limit),
            // What was just written is not written again.
            Cow::Owned(text) if !text.is_empty() && text.trim().len() == text.len() => Some(cut(text, limit)),
            Cow::Owned(text) => said(&text, limit),
        }
    }
}

pub(super) fn button(id: String, title: &str) -> Choice {
    Choice { id, title: cut(title, BUTTON_MAX), description: None }
}

fn said(text: &str, limit: usize) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| cut(text, limit))
}

/// The text, or its beginning and an ellipsis.
pub(super) fn cut(whole: impl AsRef<str> + Into<String>, limit: usize) -> String {
    let text = whole.as_ref();
    // No text has more characters than bytes.
    if text.len() <= limit || text.char_indices().nth(limit).is_none() {
        return whole.into();
    }
    let end = text.char_indices().nth(limit.saturating_sub(1)).map_or(text.len(), |(end, _)| end);
    let mut short = text.get(..end).unwrap_or_default().trim_end().to_owned();
    short.push('…');
    short
}

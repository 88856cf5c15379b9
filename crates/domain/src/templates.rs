//! Templates: what a message approved by WhatsApp looks like, which variables it wants, and the message they make
//! (whatsapp.md § Bodies; Graph reference, message templates and template messages).

mod parse;
mod send;

pub use send::{components, render};

use types::messages::{MediaKind, TemplateVariable};

/// Characters of the body at most, variables filled (WhatsApp Cloud API, template limits).
pub const BODY_MAX: usize = 1024;
/// Characters of a text header at most, variables filled.
pub const HEADER_MAX: usize = 60;
/// Characters of a button's address at most, variables filled.
pub const URL_MAX: usize = 2000;

/// A template as its components describe it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateShape {
    pub header: Option<Header>,
    pub body: Text,
    pub footer: Option<String>,
    pub buttons: Vec<Button>,
    /// What has to be given: `header.1`, `body.1`, `button.1`, or the parameter's name; in reading order, each once.
    pub variables: Vec<String>,
    /// Parts that cannot be sent from here, such as a carousel, by the names WhatsApp gives them.
    pub unsupported: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Header {
    Text(Text),
    /// An image, video or document, given as an https address in `header.1`.
    Media(MediaKind),
}

/// A text with variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub placeholders: Vec<Placeholder>,
}

/// A variable in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// As it stands between the braces: `1` or `first_name`.
    pub key: String,
    /// As a sheet names it: `body.1` or `first_name`.
    pub variable: String,
}

impl Placeholder {
    /// Whether it has a name of its own instead of a number.
    pub fn is_named(&self) -> bool {
        self.key == self.variable
    }
}

/// A button under the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub text: String,
    pub kind: ButtonKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ButtonKind {
    /// Needs nothing when it is sent: a phone, a fixed address.
    Plain,
    /// Comes back as a message when it is pressed.
    QuickReply,
    /// An address that ends in a variable.
    Url { base: String, variable: String },
    /// A coupon code to copy.
    CopyCode { variable: String },
}

/// Why a template cannot be sent with these values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    #[error("the template has a {0}, which cannot be sent")]
    Unsupported(String),
    #[error("{0} is missing")]
    VariableMissing(String),
    /// The named variable is the longest of those that make its part too long.
    #[error("{0} makes the message too long")]
    VariableTooLong(String),
    #[error("{0} is no https address")]
    NotALink(String),
}

impl TemplateFault {
    /// The variable it is about.
    pub fn variable(&self) -> Option<&str> {
        match self {
            Self::Unsupported(_) => None,
            Self::VariableMissing(variable) | Self::VariableTooLong(variable) | Self::NotALink(variable) => {
                Some(variable)
            }
        }
    }
}

impl TemplateShape {
    /// Read the components of a template as Graph lists them.
    pub fn parse(components: &serde_json::Value) -> Self {
        parse::shape(components)
    }

    /// The header for a list or a preview, variables unfilled.
    pub fn header_preview(&self) -> Option<String> {
        match self.header.as_ref()? {
            Header::Text(text) => Some(text.text.clone()),
            Header::Media(kind) => Some(kind.emoji().to_owned()),
        }
    }

    /// The buttons' texts.
    pub fn button_texts(&self) -> Vec<String> {
        self.buttons.iter().map(|button| button.text.clone()).collect()
    }

    /// All that stands against sending it with these values; nothing when it can be sent.
    pub fn check(&self, values: &[TemplateVariable]) -> Vec<TemplateFault> {
        send::check(self, values)
    }
}

/// Whether it can tell that attendance is open again: no variable, and exactly two quick replies, Sí and No (Sim, Não).
pub fn announces(shape: &TemplateShape) -> bool {
    let says = |index: usize, words: &[&str]| {
        shape.buttons.get(index).is_some_and(|button| {
            button.kind == ButtonKind::QuickReply && words.contains(&button.text.trim().to_lowercase().as_str())
        })
    };
    shape.buttons.len() == 2
        && shape.variables.is_empty()
        && shape.unsupported.is_empty()
        && says(0, &["sí", "si", "sim", "yes"])
        && says(1, &["no", "não", "nao"])
}

#[cfg(test)]
mod tests;

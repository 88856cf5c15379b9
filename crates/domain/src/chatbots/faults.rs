//! Collecting what is wrong with a settings document, field by field.

use super::Fault;
use crate::engine;
use std::{collections::HashSet, ops::RangeInclusive};
use types::{FieldCode, validate};

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

/// Whether a character shows nothing: blanks, controls, and those of no width.
fn is_unseen(c: char) -> bool {
    let widthless = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || widthless
}

impl Faults {
    pub(crate) fn all(self) -> Vec<Fault> {
        self.0
    }

    pub(crate) fn add(&mut self, pointer: &str, code: FieldCode) {
        self.0.push(Fault { pointer: pointer.to_owned(), code, limit: None });
    }

    fn limited(&mut self, pointer: &str, code: FieldCode, limit: i64) {
        self.0.push(Fault { pointer: pointer.to_owned(), code, limit: Some(limit) });
    }

    /// A text that the bot says, with variables. What is off may be unfinished, but not too long.
    pub(crate) fn text(&mut self, pointer: &str, on: bool, text: &str, limit: usize) {
        // PostgreSQL cannot keep the character zero.
        if text.contains('\0') {
            self.add(pointer, FieldCode::Invalid);
        }
        self.filled(pointer, on, text, limit);
        if on && engine::unknown_variable(text).is_some() {
            self.add(pointer, FieldCode::UnknownVariable);
        }
    }

    /// A name on one line, without variables.
    pub(crate) fn line(&mut self, pointer: &str, on: bool, line: &str, limit: usize) {
        if validate::line_or_empty(line).is_err() {
            self.add(pointer, FieldCode::Invalid);
        }
        self.filled(pointer, on, line, limit);
    }

    fn filled(&mut self, pointer: &str, needed: bool, text: &str, limit: usize) {
        if needed && text.chars().all(is_unseen) {
            self.add(pointer, FieldCode::Required);
        }
        if text.chars().count() > limit {
            self.limited(pointer, FieldCode::TooLong, i64::try_from(limit).unwrap_or(i64::MAX));
        }
    }

    pub(crate) fn at_most(&mut self, pointer: &str, count: usize, limit: usize) {
        if count > limit {
            self.limited(pointer, FieldCode::TooMany, i64::try_from(limit).unwrap_or(i64::MAX));
        }
    }

    /// A number; the fault names the bound that was passed.
    pub(crate) fn range(&mut self, pointer: &str, value: u32, range: &RangeInclusive<u32>) {
        if !range.contains(&value) {
            let bound = if value < *range.start() { range.start() } else { range.end() };
            self.limited(pointer, FieldCode::OutOfRange, i64::from(*bound));
        }
    }

    /// What is there twice, whatever the case. Blanks do not count.
    pub(crate) fn unique<'a>(&mut self, values: impl Iterator<Item = (String, &'a str)>) {
        let mut seen = HashSet::new();
        for (pointer, value) in values {
            let value = value.trim().to_lowercase();
            if !value.is_empty() && !seen.insert(value) {
                self.add(&pointer, FieldCode::Repeated);
            }
        }
    }

    /// Members by their e-mails.
    pub(crate) fn emails(&mut self, pointer: &str, emails: &[String], limit: usize) {
        self.at_most(pointer, emails.len(), limit);
        for (index, email) in emails.iter().enumerate() {
            if validate::email(email.trim()).is_err() {
                self.add(&format!("{pointer}/{index}"), FieldCode::NotAnEmail);
            }
        }
        self.unique(emails.iter().enumerate().map(|(index, email)| (format!("{pointer}/{index}"), email.as_str())));
    }
}

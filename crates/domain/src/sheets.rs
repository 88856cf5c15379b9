//! The active-message sheet: what its columns mean and whether a row can be sent (growth-api.md § The active-message
//! sheet, spec C1). Reading the file is `app`'s; here a row is a list of texts as a spreadsheet program shows them.

mod columns;
mod rows;

pub use columns::{Columns, MissingColumns, Role};
pub use rows::RowCheck;

use crate::{phones::PhoneNumber, templates::TemplateShape};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use types::{NumberId, TemplateId, WabaId, campaigns::RowFaultReason, messages::TemplateVariable};

/// What rows are checked against: everything the member who uploads has in scope.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    senders: HashMap<PhoneNumber, SheetSender>,
    templates: HashMap<String, Vec<SheetTemplate>>,
    opted_out: HashSet<PhoneNumber>,
    /// What is switched off for a sender (S2).
    inactive: HashSet<(NumberId, TemplateId)>,
}

/// A number that may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetSender {
    pub number_id: NumberId,
    pub waba_id: WabaId,
}

/// A template in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetTemplate {
    pub id: TemplateId,
    pub waba_id: WabaId,
    pub name: String,
    pub language: String,
    /// Whether WhatsApp lets it be sent now.
    pub approved: bool,
    pub shape: TemplateShape,
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    Valid(SheetRow),
    /// All that is wrong with it, never empty.
    Faulty(Vec<CellFault>),
}

/// A row that can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// As the spreadsheet program numbers it.
    pub row: u32,
    pub number_id: NumberId,
    pub recipient: PhoneNumber,
    pub template_id: TemplateId,
    pub template: String,
    pub language: String,
    /// What the template wants, in its order.
    pub variables: Vec<TemplateVariable>,
    /// The contact's name.
    #[serde(default)]
    pub name: Option<String>,
    /// The customer's own id of this message.
    #[serde(default)]
    pub external_id: Option<String>,
    /// The other columns, header and value: custom attributes of the contact.
    #[serde(default)]
    pub attributes: Vec<(String, String)>,
}

/// One faulty cell: [`types::campaigns::RowFault`] before somebody's language is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    pub row: u32,
    /// The header as it stands in the sheet, or the column that is missing.
    pub column: String,
    /// What the cell shows, at most 200 characters of it.
    pub value: String,
    pub reason: RowFaultReason,
}

impl Directory {
    /// Put the look-ups together. Phones are compared by their variants, so that a sheet may write either.
    pub fn new(
        senders: impl IntoIterator<Item = (PhoneNumber, SheetSender)>,
        templates: impl IntoIterator<Item = SheetTemplate>,
        opted_out: impl IntoIterator<Item = PhoneNumber>,
    ) -> Self {
        let mut by_name: HashMap<String, Vec<SheetTemplate>> = HashMap::new();
        for template in templates {
            by_name.entry(template.name.clone()).or_default().push(template);
        }
        Self {
            senders: senders.into_iter().map(|(phone, sender)| (phone.canonical(), sender)).collect(),
            templates: by_name,
            opted_out: opted_out.into_iter().map(PhoneNumber::canonical).collect(),
            inactive: HashSet::new(),
        }
    }

    /// With what is switched off for some senders (S2).
    #[must_use]
    pub fn without(self, inactive: HashSet<(NumberId, TemplateId)>) -> Self {
        Self { inactive, ..self }
    }
}

#[cfg(test)]
mod tests;

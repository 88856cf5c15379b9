//! A signal for each field of an absence.

use super::model::{Draft, Suggest};
use leptos::prelude::*;
use types::numbers::NumberRef;

#[derive(Clone, Copy)]
pub struct Fields {
    pub on: RwSignal<bool>,
    pub text: RwSignal<String>,
    pub suggest: RwSignal<Suggest>,
    pub number: RwSignal<Option<NumberRef>>,
    pub phone: RwSignal<String>,
    pub name: RwSignal<String>,
}

impl Fields {
    pub fn new(draft: Draft) -> Self {
        let Draft { on, text, suggest, number, phone, name } = draft;
        Self {
            on: RwSignal::new(on),
            text: RwSignal::new(text),
            suggest: RwSignal::new(suggest),
            number: RwSignal::new(number),
            phone: RwSignal::new(phone),
            name: RwSignal::new(name),
        }
    }

    pub fn set(self, draft: Draft) {
        let Draft { on, text, suggest, number, phone, name } = draft;
        self.on.set(on);
        self.text.set(text);
        self.suggest.set(suggest);
        self.number.set(number);
        self.phone.set(phone);
        self.name.set(name);
    }

    /// Followed.
    pub fn draft(self) -> Draft {
        Draft {
            on: self.on.get(),
            text: self.text.get(),
            suggest: self.suggest.get(),
            number: self.number.get(),
            phone: self.phone.get(),
            name: self.name.get(),
        }
    }
}

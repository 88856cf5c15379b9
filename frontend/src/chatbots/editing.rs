//! What the parts of the editor share: the document, how a part of it is read and written, and what is wrong with it.

use super::{
    editor::About,
    model::{self, BotTab},
};
use crate::{i18n::use_i18n, language};
use leptos::prelude::*;
use std::collections::BTreeSet;
use types::{
    FieldCode, FieldError, chatbots::ChatbotSettings, numbers::NumberRef, settings_changes::SettingsField, words,
};

/// The editor, as a context of its parts.
#[derive(Clone, Copy)]
pub struct Editing {
    pub settings: RwSignal<ChatbotSettings>,
    pub about: Signal<About>,
    pub applied: Option<RwSignal<BTreeSet<SettingsField>>>,
    /// What is wrong, by pointers into the document, in the page's order.
    pub faults: Memo<Vec<FieldError>>,
    /// The number that the absence suggests, as it is known here.
    pub suggested: RwSignal<Option<NumberRef>>,
}

/// One part of the document.
pub struct Part<T: Send + Sync + 'static> {
    pub value: Signal<T>,
    write: Callback<(T,)>,
}

impl<T: Send + Sync> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Part<T> {}

impl<T: Clone + Send + Sync> Part<T> {
    pub fn of(value: Signal<T>, write: impl Fn(T) + Send + Sync + 'static) -> Self {
        Self { value, write: Callback::new(move |(value,)| write(value)) }
    }

    pub fn get(self) -> T {
        self.value.get()
    }

    pub fn set(self, value: T) {
        self.write.run((value,));
    }
}

impl Editing {
    pub fn use_here() -> Self {
        expect_context::<Self>()
    }

    /// A part that belongs to a field. Writing it applies the field where many numbers are edited.
    pub fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        field: SettingsField,
        read: impl Fn(&ChatbotSettings) -> T + Copy + Send + Sync + 'static,
        write: impl Fn(&mut ChatbotSettings, T) + Copy + Send + Sync + 'static,
    ) -> Part<T> {
        Part {
            value: Memo::new(move |_| self.settings.with(read)).into(),
            write: Callback::new(move |(value,)| self.change(field, move |settings| write(settings, value))),
        }
    }

    pub fn change(self, field: SettingsField, change: impl FnOnce(&mut ChatbotSettings)) {
        self.settings.update(change);
        if let Some(applied) = self.applied
            && !applied.with_untracked(|applied| applied.contains(&field))
        {
            applied.update(|applied| {
                applied.insert(field);
            });
        }
    }

    /// What is wrong at a pointer.
    pub fn fault(self, pointer: impl Into<String>) -> Signal<Option<String>> {
        let pointer = pointer.into();
        Signal::derive(move || {
            self.faults
                .with(|faults| faults.iter().find(|fault| fault.pointer == pointer).map(|one| one.detail.clone()))
        })
    }

    /// What is wrong at a pointer or anywhere below it.
    pub fn fault_within(self, pointer: impl Into<String>) -> Signal<Option<String>> {
        let pointer = pointer.into();
        Signal::derive(move || {
            self.faults.with(|faults| {
                let found = faults.iter().find(|fault| model::is_within(&fault.pointer, &pointer));
                found.map(|fault| fault.detail.clone())
            })
        })
    }

    /// How many things are wrong on a tab.
    pub fn count(self, tab: BotTab) -> usize {
        self.faults.with(|faults| faults.iter().filter(|fault| model::tab_of(&fault.pointer) == Some(tab)).count())
    }
}

/// What is wrong by our own rules and by the server's. What is only empty is not said before somebody tried to save, and
/// what the server said is over once that part has changed.
pub fn faults_of(
    settings: RwSignal<ChatbotSettings>,
    applied: Option<RwSignal<BTreeSet<SettingsField>>>,
    served: Signal<Vec<FieldError>>,
    tried: Signal<bool>,
) -> Memo<Vec<FieldError>> {
    let i18n = use_i18n();
    let sent = Memo::new(move |_| {
        served.track();
        settings.with_untracked(|settings| serde_json::to_value(settings).unwrap_or_default())
    });
    Memo::new(move |_| {
        let language = language::of(i18n.get_locale());
        let applied = applied.map(|applied| applied.get());
        let own = settings.with(|settings| model::faults(settings, applied.as_ref()));
        let tried = tried.get();
        let mut all: Vec<FieldError> = own
            .into_iter()
            .filter(|fault| tried || fault.code != FieldCode::Required)
            .map(|fault| FieldError {
                detail: words::field(fault.code, fault.limit, language),
                pointer: fault.pointer,
                code: fault.code,
            })
            .collect();
        let served = served.get();
        if !served.is_empty() {
            let now = settings.with(|settings| serde_json::to_value(settings).unwrap_or_default());
            for fault in served {
                let pointer = fault.pointer.strip_prefix("/settings").unwrap_or(&fault.pointer).to_owned();
                let stands = sent.with(|sent| sent.pointer(&pointer) == now.pointer(&pointer));
                if stands && !all.iter().any(|known| known.pointer == pointer) {
                    all.push(FieldError { pointer, ..fault });
                }
            }
        }
        all
    })
}

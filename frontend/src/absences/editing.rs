//! An absence while it is edited: what it started from, what is wrong with it, its save, and what happens when somebody
//! saved in between.

use super::{fields::Fields, model::Draft};
use crate::{
    api::{self, Failed, Query},
    i18n::{Locale, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    shell::numbers::unsaved::Unsaved,
    ui::{field::focus_first_fault, toast::Toasts},
};
use leptos::prelude::*;
use leptos_i18n::I18nContext;
use types::{
    ErrorCode, FieldError, NumberId,
    absences::{self, Absence, AbsenceInput},
};

#[derive(Clone, Copy)]
pub struct Editing {
    pub id: NumberId,
    /// What the editing started from.
    pub base: RwSignal<Absence>,
    pub fields: Fields,
    pub draft: Memo<Draft>,
    pub dirty: Memo<bool>,
    pub wrong: Memo<Vec<FieldError>>,
    /// The save.
    pub change: Change,
    /// What somebody else saved in between.
    pub theirs: RwSignal<Option<Absence>>,
    read: Change,
    pressed: RwSignal<bool>,
    remote: Remote<Absence>,
    toasts: Toasts,
    i18n: I18nContext<Locale>,
}

impl Editing {
    pub fn new(absence: Signal<Absence>, remote: Remote<Absence>) -> Self {
        let i18n = use_i18n();
        let base = RwSignal::new(absence.get_untracked());
        let fields = Fields::new(base.with_untracked(Draft::of));
        let draft = Memo::new(move |_| fields.draft());
        let (pressed, change) = (RwSignal::new(false), Change::new());
        let wrong = Memo::new(move |_| {
            let language = language::of(i18n.get_locale());
            let mut wrong = if pressed.get() { draft.with(|draft| draft.faults(language)) } else { Vec::new() };
            change.failed.with(|failed| {
                if let Some(Failed::Refused(problem)) = failed {
                    wrong.extend(problem.errors.iter().cloned());
                }
            });
            wrong
        });
        let editing = Self {
            id: absence.with_untracked(|absence| absence.number.id),
            base,
            fields,
            draft,
            dirty: Memo::new(move |_| base.with(|base| draft.with(|draft| *draft != Draft::of(base)))),
            wrong,
            change,
            theirs: RwSignal::new(None),
            read: Change::new(),
            pressed,
            remote,
            toasts: Toasts::use_here(),
            i18n,
        };
        editing.follow(absence);
        editing
    }

    fn follow(self, absence: Signal<Absence>) {
        let unsaved = expect_context::<Unsaved>();
        Effect::new(move || unsaved.dirty.set(self.dirty.get()));
        on_cleanup(move || {
            unsaved.dirty.try_set(false);
        });
        // A newer state fills the form, unless somebody is writing in it.
        Effect::new(move || {
            let fresh = absence.get();
            if self.base.with_untracked(|base| *base != fresh) && !self.dirty.get_untracked() {
                self.fields.set(Draft::of(&fresh));
                self.base.set(fresh);
            }
        });
        // Both sides are shown, so the other one is read first.
        Effect::new(move || {
            if self.change.failed.with(|failed| failed.as_ref().is_some_and(is_conflict)) {
                self.read.run(api::ask(absences::GET_ABSENCE, &[&self.id], Query::none()), move |stored| {
                    self.compare(stored);
                });
            }
        });
    }

    fn compare(self, stored: Absence) {
        if self.base.with_untracked(|base| base.absence == stored.absence) {
            // Somebody saved another part of the chatbot's settings: nobody has to choose between two absences.
            self.base.update(|base| base.version = stored.version);
            self.save_from(stored.version);
        } else {
            self.theirs.set(Some(stored));
        }
    }

    pub fn save_from(self, version: u64) {
        self.pressed.set(true);
        if self.draft.with_untracked(|draft| !draft.faults(language::current()).is_empty()) {
            return focus_first_fault();
        }
        let input = AbsenceInput { absence: self.draft.with_untracked(Draft::settings), version };
        let work = async move { api::send(absences::UPDATE_ABSENCE, &[&self.id], &input).await };
        self.change.run(work, move |saved: Absence| {
            let on = saved.absence.on;
            self.toasts.success(untrack(|| {
                if on { t_string!(self.i18n, absences.saved_on) } else { t_string!(self.i18n, absences.saved_off) }
            }));
            self.took(saved);
        });
    }

    /// What is stored is what is shown.
    pub fn took(self, saved: Absence) {
        self.pressed.set(false);
        self.theirs.set(None);
        self.fields.set(Draft::of(&saved));
        self.base.set(saved.clone());
        self.remote.value.set(Some(saved));
    }

    pub fn discard(self) {
        self.pressed.set(false);
        self.change.failed.set(None);
        self.theirs.set(None);
        self.fields.set(self.base.with_untracked(Draft::of));
    }

    /// Why it was not saved, unless somebody was quicker; followed.
    pub fn refusal(self) -> Option<Failed> {
        self.change.failed.get().filter(|failed| !is_conflict(failed)).or_else(|| self.read.failed.get())
    }
}

fn is_conflict(failed: &Failed) -> bool {
    failed.code() == Some(ErrorCode::VersionConflict)
}

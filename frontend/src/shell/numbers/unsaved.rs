//! Keeps what was typed and not saved from being lost when another number is chosen in the header.

use crate::{
    i18n::use_i18n,
    remote::Change,
    ui::{button::Kind, dialog::Confirm},
};
use leptos::prelude::*;
use types::NumberId;

/// Whether there is something to lose, as a context of the page.
#[derive(Clone, Copy)]
pub struct Unsaved {
    pub dirty: RwSignal<bool>,
    /// The number that is shown: the one all pages follow, unless its reader stays with unsaved changes.
    pub shown: RwSignal<Option<NumberId>>,
    chosen: RwSignal<Option<NumberId>>,
    asking: RwSignal<bool>,
}

impl Unsaved {
    pub fn provide(chosen: RwSignal<Option<NumberId>>) -> Self {
        let unsaved = Self {
            dirty: RwSignal::new(false),
            shown: RwSignal::new(chosen.get_untracked()),
            chosen,
            asking: RwSignal::new(false),
        };
        provide_context(unsaved);
        Effect::new(move || {
            let wanted = chosen.get();
            if wanted == unsaved.shown.get_untracked() {
                return;
            }
            if unsaved.dirty.get_untracked() {
                unsaved.asking.set(true);
            } else {
                unsaved.shown.set(wanted);
            }
        });
        unsaved
    }
}

#[component]
pub fn NumberGuard(
    /// What would be lost.
    #[prop(into)]
    consequence: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let unsaved = expect_context::<Unsaved>();
    // Staying gives the header its number back.
    Effect::new(move |before: Option<bool>| {
        let asking = unsaved.asking.get();
        if before == Some(true) && !asking && unsaved.dirty.get_untracked() {
            unsaved.chosen.set(unsaved.shown.get_untracked());
        }
        asking
    });
    let leave = move |()| {
        unsaved.dirty.set(false);
        unsaved.asking.set(false);
        unsaved.shown.set(unsaved.chosen.get_untracked());
    };
    view! {
        <Confirm open=unsaved.asking kind=Kind::Danger change=Change::new() on_confirm=Callback::new(leave)
            title=say!(i18n, ui.unsaved_title) consequence=consequence
            action=say!(i18n, ui.unsaved_leave) keep=say!(i18n, ui.unsaved_stay) />
    }
}

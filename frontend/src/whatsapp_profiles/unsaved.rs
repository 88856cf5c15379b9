//! Keeps what was typed and not saved from being lost by a reload, a link or another number.

use crate::{
    i18n::use_i18n,
    remote::Change,
    ui::{button::Kind, dialog::Confirm},
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use types::NumberId;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MouseEvent};

/// Where one was going when there was something to lose.
#[derive(Clone, Debug, PartialEq)]
enum Leave {
    Address(String),
    Number(Option<NumberId>),
}

/// Whether there is something to lose, as a context of the page.
#[derive(Clone, Copy)]
pub struct Unsaved {
    pub dirty: RwSignal<bool>,
    /// The number whose profile is shown: the one all pages follow, unless its reader stays with unsaved changes.
    pub shown: RwSignal<Option<NumberId>>,
    chosen: RwSignal<Option<NumberId>>,
    asked: RwSignal<Option<Leave>>,
    open: RwSignal<bool>,
}

impl Unsaved {
    pub fn provide(chosen: RwSignal<Option<NumberId>>) -> Self {
        let unsaved = Self {
            dirty: RwSignal::new(false),
            shown: RwSignal::new(chosen.get_untracked()),
            chosen,
            asked: RwSignal::new(None),
            open: RwSignal::new(false),
        };
        provide_context(unsaved);
        Effect::new(move || {
            let wanted = chosen.get();
            if wanted == unsaved.shown.get_untracked() {
                return;
            }
            if unsaved.dirty.get_untracked() {
                unsaved.ask(Leave::Number(wanted));
            } else {
                unsaved.shown.set(wanted);
            }
        });
        unsaved
    }

    fn ask(self, leave: Leave) {
        self.asked.set(Some(leave));
        self.open.set(true);
    }
}

#[component]
pub fn UnsavedGuard() -> impl IntoView {
    let i18n = use_i18n();
    let unsaved = expect_context::<Unsaved>();
    let navigate = StoredValue::new_local(use_navigate());
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if unsaved.dirty.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || unload.remove());
    hold_links(move |address| {
        let dirty = unsaved.dirty.get_untracked();
        if dirty {
            unsaved.ask(Leave::Address(address));
        }
        dirty
    });
    // Staying gives the header its number back.
    Effect::new(move |before: Option<bool>| {
        let open = unsaved.open.get();
        if before == Some(true) && !open {
            unsaved.asked.set(None);
            if unsaved.dirty.get_untracked() {
                unsaved.chosen.set(unsaved.shown.get_untracked());
            }
        }
        open
    });
    let leave = move |()| {
        let target = unsaved.asked.get_untracked();
        unsaved.dirty.set(false);
        unsaved.open.set(false);
        match target {
            Some(Leave::Address(address)) => {
                navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
            }
            Some(Leave::Number(number)) => unsaved.shown.set(number),
            None => {}
        }
    };
    view! {
        <Confirm open=unsaved.open kind=Kind::Danger change=Change::new() on_confirm=Callback::new(leave)
            title=say!(i18n, whatsapp_profiles.leave_title) consequence=say!(i18n, whatsapp_profiles.leave_text)
            action=say!(i18n, whatsapp_profiles.leave) keep=say!(i18n, whatsapp_profiles.stay) />
    }
}

/// Asks before a link of the app is followed. The router listens at the window, so the document hears it first.
fn hold_links(holds: impl Fn(String) -> bool + 'static) {
    let heard = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key()
        {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.filter(|link| !link.has_attribute("target") && !link.has_attribute("download")) else {
            return;
        };
        let address = link.get_attribute("href").unwrap_or_default();
        if address.starts_with('/') && holds(address) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    // A page that may not listen does without the question.
    let _ = document().add_event_listener_with_callback("click", heard.as_ref().unchecked_ref());
    let heard = StoredValue::new_local(Some(heard));
    on_cleanup(move || {
        let heard = heard.try_update_value(Option::take).flatten();
        if let Some(heard) = heard {
            let _ = document().remove_event_listener_with_callback("click", heard.as_ref().unchecked_ref());
        }
    });
}

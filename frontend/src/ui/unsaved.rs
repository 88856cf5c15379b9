//! Asks before a page with unsaved changes is left, by a link or by closing it.

use crate::{
    i18n::{t, use_i18n},
    ui::{
        button::{Button, Kind},
        dialog::Dialog,
    },
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::{JsCast, closure::Closure};

#[component]
pub fn UnsavedGuard(#[prop(into)] dirty: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = StoredValue::new_local(use_navigate());
    let open = RwSignal::new(false);
    let wanted = StoredValue::new(String::new());
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if dirty.get_untracked() {
            event.prevent_default();
        }
    });
    // The router hears a click where it ends up; this hears it on its way there.
    let clicked = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        if dirty.try_get_untracked() != Some(true) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.filter(|link| !link.has_attribute("target") && !link.has_attribute("download")) else {
            return;
        };
        let Some(address) = link.get_attribute("href").filter(|address| address.starts_with('/')) else { return };
        event.prevent_default();
        event.stop_propagation();
        wanted.try_set_value(address);
        open.try_set(true);
    });
    let listener: js_sys::Function = clicked.into_js_value().unchecked_into();
    // It fails only for listeners that cannot be called.
    let _ = document().add_event_listener_with_callback_and_bool("click", &listener, true);
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        closing.remove();
        listener.try_with_value(|listener| {
            let _ = document().remove_event_listener_with_callback_and_bool("click", listener, true);
        });
    });
    let leave = move |_| {
        open.set(false);
        let address = wanted.get_value();
        navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
    };
    view! {
        <Dialog open title=say!(i18n, ui.unsaved_title)>
            <div class="dialog-body"><p>{t!(i18n, ui.unsaved_text)}</p></div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.unsaved_stay)}</Button>
                <Button kind=Kind::Danger on:click=leave>{t!(i18n, ui.unsaved_leave)}</Button>
            </div>
        </Dialog>
    }
}

//! Keyboard shortcuts of Desk, and the page that lists them.

use super::{
    actions::{Asking, may_close, may_transfer},
    model,
    state::Desk,
};
use crate::{
    i18n::{t, use_i18n},
    routes,
    ui::{button::IconButton, dialog::Dialog, icon::Icon},
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

/// Single keys can be switched off, because speech input and stray keys would press them (WCAG 2.1.4).
const SWITCH: &str = "cercano.desk.single_keys";

#[component]
pub fn Shortcuts() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let help = RwSignal::new(false);
    let on = RwSignal::new(stored() != Some("off".to_owned()));
    let asking = Asking::use_here();
    let navigate = use_navigate();
    let go = move |forward: bool| {
        let next =
            desk.list.tickets.with_untracked(|list| model::neighbour(list, desk.chosen.get_untracked(), forward));
        if let Some(id) = next {
            let target = untrack(|| desk.numbers.address(&routes::ticket(id)));
            navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() });
            show_row(&id.to_string());
        }
    };
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_elsewhere(&event) {
            return;
        }
        let key = event.key();
        if key == "?" {
            event.prevent_default();
            help.set(true);
        } else if on.get_untracked() {
            match key.to_lowercase().as_str() {
                "j" => go(true),
                "k" => go(false),
                "e" if untrack(|| may_close(&desk)) => asking.close.set(true),
                "t" if untrack(|| may_transfer(&desk)) => asking.transfer.set(true),
                "/" => {
                    if let Some(area) = document()
                        .get_element_by_id("composer")
                        .and_then(|area| area.dyn_into::<web_sys::HtmlElement>().ok())
                    {
                        let _ = area.focus();
                    }
                    return;
                }
                _ => return,
            }
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
    let switch = move |now: bool| {
        on.set(now);
        if let Some(storage) = window().local_storage().ok().flatten() {
            let _ = storage.set_item(SWITCH, if now { "on" } else { "off" });
        }
    };
    view! {
        <div class="shortcuts-button">
            <IconButton icon=Icon::Keyboard small=true label=say!(i18n, desk.shortcuts) on:click=move |_| help.set(true) />
        </div>
        <Dialog open=help title=say!(i18n, desk.shortcuts)>
            <div class="dialog-body">
                <dl class="shortcuts">
                    <div><dt><kbd>"J"</kbd></dt><dd>{t!(i18n, desk.shortcut_next)}</dd></div>
                    <div><dt><kbd>"K"</kbd></dt><dd>{t!(i18n, desk.shortcut_previous)}</dd></div>
                    <div><dt><kbd>"E"</kbd></dt><dd>{t!(i18n, desk.shortcut_close)}</dd></div>
                    <div><dt><kbd>"T"</kbd></dt><dd>{t!(i18n, desk.shortcut_transfer)}</dd></div>
                    <div><dt><kbd>"/"</kbd></dt><dd>{t!(i18n, desk.shortcut_quick)}</dd></div>
                    <div><dt><kbd>"Ctrl"</kbd>" + "<kbd>"Enter"</kbd></dt><dd>{t!(i18n, desk.shortcut_send)}</dd></div>
                    <div><dt><kbd>"?"</kbd></dt><dd>{t!(i18n, desk.shortcut_help)}</dd></div>
                </dl>
                <label class="check">
                    <input type="checkbox" prop:checked=on on:change:target=move |event| switch(event.target().checked()) />
                    <span>{t!(i18n, desk.shortcut_switch)}</span>
                </label>
            </div>
        </Dialog>
    }
}

fn stored() -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(SWITCH).ok().flatten()
}

/// Keys that are typed into something, or while a dialog is open, are not for us.
fn is_elsewhere(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let typed = target.is_some_and(|target| target.closest("input, textarea, select, dialog").ok().flatten().is_some());
    typed || document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn show_row(id: &str) {
    let row = document().query_selector(&format!("[data-ticket='{id}']")).ok().flatten();
    if let Some(row) = row {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

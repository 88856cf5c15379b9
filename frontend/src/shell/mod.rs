//! What surrounds every page: menu, header, and the pages' places.

mod account;
mod menu;
pub mod numbers;
pub mod preferences;
mod routed;
mod status;

use crate::{
    i18n::{t, t_string, use_i18n},
    realtime::{Realtime, use_events},
    session::Session,
    ui::{button::IconButton, icon::Icon},
};
use account::AccountMenu;
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use menu::MainMenu;
use numbers::{NumberMenu, Numbers};
use preferences::{LanguageMenu, ThemeButton};
use routed::Pages;
use status::StatusMenu;
use types::events::Event;
use wasm_bindgen::JsCast;

/// Pixels of a window that has room for the whole menu.
const ROOMY: f64 = 1366.0;

#[component]
pub fn Shell() -> impl IntoView {
    let i18n = use_i18n();
    let realtime = Realtime::provide();
    let session = Session::use_here();
    Numbers::provide();
    // What one may see and do holds in this page as soon as it holds on the server.
    use_events(move |event| {
        if matches!(event, Event::AccessChanged | Event::Reset) {
            session.refresh();
        }
    });
    let drawer = RwSignal::new(false);
    // Where three panes have to fit beside it, the menu starts folded.
    let small = RwSignal::new(inner_width() < ROOMY);
    let location = use_location();
    let main = NodeRef::<html::Main>::new();
    // A page that is gone to from the drawer is what one wants to see.
    Effect::new(move || {
        location.pathname.track();
        drawer.set(false);
    });
    // The drawer covers the page, so the keyboard goes where the eye goes.
    Effect::new(move |before: Option<bool>| {
        let open = drawer.get();
        if before.is_some_and(|before| before != open) {
            request_animation_frame(move || focus(if open { ".menu-shut button" } else { ".shell-open button" }));
        }
        open
    });
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            if let Some(main) = main.get_untracked() {
                let _ = main.focus();
            }
        }>{t!(i18n, shell.skip)}</a>
        <div class="shell" class:small=small class:drawer=drawer
            on:keydown=move |event| if event.key() == "Escape" { drawer.set(false) }>
            <MainMenu small drawer />
            <div class="shell-veil" aria-hidden="true" on:click=move |_| drawer.set(false)></div>
            <header class="shell-head">
                <div class="shell-open">
                    <IconButton icon=Icon::Menu label=say!(i18n, shell.open_menu) on:click=move |_| drawer.set(true) />
                </div>
                <NumberMenu />
                <div class="shell-tools">
                    <StatusMenu />
                    <LanguageMenu />
                    <ThemeButton />
                    <AccountMenu />
                </div>
            </header>
            <main class="shell-main" id="main" tabindex="-1" node_ref=main>
                <div role="status">
                    {move || realtime.lost.get().then(|| view! {
                        <p class="shell-lost">{Icon::Warning.draw()}{t_string!(i18n, shell.connection_lost)}</p>
                    })}
                </div>
                <Pages />
            </main>
        </div>
    }
}

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn inner_width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(ROOMY)
}

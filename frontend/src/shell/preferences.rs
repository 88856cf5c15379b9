//! Language and theme: for those inside, and for those who still stand at the door.

use crate::{
    i18n::{t_string, use_i18n},
    language,
    session::Session,
    theme,
    ui::{button::IconButton, icon::Icon, menu::Menu},
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::Language;

#[component]
pub fn LanguageMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let current = move || language::of(i18n.get_locale());
    let label = Signal::derive(move || {
        format!("{}: {}", t_string!(i18n, shell.language), language::own_name(language::of(i18n.get_locale())))
    });
    view! {
        <Menu open label trigger=move || view! {
            {Icon::Globe.draw()}
            <span class="language-code">{move || current().as_ref().to_uppercase()}</span>
        }>
            {Language::iter().map(|choice| view! {
                <button type="button" class="menu-item" lang=choice.to_string()
                    aria-pressed=move || if current() == choice { "true" } else { "false" }
                    on:click=move |_| {
                        session.set_language(choice);
                        open.set(false);
                    }>
                    <span>{language::own_name(choice)}</span>
                    {move || (current() == choice).then(|| Icon::Check.draw())}
                </button>
            }).collect_view()}
        </Menu>
    }
}

#[component]
pub fn ThemeButton() -> impl IntoView {
    let i18n = use_i18n();
    let dark = RwSignal::new(theme::is_dark());
    let label = Signal::derive(move || {
        if dark.get() {
            t_string!(i18n, shell.theme_light).to_owned()
        } else {
            t_string!(i18n, shell.theme_dark).to_owned()
        }
    });
    let toggle = move |_| {
        dark.update(|dark| *dark = !*dark);
        theme::set_dark(dark.get_untracked());
    };
    move || {
        view! {
            <IconButton icon=if dark.get() { Icon::Sun } else { Icon::Moon } label on:click=toggle />
        }
    }
}

//! Copiar configuraciones (spec S5).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn SettingsCopies() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, settings_copies.title));
}

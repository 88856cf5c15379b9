//! Atención: how the chosen number is attended (spec S1).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn AttentionSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, attention_settings.title));
}

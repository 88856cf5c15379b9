//! Many chatbots edited at once.

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn Many() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, chatbots.title));
}

//! One number's chatbot.

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;
use types::NumberId;

#[component]
pub fn One(id: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    let _ = id;
    use_title(say!(i18n, chatbots.title));
}

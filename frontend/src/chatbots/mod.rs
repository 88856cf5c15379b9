//! Chatbot: the numbers' settings, one by one or many at once (spec S3).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn Chatbots() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, chatbots.title));
}

/// The settings of one number (`/chatbots/<id>`), or of many at once (`/chatbots/many`).
#[component]
pub fn ChatbotPage() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, chatbots.title));
}

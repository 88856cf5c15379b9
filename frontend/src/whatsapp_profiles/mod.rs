//! WhatsApp profile.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn WhatsappProfile() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, whatsapp_profiles.title) sentence=say!(i18n, whatsapp_profiles.title) /></div> }
}

//! Members and permissions.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn Profiles() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, profiles.title) sentence=say!(i18n, profiles.title) /></div> }
}

#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, profiles.title) sentence=say!(i18n, profiles.title) /></div> }
}

//! Numbers and groups.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn Numbers() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, numbers.title) sentence=say!(i18n, numbers.title) /></div> }
}

#[component]
pub fn NumberPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, numbers.title) sentence=say!(i18n, numbers.title) /></div> }
}

//! Groups.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn Groups() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, groups.title) sentence=say!(i18n, groups.title) /></div> }
}

#[component]
pub fn GroupPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, groups.title) sentence=say!(i18n, groups.title) /></div> }
}

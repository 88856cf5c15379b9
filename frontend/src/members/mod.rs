//! Members.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn Members() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, members.title) sentence=say!(i18n, members.title) /></div> }
}

#[component]
pub fn MemberPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, members.title) sentence=say!(i18n, members.title) /></div> }
}

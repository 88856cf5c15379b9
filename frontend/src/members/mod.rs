//! Members: the people with a login, and what becomes of their invitations (O2, P1).

pub mod people_form;
pub mod sent_links;

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

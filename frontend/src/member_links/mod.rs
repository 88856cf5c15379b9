//! Where an invitation or a password reset leads: outside of the shell, for who is not signed in.

use crate::i18n::{t, use_i18n};
use leptos::prelude::*;

#[component]
pub fn MemberLinkPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <main class="gate"><div class="gate-card"><h1>{t!(i18n, member_links.title)}</h1></div></main> }
}

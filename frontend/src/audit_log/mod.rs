//! Audit log.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn AuditLog() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, audit_log.title) sentence=say!(i18n, audit_log.title) /></div> }
}

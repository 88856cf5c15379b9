//! Number inclusion.

use crate::i18n::use_i18n;
use crate::ui::page::PageHead;
use leptos::prelude::*;

#[component]
pub fn NumberImports() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, number_imports.title) sentence=say!(i18n, number_imports.title) /></div> }
}

#[component]
pub fn NumberImportPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <div class="page"><PageHead title=say!(i18n, number_imports.title) sentence=say!(i18n, number_imports.title) /></div> }
}

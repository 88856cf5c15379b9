//! The two halves of "Números y grupos": each its own address, and its own permission.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    session::Session,
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::Permission;

#[component]
pub fn PlaceTabs() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    view! {
        <nav class="tabs" aria-label=move || t_string!(i18n, shell.numbers_and_groups)>
            <Show when=move || session.can(Permission::ViewNumbers)>
                <A href=routes::NUMBERS attr:class="tab">{t!(i18n, shell.numbers)}</A>
            </Show>
            <Show when=move || session.can(Permission::ViewGroups)>
                <A href=routes::GROUPS attr:class="tab">{t!(i18n, shell.groups)}</A>
            </Show>
        </nav>
    }
}

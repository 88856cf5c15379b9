//! What a synchronisation read, and what of it is not here.

use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    ui::icon::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::wabas::WabaSynchronization;

#[component]
pub fn Synchronized(result: WabaSynchronization) -> impl IntoView {
    let i18n = use_i18n();
    let WabaSynchronization { waba: _, templates, deleted_templates, numbers, not_included } = result;
    let missing = not_included.len();
    view! {
        <div class="notice success">{Icon::Check.draw()}<div>
            <p class="notice-text">{move || t_string!(i18n, wabas.read, templates = templates, numbers = numbers)}</p>
            {(deleted_templates > 0).then(|| view! {
                <p class="notice-text">{move || t_string!(i18n, wabas.templates_gone, count = deleted_templates)}</p>
            })}
        </div></div>
        {(missing > 0).then(|| view! {
            <div class="notice warning">{Icon::Info.draw()}<div>
                <p class="notice-text">{move || t_string!(i18n, wabas.not_included, count = missing)}</p>
                <ul class="waba-numbers">{not_included.into_iter().map(|phone| view! { <li class="numeric">{phone}</li> }).collect_view()}</ul>
                <p><A href=routes::NUMBER_IMPORTS>{t!(i18n, wabas.include)}</A></p>
            </div></div>
        })}
    }
}

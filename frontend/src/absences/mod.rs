//! Ausencia del agente: the chosen number's absence (spec A1).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn Absences() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, absences.title));
}

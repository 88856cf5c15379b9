//! Activación de plantillas (spec S2).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn TemplateActivationsPage() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, template_activations.title));
}

//! Contactos fuera del horario (spec A4).

use crate::{i18n::use_i18n, ui::page::use_title};
use leptos::prelude::*;

#[component]
pub fn OffHoursContacts() -> impl IntoView {
    let i18n = use_i18n();
    use_title(say!(i18n, off_hours_contacts.title));
}

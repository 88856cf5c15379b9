//! Cercano in the browser: one page that shows the app once its words, styles and code have come.
#![expect(unreachable_pub, reason = "leptos' component macro writes `pub` functions, whatever their visibility")]

/// The words of a key as a signal that follows the language: `say!(i18n, home.title)`.
macro_rules! say {
    ($i18n:ident, $($key:tt)+) => {
        leptos::prelude::Signal::derive(move || crate::i18n::t_string!($i18n, $($key)+).to_owned())
    };
}

mod absences;
mod account;
mod api;
mod app;
mod attention_settings;
mod audit_log;
mod browser;
mod bubble;
mod campaign_reports;
mod campaigns;
mod chatbots;
mod clock;
mod desk;
mod getting_started;
mod groups;
mod home;
mod intl;
mod language;
mod member_links;
mod members;
mod messages;
mod no_access;
mod number_imports;
mod numbers;
mod off_hours_contacts;
mod organizations;
mod profiles;
mod quick_replies;
mod realtime;
mod remote;
mod routes;
mod session;
mod settings_changes;
mod settings_copies;
mod setup;
mod shell;
mod sign_in;
mod template_activations;
mod theme;
mod ui;
mod verifications;
mod wabas;
mod whatsapp_profiles;

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

fn main() {
    console_error_panic_hook::set_once();
    theme::restore();
    if let Some(boot) = leptos::prelude::document().get_element_by_id("boot") {
        boot.remove();
    }
    leptos::mount::mount_to_body(app::App);
}

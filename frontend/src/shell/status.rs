//! Whether the agent gets new tickets.

use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    session::Session,
    ui::{icon::Icon, menu::Menu},
};
use leptos::prelude::*;
use strum::IntoEnumIterator;
use types::sessions::AgentStatus;

#[component]
pub fn StatusMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let open = RwSignal::new(false);
    let current = move || session.me.with(|me| me.as_ref().map(|me| me.agent_status).unwrap_or_default());
    let label =
        Signal::derive(move || format!("{}: {}", t_string!(i18n, shell.status), words(i18n.get_locale(), current()).0));
    view! {
        <Menu open label trigger=move || view! {
            <span class=move || format!("status-dot {}", current().as_ref())></span>
            <span class="status-words">{move || words(i18n.get_locale(), current()).0}</span>
            {Icon::Down.draw()}
        }>
            {AgentStatus::iter().map(|status| view! {
                <button type="button" class="menu-item" aria-pressed=move || if current() == status { "true" } else { "false" }
                    on:click=move |_| {
                        session.set_status(status);
                        open.set(false);
                    }>
                    <i class=format!("status-dot {}", status.as_ref())></i>
                    <span>{move || words(i18n.get_locale(), status).0}<small>{move || words(i18n.get_locale(), status).1}</small></span>
                    {move || (current() == status).then(|| Icon::Check.draw())}
                </button>
            }).collect_view()}
        </Menu>
    }
}

/// A status, and what it means for the agent.
fn words(locale: Locale, status: AgentStatus) -> (&'static str, &'static str) {
    match status {
        AgentStatus::Online => (td_string!(locale, shell.status_online), td_string!(locale, shell.status_online_hint)),
        AgentStatus::Paused => (td_string!(locale, shell.status_paused), td_string!(locale, shell.status_paused_hint)),
        AgentStatus::Invisible => {
            (td_string!(locale, shell.status_invisible), td_string!(locale, shell.status_invisible_hint))
        }
        AgentStatus::Offline => {
            (td_string!(locale, shell.status_offline), td_string!(locale, shell.status_offline_hint))
        }
    }
}

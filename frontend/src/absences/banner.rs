//! Tells in Desk that an absence is on: its contacts hear the chatbot, not the agent.

use super::model;
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::Remote,
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::icon::Icon,
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{Permission, absences, audit_log::AuditSubject, events::Event, numbers::NumberRef};

const BURST: Duration = Duration::from_millis(400);
/// Numbers that are named; of the others there is a count.
const NAMED: usize = 3;

#[component]
pub fn AbsenceBanner() -> impl IntoView {
    let i18n = use_i18n();
    let (numbers, session) = (Numbers::use_here(), Session::use_here());
    // Where it cannot be asked, Desk works without it.
    let remote = Remote::new(|| api::every(|page| api::ask(absences::LIST_ABSENCES, &[], Query::of(&page))));
    use_events(move |event| match event {
        Event::AbsenceChanged { .. }
        | Event::ListChanged { subject: AuditSubject::Absence | AuditSubject::Number }
        | Event::AccessChanged
        | Event::Reset => remote.reload_soon(BURST),
        Event::ListChanged { .. }
        | Event::MessageChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::NumberImportChanged { .. } => {}
    });
    let told = Memo::new(move |_| {
        let chosen = numbers.chosen.get();
        remote.value.with(|all| all.as_deref().map(|all| model::told(all, chosen)).unwrap_or_default())
    });
    let words = move || match told.with(Vec::len) {
        1 => t_string!(i18n, absences.banner_one).to_owned(),
        count => t_string!(i18n, absences.banner, count = count),
    };
    let named = move || told.with(|told| told.iter().take(NAMED).cloned().collect::<Vec<_>>());
    let rest = move || told.with(Vec::len).saturating_sub(NAMED);
    view! {
        <div class="absence-status" role="status">
            <Show when=move || told.with(|told| !told.is_empty())>
                <div class="absence-banner">
                    {Icon::Away.draw()}
                    <p>
                        <span class="strong">{words}</span>" "
                        {move || named().into_iter().map(|number| view! { <Name number session /> }).collect_view()}
                        {move || match rest() {
                            0 => None,
                            count => Some(view! { <span>{t_string!(i18n, absences.banner_more, count = count)}</span> }),
                        }}
                        <span class="absence-banner-text">{t!(i18n, absences.banner_text)}</span>
                    </p>
                </div>
            </Show>
        </div>
    }
}

/// An absent number, with the way to its absence for those who may see it.
#[component]
fn Name(number: NumberRef, session: Session) -> impl IntoView {
    let i18n = use_i18n();
    let (id, name) = (number.id, number.name);
    move || {
        let name = name.clone();
        if session.can(Permission::ViewAbsences) {
            view! {
                <A href=routes::of_number(routes::ABSENCES, id)>
                    <span class="visually-hidden">{t!(i18n, absences.see)}" "</span>{name}
                </A>" "
            }
            .into_any()
        } else {
            view! { <span>{name}</span>" " }.into_any()
        }
    }
}

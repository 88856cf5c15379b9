//! Desk: the ticket inbox and its threads (A2).

mod actions;
mod bubble;
mod close;
mod composer;
mod contact;
mod head;
mod inbox;
mod model;
#[cfg(test)]
mod model_tests;
mod quick_insert;
mod shortcuts;
mod state;
mod thread;
mod transfer;

use crate::{
    absences::banner::AbsenceBanner,
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    ui::{icon::Icon, page::use_title, state::Empty},
};
use contact::ContactPane;
use inbox::InboxPane;
use leptos::prelude::*;
use shortcuts::Shortcuts;
use std::collections::HashSet;
use thread::ThreadPane;
use types::{events::Event, messages::MessageContent};

#[component]
pub fn Desk() -> impl IntoView {
    let i18n = use_i18n();
    let desk = state::Desk::provide();
    actions::Asking::provide();
    let details = RwSignal::new(false);
    let open = Memo::new(move |_| desk.chosen.get().is_some());
    let unread = move || desk.counts.value.with(|counts| counts.as_ref().map_or(0, |counts| counts.mine_unread));
    use_title(Signal::derive(move || match unread() {
        0 => t_string!(i18n, desk.title).to_owned(),
        unread => format!("({unread}) {}", t_string!(i18n, desk.title)),
    }));
    announce(&desk);
    view! {
        <div class="desk-page">
        <h1 class="visually-hidden">{t!(i18n, desk.title)}</h1>
        <AbsenceBanner />
        <div class="desk" class:with-ticket=open class:with-details=details>
            <InboxPane />
            <Show when=move || open.get() fallback=move || view! {
                <div class="thread-none"><Empty icon=Icon::Chat title=say!(i18n, desk.choose) text=say!(i18n, desk.choose_text) /></div>
            }>
                <ThreadPane details />
                <ContactPane details />
            </Show>
            <div class="visually-hidden" role="log" aria-live="polite">{move || desk.announcement.get()}</div>
            <Shortcuts />
        </div>
        </div>
    }
}

/// Says aloud, once, that somebody wrote: in the open thread, or in a ticket of the list.
fn announce(desk: &state::Desk) {
    let desk = *desk;
    let i18n = use_i18n();
    let said = StoredValue::new(HashSet::new());
    use_events(move |event| {
        let Event::MessageChanged { message, .. } = event else { return };
        if !message.author.is_contact() || matches!(message.content, MessageContent::Reaction { .. }) {
            return;
        }
        if said.try_update_value(|said| said.insert(message.id)) != Some(true) {
            return;
        }
        let conversation = message.conversation_id;
        let name = desk.list.tickets.with_untracked(|list| {
            list.iter()
                .find(|ticket| ticket.conversation_id == conversation)
                .map(|ticket| inbox::name_of(&ticket.contact))
        });
        let open = || {
            desk.ticket.with_untracked(|open| {
                open.as_ref()
                    .filter(|open| open.conversation_id == conversation)
                    .map(|open| inbox::name_of(&open.contact))
            })
        };
        if let Some(name) = name.or_else(open) {
            let name = name.unwrap_or_else(|| untrack(|| t_string!(i18n, desk.no_name).to_owned()));
            let preview = message.content.preview();
            desk.announcement.set(untrack(|| t_string!(i18n, desk.new_message, name = name, preview = preview)));
        }
    });
}

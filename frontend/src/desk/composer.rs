//! Where one answers: drafts that survive, quick replies by `/`, and why one cannot answer when one cannot.

use super::{
    model::{self, Blocked},
    quick_insert::{self, QuickInsert},
    state::Desk,
};
use crate::{
    api::{self, Query},
    clock,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    quick_replies::model::pieces,
    ui::{
        button::{Button, Kind},
        icon::Icon,
    },
};
use chrono::{DateTime, Utc};
use leptos::{html, prelude::*};
use types::{TicketId, messages::TEXT_MAX, tickets};
use wasm_bindgen_futures::spawn_local;

#[component]
pub fn Composer() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let blocked = Memo::new(move |_| {
        let now = desk.now.get();
        let me = desk.session.me.with(|me| me.as_ref().map(|me| me.id))?;
        desk.ticket.with(|ticket| model::blocked(ticket.as_ref()?, me, desk.may_answer.get(), now))
    });
    move || {
        match blocked.get() {
        Some(why) => view! {
            <div class="composer-blocked">{Icon::Info.draw()}<p>{move || blocked_words(i18n.get_locale(), &why)}</p></div>
        }
        .into_any(),
        None => view! { <Writing /> }.into_any(),
    }
    }
}

#[component]
fn Writing() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::use_here();
    let text = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let open = Memo::new(move |_| desk.ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.id)));
    Effect::new(move || text.set(open.get().map(draft).unwrap_or_default()));
    Effect::new(move |before: Option<Option<TicketId>>| {
        let id = open.get();
        text.with(|text| {
            if before == Some(id)
                && let Some(id) = id
            {
                keep_draft(id, text);
            }
        });
        id
    });
    let too_long = Memo::new(move |_| text.with(|text| text.trim().chars().count() > TEXT_MAX));
    let nothing = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let quick = quick_insert::State::new(&desk, text, area);
    let told = StoredValue::new(None::<(TicketId, DateTime<Utc>)>);
    // The contact sees that somebody writes, where the number's settings want it; a quick reply being looked for is none.
    let tell_typing = move || {
        let Some(id) = open.get_untracked() else { return };
        let (now, last) = (clock::now(), told.get_value().filter(|(before, _)| *before == id).map(|(_, at)| at));
        if nothing.get_untracked()
            || text.with_untracked(|text| text.starts_with('/'))
            || !model::tells_typing(last, now)
        {
            return;
        }
        told.set_value(Some((id, now)));
        spawn_local(async move {
            // It is a courtesy: where it fails, nothing is lost.
            let _ = api::ask(tickets::TYPE_IN_TICKET, &[&id], Query::none()).await;
        });
    };

    let send_all = move || {
        let Some(id) = open.get_untracked() else { return };
        let parts = text.with_untracked(|text| pieces(text, TEXT_MAX));
        text.set(String::new());
        for part in parts {
            desk.send(id, part);
        }
        if let Some(area) = area.get_untracked() {
            let _ = area.focus();
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let whole = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if whole && !nothing.get_untracked() && !too_long.get_untracked() {
            event.prevent_default();
            send_all();
        } else if !whole && quick.key(&event.key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <form class="composer" on:submit=move |event| {
            event.prevent_default();
            if !nothing.get_untracked() && !too_long.get_untracked() {
                send_all();
            }
        }>
            <QuickInsert state=quick />
            <label class="visually-hidden" for="composer">{t!(i18n, desk.composer)}</label>
            <textarea id="composer" class="composer-text" rows="2" node_ref=area prop:value=text
                placeholder=move || t_string!(i18n, desk.composer) aria-describedby="composer-hint"
                aria-controls="quick-insert" aria-autocomplete="list" aria-activedescendant=move || quick.active_id()
                on:input:target=move |event| {
                    text.set(event.target().value());
                    tell_typing();
                } on:keydown=on_key></textarea>
            <div class="composer-foot">
                <p id="composer-hint" class="small" class:muted=move || !too_long.get() class:over=too_long>
                    {move || if too_long.get() {
                        t_string!(i18n, desk.too_long, max = TEXT_MAX)
                    } else {
                        t_string!(i18n, desk.composer_hint).to_owned()
                    }}
                </p>
                <Show when=move || too_long.get() fallback=move || view! {
                    <Button kind=Kind::Primary submit=true icon=Icon::Send disabled=nothing>{t!(i18n, desk.send)}</Button>
                }>
                    <Button kind=Kind::Primary on:click=move |_| send_all()>
                        {move || t_string!(i18n, desk.parts_title, count = text.with(|text| pieces(text, TEXT_MAX).len()))}
                    </Button>
                </Show>
            </div>
        </form>
    }
}

fn blocked_words(locale: Locale, why: &Blocked) -> String {
    match why {
        Blocked::Permission => td_string!(locale, desk.blocked_permission).to_owned(),
        Blocked::Closed => td_string!(locale, desk.blocked_closed).to_owned(),
        Blocked::Waiting => td_string!(locale, desk.blocked_waiting).to_owned(),
        Blocked::Other(name) => td_string!(locale, desk.blocked_other, name = name),
        Blocked::Window => td_string!(locale, desk.blocked_window).to_owned(),
    }
}

/// Drafts live as long as the browser's tab, and no longer than that on a shared computer.
fn draft(id: TicketId) -> String {
    drafts().and_then(|drafts| drafts.get_item(&draft_key(id)).ok().flatten()).unwrap_or_default()
}

fn keep_draft(id: TicketId, text: &str) {
    let Some(drafts) = drafts() else { return };
    // Where the browser keeps nothing, the draft is lost on reload and nowhere else.
    let _ = if text.is_empty() { drafts.remove_item(&draft_key(id)) } else { drafts.set_item(&draft_key(id), text) };
}

fn draft_key(id: TicketId) -> String {
    format!("cercano.draft.{id}")
}

fn drafts() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

//! Quick replies over the composer: `/` opens them, arrows choose, Enter inserts with the variables filled.

use super::{model, state::Desk};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    quick_replies::model::{filled, shown},
    remote::Remote,
};
use leptos::{html, prelude::*};
use types::{
    Permission,
    quick_replies::{self, QuickReply, QuickReplyFilter},
    sessions::Me,
    tickets::Ticket,
};

/// Replies offered at once; the search narrows them down.
const OFFERED: usize = 8;

#[derive(Clone, Copy)]
pub struct State {
    text: RwSignal<String>,
    area: NodeRef<html::Textarea>,
    ticket: RwSignal<Option<Ticket>>,
    me: RwSignal<Option<Me>>,
    found: Memo<Vec<QuickReply>>,
    open: Memo<bool>,
    active: RwSignal<usize>,
    /// Closed by Escape, until the text changes.
    dismissed: RwSignal<bool>,
}

impl State {
    pub fn new(desk: &Desk, text: RwSignal<String>, area: NodeRef<html::Textarea>) -> Self {
        let ticket = desk.ticket;
        let number = Memo::new(move |_| ticket.with(|ticket| ticket.as_ref().map(|ticket| ticket.number.id)));
        let session = desk.session;
        let replies = Remote::new(move || {
            let filter = QuickReplyFilter { number_id: number.get(), ..QuickReplyFilter::default() };
            let may = session.can(Permission::ViewQuickReplies);
            async move {
                if !may {
                    return Ok(Vec::new());
                }
                api::every(|page| api::ask(quick_replies::LIST_QUICK_REPLIES, &[], Query::of(&filter).and(&page))).await
            }
        });
        let dismissed = RwSignal::new(false);
        let active = RwSignal::new(0);
        let wanted = Memo::new(move |_| text.with(|text| model::slash(text).map(str::to_owned)));
        Effect::new(move || {
            wanted.track();
            dismissed.set(false);
            active.set(0);
        });
        let found = Memo::new(move |_| {
            let wanted = wanted.get()?;
            replies.value.with(|all| {
                let mut found = shown(all.as_deref()?, None, &wanted);
                found.truncate(OFFERED);
                Some(found)
            })
        });
        Self {
            text,
            area,
            ticket,
            me: session.me,
            found: Memo::new(move |_| found.get().unwrap_or_default()),
            open: Memo::new(move |_| wanted.with(Option::is_some) && !dismissed.get()),
            active,
            dismissed,
        }
    }

    /// What a key does here; false when it is not for us.
    pub fn key(self, key: &str) -> bool {
        let count = self.found.with_untracked(Vec::len);
        if !self.open.get_untracked() {
            return false;
        }
        match key {
            "ArrowDown" if count > 0 => self.active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => self.active.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if count > 0 => {
                let chosen = self.found.with_untracked(|found| found.get(self.active.get_untracked()).cloned());
                if let Some(reply) = chosen {
                    self.insert(&reply);
                }
            }
            "Escape" => self.dismissed.set(true),
            _ => return false,
        }
        true
    }

    pub fn active_id(self) -> Option<String> {
        (self.open.get() && self.found.with(|found| !found.is_empty())).then(|| format!("quick-{}", self.active.get()))
    }

    fn insert(self, reply: &QuickReply) {
        let contact =
            self.ticket.with_untracked(|ticket| ticket.as_ref().and_then(|ticket| ticket.contact.name.clone()));
        let agent = self.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
        self.text.set(filled(&reply.text, &contact.unwrap_or_default(), &agent.unwrap_or_default()));
        if let Some(area) = self.area.get_untracked() {
            let _ = area.focus();
        }
    }
}

#[component]
pub fn QuickInsert(state: State) -> impl IntoView {
    let i18n = use_i18n();
    let offered = move || state.found.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div id="quick-insert" class="quick-insert" hidden=move || !state.open.get()>
            <p class="menu-head small muted">{t!(i18n, desk.quick_replies_help)}</p>
            <div role="listbox" aria-label=move || t_string!(i18n, desk.quick_replies)>
                <For each=offered key=|(at, reply)| (*at, reply.id, reply.updated_at)
                    children=move |(at, reply)| {
                        let own = StoredValue::new(reply.clone());
                        view! {
                            <div role="option" id=format!("quick-{at}") class="menu-item"
                                aria-selected=move || if state.active.get() == at { "true" } else { "false" }
                                on:pointerdown=move |event| {
                                    event.prevent_default();
                                    own.with_value(|reply| state.insert(reply));
                                }>
                                <span><span class="strong">{reply.title}</span><small class="clip">{reply.text}</small></span>
                            </div>
                        }
                    } />
            </div>
            <Show when=move || state.found.with(Vec::is_empty)><p class="menu-head muted">{t!(i18n, desk.quick_replies_none)}</p></Show>
        </div>
    }
}

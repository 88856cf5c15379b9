//! The messages of the open ticket's conversation.

use crate::{
    api::{self, Failed, Query},
    desk::model,
};
use leptos::prelude::*;
use types::{ConversationId, PageQuery, conversations, messages::Message};
use wasm_bindgen_futures::spawn_local;

#[derive(Clone, Copy)]
pub struct Thread {
    pub of: RwSignal<Option<ConversationId>>,
    pub messages: RwSignal<Vec<Message>>,
    pub older: RwSignal<Option<String>>,
    pub loading: RwSignal<bool>,
    pub failed: RwSignal<Option<Failed>>,
}

impl Thread {
    pub fn new() -> Self {
        Self {
            of: RwSignal::new(None),
            messages: RwSignal::new(Vec::new()),
            older: RwSignal::new(None),
            loading: RwSignal::new(false),
            failed: RwSignal::new(None),
        }
    }

    /// The newest messages of a conversation; those of the open one are already there.
    pub fn load(self, of: ConversationId) {
        if self.of.get_untracked() == Some(of) && self.failed.with_untracked(Option::is_none) {
            return;
        }
        self.of.set(Some(of));
        self.messages.set(Vec::new());
        self.older.set(None);
        self.ask(of, None, false);
    }

    /// What the stream lost: the newest page instead of what is shown.
    pub fn refresh(self) {
        if let Some(of) = self.of.get_untracked() {
            self.ask(of, None, true);
        }
    }

    pub fn load_older(self) {
        if let (Some(of), Some(cursor)) = (self.of.get_untracked(), self.older.get_untracked())
            && !self.loading.get_untracked()
        {
            self.ask(of, Some(cursor), false);
        }
    }

    fn ask(self, of: ConversationId, cursor: Option<String>, anew: bool) {
        self.loading.set(true);
        self.failed.set(None);
        let asked =
            api::ask(conversations::LIST_CONVERSATION_MESSAGES, &[&of], Query::of(&PageQuery { limit: None, cursor }));
        spawn_local(async move {
            let answer = asked.await;
            if self.of.try_get_untracked() != Some(Some(of)) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => {
                    self.messages.update(|list| {
                        if anew {
                            list.clear();
                        }
                        model::merge(list, page.items);
                    });
                    self.older.set(page.next_cursor);
                }
                Err(failed) => self.failed.set(Some(failed)),
            }
        });
    }
}

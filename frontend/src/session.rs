//! Who is signed in: the state every other state hangs on.

use crate::{
    api::{self, Failed, Query},
    i18n::{Locale, use_i18n},
    language,
};
use leptos::prelude::*;
use leptos_i18n::I18nContext;
use types::{
    ErrorCode, Language, Permission,
    sessions::{self, AgentStatus, Me, MeInput},
    setup,
};
use wasm_bindgen_futures::spawn_local;

/// What the app shows before any page.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Asking the server who we are.
    Asking,
    /// The installation has no organization yet.
    Setup,
    SignedOut,
    SignedIn,
    Failed(Failed),
}

/// The session, as a context of the whole app.
#[derive(Clone, Copy)]
pub struct Session {
    pub me: RwSignal<Option<Me>>,
    pub entry: RwSignal<Entry>,
    i18n: I18nContext<Locale>,
}

impl Session {
    pub fn provide() -> Self {
        let session = Self { me: RwSignal::new(None), entry: RwSignal::new(Entry::Asking), i18n: use_i18n() };
        provide_context(session);
        api::on_signed_out(move || session.forget());
        session.refresh();
        session
    }

    pub fn use_here() -> Self {
        expect_context::<Self>()
    }

    /// Ask the server again who is signed in.
    pub fn refresh(self) {
        spawn_local(async move {
            let entry = match api::ask(sessions::GET_ME, &[], Query::none()).await {
                Ok(me) => return self.enter(me),
                Err(failed) if failed.code() == Some(ErrorCode::Unauthenticated) => {
                    match api::ask(setup::GET_SETUP, &[], Query::none()).await {
                        Ok(setup) if setup.needed => Entry::Setup,
                        Ok(_) => Entry::SignedOut,
                        Err(failed) => Entry::Failed(failed),
                    }
                }
                Err(failed) => Entry::Failed(failed),
            };
            self.entry.set(entry);
        });
    }

    /// Somebody is signed in.
    pub fn enter(self, me: Me) {
        self.i18n.set_locale(language::locale(me.language));
        self.me.set(Some(me));
        if self.entry.with_untracked(|entry| *entry != Entry::SignedIn) {
            self.entry.set(Entry::SignedIn);
        }
    }

    /// Nobody is signed in any more.
    pub fn forget(self) {
        if self.entry.with_untracked(|entry| *entry == Entry::SignedIn) {
            self.entry.set(Entry::SignedOut);
        }
    }

    pub fn sign_out(self) {
        spawn_local(async move {
            // Whatever the server says, whoever pressed the button wants to be out of here.
            let _ = api::ask(sessions::DELETE_CURRENT_SESSION, &[], Query::none()).await;
            self.forget();
        });
    }

    /// Whether the member's profile grants it; followed.
    pub fn can(self, permission: Permission) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.can(permission)))
    }

    /// Change the language of the page and of the member.
    pub fn set_language(self, language: Language) {
        self.i18n.set_locale(language::locale(language));
        self.update(move |input| input.language = language);
    }

    pub fn set_status(self, status: AgentStatus) {
        self.update(move |input| input.agent_status = status);
    }

    fn update(self, change: impl FnOnce(&mut MeInput)) {
        let current = self.me.with_untracked(|me| {
            me.as_ref().map(|me| MeInput { language: me.language, agent_status: me.agent_status, name: None })
        });
        let Some(mut input) = current else { return };
        change(&mut input);
        self.me.update(|me| {
            if let Some(me) = me {
                (me.language, me.agent_status) = (input.language, input.agent_status);
            }
        });
        spawn_local(async move {
            // The choice shows at once; when the server did not take it, it shows what the server has.
            match api::send(sessions::UPDATE_ME, &[], &input).await {
                Ok(me) => self.me.set(Some(me)),
                Err(_) => self.refresh(),
            }
        });
    }
}

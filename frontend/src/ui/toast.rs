//! Notices that come, are read aloud once, and go.

use crate::{
    i18n::{t_string, use_i18n},
    ui::{button::IconButton, icon::Icon, state::Tone},
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(7);

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
}

/// The notices, as a context of the whole app.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    pub fn provide() -> Self {
        let toasts = Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    pub fn use_here() -> Self {
        expect_context::<Self>()
    }

    pub fn success(self, text: impl Into<String>) {
        self.push(Tone::Success, text.into());
    }

    /// Something to read at leisure: it stays until it is dismissed.
    pub fn warn(self, text: impl Into<String>) {
        self.push(Tone::Warning, text.into());
    }

    fn push(self, tone: Tone, text: String) {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list.update(|list| list.push(Toast { id, tone, text }));
        if tone != Tone::Warning {
            set_timeout(move || self.dismiss(id), STAYS);
        }
    }

    fn dismiss(self, id: u32) {
        self.list.try_update(|list| list.retain(|toast| toast.id != id));
    }
}

/// Where the notices are shown.
#[component]
pub fn ToastList() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=move || t_string!(i18n, ui.notices)>
            <For each=move || toasts.list.get() key=|toast| toast.id children=move |toast| view! {
                <div class=format!("toast {}", toast.tone.class())>
                    <p>{toast.text}</p>
                    <IconButton icon=Icon::Close small=true label=say!(i18n, ui.dismiss)
                        on:click=move |_| toasts.dismiss(toast.id) />
                </div>
            } />
        </div>
    }
}

//! What a page asks of the server and what it changes there, as signals.
//!
//! Leptos' own resources re-run whole views under `Suspense`; our lists are also changed by events, so one signal that
//! both may write is simpler.

use crate::api::{Failed, Result};
use leptos::prelude::*;
use std::{future::Future, time::Duration};
use wasm_bindgen_futures::spawn_local;

/// Something the server has, asked for again whenever a signal its question reads changes.
pub struct Remote<T: Send + Sync + 'static> {
    /// The latest answer; it stays while a newer one is awaited.
    pub value: RwSignal<Option<T>>,
    pub failed: RwSignal<Option<Failed>>,
    pub loading: RwSignal<bool>,
    again: RwSignal<u32>,
    /// A reload has been promised.
    soon: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Send + Sync + 'static> Remote<T> {
    pub fn new<Asked: Future<Output = Result<T>> + 'static>(question: impl Fn() -> Asked + 'static) -> Self {
        let remote = Self {
            value: RwSignal::new(None),
            failed: RwSignal::new(None),
            loading: RwSignal::new(true),
            again: RwSignal::new(0),
            soon: StoredValue::new(false),
        };
        let latest = StoredValue::new(0_u32);
        Effect::new(move || {
            remote.again.track();
            let asked = question();
            latest.update_value(|number| *number = number.wrapping_add(1));
            let mine = latest.get_value();
            remote.loading.set(true);
            spawn_local(async move {
                let answer = asked.await;
                if latest.try_get_value() == Some(mine) {
                    remote.take(answer);
                }
            });
        });
        remote
    }

    pub fn reload(self) {
        self.again.try_update(|number| *number = number.wrapping_add(1));
    }

    /// Ask again once a burst of changes is over.
    pub fn reload_soon(self, after: Duration) {
        if self.soon.get_value() {
            return;
        }
        self.soon.set_value(true);
        set_timeout(
            move || {
                self.soon.try_set_value(false);
                self.reload();
            },
            after,
        );
    }

    fn take(self, answer: Result<T>) {
        self.loading.try_set(false);
        match answer {
            Ok(value) => {
                self.failed.try_set(None);
                self.value.try_set(Some(value));
            }
            Err(failed) => {
                self.failed.try_set(Some(failed));
            }
        }
    }
}

/// How long typing has to rest before the server is asked.
const REST: Duration = Duration::from_millis(250);

/// A typed text once its writer rests.
pub fn rested(typed: RwSignal<String>) -> RwSignal<String> {
    let rested = RwSignal::new(typed.get_untracked());
    Effect::new(move || {
        let now = typed.get();
        set_timeout(
            move || {
                let still = typed.try_with_untracked(|latest| *latest == now) == Some(true);
                if still && rested.try_with_untracked(|before| *before != now) == Some(true) {
                    rested.try_set(now);
                }
            },
            REST,
        );
    });
    rested
}

/// A change on its way to the server.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub busy: RwSignal<bool>,
    pub failed: RwSignal<Option<Failed>>,
}

impl Change {
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), failed: RwSignal::new(None) }
    }

    /// Do it, unless it is being done; `then` runs when it has succeeded.
    pub fn run<T: 'static>(self, work: impl Future<Output = Result<T>> + 'static, then: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let answer = work.await;
            self.busy.try_set(false);
            match answer {
                Ok(value) => then(value),
                Err(failed) => {
                    self.failed.try_set(Some(failed));
                }
            }
        });
    }

    /// What is wrong with a field of what was sent.
    pub fn field(self, name: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.failed.with(|failed| failed.as_ref()?.field(name)))
    }
}

//! Copiar configuraciones: from one number to others (spec S5).

mod form;
mod model;
mod targets;

use crate::{
    i18n::{t, use_i18n},
    session::Session,
    settings_changes::{
        confirm::Confirming,
        past::{Applied, PastChanges, SETTINGS_COPIES},
    },
    ui::{
        button::{Button, Kind},
        icon::Icon,
        page::PageHead,
    },
};
use form::Form;
use leptos::prelude::*;
use types::{Permission, settings_changes::SettingsChange};

#[component]
pub fn SettingsCopies() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_edit = Memo::new(move |_| session.can(Permission::EditSettingsCopies));
    let confirming = Confirming::new();
    let made = RwSignal::new(0_u32);
    Effect::new(move || {
        if confirming.done.with(Option::is_some) {
            made.update(|count| *count = count.wrapping_add(1));
        }
    });
    // What was just made may be undone in the list below it.
    let undone = move |(undone,): (SettingsChange,)| {
        confirming.done.update(|done| {
            if let Some(done) = done.as_mut().filter(|done| done.id == undone.id) {
                *done = undone;
            }
        });
    };
    view! {
        <div class="page">
            <PageHead title=say!(i18n, settings_copies.title) sentence=say!(i18n, settings_copies.sentence) />
            <div class="notice">{Icon::Info.draw()}<div><p class="notice-text">{t!(i18n, settings_copies.never)}</p></div></div>
            {move || if may_edit.get() {
                match confirming.done.get() {
                    Some(change) => view! {
                        <Applied past=SETTINGS_COPIES change>
                            <Button kind=Kind::Primary on:click=move |_| confirming.done.set(None)>{t!(i18n, settings_copies.again)}</Button>
                        </Applied>
                    }.into_any(),
                    None => view! { <Form confirming /> }.into_any(),
                }
            } else {
                view! { <p class="muted">{t!(i18n, settings_changes.only_view)}</p> }.into_any()
            }}
            <section class="card" aria-labelledby="copies-made">
                <div class="card-head"><h2 id="copies-made">{t!(i18n, settings_copies.past)}</h2></div>
                <PastChanges past=SETTINGS_COPIES label=say!(i18n, settings_copies.past) none=say!(i18n, settings_copies.past_text) made
                    on_undone=Callback::new(undone) />
            </section>
        </div>
    }
}

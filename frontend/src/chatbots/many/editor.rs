//! The page on which many chatbots are edited.

use super::{
    super::{editor::Editor, model},
    start::{self, Start, Unreferred},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    routes,
    session::Session,
    settings_changes::{
        confirm::{ConfirmDialog, Confirming, resolve},
        editing::EditingLabel,
        model::Choice,
        past::{Applied, CHATBOT_CHANGES},
        store, words,
    },
    ui::{
        button::{Button, Kind},
        failure::{ChangeFailed, LoadFailed},
        icon::Icon,
        page::PageHead,
        state::Loaded,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeSet;
use types::{chatbots, settings_changes::SettingsField};

#[component]
pub fn EditMany(choice: Choice) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let choice = StoredValue::new(choice);
    let confirming = Confirming::new();
    let numbers = Remote::new(move || resolve(choice.get_value()));
    let unreferred = untrack(|| {
        session.me.with(|me| Unreferred {
            number_name: t_string!(i18n, chatbots.many_number_name).to_owned(),
            company: me.as_ref().map(|me| me.organization.name.clone()).unwrap_or_default(),
            language: me.as_ref().map_or(types::Language::Es, |me| me.language),
            time_zone: me.as_ref().map(|me| me.organization.time_zone.clone()).unwrap_or_default(),
        })
    });
    let started = Remote::new(move || start::load(choice.get_value(), unreferred.clone()));
    // What is done is not done again by a reload.
    Effect::new(move || {
        if confirming.done.with(Option::is_some) {
            store::forget(store::CHATBOTS);
        }
    });
    view! {
        <div class="page">
            <A href=routes::CHATBOTS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, settings_changes.back)}</A>
            <PageHead title=say!(i18n, chatbots.many_title) sentence=say!(i18n, chatbots.many_sentence) />
            <Show when=move || confirming.done.with(Option::is_none) fallback=move || confirming.done.get().map(|change| view! {
                <Applied past=CHATBOT_CHANGES change>
                    <A href=routes::CHATBOTS attr:class="button primary">{t!(i18n, settings_changes.back)}</A>
                </Applied>
            })>
                <EditingLabel reference=choice.with_value(|choice| choice.reference.clone()) numbers=numbers.value />
                {move || numbers.failed.get().map(|failed| view! { <LoadFailed failed on_retry=Callback::new(move |()| numbers.reload()) /> })}
                <Loaded remote=started lines=10 children=Callback::new(move |(start,): (Signal<Start>,)| {
                    view! { <Form choice start=start.get_untracked() confirming /> }.into_any()
                }) />
            </Show>
        </div>
    }
}

#[component]
fn Form(choice: StoredValue<Choice>, start: Start, confirming: Confirming) -> impl IntoView {
    let i18n = use_i18n();
    let Start { settings: first, about } = start;
    let settings = RwSignal::new(first.clone());
    let about = Signal::stored(about);
    let applied = RwSignal::new(BTreeSet::<SettingsField>::new());
    let tried = RwSignal::new(0_u32);
    let referred = choice.with_value(|choice| choice.reference.is_some());
    let dirty = Memo::new(move |_| {
        confirming.done.with(Option::is_none)
            && (settings.with(|settings| *settings != first) || applied.with(|applied| !applied.is_empty()))
    });
    let wrong = Memo::new(move |_| {
        settings.with(|settings| applied.with(|applied| model::faults(settings, (!referred).then_some(applied)).len()))
    });
    let nothing = Memo::new(move |_| !referred && applied.with(BTreeSet::is_empty));
    let input = move |expected| {
        choice.with_value(|choice| {
            applied.with_untracked(|applied| start::input(choice, settings.get_untracked(), applied, expected))
        })
    };
    let save = move |_| {
        tried.update(|count| *count = count.wrapping_add(1));
        if wrong.get_untracked() == 0 && !nothing.get_untracked() {
            confirming.ask(chatbots::PREVIEW_CHATBOT_CHANGE, input(None));
        }
    };
    let apply = move |()| confirming.apply(chatbots::PREVIEW_CHATBOT_CHANGE, chatbots::CREATE_CHATBOT_CHANGE, input);
    let faults = Signal::derive(move || confirming.faults());
    let applies = move || {
        if referred {
            return t_string!(i18n, chatbots.many_all).to_owned();
        }
        let fields: Vec<SettingsField> = applied.with(|applied| applied.iter().copied().collect());
        if fields.is_empty() {
            return t_string!(i18n, chatbots.many_touched_none).to_owned();
        }
        t_string!(i18n, chatbots.many_touched, fields = words::fields(i18n.get_locale(), &fields)).to_string()
    };
    let fault_words = move || {
        (tried.get() > 0 && wrong.get() > 0).then(|| match wrong.get() {
            1 => t_string!(i18n, chatbots.many_faults_one).to_owned(),
            count => t_string!(i18n, chatbots.many_faults, count = count).to_string(),
        })
    };
    let action = Signal::derive(move || match confirming.count() {
        1 => t_string!(i18n, chatbots.many_apply_one).to_owned(),
        count => t_string!(i18n, chatbots.many_apply, count = count).to_string(),
    });
    let editor = if referred {
        view! { <Editor settings about faults tried /> }.into_any()
    } else {
        view! { <Editor settings about faults applied tried /> }.into_any()
    };
    view! {
        {editor}
        <ChangeFailed change=confirming.preview />
        <div class="save-bar">
            <p role="status">
                {applies}
                {move || fault_words().map(|words| view! { <span class="field-error">{Icon::Warning.draw()}{words}</span> })}
            </p>
            <Button kind=Kind::Primary busy=confirming.preview.busy disabled=nothing on:click=save>{t!(i18n, chatbots.many_save)}</Button>
        </div>
        <ConfirmDialog confirming title=say!(i18n, chatbots.many_confirm) action on_apply=Callback::new(apply) />
        <UnsavedGuard dirty />
    }
}

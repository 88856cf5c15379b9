//! One number's chatbot: its head, the editor, and the bar that saves.

use super::{
    conflict::Theirs,
    editor::{About, Editor},
    model,
};
use crate::{
    api::{self, Failed, Query},
    i18n::{t, t_string, use_i18n},
    intl::{Style, use_writer},
    realtime::reload_on,
    remote::{Change, Remote},
    routes,
    session::Session,
    ui::{
        button::{Button, Kind},
        failure::FailureNote,
        icon::Icon,
        page::use_title,
        state::Loaded,
        toast::Toasts,
        unsaved::UnsavedGuard,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    ErrorCode, NumberId, Permission,
    audit_log::AuditSubject,
    chatbots::{self, Chatbot, ChatbotInput},
};

#[component]
pub fn One(id: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    let remote = Remote::new(move || api::ask(chatbots::GET_CHATBOT, &[&id], Query::none()));
    // Agents come and go with the number's members; the template with its account.
    reload_on(&[AuditSubject::Chatbot, AuditSubject::Number, AuditSubject::Waba], remote);
    view! {
        <div class="page bot-page">
            <A href=routes::CHATBOTS attr:class="back-link">{Icon::Back.draw()}{t!(i18n, chatbots.back)}</A>
            <Loaded remote lines=12 children=Callback::new(move |(chatbot,): (Signal<Chatbot>,)| view! { <Whole chatbot remote /> }.into_any()) />
        </div>
    }
}

fn about(chatbot: &Chatbot) -> About {
    About {
        number_name: chatbot.number.name.clone(),
        number_phone: chatbot.number.phone.clone(),
        company: chatbot.company.clone(),
        language: chatbot.language,
        time_zone: chatbot.time_zone.clone(),
        people: Some(chatbot.people.clone()),
        suggested_number: chatbot.suggested_number.clone(),
        availability: chatbot.availability_template.state,
        number_id: Some(chatbot.number.id),
    }
}

/// A conflict is shown by its two sides, and faults at their fields; the rest is said at the top.
fn is_said_elsewhere(failed: &Failed) -> bool {
    failed.code() == Some(ErrorCode::VersionConflict)
}

#[component]
fn Whole(chatbot: Signal<Chatbot>, remote: Remote<Chatbot>) -> impl IntoView {
    let session = Session::use_here();
    let i18n = use_i18n();
    let toasts = Toasts::use_here();
    let first = chatbot.get_untracked();
    let id = first.number.id;
    let settings = RwSignal::new(first.settings.clone());
    // What is stored, as far as the editor has taken it; and what somebody else has stored meanwhile.
    let base = RwSignal::new(first);
    let theirs = RwSignal::new(None::<Chatbot>);
    let (change, read) = (Change::new(), Change::new());
    let tried = RwSignal::new(0_u32);
    let dirty = Memo::new(move |_| base.with(|base| settings.with(|settings| *settings != base.settings)));
    let locked = Signal::derive(move || !session.can(Permission::EditChatbots));
    let take = move |newest: Chatbot| {
        settings.set(newest.settings.clone());
        base.set(newest);
        theirs.set(None);
        change.failed.set(None);
        tried.set(0);
    };
    // Others' changes come in by themselves as long as nothing of one's own would be lost.
    Effect::new(move || {
        let newest = chatbot.get();
        let known = base.with_untracked(|base| base.version);
        if newest.version < known {
            return;
        }
        if !dirty.get_untracked() {
            take(newest);
        } else if newest.version > known && !change.busy.get_untracked() {
            theirs.set(Some(newest));
        }
    });
    let save_as = move |input: ChatbotInput| {
        tried.update(|tried| *tried = tried.wrapping_add(1));
        if !model::faults(&input.settings, None).is_empty() {
            return;
        }
        change.run(async move { api::send(chatbots::UPDATE_CHATBOT, &[&id], &input).await }, move |saved: Chatbot| {
            take(saved.clone());
            remote.value.set(Some(saved));
            toasts.success(t_string!(i18n, chatbots.saved));
        });
    };
    let save = move || {
        save_as(ChatbotInput { version: base.with_untracked(|base| base.version), settings: settings.get_untracked() });
    };
    // Somebody was faster: what they saved is asked for, to be shown beside.
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_said_elsewhere)) {
            read.run(api::ask(chatbots::GET_CHATBOT, &[&id], Query::none()), move |newest: Chatbot| {
                change.failed.set(None);
                theirs.set(Some(newest));
            });
        }
    });
    let faults = Signal::derive(move || {
        change.failed.with(|failed| match failed {
            Some(Failed::Refused(problem)) => problem.errors.clone(),
            Some(Failed::Unreachable) | None => Vec::new(),
        })
    });
    let failed = move || change.failed.get().filter(|failed| !is_said_elsewhere(failed)).or_else(|| read.failed.get());
    view! {
        <Head base id />
        <UnsavedGuard dirty />
        {move || failed().map(|failed| view! { <FailureNote failed /> })}
        <Theirs theirs base settings busy=change.busy on_take=Callback::new(take) on_keep=Callback::new(move |(merged, version)| {
            settings.set(merged);
            if let Some(newest) = theirs.get_untracked() {
                base.set(newest);
            }
            theirs.set(None);
            save_as(ChatbotInput { version, settings: settings.get_untracked() });
        }) />
        <Editor settings about=Signal::derive(move || chatbot.with(about)) faults disabled=locked tried />
        {move || if locked.get() {
            view! { <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, chatbots.view_only)}</p></div> }.into_any()
        } else {
            view! { <SaveBar dirty busy=change.busy.into() on_save=Callback::new(move |()| save())
                on_discard=Callback::new(move |()| {
                    settings.set(base.with_untracked(|base| base.settings.clone()));
                    change.failed.set(None);
                    tried.set(0);
                }) /> }.into_any()
        }}
    }
}

#[component]
fn Head(base: RwSignal<Chatbot>, id: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let writer = use_writer();
    let name = Signal::derive(move || base.with(|chatbot| chatbot.number.name.clone()));
    use_title(Signal::derive(move || format!("{} · {}", t_string!(i18n, chatbots.title), name.get())));
    let changed = move || {
        let at = base.with(|chatbot| chatbot.changed_at);
        at.map_or_else(
            || t_string!(i18n, chatbots.never_changed).to_owned(),
            |at| {
                let time = writer.with(|writer| writer.time(at, Style::DateTime));
                t_string!(i18n, chatbots.last_change, time = time).to_string()
            },
        )
    };
    view! {
        <header class="page-head">
            <div class="page-head-text">
                <h1>{name}</h1>
                <p class="row">
                    <span class="numeric">{move || base.with(|chatbot| chatbot.number.phone.clone())}</span>
                    <span>{changed}</span>
                </p>
            </div>
            <Show when=move || session.can(Permission::ViewSettingsCopies)>
                <div class="page-head-actions">
                    <A href=routes::of_number(routes::SETTINGS_COPIES, id) attr:class="button secondary">{Icon::Copy.draw()}{t!(i18n, settings_copies.title)}</A>
                </div>
            </Show>
        </header>
    }
}

/// Always in sight while there is something to save.
#[component]
fn SaveBar(dirty: Memo<bool>, busy: Signal<bool>, on_save: Callback<()>, on_discard: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let unchanged = Signal::derive(move || !dirty.get());
    view! {
        <div class="bot-bar" role="group" aria-label=move || t_string!(i18n, ui.save)>
            <p class="small" role="status">
                {move || if dirty.get() { t_string!(i18n, chatbots.dirty) } else { t_string!(i18n, chatbots.clean) }}
            </p>
            <div class="row">
                <Button disabled=unchanged on:click=move |_| on_discard.run(())>{t!(i18n, chatbots.discard)}</Button>
                <Button kind=Kind::Primary busy disabled=unchanged on:click=move |_| on_save.run(())>{t!(i18n, ui.save)}</Button>
            </div>
        </div>
    }
}

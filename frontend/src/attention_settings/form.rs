//! The save of a number's attention settings, and what happens when somebody saved in between.

use super::{
    conflict::Theirs,
    fields::Fields,
    inputs::Inputs,
    model::{self, Draft},
};
use crate::{
    api::{self, Failed, Query},
    i18n::{t, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    session::Session,
    shell::numbers::unsaved::Unsaved,
    ui::{
        button::{Button, Kind},
        failure::FailureNote,
        field::focus_first_fault,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, Permission,
    attention_settings::{self, AttentionSettingsInput, NumberAttention},
};

#[component]
pub fn Form(attention: Signal<NumberAttention>, remote: Remote<NumberAttention>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::use_here(), Toasts::use_here());
    let unsaved = expect_context::<Unsaved>();
    let may_edit = Memo::new(move |_| session.can(Permission::EditAttentionSettings));
    let id = attention.with_untracked(|attention| attention.number.id);
    // What the editing started from.
    let base = RwSignal::new(attention.get_untracked());
    let fields = Fields::new(base.with_untracked(|base| Draft::of(&base.settings)));
    let draft = Memo::new(move |_| fields.draft());
    let mine = Memo::new(move |_| draft.with(Draft::settings));
    let dirty = Memo::new(move |_| base.with(|base| draft.with(|draft| *draft != Draft::of(&base.settings))));
    Effect::new(move || unsaved.dirty.set(dirty.get()));
    on_cleanup(move || {
        unsaved.dirty.try_set(false);
    });
    // A newer state fills the form, unless somebody is writing in it.
    Effect::new(move || {
        let fresh = attention.get();
        if base.with_untracked(|base| *base != fresh) && !dirty.get_untracked() {
            fields.set(Draft::of(&fresh.settings));
            base.set(fresh);
        }
    });
    let change = Change::new();
    let theirs = RwSignal::new(None::<NumberAttention>);
    let pressed = RwSignal::new(false);
    let took = move |saved: NumberAttention| {
        pressed.set(false);
        theirs.set(None);
        fields.set(Draft::of(&saved.settings));
        base.set(saved.clone());
        remote.value.set(Some(saved));
    };
    let save_from = move |version: u64| {
        pressed.set(true);
        let settings = mine.get_untracked();
        if !model::faults(&settings, language::current()).is_empty() {
            return focus_first_fault();
        }
        let input = AttentionSettingsInput { version, settings };
        let work = async move { api::send(attention_settings::UPDATE_ATTENTION_SETTINGS, &[&id], &input).await };
        change.run(work, move |saved| {
            toasts.success(untrack(|| t_string!(i18n, attention_settings.saved)));
            took(saved);
        });
    };
    let is_conflict = move |failed: &Failed| failed.code() == Some(ErrorCode::VersionConflict);
    let read = Change::new();
    // Both sides are shown, so the other one is read first.
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_conflict)) {
            read.run(api::ask(attention_settings::GET_ATTENTION_SETTINGS, &[&id], Query::none()), move |stored| {
                theirs.set(Some(stored));
            });
        }
    });
    let wrong = Memo::new(move |_| {
        let mut wrong = if pressed.get() {
            mine.with(|mine| model::faults(mine, language::of(i18n.get_locale())))
        } else {
            Vec::new()
        };
        change.failed.with(|failed| {
            if let Some(Failed::Refused(problem)) = failed {
                wrong.extend(problem.errors.iter().cloned());
            }
        });
        wrong
    });
    let refusal = move || change.failed.get().filter(|failed| !is_conflict(failed)).or_else(|| read.failed.get());
    view! {
        <form class="stack attention" novalidate aria-labelledby="attention-number" on:submit=move |event| {
            event.prevent_default();
            save_from(base.with_untracked(|base| base.version));
        }>
            <div class="attention-head">
                <h2 id="attention-number">{move || attention.with(|attention| attention.number.name.clone())}</h2>
                <p class="muted numeric">{move || attention.with(|attention| attention.number.phone.clone())}</p>
            </div>
            {move || refusal().map(|failed| view! { <FailureNote failed /> })}
            <Theirs theirs mine change on_keep=Callback::new(save_from) on_take=Callback::new(took) />
            <Inputs fields wrong may_edit />
            <Foot dirty change may_edit on_discard=Callback::new(move |()| {
                pressed.set(false);
                change.failed.set(None);
                fields.set(base.with_untracked(|base| Draft::of(&base.settings)));
            }) />
        </form>
    }
}

/// The save, and the way back to what is stored.
#[component]
fn Foot(dirty: Memo<bool>, change: Change, may_edit: Memo<bool>, on_discard: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        if !may_edit.get() {
            return view! { <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, attention_settings.view_only)}</p></div> }.into_any();
        }
        let unchanged = Signal::derive(move || !dirty.get());
        view! {
            <div class="campaign-foot">
                {move || dirty.get().then(|| view! { <span class="muted small" role="status">{t!(i18n, attention_settings.unsaved)}</span> })}
                <Button disabled=unchanged on:click=move |_| on_discard.run(())>{t!(i18n, attention_settings.discard)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy disabled=unchanged>{t!(i18n, ui.save)}</Button>
            </div>
        }
        .into_any()
    }
}

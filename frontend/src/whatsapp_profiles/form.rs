//! The fields with their limits, the save, and what happens when somebody saved in between.

use super::{
    conflict::Theirs,
    inputs::{Fields, Inputs},
    model::Texts,
    picture::Picture,
    preview::Preview,
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
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, Permission, validate,
    whatsapp_profiles::{self, WhatsappProfile},
};

#[component]
pub fn Form(profile: Signal<WhatsappProfile>, remote: Remote<WhatsappProfile>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::use_here(), Toasts::use_here());
    let unsaved = expect_context::<Unsaved>();
    let may_edit = Memo::new(move |_| session.can(Permission::EditWhatsappProfiles));
    let id = profile.with_untracked(|profile| profile.number.id);
    // What the editing started from.
    let base = RwSignal::new(profile.get_untracked());
    let fields = Fields::new(base.with_untracked(Texts::of));
    let texts = Memo::new(move |_| fields.texts());
    let dirty = Memo::new(move |_| base.with(|base| texts.with(|mine| *mine != Texts::of(base))));
    Effect::new(move || unsaved.dirty.set(dirty.get()));
    on_cleanup(move || {
        unsaved.dirty.try_set(false);
    });
    // A newer state fills the form, unless somebody is writing in it.
    Effect::new(move || {
        let fresh = profile.get();
        if base.with_untracked(|base| *base != fresh) && !dirty.get_untracked() {
            fields.set(Texts::of(&fresh));
            base.set(fresh);
        }
    });
    let change = Change::new();
    let theirs = RwSignal::new(None::<WhatsappProfile>);
    let pressed = RwSignal::new(false);
    let took = move |saved: WhatsappProfile| {
        pressed.set(false);
        theirs.set(None);
        fields.set(Texts::of(&saved));
        base.set(saved.clone());
        remote.value.set(Some(saved));
    };
    let save_from = move |version: String| {
        pressed.set(true);
        let input = texts.get_untracked().input(&version);
        if validate::check(&input, language::current()).is_err() {
            return;
        }
        let work = async move { api::send(whatsapp_profiles::UPDATE_WHATSAPP_PROFILE, &[&id], &input).await };
        change.run(work, move |saved| {
            toasts.success(untrack(|| t_string!(i18n, whatsapp_profiles.saved)));
            took(saved);
        });
    };
    let is_conflict = move |failed: &Failed| failed.code() == Some(ErrorCode::VersionConflict);
    let read = Change::new();
    // Both sides are shown, so the other one is read first.
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_conflict)) {
            read.run(api::ask(whatsapp_profiles::GET_WHATSAPP_PROFILE, &[&id], Query::none()), move |stored| {
                theirs.set(Some(stored));
            });
        }
    });
    let wrong = Memo::new(move |_| {
        if !pressed.get() {
            return Vec::new();
        }
        let input = base.with(|base| texts.with(|texts| texts.input(&base.version)));
        validate::check(&input, language::of(i18n.get_locale())).err().unwrap_or_default()
    });
    let refusal = move || change.failed.get().filter(|failed| !is_conflict(failed)).or_else(|| read.failed.get());
    view! {
        <div class="campaign-columns">
            <section class="card" aria-labelledby="profile-number">
                <div class="card-head"><div>
                    <h2 id="profile-number">{move || profile.with(|profile| profile.number.name.clone())}</h2>
                    <p class="small numeric">{move || profile.with(|profile| profile.number.phone.clone())}</p>
                </div></div>
                <div class="card-body">
                    {move || refusal().map(|failed| view! { <FailureNote failed /> })}
                    <Theirs theirs mine=texts change on_keep=Callback::new(save_from) on_take=Callback::new(took) />
                    <Picture profile remote may_edit took_version=Callback::new(move |fresh: WhatsappProfile| {
                        // The picture may be part of the version; the texts that are being written stay.
                        base.set(fresh);
                    }) />
                    <form class="stack" novalidate on:submit=move |event| {
                        event.prevent_default();
                        save_from(base.with_untracked(|base| base.version.clone()));
                    }>
                        <Inputs fields wrong change may_edit />
                        <Foot dirty change may_edit on_discard=Callback::new(move |()| {
                            pressed.set(false);
                            fields.set(base.with_untracked(Texts::of));
                        }) />
                    </form>
                </div>
            </section>
            <Preview profile texts />
        </div>
    }
}

/// The save, and the way back to what is stored.
#[component]
fn Foot(dirty: Memo<bool>, change: Change, may_edit: Memo<bool>, on_discard: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        if !may_edit.get() {
            return view! { <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, whatsapp_profiles.view_only)}</p></div> }.into_any();
        }
        let unchanged = Signal::derive(move || !dirty.get());
        view! {
            <div class="row row-end">
                {move || dirty.get().then(|| view! { <span class="muted small">{t!(i18n, whatsapp_profiles.unsaved)}</span> })}
                <Button disabled=unchanged on:click=move |_| on_discard.run(())>{t!(i18n, whatsapp_profiles.discard)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy disabled=unchanged>{t!(i18n, ui.save)}</Button>
            </div>
        }
        .into_any()
    }
}

//! The absence's fields with a preview, the save, and what happens when somebody saved in between.

use super::{
    conflict::Theirs,
    fields::Fields,
    model::{self, Draft},
    suggested::Suggested,
    text::TextWithVariables,
};
use crate::{
    api::{self, Failed, Query},
    bubble::WhatsappPreview,
    clock,
    i18n::{t, t_string, use_i18n},
    language,
    remote::{Change, Remote},
    session::Session,
    shell::numbers::unsaved::Unsaved,
    ui::{
        button::{Button, Kind},
        check::Check,
        failure::FailureNote,
        field::focus_first_fault,
        icon::Icon,
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    ErrorCode, Permission,
    absences::{self, Absence, AbsenceInput},
};

#[component]
pub fn Form(absence: Signal<Absence>, remote: Remote<Absence>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::use_here(), Toasts::use_here());
    let unsaved = expect_context::<Unsaved>();
    let may_edit = Memo::new(move |_| session.can(Permission::EditAbsences));
    let id = absence.with_untracked(|absence| absence.number.id);
    // What the editing started from.
    let base = RwSignal::new(absence.get_untracked());
    let fields = Fields::new(base.with_untracked(Draft::of));
    let draft = Memo::new(move |_| fields.draft());
    let dirty = Memo::new(move |_| base.with(|base| draft.with(|draft| *draft != Draft::of(base))));
    Effect::new(move || unsaved.dirty.set(dirty.get()));
    on_cleanup(move || {
        unsaved.dirty.try_set(false);
    });
    // A newer state fills the form, unless somebody is writing in it.
    Effect::new(move || {
        let fresh = absence.get();
        if base.with_untracked(|base| *base != fresh) && !dirty.get_untracked() {
            fields.set(Draft::of(&fresh));
            base.set(fresh);
        }
    });
    let change = Change::new();
    let theirs = RwSignal::new(None::<Absence>);
    let pressed = RwSignal::new(false);
    let took = move |saved: Absence| {
        pressed.set(false);
        theirs.set(None);
        fields.set(Draft::of(&saved));
        base.set(saved.clone());
        remote.value.set(Some(saved));
    };
    let save_from = move |version: u64| {
        pressed.set(true);
        let faulty = draft.with_untracked(|draft| !draft.faults(language::current()).is_empty());
        if faulty {
            return focus_first_fault();
        }
        let input = AbsenceInput { absence: draft.with_untracked(Draft::settings), version };
        let work = async move { api::send(absences::UPDATE_ABSENCE, &[&id], &input).await };
        change.run(work, move |saved| {
            let on = saved.absence.on;
            toasts.success(untrack(|| {
                if on { t_string!(i18n, absences.saved_on) } else { t_string!(i18n, absences.saved_off) }
            }));
            took(saved);
        });
    };
    let is_conflict = move |failed: &Failed| failed.code() == Some(ErrorCode::VersionConflict);
    let read = Change::new();
    // Both sides are shown, so the other one is read first.
    Effect::new(move || {
        if change.failed.with(|failed| failed.as_ref().is_some_and(is_conflict)) {
            read.run(api::ask(absences::GET_ABSENCE, &[&id], Query::none()), move |stored| {
                // Somebody saved another part of the chatbot's settings: nobody has to choose between two absences.
                if base.with_untracked(|base| base.absence == stored.absence) {
                    let version = stored.version;
                    base.update(|base| base.version = version);
                    save_from(version);
                } else {
                    theirs.set(Some(stored));
                }
            });
        }
    });
    let wrong = Memo::new(move |_| {
        let mut wrong =
            if pressed.get() { draft.with(|draft| draft.faults(language::of(i18n.get_locale()))) } else { Vec::new() };
        change.failed.with(|failed| {
            if let Some(Failed::Refused(problem)) = failed {
                wrong.extend(problem.errors.iter().cloned());
            }
        });
        wrong
    });
    let refusal = move || change.failed.get().filter(|failed| !is_conflict(failed)).or_else(|| read.failed.get());
    let limit = Signal::derive(move || draft.with(Draft::limit));
    let error = Signal::derive(move || wrong.with(|wrong| model::fault(wrong, "text")));
    let shown = Signal::derive(move || {
        let contact = t_string!(i18n, absences.example_contact);
        draft.with(|draft| absence.with(|absence| model::preview(draft, absence, contact, clock::now())))
    });
    let nothing = Signal::derive(move || !may_edit.get());
    view! {
        <div class="campaign-columns">
            <section class="card" aria-labelledby="absence-number">
                <div class="card-head">
                    <div>
                        <h2 id="absence-number">{move || absence.with(|absence| absence.number.name.clone())}</h2>
                        <p class="small numeric">{move || absence.with(|absence| absence.number.phone.clone())}</p>
                    </div>
                    {move || if base.with(|base| base.absence.on) {
                        view! { <span class="badge warning">{Icon::Away.draw()}{t!(i18n, absences.is_on)}</span> }.into_any()
                    } else {
                        view! { <span class="badge">{t!(i18n, absences.is_off)}</span> }.into_any()
                    }}
                </div>
                <div class="card-body">
                    {move || refusal().map(|failed| view! { <FailureNote failed /> })}
                    <Theirs theirs mine=draft change on_keep=Callback::new(save_from) on_take=Callback::new(took) />
                    <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, absences.stays)}</p></div>
                    <form class="stack" novalidate on:submit=move |event| {
                        event.prevent_default();
                        save_from(base.with_untracked(|base| base.version));
                    }>
                        <fieldset class="stack" disabled=nothing>
                            <legend class="visually-hidden">{t!(i18n, absences.title)}</legend>
                            <Check label=say!(i18n, absences.switch) hint=say!(i18n, absences.switch_hint) value=fields.on />
                            <TextWithVariables label=say!(i18n, absences.text) value=fields.text max=limit error disabled=nothing />
                            <Suggested fields own=id wrong />
                        </fieldset>
                        <Foot dirty change may_edit on_discard=Callback::new(move |()| {
                            pressed.set(false);
                            change.failed.set(None);
                            theirs.set(None);
                            fields.set(base.with_untracked(Draft::of));
                        }) />
                    </form>
                </div>
            </section>
            <aside class="card" aria-labelledby="absence-preview">
                <div class="card-head"><h2 id="absence-preview">{t!(i18n, absences.preview)}</h2></div>
                <div class="card-body">
                    <WhatsappPreview message=shown label=say!(i18n, absences.preview) nothing=say!(i18n, absences.preview_nothing) />
                    <p class="muted small">{t!(i18n, absences.preview_text)}</p>
                </div>
            </aside>
        </div>
    }
}

/// The save, and the way back to what is stored.
#[component]
fn Foot(dirty: Memo<bool>, change: Change, may_edit: Memo<bool>, on_discard: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        if !may_edit.get() {
            return view! { <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, absences.view_only)}</p></div> }.into_any();
        }
        let unchanged = Signal::derive(move || !dirty.get());
        view! {
            <div class="row row-end">
                {move || dirty.get().then(|| view! { <span class="muted small" role="status">{t!(i18n, absences.unsaved)}</span> })}
                <Button disabled=unchanged on:click=move |_| on_discard.run(())>{t!(i18n, absences.discard)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy disabled=unchanged>{t!(i18n, ui.save)}</Button>
            </div>
        }
        .into_any()
    }
}

//! The absence's fields with a preview, and the save.

use super::{
    conflict::Theirs,
    editing::Editing,
    model::{self, Draft},
    suggested::Suggested,
    text::TextWithVariables,
};
use crate::{
    bubble::WhatsappPreview,
    clock,
    i18n::{t, t_string, use_i18n},
    remote::{Change, Remote},
    session::Session,
    ui::{
        button::{Button, Kind},
        check::Check,
        failure::FailureNote,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::{Permission, absences::Absence};

#[component]
pub fn Form(absence: Signal<Absence>, remote: Remote<Absence>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let may_edit = Memo::new(move |_| session.can(Permission::EditAbsences));
    let editing = Editing::new(absence, remote);
    let Editing { id, base, fields, draft, change, .. } = editing;
    let limit = Signal::derive(move || draft.with(Draft::limit));
    let error = Signal::derive(move || editing.wrong.with(|wrong| model::fault(wrong, "text")));
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
                    {move || editing.refusal().map(|failed| view! { <FailureNote failed /> })}
                    <Theirs theirs=editing.theirs mine=editing.draft change on_keep=Callback::new(move |version| editing.save_from(version)) on_take=Callback::new(move |theirs| editing.took(theirs)) />
                    <div class="notice">{Icon::Info.draw()}<p class="notice-text">{t!(i18n, absences.stays)}</p></div>
                    <form class="stack" novalidate on:submit=move |event| {
                        event.prevent_default();
                        editing.save_from(base.with_untracked(|base| base.version));
                    }>
                        <fieldset class="stack" disabled=nothing>
                            <legend class="visually-hidden">{t!(i18n, absences.title)}</legend>
                            <Check label=say!(i18n, absences.switch) hint=say!(i18n, absences.switch_hint) value=fields.on />
                            <TextWithVariables label=say!(i18n, absences.text) value=fields.text max=limit error disabled=nothing />
                            <Suggested fields own=id wrong=editing.wrong />
                        </fieldset>
                        <Foot dirty=editing.dirty change may_edit on_discard=Callback::new(move |()| editing.discard()) />
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

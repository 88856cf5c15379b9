//! What is copied, from where, to where; and the way to the before/after list.

use super::{
    model::{self, Missing, Wanted},
    targets::TargetsChoice,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    remote::Change,
    settings_changes::{
        confirm::{ConfirmDialog, Confirming},
        reference::{Asking, ReferenceDialog},
        words,
    },
    shell::numbers::Numbers,
    ui::{
        button::{Button, Kind},
        failure::ChangeFailed,
        icon::Icon,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use strum::IntoEnumIterator as _;
use types::{
    GroupId, NumberId,
    numbers::NumberRef,
    settings_changes::{self, SettingsPart},
};

#[component]
pub fn Form(confirming: Confirming) -> impl IntoView {
    let i18n = use_i18n();
    let reference = RwSignal::new(None::<NumberRef>);
    follow_selector(reference);
    let numbers = RwSignal::new(BTreeSet::<NumberId>::new());
    let groups = RwSignal::new(BTreeSet::<GroupId>::new());
    let parts = RwSignal::new(model::usual_parts());
    let missing = RwSignal::new(None::<Missing>);
    let wanted = move || Wanted {
        reference: reference.with_untracked(|reference| reference.as_ref().map(|number| number.id)),
        numbers: numbers.get_untracked(),
        groups: groups.get_untracked(),
        parts: parts.get_untracked(),
    };
    // What was missing is said until something is chosen.
    Effect::new(move || {
        reference.track();
        numbers.track();
        groups.track();
        parts.track();
        missing.set(None);
    });
    let review = move |_| match model::input(wanted(), None) {
        Ok(input) => confirming.ask(settings_changes::PREVIEW_SETTINGS_COPY, input),
        Err(what) => missing.set(Some(what)),
    };
    let apply = move |()| {
        // The dialog is open only over a complete choice, which cannot be changed behind it.
        if let Ok(input) = model::input(wanted(), None) {
            confirming.apply(
                settings_changes::PREVIEW_SETTINGS_COPY,
                settings_changes::CREATE_SETTINGS_COPY,
                move |expected| settings_changes::SettingsCopyInput { expected, ..input.clone() },
            );
        }
    };
    let title = Signal::derive(move || {
        let name = reference.with(|reference| reference.as_ref().map(|number| number.name.clone()).unwrap_or_default());
        t_string!(i18n, settings_copies.confirm, name = name).to_string()
    });
    let missing_words = move || {
        missing.get().map(|missing| match missing {
            Missing::Reference => t_string!(i18n, settings_copies.reference_missing),
            Missing::Targets => t_string!(i18n, settings_copies.targets_missing),
            Missing::Parts => t_string!(i18n, settings_copies.parts_missing),
        })
    };
    view! {
        <div class="copy-columns">
            <ReferenceCard reference />
            <PartsCard parts />
            <section class="card copy-targets" aria-labelledby="copy-to">
                <div class="card-head"><div><h2 id="copy-to">{t!(i18n, settings_copies.targets)}</h2><p>{t!(i18n, settings_copies.targets_text)}</p></div></div>
                <div class="card-body"><TargetsChoice reference numbers groups /></div>
            </section>
        </div>
        <ChangeFailed change=confirming.preview />
        <div class="save-bar">
            <p>{move || missing_words().map(|words| view! { <span class="field-error" role="alert">{Icon::Warning.draw()}{words}</span> })}</p>
            <Button kind=Kind::Primary busy=confirming.preview.busy on:click=review>{t!(i18n, settings_copies.review)}</Button>
        </div>
        <ConfirmDialog confirming title action=say!(i18n, settings_copies.copy) on_apply=Callback::new(apply) />
    }
}

/// The selector's number is the reference, until another one is chosen here.
fn follow_selector(reference: RwSignal<Option<NumberRef>>) {
    let selected = Numbers::use_here();
    // A newer card of the same number is no new choice.
    let current = Memo::new(move |_| {
        selected.current().map(|number| NumberRef { id: number.id, name: number.name, phone: number.phone })
    });
    Effect::new(move || {
        if let Some(number) = current.get() {
            reference.set(Some(number));
        }
    });
}

#[component]
fn ReferenceCard(reference: RwSignal<Option<NumberRef>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let asking = Asking { text: say!(i18n, settings_copies.reference_text), none_text: None };
    let choose = move |(number,): (Option<NumberRef>,)| {
        reference.set(number);
        open.set(false);
    };
    view! {
        <section class="card" aria-labelledby="copy-from">
            <div class="card-head"><div><h2 id="copy-from">{t!(i18n, settings_changes.reference)}</h2><p>{t!(i18n, settings_copies.reference_text)}</p></div></div>
            <div class="card-body">
                <div class="row copy-reference">
                    <p role="status">{move || match reference.get() {
                        Some(number) => view! {
                            <span class="strong">{number.name}</span>" "<span class="muted numeric">{number.phone}</span>
                        }.into_any(),
                        None => view! { <span class="muted">{t!(i18n, settings_copies.reference_missing)}</span> }.into_any(),
                    }}</p>
                    <Button small=true on:click=move |_| open.set(true)>{move || if reference.with(Option::is_some) {
                        t_string!(i18n, settings_changes.reference_change)
                    } else {
                        t_string!(i18n, settings_changes.reference_pick)
                    }}</Button>
                </div>
            </div>
        </section>
        <ReferenceDialog open asking change=Change::new() on_choose=Callback::new(choose) />
    }
}

#[component]
fn PartsCard(parts: RwSignal<BTreeSet<SettingsPart>>) -> impl IntoView {
    let i18n = use_i18n();
    let part = move |part: SettingsPart| {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || parts.with(|parts| parts.contains(&part))
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        parts.update(|parts| if on { parts.insert(part); } else { parts.remove(&part); });
                    } />
                <span>
                    {move || words::part(i18n.get_locale(), part)}
                    {(part == SettingsPart::Absence).then(|| view! { <span class="field-hint copy-hint">{t!(i18n, settings_copies.absence_hint)}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <section class="card" aria-labelledby="copy-what">
            <div class="card-head"><h2 id="copy-what">{t!(i18n, settings_copies.parts)}</h2></div>
            <div class="card-body" role="group" aria-labelledby="copy-what">{SettingsPart::iter().map(part).collect_view()}</div>
        </section>
    }
}

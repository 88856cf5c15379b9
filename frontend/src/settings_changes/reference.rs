//! "Número de referencia": one number that is the model for others.

use crate::{
    api::{self, Failed, Query},
    i18n::{t, use_i18n},
    remote::{Change, Remote},
    ui::{
        button::{Button, Kind},
        debounced::debounced,
        dialog::Dialog,
        failure::ChangeFailed,
        field::{SearchField, fresh_id},
        icon::Icon,
        state::Loaded,
    },
};
use leptos::prelude::*;
use types::{
    Page,
    numbers::{self, Number, NumberFilter, NumberRef},
};

/// What the dialog is asked with.
#[derive(Clone, Copy)]
pub struct Asking {
    /// What a reference means here.
    pub text: Signal<String>,
    /// What it means to have none; None where one is needed.
    pub none_text: Option<Signal<String>>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Without,
    Number(NumberRef),
}

/// Asks for the reference, with the option of having none where there may be none.
#[component]
pub fn ReferenceDialog(
    open: RwSignal<bool>,
    asking: Asking,
    change: Change,
    on_choose: Callback<(Option<NumberRef>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(move || {
        if open.get() {
            change.failed.set(None);
        }
    });
    view! {
        <Dialog open title=say!(i18n, settings_changes.reference)><Form open asking change on_choose /></Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    asking: Asking,
    change: Change,
    on_choose: Callback<(Option<NumberRef>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let picked = RwSignal::new(None::<Answer>);
    let missing = RwSignal::new(false);
    let refused = move || match change.failed.get() {
        Some(Failed::Refused(problem)) => {
            problem.errors.into_iter().map(|error| error.detail).collect::<Vec<_>>().join(" ")
        }
        Some(Failed::Unreachable) | None => String::new(),
    };
    let optional = asking.none_text.is_some();
    let submit = move || match picked.get_untracked() {
        Some(Answer::Without) => on_choose.run((None,)),
        Some(Answer::Number(number)) => on_choose.run((Some(number),)),
        None => missing.set(true),
    };
    view! {
        <form class="dialog-form" novalidate on:submit=move |event| {
            event.prevent_default();
            submit();
        }>
            <div class="dialog-body">
                <p class="muted">{asking.text}</p>
                <ChangeFailed change />
                {move || Some(refused()).filter(|words| !words.is_empty()).map(|words| view! { <p class="field-error">{Icon::Warning.draw()}{words}</p> })}
                {move || (missing.get() && picked.with(Option::is_none)).then(|| view! {
                    <p class="field-error" role="alert">{Icon::Warning.draw()}{if optional {
                        t!(i18n, settings_changes.reference_choose).into_any()
                    } else {
                        t!(i18n, settings_changes.reference_choose_one).into_any()
                    }}</p>
                })}
                <Numbers picked change none_text=asking.none_text />
            </div>
            <div class="dialog-foot">
                <Button on:click=move |_| open.set(false)>{t!(i18n, ui.cancel)}</Button>
                <Button kind=Kind::Primary submit=true busy=change.busy>{t!(i18n, ui.go_on)}</Button>
            </div>
        </form>
    }
}

#[component]
fn Numbers(picked: RwSignal<Option<Answer>>, change: Change, none_text: Option<Signal<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let wanted = debounced(search);
    let remote = Remote::new(move || {
        let filter =
            NumberFilter { q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()), ..NumberFilter::default() };
        api::ask(numbers::LIST_NUMBERS, &[], Query::of(&filter))
    });
    let name = StoredValue::new(fresh_id("reference"));
    let pick = move |answer: Answer| {
        change.failed.set(None);
        picked.set(Some(answer));
    };
    view! {
        <fieldset class="plain-fieldset stack">
            <legend class="visually-hidden">{t!(i18n, settings_changes.reference)}</legend>
            {none_text.map(|text| view! {
                <label class="check choice reference-none">
                    <input type="radio" name=name.get_value() prop:checked=move || picked.with(|picked| *picked == Some(Answer::Without)) on:change=move |_| pick(Answer::Without) />
                    <span class="choice-words">
                        <span>{t!(i18n, settings_changes.reference_none)}</span>
                        <span class="muted small">{text}</span>
                    </span>
                </label>
            })}
            <SearchField label=say!(i18n, settings_changes.reference_search) value=search />
            <Loaded remote lines=4 children=Callback::new(move |(page,): (Signal<Page<Number>>,)| view! {
                <div class="choice-list" tabindex="0" role="group" aria-label=move || crate::i18n::t_string!(i18n, settings_changes.numbers)>
                    <For each=move || page.get().items key=|number| (number.id, number.name.clone()) children=move |number| {
                        let own = NumberRef { id: number.id, name: number.name, phone: number.phone };
                        let id = own.id;
                        let (words, detail) = (own.name.clone(), own.phone.clone());
                        view! {
                            <label class="check choice">
                                <input type="radio" name=name.get_value()
                                    prop:checked=move || picked.with(|picked| matches!(picked, Some(Answer::Number(one)) if one.id == id))
                                    on:change=move |_| pick(Answer::Number(own.clone())) />
                                <span class="choice-words"><span>{words}</span><span class="muted small numeric">{detail}</span></span>
                            </label>
                        }
                    } />
                    {move || page.with(|page| page.items.is_empty()).then(|| view! { <p class="muted choice-none">{t!(i18n, settings_changes.no_numbers)}</p> })}
                </div>
                {move || page.with(|page| page.next_cursor.is_some()).then(|| view! { <p class="muted small">{t!(i18n, settings_changes.more_found)}</p> })}
            }.into_any()) />
        </fieldset>
    }
}

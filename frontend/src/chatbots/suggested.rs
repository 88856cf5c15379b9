//! Whom an absence suggests: one of the organization's numbers, found by its name or phone, or any phone.

use super::{
    controls::{Below, Line, Pick},
    editing::{Editing, Part},
    model,
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::{Remote, rested},
    ui::{failure::FailureNote, field::SearchField, icon::Icon},
};
use leptos::prelude::*;
use types::{
    chatbots::{self, SuggestedContact, SuggestionFilter},
    numbers::NumberRef,
    settings_changes::SettingsField as F,
};

/// Characters of a contact's name at most.
const NAME_MAX: usize = 75;
/// Characters of a phone with blanks and signs, at most.
const PHONE_MAX: usize = 32;

#[component]
pub fn Suggested() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let kind = editing.part(
        F::Absence,
        |settings| model::suggested_kind(settings.attention.absence.suggested.as_ref()).to_owned(),
        |_, _| {},
    );
    // A number has to be found first: until then nothing is suggested.
    let searching = RwSignal::new(false);
    let shown = Memo::new(move |_| if searching.get() { "number".to_owned() } else { kind.get() });
    let choose = Part::of(shown.into(), move |chosen: String| {
        searching.set(chosen == "number");
        if kind.value.get_untracked() != chosen {
            let suggested = (chosen == "phone").then(|| SuggestedContact::Phone { phone: String::new(), name: None });
            editing.change(F::Absence, |settings| settings.attention.absence.suggested = suggested);
        }
    });
    let kinds = Signal::derive(move || {
        vec![
            ("nobody".to_owned(), t_string!(i18n, chatbots.suggest_nobody).to_owned()),
            ("number".to_owned(), t_string!(i18n, chatbots.suggest_number).to_owned()),
            ("phone".to_owned(), t_string!(i18n, chatbots.suggest_phone).to_owned()),
        ]
    });
    view! {
        <Pick label=say!(i18n, chatbots.suggested) part=choose choices=kinds pointer="/attention/absence/suggested"
            hint=say!(i18n, chatbots.suggested_hint) />
        {move || match shown.get().as_str() {
            "number" => view! { <OfNumber /> }.into_any(),
            "phone" => view! { <OfPhone /> }.into_any(),
            _ => ().into_any(),
        }}
    }
}

#[component]
fn OfNumber() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let search = RwSignal::new(String::new());
    let wanted = rested(search);
    let found = Remote::new(move || {
        let q = wanted.with(|q| q.trim().to_owned());
        let filter = SuggestionFilter { q: (!q.is_empty()).then_some(q) };
        api::ask(chatbots::LIST_CHATBOT_SUGGESTIONS, &[], Query::of(&filter))
    });
    let chosen = Memo::new(move |_| {
        editing.settings.with(|settings| match settings.attention.absence.suggested {
            Some(SuggestedContact::Number { number_id }) => Some(number_id),
            Some(SuggestedContact::Phone { .. }) | None => None,
        })
    });
    let itself = move |number: &NumberRef| editing.about.with(|about| about.number_id == Some(number.id));
    let choose = move |number: NumberRef| {
        let number_id = number.id;
        editing.suggested.set(Some(number));
        editing.change(F::Absence, |settings| {
            settings.attention.absence.suggested = Some(SuggestedContact::Number { number_id });
        });
    };
    let error = editing.fault_within("/attention/absence/suggested/number_id");
    let offered = move || {
        let all = found.value.with(|page| page.as_ref().map(|page| page.items.clone()).unwrap_or_default());
        all.into_iter().filter(|number| !itself(number)).collect::<Vec<_>>()
    };
    let current = move || {
        chosen.get().map(|id| {
            let known = editing.suggested.get().filter(|number| number.id == id);
            let words = known.map_or_else(
                || t_string!(i18n, chatbots.suggested_unknown).to_owned(),
                |number| format!("{} · {}", number.name, number.phone),
            );
            view! { <p class="row">{Icon::Check.draw()}<span class="strong">{words}</span></p> }
        })
    };
    view! {
        <div class="stack" data-pointer="/attention/absence/suggested/number_id" tabindex="-1">
            <div role="status">{current}</div>
            <SearchField label=say!(i18n, chatbots.search_number) value=search />
            {move || found.failed.get().map(|failed| view! { <FailureNote failed /> })}
            <fieldset class="choice-list" tabindex="0">
                <legend class="visually-hidden">{t!(i18n, chatbots.suggest_number)}</legend>
                <For each=offered
                    key=|number| (number.id, number.name.clone()) children=move |number: NumberRef| {
                        let id = number.id;
                        let own = StoredValue::new(number.clone());
                        view! {
                            <label class="check choice">
                                <input type="radio" name="suggested-number" prop:checked=move || chosen.get() == Some(id)
                                    on:change=move |_| choose(own.get_value()) />
                                <span class="choice-words"><span>{number.name}</span><span class="muted small numeric">{number.phone}</span></span>
                            </label>
                        }
                    } />
                {move || found.value.with(|page| page.as_ref().is_some_and(|page| page.items.is_empty()))
                    .then(|| view! { <p class="muted choice-none">{t!(i18n, chatbots.no_number_found)}</p> })}
            </fieldset>
            <Below id="suggested-number-below".to_owned() error />
        </div>
    }
}

#[component]
fn OfPhone() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let phone = editing.part(
        F::Absence,
        |settings| model::suggested_phone(settings.attention.absence.suggested.as_ref()).0,
        |settings, phone| {
            let (_, name) = model::suggested_phone(settings.attention.absence.suggested.as_ref());
            settings.attention.absence.suggested = Some(model::phone_contact(&phone, &name));
        },
    );
    let name = editing.part(
        F::Absence,
        |settings| model::suggested_phone(settings.attention.absence.suggested.as_ref()).1,
        |settings, name| {
            let (phone, _) = model::suggested_phone(settings.attention.absence.suggested.as_ref());
            settings.attention.absence.suggested = Some(model::phone_contact(&phone, &name));
        },
    );
    view! {
        <div class="two">
            <Line label=say!(i18n, chatbots.suggested_phone) part=phone pointer="/attention/absence/suggested/phone" max=PHONE_MAX kind="tel"
                placeholder="+56 9 1234 5678" hint=say!(i18n, chatbots.suggested_phone_hint) />
            <Line label=say!(i18n, chatbots.suggested_name) part=name pointer="/attention/absence/suggested/name" max=NAME_MAX />
        </div>
    }
}

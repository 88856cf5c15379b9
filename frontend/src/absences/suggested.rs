//! Whom the absence suggests instead: nobody, one of the organization's numbers, or any phone.

use super::{
    fields::Fields,
    model::{self, Suggest},
};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    remote::Remote,
    ui::{
        button::Button,
        check::RadioCards,
        debounced::debounced,
        field::{SearchField, TextField},
        icon::Icon,
        more::More,
        state::Loaded,
    },
};
use leptos::prelude::*;
use types::{
    FieldError, NumberId, Page, PageQuery, absences,
    chatbots::SuggestionFilter,
    numbers::{NAME_MAX, NumberRef},
};

#[component]
pub fn Suggested(
    fields: Fields,
    /// The absent number, which suggests another one.
    own: NumberId,
    wrong: Memo<Vec<FieldError>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let cards = Signal::derive(move || {
        let card = |kind, words: &str, sentence: &str| (kind, words.to_owned(), sentence.to_owned());
        vec![
            card(Suggest::Nobody, t_string!(i18n, absences.nobody), t_string!(i18n, absences.nobody_text)),
            card(Suggest::Number, t_string!(i18n, absences.number), t_string!(i18n, absences.number_text)),
            card(Suggest::Phone, t_string!(i18n, absences.phone_card), t_string!(i18n, absences.phone_text)),
        ]
    });
    let error = move |name: &'static str| Signal::derive(move || wrong.with(|wrong| model::fault(wrong, name)));
    let of_number = {
        let (whole, id) = (error("suggested"), error("suggested/number_id"));
        Signal::derive(move || whole.get().or_else(|| id.get()))
    };
    view! {
        <RadioCards legend=say!(i18n, absences.suggested) value=fields.suggest cards />
        {move || match fields.suggest.get() {
            Suggest::Nobody => ().into_any(),
            Suggest::Number => view! { <ChosenNumber number=fields.number own error=of_number /> }.into_any(),
            Suggest::Phone => view! {
                <div class="two">
                    <TextField label=say!(i18n, absences.phone) kind="tel" autocomplete="off" value=fields.phone
                        hint=say!(i18n, absences.phone_hint) error=error("suggested/phone") />
                    <TextField label=say!(i18n, absences.name) autocomplete="off" value=fields.name max=NAME_MAX
                        hint=say!(i18n, absences.name_hint) error=error("suggested/name") />
                </div>
            }.into_any(),
        }}
    }
}

/// The number that is suggested, or the search for it.
#[component]
fn ChosenNumber(number: RwSignal<Option<NumberRef>>, own: NumberId, error: Signal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="stack">
            {move || match number.get() {
                Some(chosen) => view! {
                    <p class="suggested-number">
                        <span><span class="strong">{chosen.name}</span><br /><span class="muted numeric">{chosen.phone}</span></span>
                        <Button small=true on:click=move |_| number.set(None)>{t!(i18n, absences.choose_other)}</Button>
                    </p>
                }.into_any(),
                None => view! { <Search number own /> }.into_any(),
            }}
            {move || error.get().map(|error| view! { <p class="field-error" role="alert">{Icon::Warning.draw()}{error}</p> })}
        </div>
    }
}

#[component]
fn Search(number: RwSignal<Option<NumberRef>>, own: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let wanted = debounced(search);
    let filter = move || SuggestionFilter { q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()) };
    let remote = Remote::new(move || api::ask(absences::LIST_ABSENCE_SUGGESTIONS, &[], Query::of(&filter())));
    let more = move |page: PageQuery| {
        api::ask(absences::LIST_ABSENCE_SUGGESTIONS, &[], Query::of(&untrack(filter)).and(&page))
    };
    view! {
        <SearchField label=say!(i18n, shell.number_search) value=search />
        <Loaded remote lines=3 children=Callback::new(move |(page,): (Signal<Page<NumberRef>>,)| {
            let others = Memo::new(move |_| page.with(|page| page.items.iter().filter(|one| one.id != own).cloned().collect::<Vec<_>>()));
            view! {
                <Show when=move || others.with(|others| !others.is_empty()) fallback=move || view! { <p class="muted">{t!(i18n, shell.number_none)}</p> }>
                    <ul class="number-choices">
                        <For each=move || others.get() key=|one| one.id children=move |one| {
                            let name = one.name.clone();
                            let chosen = one.clone();
                            view! {
                                <li>
                                    <span class="clip"><span class="strong">{one.name}</span><br /><small class="muted numeric">{one.phone}</small></span>
                                    <Button small=true on:click=move |_| number.set(Some(chosen.clone()))>
                                        {t!(i18n, absences.suggest)}<span class="visually-hidden">" "{name}</span>
                                    </Button>
                                </li>
                            }
                        } />
                    </ul>
                </Show>
            }.into_any()
        }) />
        <More remote ask=more />
    }
}

//! No number is chosen: the way to choose one.

use crate::{
    i18n::{t, use_i18n},
    shell::numbers::Numbers,
    ui::{
        button::Button,
        field::SearchField,
        icon::Icon,
        state::{Empty, Loaded},
    },
};
use leptos::prelude::*;
use types::numbers::Number;

/// Numbers shown at once; the search finds the others.
const SHOWN: usize = 60;

#[component]
pub fn Choose() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let search = RwSignal::new(String::new());
    view! {
        <section class="card" aria-labelledby="choose-number">
            <div class="card-head">
                <div><h2 id="choose-number">{t!(i18n, whatsapp_profiles.choose)}</h2><p>{t!(i18n, whatsapp_profiles.choose_text)}</p></div>
            </div>
            <div class="card-body">
                <SearchField label=say!(i18n, shell.number_search) value=search />
                <Loaded remote=numbers.all children=Callback::new(move |(all,): (Signal<Vec<Number>>,)| {
                    let found = Memo::new(move |_| {
                        let wanted = search.with(|wanted| wanted.trim().to_lowercase());
                        all.with(|all| {
                            all.iter()
                                .filter(|number| number.name.to_lowercase().contains(&wanted) || number.phone.contains(&wanted))
                                .take(SHOWN).cloned().collect::<Vec<_>>()
                        })
                    });
                    view! {
                        <Show when=move || found.with(|found| !found.is_empty()) fallback=move || view! {
                            <Empty icon=Icon::Phone title=say!(i18n, shell.number_none) text=say!(i18n, whatsapp_profiles.choose_none) />
                        }>
                            <ul class="number-choices">
                                <For each=move || found.get() key=|number| (number.id, number.name.clone()) children=move |number| {
                                    let id = number.id;
                                    view! {
                                        <li>
                                            <span class="clip"><span class="strong">{number.name.clone()}</span><br /><small class="muted numeric">{number.phone}</small></span>
                                            <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                                                {t!(i18n, whatsapp_profiles.choose_one)}<span class="visually-hidden">" "{number.name}</span>
                                            </Button>
                                        </li>
                                    }
                                } />
                            </ul>
                        </Show>
                    }.into_any()
                }) />
            </div>
        </section>
    }
}

//! A page about one number, and none is chosen: the way to choose one.

use super::Numbers;
use crate::{
    api::{self, Query},
    i18n::{t, use_i18n},
    realtime::reload_on,
    remote::Remote,
    ui::{
        button::Button,
        debounced::debounced,
        field::SearchField,
        icon::Icon,
        more::More,
        state::{Empty, Loaded},
    },
};
use leptos::prelude::*;
use types::{
    Page, PageQuery,
    audit_log::AuditSubject,
    numbers::{self, Number, NumberFilter},
};

#[component]
pub fn Choose(
    /// What is of one number on this page.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let search = RwSignal::new(String::new());
    let wanted = debounced(search);
    let filter = move || NumberFilter {
        q: Some(wanted.get()).filter(|wanted| !wanted.is_empty()),
        group_id: None,
        troubled: None,
    };
    let remote = Remote::new(move || api::ask(numbers::LIST_NUMBERS, &[], Query::of(&filter())));
    let more = move |page: PageQuery| api::ask(numbers::LIST_NUMBERS, &[], Query::of(&untrack(filter)).and(&page));
    reload_on(&[AuditSubject::Number], remote);
    view! {
        <section class="card" aria-labelledby="choose-number">
            <div class="card-head">
                <div><h2 id="choose-number">{t!(i18n, shell.number_choose_one)}</h2><p>{text}</p></div>
            </div>
            <div class="card-body">
                <SearchField label=say!(i18n, shell.number_search) value=search />
                <Loaded remote children=Callback::new(move |(page,): (Signal<Page<Number>>,)| view! {
                    <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                        <Empty icon=Icon::Phone title=say!(i18n, shell.number_none) text=say!(i18n, shell.number_choose_none) />
                    }>
                        <ul class="number-choices">
                            <For each=move || page.get().items key=|number| (number.id, number.name.clone()) children=|number| view! { <One number /> } />
                        </ul>
                    </Show>
                }.into_any()) />
                <More remote ask=more />
            </div>
        </section>
    }
}

#[component]
fn One(number: Number) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let id = number.id;
    view! {
        <li>
            <span class="clip"><span class="strong">{number.name.clone()}</span><br /><small class="muted numeric">{number.phone}</small></span>
            <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                {t!(i18n, shell.number_choose_button)}<span class="visually-hidden">" "{number.name}</span>
            </Button>
        </li>
    }
}

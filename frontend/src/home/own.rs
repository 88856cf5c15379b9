//! One's own numbers, where they are few enough to be shown; the others are on their own page.

use crate::{
    api::{self, Query},
    i18n::{t, use_i18n},
    realtime::reload_on,
    remote::Remote,
    routes,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        icon::Icon,
        state::{Empty, Loaded},
        table::TableBox,
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use types::{
    Page, PageQuery, Permission,
    audit_log::AuditSubject,
    numbers::{self, Number},
};

/// Numbers that are still a short list.
const FEW: u64 = 10;

#[component]
pub fn Own() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let few = PageQuery { limit: Some(FEW), cursor: None };
    let own = Remote::new(move || api::ask(numbers::LIST_NUMBERS, &[], Query::of(&few)));
    reload_on(&[AuditSubject::Number], own);
    view! {
        <section class="card" aria-labelledby="home-numbers">
            <div class="card-head">
                <div><h2 id="home-numbers">{t!(i18n, home.numbers)}</h2><p class="small">{t!(i18n, home.numbers_sentence)}</p></div>
                <Show when=move || session.can(Permission::ViewNumbers)>
                    <A href=routes::NUMBERS attr:class="button secondary">{t!(i18n, home.see_all_numbers)}</A>
                </Show>
            </div>
            <Loaded remote=own lines=3 children=Callback::new(move |(page,): (Signal<Page<Number>>,)| view! {
                <Show when=move || page.with(|page| !page.items.is_empty()) fallback=move || view! {
                    <Empty icon=Icon::Phone title=say!(i18n, home.numbers_empty) text=say!(i18n, home.numbers_empty_text) />
                }>
                    <Show when=move || page.with(|page| page.next_cursor.is_none()) fallback=move || view! {
                        <p class="card-body muted">{t!(i18n, home.numbers_many)}</p>
                    }><Table page /></Show>
                </Show>
            }.into_any()) />
        </section>
    }
}

#[component]
fn Table(page: Signal<Page<Number>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TableBox label=say!(i18n, home.numbers)>
            <thead><tr>
                <th scope="col">{t!(i18n, home.number_name)}</th>
                <th scope="col">{t!(i18n, home.number_phone)}</th>
                <th scope="col" class="figure">{t!(i18n, home.number_rate)}</th>
                <th scope="col"><span class="visually-hidden">{t!(i18n, home.number_choose)}</span></th>
            </tr></thead>
            <tbody>
                <For each=move || page.with(|page| page.items.clone()) key=|number| format!("{number:?}")
                    children=|number| view! { <Row number /> } />
            </tbody>
        </TableBox>
    }
}

#[component]
fn Row(number: Number) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let id = number.id;
    let name = StoredValue::new(number.name.clone());
    view! {
        <tr>
            <td class="strong">{number.name}</td>
            <td class="numeric nowrap">{number.phone}</td>
            <td class="figure">{number.throughput}</td>
            <td class="figure">
                <Show when=move || numbers.chosen.get() == Some(id) fallback=move || view! {
                    <Button small=true on:click=move |_| numbers.chosen.set(Some(id))>
                        {t!(i18n, home.number_choose)}<span class="visually-hidden">{name.get_value()}</span>
                    </Button>
                }>
                    <span class="badge accent">{t!(i18n, home.number_chosen)}</span>
                </Show>
            </td>
        </tr>
    }
}

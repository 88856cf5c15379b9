//! Comience aquí: what a number, or the organization, still needs (S4).

mod list;
pub mod model;
mod one;
mod organization;

use crate::{i18n::use_i18n, shell::numbers::Numbers, ui::page::PageHead};
use leptos::prelude::*;
use list::List;
use one::One;

#[component]
pub fn GettingStarted() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let chosen = Memo::new(move |_| numbers.chosen.get());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, getting_started.title) sentence=say!(i18n, getting_started.sentence) />
            {move || match chosen.get() {
                Some(id) => view! { <One id /> }.into_any(),
                None => view! { <List /> }.into_any(),
            }}
        </div>
    }
}

//! Verificación del número: account, number, code, PIN (S7).

mod ask;
mod check;
mod digits;
mod list;
pub mod model;
mod one;
mod register;

use crate::{
    i18n::{t, t_string, use_i18n},
    shell::numbers::Numbers,
    ui::page::PageHead,
};
use leptos::prelude::*;
use list::List;
use model::Step;
use one::One;

#[component]
pub fn Verifications() -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let step = RwSignal::new(Step::Number);
    let chosen = Memo::new(move |_| numbers.chosen.get());
    view! {
        <div class="page">
            <PageHead title=say!(i18n, verifications.title) sentence=say!(i18n, verifications.sentence) />
            <Steps step />
            // The number is the one all pages follow, so that it is in the address and in the header.
            {move || match chosen.get() {
                Some(id) => view! { <One id step /> }.into_any(),
                None => view! { <List step /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Steps(step: RwSignal<Step>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |own: Step| match own {
        Step::Number => t_string!(i18n, verifications.step_number),
        Step::Ask => t_string!(i18n, verifications.step_ask),
        Step::Check => t_string!(i18n, verifications.step_check),
        Step::Register => t_string!(i18n, verifications.step_register),
        Step::Done => t_string!(i18n, verifications.step_done),
    };
    view! {
        <ol class="steps" aria-label=move || t_string!(i18n, verifications.steps)>
            {Step::ALL.into_iter().enumerate().map(|(at, own)| view! {
                <li aria-current=move || (step.get() == own).then_some("step") class:past=move || own < step.get()>
                    <span class="step-number" aria-hidden="true">{at + 1}</span>
                    <span>{move || words(own)}</span>
                    <Show when=move || own < step.get()><span class="visually-hidden">{t!(i18n, verifications.step_past)}</span></Show>
                </li>
            }).collect_view()}
        </ol>
    }
}

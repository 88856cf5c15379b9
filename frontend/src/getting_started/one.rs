//! The ordered steps of one number.

use super::model::{self, State};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, use_i18n},
    realtime::use_events,
    remote::Remote,
    session::Session,
    shell::numbers::Numbers,
    ui::{
        button::Button,
        icon::Icon,
        state::{Loaded, Tone},
    },
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;
use types::{
    NumberId,
    events::Event,
    getting_started::{self, GettingStarted, StartStep},
};

/// Messages come in bursts too, and the first of them is a step.
const BURST: Duration = Duration::from_millis(1500);

#[component]
pub fn One(id: NumberId) -> impl IntoView {
    let i18n = use_i18n();
    let numbers = Numbers::use_here();
    let remote = Remote::new(move || api::ask(getting_started::GET_GETTING_STARTED, &[&id], Query::none()));
    use_events(move |event| match event {
        Event::MessageChanged { number_id, .. } if *number_id == id => remote.reload_soon(BURST),
        Event::AbsenceChanged { number_id, .. } if *number_id == id => remote.reload_soon(BURST),
        Event::ListChanged { .. } | Event::NumberImportChanged { .. } => remote.reload_soon(BURST),
        Event::Reset => remote.reload(),
        Event::MessageChanged { .. }
        | Event::AbsenceChanged { .. }
        | Event::OffHoursContactsChanged { .. }
        | Event::TicketChanged { .. }
        | Event::CampaignChanged { .. }
        | Event::AccessChanged => {}
    });
    view! {
        <section class="card" aria-labelledby="start-number">
            <Loaded remote lines=12 children=Callback::new(move |(start,): (Signal<GettingStarted>,)| {
                let done = Memo::new(move |_| start.with(model::progress));
                view! {
                    <div class="card-head">
                        <div>
                            <h2 id="start-number">{move || start.with(|start| start.number.name.clone())}</h2>
                            <p class="small numeric">{move || start.with(|start| start.number.phone.clone())}</p>
                        </div>
                        <Button icon=Icon::Back on:click=move |_| numbers.chosen.set(None)>{t!(i18n, getting_started.all_numbers)}</Button>
                    </div>
                    <div class="card-body">
                        <div class="start-progress">
                            <p class="strong numeric">{move || t_string!(i18n, getting_started.progress, done = done.get().0, total = done.get().1)}</p>
                            <progress max=move || done.get().1.max(1) prop:value=move || done.get().0.to_string()
                                aria-label=move || t_string!(i18n, getting_started.progress_label)></progress>
                        </div>
                        <Show when=move || start.with(|start| start.ready)>
                            <div class="notice success" role="status">{Icon::Check.draw()}<p class="notice-text">{t!(i18n, getting_started.ready)}</p></div>
                        </Show>
                        <ol class="start-steps">
                            <For each=move || start.with(model::states).into_iter().enumerate() key=|(_, step)| (step.0, step.1 == State::Done, step.1 == State::Next)
                                children=move |(at, (step, state))| view! { <Step id at step state /> } />
                        </ol>
                    </div>
                }.into_any()
            }) />
        </section>
    }
}

#[component]
fn Step(id: NumberId, at: usize, step: StartStep, state: State) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let (address, permission) = (model::address(step, id), model::permission(step));
    let link = move || {
        session.can(permission).then(|| {
            let class = if state == State::Next { "button primary small" } else { "button secondary small" };
            view! {
                <A href=address.clone() attr:class=class>
                    {move || model::place_words(i18n.get_locale(), step)}
                    <span class="visually-hidden">": "{move || model::title(i18n.get_locale(), step)}</span>
                </A>
            }
        })
    };
    view! {
        <li class="start-step" class:done=state == State::Done aria-current=(state == State::Next).then_some("step")>
            <Mark at state />
            <div class="start-step-text">
                <h3>{move || model::title(i18n.get_locale(), step)}" "<StateBadge state /></h3>
                <p class="muted">{move || model::sentence(i18n.get_locale(), step)}</p>
            </div>
            {link}
        </li>
    }
}

/// A tick, or the number of the step.
#[component]
pub fn Mark(at: usize, state: State) -> impl IntoView {
    view! {
        <span class="step-number" aria-hidden="true">
            {if state == State::Done { Icon::Check.draw().into_any() } else { (at + 1).to_string().into_any() }}
        </span>
    }
}

#[component]
pub fn StateBadge(state: State) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match state {
        State::Done => Tone::Success,
        State::Next => Tone::Accent,
        State::Missing => Tone::Plain,
    };
    view! { <span class=format!("badge {}", tone.class())>{move || model::state_words(i18n.get_locale(), state)}</span> }
}

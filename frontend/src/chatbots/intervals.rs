//! The intervals of a day: up to three, from and to.

use super::{controls::Faulty, editing::Part, typed_text};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        button::{Button, IconButton},
        field::fresh_id,
        icon::Icon,
    },
};
use leptos::prelude::*;
use types::chatbots::{INTERVALS_MAX, Interval, TimeOfDay};

#[component]
pub fn Intervals(
    /// Of what day, for the names of the controls.
    name: Signal<String>,
    part: Part<Vec<Interval>>,
    #[prop(into)] pointer: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| part.value.with(Vec::len));
    let whole = pointer.clone();
    let next = Memo::new(move |_| part.value.with(|all| typed_text::next_interval(all)));
    let full = Signal::derive(move || count.get() >= INTERVALS_MAX || next.with(Option::is_none));
    let add = move |_| {
        if let Some(interval) = next.get_untracked() {
            let mut all = part.value.get_untracked();
            all.push(interval);
            part.set(all);
        }
    };
    view! {
        <div class="bot-intervals" data-pointer=pointer.clone() tabindex="-1">
            <Show when=move || count.get() == 0><p class="muted">{t!(i18n, chatbots.closed)}</p></Show>
            <For each=move || 0..count.get() key=|at| *at children=move |at| view! { <One name part at /> } />
            <Button small=true icon=Icon::Plus disabled=full on:click=add>
                {t!(i18n, chatbots.add_interval)}<span class="visually-hidden">{move || format!(": {}", name.get())}</span>
            </Button>
            <Faulty pointer=whole within=true />
        </div>
    }
}

#[component]
fn One(name: Signal<String>, part: Part<Vec<Interval>>, at: usize) -> impl IntoView {
    let i18n = use_i18n();
    let one = move || part.value.with(|all| all.get(at).copied());
    let from = Signal::derive(move || one().map(|interval| interval.from).unwrap_or_default());
    let to = Signal::derive(move || one().map(|interval| interval.to).unwrap_or_default());
    let change = move |change: &dyn Fn(&mut Interval)| {
        let mut all = part.value.get_untracked();
        if let Some(interval) = all.get_mut(at) {
            change(interval);
            part.set(all);
        }
    };
    let label = move |edge: &str| format!("{}, {} {}: {edge}", name.get(), t_string!(i18n, chatbots.interval), at + 1);
    let remove = Signal::derive(move || label(t_string!(i18n, ui.remove)));
    view! {
        <div class="bot-interval">
            <Time label=Signal::derive(move || label(t_string!(i18n, chatbots.from))) value=from
                on_change=Callback::new(move |time| change(&|interval| interval.from = time)) />
            <span aria-hidden="true">"–"</span>
            <Time label=Signal::derive(move || label(t_string!(i18n, chatbots.to))) value=to
                on_change=Callback::new(move |time| change(&|interval| interval.to = time)) />
            <IconButton icon=Icon::Trash small=true label=remove on:click=move |_| {
                let mut all = part.value.get_untracked();
                if at < all.len() {
                    all.remove(at);
                    part.set(all);
                }
            } />
        </div>
    }
}

/// A time from 00:00 to 24:00, which browsers' own control does not know. What is no time is put back, with a word on why.
#[component]
fn Time(label: Signal<String>, value: Signal<TimeOfDay>, on_change: Callback<TimeOfDay>) -> impl IntoView {
    let i18n = use_i18n();
    let below = fresh_id("time");
    let wrong = RwSignal::new(false);
    let shown = RwSignal::new(String::new());
    Effect::new(move || shown.set(value.get().to_string()));
    view! {
        <span class="bot-time">
            <input class="input numeric" type="text" inputmode="numeric" autocomplete="off" maxlength="5" aria-label=label prop:value=shown
                aria-invalid=move || wrong.get().then_some("true") aria-describedby=below.clone()
                on:change:target=move |event| {
                    let typed = event.target().value();
                    let time = typed_text::time(&typed);
                    wrong.set(time.is_none());
                    // The field may show other signs than it will: what is typed is taken over first.
                    shown.set(typed);
                    match time {
                        Some(time) => {
                            on_change.run(time);
                            shown.set(time.to_string());
                        }
                        None => shown.set(value.get_untracked().to_string()),
                    }
                } />
            <span id=below role="status">
                {move || wrong.get().then(|| view! { <span class="field-error">{t!(i18n, chatbots.no_time)}</span> })}
            </span>
        </span>
    }
}

//! "Probar": a phone in the page that writes to the chatbot as it would be if the settings were saved.

use super::{
    hours::weekday,
    simulation::{Simulation, World},
    talk::{LineView, moment},
    typed_text,
};
use crate::{
    clock,
    i18n::{t, t_string, use_i18n},
    ui::{
        button::{Button, IconButton, Kind},
        icon::Icon,
    },
};
use chrono::TimeDelta;
use leptos::{html, prelude::*};
use types::messages::{Choice, TEXT_MAX};

/// The conversation on the phone.
#[derive(Clone, Copy)]
pub struct Phone {
    world: Signal<World>,
    played: RwSignal<Simulation>,
    /// Counts the conversations, so that a new one shows nothing of the one before.
    turn: RwSignal<u32>,
    log: NodeRef<html::Div>,
}

impl Phone {
    pub fn new(world: Signal<World>) -> Self {
        Self {
            world,
            played: RwSignal::new(Simulation::new(clock::now())),
            turn: RwSignal::new(0),
            log: NodeRef::new(),
        }
    }

    fn play(self, act: impl FnOnce(&mut Simulation, &World)) {
        self.world.with_untracked(|world| self.played.update(|played| act(played, world)));
        let log = self.log;
        request_animation_frame(move || {
            if let Some(log) = log.try_get_untracked().flatten() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    }

    fn again(self) {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
        self.played.set(Simulation::new(clock::now()));
    }
}

#[component]
pub fn TryIt(phone: Phone) -> impl IntoView {
    let i18n = use_i18n();
    let world = phone.world;
    let lines = move || {
        let turn = phone.turn.get();
        phone.played.with(|played| {
            played.lines.iter().cloned().enumerate().map(|(at, line)| (turn, at, line)).collect::<Vec<_>>()
        })
    };
    let tap = Callback::new(move |choice: Choice| phone.play(|played, world| played.taps(world, &choice)));
    let now = move || {
        let at = phone.played.with(|played| played.now);
        world.with(|world| {
            let zone = world.settings.time_zone.name().replace('_', " ");
            format!("{} ({zone})", moment(i18n.get_locale(), world, at))
        })
    };
    view! {
        <div class="wa-phone">
            <div class="wa-phone-head">
                <p class="small"><span class="muted">{t!(i18n, chatbots.now)}" "</span><span class="numeric">{now}</span></p>
                <IconButton icon=Icon::Refresh small=true label=say!(i18n, chatbots.start_again) on:click=move |_| phone.again() />
            </div>
            <div node_ref=phone.log class="wa-talk" role="log" aria-live="polite" tabindex="0" aria-label=move || t_string!(i18n, chatbots.conversation)>
                <Show when=move || phone.played.with(|played| played.lines.is_empty())>
                    <p class="muted wa-none">{t!(i18n, chatbots.phone_empty)}</p>
                </Show>
                <ol>
                    <For each=lines key=|(turn, at, _)| (*turn, *at) children=move |(_, _, line)| view! { <LineView line world on_tap=Some(tap) /> } />
                </ol>
            </div>
            <Write phone />
        </div>
        <Agent phone />
        <Clock phone />
        <p class="field-hint">{t!(i18n, chatbots.phone_hint)}</p>
    }
}

#[component]
fn Write(phone: Phone) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    view! {
        <form class="wa-write" on:submit=move |event| {
            event.prevent_default();
            let written = text.with_untracked(|text| text.trim().to_owned());
            if !written.is_empty() {
                text.set(String::new());
                phone.play(|played, world| played.writes(world, &written));
            }
        }>
            <input class="input" type="text" autocomplete="off" maxlength=TEXT_MAX.to_string() prop:value=text
                aria-label=move || t_string!(i18n, chatbots.write_as_contact) placeholder=move || t_string!(i18n, chatbots.write_as_contact)
                on:input:target=move |event| text.set(event.target().value()) />
            <button type="submit" class="button primary icon-only" aria-label=move || t_string!(i18n, chatbots.send)>{Icon::Send.draw()}</button>
        </form>
    }
}

/// What the agent can do while there is a ticket.
#[component]
fn Agent(phone: Phone) -> impl IntoView {
    let i18n = use_i18n();
    let none = Signal::derive(move || phone.played.with(|played| played.ticket.is_none()));
    let answer = move |_| {
        let words = t_string!(i18n, chatbots.agent_says);
        phone.play(|played, world| played.agent_writes(world, words));
    };
    view! {
        <div class="row" role="group" aria-label=move || t_string!(i18n, chatbots.agent)>
            <Button small=true disabled=none on:click=answer>{t!(i18n, chatbots.agent_answers)}</Button>
            <Button small=true disabled=none on:click=move |_| phone.play(Simulation::agent_closes)>{t!(i18n, chatbots.agent_closes)}</Button>
        </div>
    }
}

/// Lets time pass: a while, or until a weekday and an hour.
#[component]
fn Clock(phone: Phone) -> impl IntoView {
    let i18n = use_i18n();
    let (today, _) = phone.world.with_untracked(|world| phone.played.with_untracked(|played| world.wall(played.now)));
    let day = RwSignal::new(today);
    let time = RwSignal::new("22:00".to_owned());
    let pass = move |hours: i64| {
        phone.play(|played, world| {
            if let Some(to) = played.now.checked_add_signed(TimeDelta::hours(hours)) {
                played.passes_until(world, to);
            }
        });
    };
    // 24:00 is the beginning of another day: here it is no time to write at.
    let minutes = Memo::new(move |_| {
        time.with(|time| typed_text::time(time))
            .map(|time| u32::from(time.minutes()))
            .filter(|minutes| *minutes < 24 * 60)
    });
    let go = move |_| {
        let (Some(minutes), Ok(day)) = (minutes.get_untracked(), u32::try_from(day.get_untracked())) else { return };
        phone.play(|played, world| {
            if let Some(to) = world.next(played.now, day, minutes) {
                played.passes_until(world, to);
            }
        });
    };
    view! {
        <fieldset class="wa-clock">
            <legend class="strong">{t!(i18n, chatbots.time_passes)}</legend>
            <div class="row">
                <Button small=true on:click=move |_| pass(1)>{t!(i18n, chatbots.one_hour)}</Button>
                <Button small=true on:click=move |_| pass(24)>{t!(i18n, chatbots.one_day)}</Button>
            </div>
            <div class="row">
                <select class="input" aria-label=move || t_string!(i18n, chatbots.day)
                    on:change:target=move |event| day.set(event.target().value().parse().unwrap_or(0))>
                    {(0..7_usize).map(|at| {
                        let chosen = Signal::derive(move || day.get() == at);
                        view! { <option value=at.to_string() selected=chosen prop:selected=chosen>{move || weekday(i18n.get_locale(), at)}</option> }
                    }).collect_view()}
                </select>
                <input class="input numeric" type="time" aria-label=move || t_string!(i18n, chatbots.hour) prop:value=time
                    on:input:target=move |event| time.set(event.target().value()) />
                <Button kind=Kind::Secondary small=true disabled=Signal::derive(move || minutes.with(Option::is_none)) on:click=go>{t!(i18n, chatbots.go_to_moment)}</Button>
            </div>
        </fieldset>
    }
}

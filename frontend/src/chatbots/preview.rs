//! The live preview: what the settings of the open tab make of a conversation.

use super::{
    model::BotTab,
    scenes::{self, When},
    simulation::World,
    talk::{LineView, moment},
};
use crate::{
    clock,
    i18n::{Locale, t, t_string, td_string, use_i18n},
};
use leptos::prelude::*;

#[component]
pub fn Preview(tab: RwSignal<BotTab>, world: Signal<World>) -> impl IntoView {
    let i18n = use_i18n();
    let now = clock::now();
    let played = Memo::new(move |_| {
        let hello = t_string!(i18n, chatbots.hello);
        let tab = tab.get();
        world.with(|world| scenes::scenes(world, tab, now, hello))
    });
    view! {
        <div class="wa-talk" tabindex="0" role="region" aria-label=move || t_string!(i18n, chatbots.preview)>
            {move || played.get().into_iter().map(|scene| {
                let begins = scene.lines.first().map(|line| line.at);
                let when = scene.when;
                view! {
                    <section class="wa-scene">
                        <h3>
                            {move || when_words(i18n.get_locale(), when)}
                            {begins.map(|at| view! { <span class="muted small">{move || world.with(|world| moment(i18n.get_locale(), world, at))}</span> })}
                        </h3>
                        <ol>{scene.lines.into_iter().map(|line| view! { <LineView line world on_tap=None /> }).collect_view()}</ol>
                    </section>
                }
            }).collect_view()}
        </div>
        <p class="field-hint">{t!(i18n, chatbots.preview_hint)}</p>
    }
}

fn when_words(locale: Locale, when: When) -> &'static str {
    match when {
        When::FirstContact => td_string!(locale, chatbots.when_first_contact),
        When::Returns => td_string!(locale, chatbots.when_returns),
        When::AfterAttendance => td_string!(locale, chatbots.when_after_attendance),
        When::AsksQuestion => td_string!(locale, chatbots.when_asks_question),
        When::ChoosesQueue => td_string!(locale, chatbots.when_chooses_queue),
        When::EntersAttendance => td_string!(locale, chatbots.when_enters_attendance),
        When::Absent => td_string!(locale, chatbots.when_absent),
        When::Open => td_string!(locale, chatbots.when_open),
        When::Closed => td_string!(locale, chatbots.when_closed),
        When::NextOpening => td_string!(locale, chatbots.when_next_opening),
    }
}

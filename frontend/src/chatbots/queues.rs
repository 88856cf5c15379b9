//! Tab "Filas de atención": the default queue, and the attendance centre with queues of one's own.

use super::{
    agents::AgentTags,
    controls::{Faulty, Line, Section, Toggle},
    editing::Editing,
    rows::RowTools,
    words_box::{Standard, WordsBox, offering},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{button::Button, icon::Icon},
};
use leptos::prelude::*;
use types::{
    chatbots::{ChatbotSettings, INTERACTIVE_MAX, LABEL_MAX, OwnQueue, QUEUES_MAX},
    settings_changes::SettingsField as F,
};

#[component]
pub fn QueuesTab() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let agents = editing.part(
        F::DefaultQueueAgents,
        |settings| settings.queues.default_agents.clone(),
        |settings, agents| settings.queues.default_agents = agents,
    );
    let name = Signal::derive(move || editing.about.with(|about| about.default_queue().to_owned()));
    view! {
        <Section field=F::DefaultQueueAgents title=say!(i18n, chatbots.default_queue) hint=say!(i18n, chatbots.default_queue_hint)>
            <p class="row"><span class="strong">{name}</span><span class="badge">{t!(i18n, chatbots.default_queue_fixed)}</span></p>
            <AgentTags label=say!(i18n, chatbots.queue_agents) part=agents pointer="/queues/default_agents" />
        </Section>
        <Section field=F::AttendanceCentre title=say!(i18n, chatbots.field_attendance_centre) hint=say!(i18n, chatbots.centre_hint)>
            <Centre />
        </Section>
    }
}

#[component]
fn Centre() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(
        F::AttendanceCentre,
        |settings| settings.queues.centre_on,
        |settings, on| settings.queues.centre_on = on,
    );
    let prompt = editing.part(
        F::AttendanceCentre,
        |settings| settings.queues.prompt.clone(),
        |settings, prompt| settings.queues.prompt = prompt,
    );
    let standard = |settings: &ChatbotSettings| settings.queues.prompt.clone();
    let count = Memo::new(move |_| editing.settings.with(|settings| settings.queues.own.len()));
    let full = Signal::derive(move || count.get() >= QUEUES_MAX);
    view! {
        <Toggle label=say!(i18n, chatbots.centre_on) part=offering(editing, on, prompt, standard) pointer="/queues/centre_on" />
        <WordsBox label=say!(i18n, chatbots.queue_prompt) part=prompt pointer="/queues/prompt" max=INTERACTIVE_MAX
            standard=Standard::new(standard) />
        <Faulty pointer="/queues/own" />
        <ol class="bot-rows" aria-label=move || t_string!(i18n, chatbots.own_queues)>
            <For each=move || 0..count.get() key=|at| *at children=move |at| view! { <Queue at count /> } />
        </ol>
        <div class="row">
            <Button icon=Icon::Plus disabled=full
                on:click=move |_| editing.change(F::AttendanceCentre, |settings| settings.queues.own.push(OwnQueue::default()))>
                {t!(i18n, chatbots.add_queue)}
            </Button>
            <span class="muted small numeric">{move || t_string!(i18n, chatbots.of_max, count = count.get(), max = QUEUES_MAX)}</span>
        </div>
    }
}

#[component]
fn Queue(at: usize, count: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let name = editing.part(
        F::AttendanceCentre,
        move |settings| settings.queues.own.get(at).map(|queue| queue.name.clone()).unwrap_or_default(),
        move |settings, name| {
            if let Some(queue) = settings.queues.own.get_mut(at) {
                queue.name = name;
            }
        },
    );
    let agents = editing.part(
        F::AttendanceCentre,
        move |settings| settings.queues.own.get(at).map(|queue| queue.agents.clone()).unwrap_or_default(),
        move |settings, agents| {
            if let Some(queue) = settings.queues.own.get_mut(at) {
                queue.agents = agents;
            }
        },
    );
    let heading = Signal::derive(move || t_string!(i18n, chatbots.queue_number, number = at + 1).to_string());
    let pointer = format!("/queues/own/{at}");
    view! {
        <li class="bot-row" data-pointer=pointer.clone() tabindex="-1">
            <div class="bot-row-head">
                <h3>{heading}</h3>
                <RowTools name=heading at count
                    on_move=Callback::new(move |to: usize| editing.change(F::AttendanceCentre, |settings| settings.queues.own.swap(at, to)))
                    on_remove=Callback::new(move |()| editing.change(F::AttendanceCentre, |settings| {
                        settings.queues.own.remove(at);
                    })) />
            </div>
            <Faulty pointer=pointer.clone() />
            <Line label=say!(i18n, chatbots.queue_name) part=name pointer=format!("{pointer}/name") max=LABEL_MAX />
            <AgentTags label=say!(i18n, chatbots.queue_agents) part=agents pointer=format!("{pointer}/agents") />
        </li>
    }
}

//! Tab "Flujo de conversación": greetings and the survey.

use super::{
    controls::{Figure, Pick, Section, Toggle},
    editing::{Editing, Part},
    model,
    words_box::{ShownWords, Standard, SwitchedWords, WordsBox, offering},
};
use crate::i18n::{t, t_string, use_i18n};
use leptos::prelude::*;
use types::{
    chatbots::{ChatbotSettings, INACTIVITY_MINUTES, INTERACTIVE_MAX, SURVEY_EVERY, SurveyFrequency, SurveyKind},
    messages::TEXT_MAX,
    settings_changes::SettingsField as F,
};

#[component]
pub fn FlowTab() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Section field=F::FirstGreeting title=say!(i18n, chatbots.field_first_greeting) hint=say!(i18n, chatbots.first_greeting_hint)>
            <SwitchedWords field=F::FirstGreeting switch=say!(i18n, chatbots.first_greeting_on) label=say!(i18n, chatbots.message)
                read=|settings| &settings.conversation_flow.first_greeting
                write=|settings| &mut settings.conversation_flow.first_greeting
                pointer="/conversation_flow/first_greeting" max=TEXT_MAX />
        </Section>
        <Section field=F::ReturnGreeting title=say!(i18n, chatbots.field_return_greeting) hint=say!(i18n, chatbots.return_greeting_hint)>
            <ReturnGreeting />
        </Section>
        <Section field=F::Survey title=say!(i18n, chatbots.field_survey) hint=say!(i18n, chatbots.survey_hint)>
            <Survey />
        </Section>
    }
}

#[component]
fn ReturnGreeting() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(
        F::ReturnGreeting,
        |settings| settings.conversation_flow.return_greeting.on,
        |settings, on| settings.conversation_flow.return_greeting.on = on,
    );
    let text = editing.part(
        F::ReturnGreeting,
        |settings| settings.conversation_flow.return_greeting.text.clone(),
        |settings, text| settings.conversation_flow.return_greeting.text = text,
    );
    let standard = |settings: &ChatbotSettings| settings.conversation_flow.return_greeting.text.clone();
    view! {
        <Toggle label=say!(i18n, chatbots.return_greeting_on) part=offering(editing, on, text, standard)
            pointer="/conversation_flow/return_greeting" />
        <ShownWords shown=on.value label=say!(i18n, chatbots.message) text pointer="/conversation_flow/return_greeting/text".to_owned()
            max=TEXT_MAX.into() standard=Standard::new(standard) />
        <Inactivity />
    }
}

/// After how much silence a message begins a new conversation, in the unit that reads best.
#[component]
fn Inactivity() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let minutes = editing.part(
        F::ReturnGreeting,
        |settings| settings.conversation_flow.return_greeting.inactivity_minutes,
        |settings, minutes| settings.conversation_flow.return_greeting.inactivity_minutes = minutes,
    );
    let unit = RwSignal::new(model::unit_of(minutes.value.get_untracked()));
    // What comes from elsewhere may not be a whole number of the unit.
    Effect::new(move || {
        if !minutes.get().is_multiple_of(unit.get_untracked()) {
            unit.set(model::unit_of(minutes.value.get_untracked()));
        }
    });
    let count = Part::of(Signal::derive(move || minutes.get() / unit.get()), move |count: u32| {
        minutes.set(count.saturating_mul(unit.get_untracked()));
    });
    let chosen = Part::of(Signal::derive(move || unit.get().to_string()), move |chosen: String| {
        let count = minutes.value.get_untracked() / unit.get_untracked();
        unit.set(chosen.parse().unwrap_or(model::HOUR));
        minutes.set(count.saturating_mul(unit.get_untracked()));
    });
    let units = Signal::derive(move || {
        let mut units = vec![
            (model::HOUR.to_string(), t_string!(i18n, chatbots.hours).to_owned()),
            (model::DAY.to_string(), t_string!(i18n, chatbots.days).to_owned()),
        ];
        if unit.get() == 1 {
            units.insert(0, ("1".to_owned(), t_string!(i18n, chatbots.minutes).to_owned()));
        }
        units
    });
    let max = Signal::derive(move || INACTIVITY_MINUTES.end() / unit.get());
    view! {
        <div class="two">
            <Figure label=say!(i18n, chatbots.inactivity) part=count min=1 max
                pointer="/conversation_flow/return_greeting/inactivity_minutes" />
            <Pick label=say!(i18n, chatbots.inactivity_unit) part=chosen choices=units pointer="/conversation_flow/return_greeting/unit" />
        </div>
        <p class="field-hint">{t!(i18n, chatbots.inactivity_hint)}</p>
    }
}

#[component]
fn Survey() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let kind = editing.part(
        F::Survey,
        |settings| settings.conversation_flow.survey.kind.to_string(),
        |settings, kind| settings.conversation_flow.survey.kind = kind.parse().unwrap_or_default(),
    );
    let question = editing.part(
        F::Survey,
        |settings| settings.conversation_flow.survey.question.clone(),
        |settings, question| settings.conversation_flow.survey.question = question,
    );
    let kinds = Signal::derive(move || {
        vec![
            (SurveyKind::None.to_string(), t_string!(i18n, chatbots.survey_none).to_owned()),
            (SurveyKind::Csat.to_string(), t_string!(i18n, chatbots.survey_csat).to_owned()),
            (SurveyKind::Nps.to_string(), t_string!(i18n, chatbots.survey_nps).to_owned()),
        ]
    });
    let is = Memo::new(move |_| editing.settings.with(|settings| settings.conversation_flow.survey.kind));
    let standard = move |_: &ChatbotSettings| {
        domain::chatbots::survey_question(editing.about.with(|about| about.language), is.get()).to_owned()
    };
    // A survey begins with a question, so its kind's own is offered with it.
    let choose = Part::of(kind.value, move |chosen: String| {
        let language = editing.about.with_untracked(|about| about.language);
        let offered = question
            .value
            .with_untracked(|question| model::question_of(chosen.parse().unwrap_or_default(), question, language));
        if let Some(offered) = offered {
            question.set(offered.to_owned());
        }
        kind.set(chosen);
    });
    let wrong = editing.fault_within("/conversation_flow/survey");
    let asked = Memo::new(move |_| {
        kind.value.with(|kind| *kind != SurveyKind::None.to_string()) || wrong.with(Option::is_some)
    });
    view! {
        <Pick label=say!(i18n, chatbots.survey_kind) part=choose choices=kinds pointer="/conversation_flow/survey/kind" />
        <Show when=move || asked.get()>
            <SwitchedWords field=F::Survey switch=say!(i18n, chatbots.invitation_on) label=say!(i18n, chatbots.invitation)
                hint=say!(i18n, chatbots.invitation_hint)
                read=|settings| &settings.conversation_flow.survey.invitation
                write=|settings| &mut settings.conversation_flow.survey.invitation
                pointer="/conversation_flow/survey/invitation" max=INTERACTIVE_MAX />
            <WordsBox label=say!(i18n, chatbots.survey_question) part=question pointer="/conversation_flow/survey/question"
                max=Signal::derive(move || model::question_max(is.get())) standard=Standard::new(standard) hint=say!(i18n, chatbots.survey_question_hint) />
            <SwitchedWords field=F::Survey switch=say!(i18n, chatbots.thanks_on) label=say!(i18n, chatbots.thanks)
                read=|settings| &settings.conversation_flow.survey.thanks
                write=|settings| &mut settings.conversation_flow.survey.thanks
                pointer="/conversation_flow/survey/thanks" max=TEXT_MAX />
            <Frequency />
        </Show>
    }
}

#[component]
fn Frequency() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let every = editing.part(
        F::Survey,
        |settings| model::every(settings.conversation_flow.survey.frequency).to_owned(),
        |settings, every: String| {
            let frequency = &mut settings.conversation_flow.survey.frequency;
            *frequency = model::frequency(&every, model::times(*frequency).unwrap_or(7));
        },
    );
    let times = editing.part(
        F::Survey,
        |settings| model::times(settings.conversation_flow.survey.frequency).unwrap_or_default(),
        |settings, times| {
            let frequency = &mut settings.conversation_flow.survey.frequency;
            *frequency = model::frequency(model::every(*frequency), times);
        },
    );
    let choices = Signal::derive(move || {
        vec![
            ("attendance".to_owned(), t_string!(i18n, chatbots.every_attendance).to_owned()),
            ("days".to_owned(), t_string!(i18n, chatbots.every_days).to_owned()),
            ("attendances".to_owned(), t_string!(i18n, chatbots.every_attendances).to_owned()),
        ]
    });
    let counted = Memo::new(move |_| {
        editing.settings.with(|settings| settings.conversation_flow.survey.frequency != SurveyFrequency::Attendance)
    });
    let days = Memo::new(move |_| every.value.with(|every| every == "days"));
    let label = Signal::derive(move || {
        if days.get() { t_string!(i18n, chatbots.every_n_days) } else { t_string!(i18n, chatbots.every_n_attendances) }
            .to_owned()
    });
    view! {
        <div class="two">
            <Pick label=say!(i18n, chatbots.frequency) part=every choices pointer="/conversation_flow/survey/frequency/every"
                hint=say!(i18n, chatbots.frequency_hint) />
            <Show when=move || counted.get()>
                <Figure label part=times min=*SURVEY_EVERY.start() max=*SURVEY_EVERY.end()
                    pointer="/conversation_flow/survey/frequency" />
            </Show>
        </div>
    }
}

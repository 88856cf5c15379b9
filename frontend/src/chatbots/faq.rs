//! Tab "Preguntas frecuentes": a menu of questions with their answers.

use super::{
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
    chatbots::{
        BUTTON_MAX, ChatbotSettings, FAQ_QUESTION_MAX, FAQ_QUESTIONS_MAX, FaqQuestion, INTERACTIVE_MAX, LABEL_MAX,
    },
    messages::TEXT_MAX,
    settings_changes::SettingsField as F,
};

#[component]
pub fn FaqTab() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(F::Faq, |settings| settings.faq.on, |settings, on| settings.faq.on = on);
    let intro = editing.part(F::Faq, |settings| settings.faq.intro.clone(), |settings, text| settings.faq.intro = text);
    let standard = |settings: &ChatbotSettings| settings.faq.intro.clone();
    view! {
        <Section field=F::Faq title=say!(i18n, chatbots.field_faq) hint=say!(i18n, chatbots.faq_hint)>
            <Toggle label=say!(i18n, chatbots.faq_on) part=offering(editing, on, intro, standard) pointer="/faq" />
            <WordsBox label=say!(i18n, chatbots.faq_intro) part=intro pointer="/faq/intro" max=INTERACTIVE_MAX
                standard=Standard::new(standard) />
            <Questions />
            <AttendanceButton />
        </Section>
    }
}

#[component]
fn Questions() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let count = Memo::new(move |_| editing.settings.with(|settings| settings.faq.questions.len()));
    let full = Signal::derive(move || count.get() >= FAQ_QUESTIONS_MAX);
    view! {
        <Faulty pointer="/faq/questions" />
        <ol class="bot-rows" aria-label=move || t_string!(i18n, chatbots.questions)>
            <For each=move || 0..count.get() key=|at| *at children=move |at| view! { <Question at count /> } />
        </ol>
        <div class="row">
            <Button icon=Icon::Plus disabled=full
                on:click=move |_| editing.change(F::Faq, |settings| settings.faq.questions.push(FaqQuestion::default()))>
                {t!(i18n, chatbots.add_question)}
            </Button>
            <span class="muted small numeric">{move || t_string!(i18n, chatbots.of_max, count = count.get(), max = FAQ_QUESTIONS_MAX)}</span>
        </div>
    }
}

#[component]
fn Question(at: usize, count: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let part = move |read: fn(&FaqQuestion) -> &String, write: fn(&mut FaqQuestion) -> &mut String| {
        editing.part(
            F::Faq,
            move |settings| settings.faq.questions.get(at).map(|question| read(question).clone()).unwrap_or_default(),
            move |settings, text| {
                if let Some(question) = settings.faq.questions.get_mut(at) {
                    *write(question) = text;
                }
            },
        )
    };
    let question = part(|one| &one.question, |one| &mut one.question);
    let label = part(|one| &one.label, |one| &mut one.label);
    let answer = part(|one| &one.answer, |one| &mut one.answer);
    let name = Signal::derive(move || t_string!(i18n, chatbots.question_number, number = at + 1).to_string());
    let pointer = format!("/faq/questions/{at}");
    view! {
        <li class="bot-row" data-pointer=pointer.clone() tabindex="-1">
            <div class="bot-row-head">
                <h3>{name}</h3>
                <RowTools name at count
                    on_move=Callback::new(move |to: usize| editing.change(F::Faq, |settings| settings.faq.questions.swap(at, to)))
                    on_remove=Callback::new(move |()| editing.change(F::Faq, |settings| {
                        settings.faq.questions.remove(at);
                    })) />
            </div>
            <Faulty pointer=pointer.clone() />
            <div class="two">
                <Line label=say!(i18n, chatbots.question) part=question pointer=format!("{pointer}/question") max=FAQ_QUESTION_MAX />
                <Line label=say!(i18n, chatbots.label) part=label pointer=format!("{pointer}/label") max=LABEL_MAX
                    hint=say!(i18n, chatbots.label_hint) />
            </div>
            <WordsBox label=say!(i18n, chatbots.answer) part=answer pointer=format!("{pointer}/answer") max=TEXT_MAX
                standard=Standard::none() rows=3 />
        </li>
    }
}

#[component]
fn AttendanceButton() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let on = editing.part(
        F::Faq,
        |settings| settings.faq.attendance_button.on,
        |settings, on| settings.faq.attendance_button.on = on,
    );
    let label = editing.part(
        F::Faq,
        |settings| settings.faq.attendance_button.label.clone(),
        |settings, label| settings.faq.attendance_button.label = label,
    );
    let standard = |settings: &ChatbotSettings| settings.faq.attendance_button.label.clone();
    let wrong = editing.fault("/faq/attendance_button/label");
    let shown = Memo::new(move |_| on.get() || wrong.with(Option::is_some));
    view! {
        <Toggle label=say!(i18n, chatbots.attendance_button_on) hint=say!(i18n, chatbots.attendance_button_hint)
            part=offering(editing, on, label, standard) pointer="/faq/attendance_button" />
        <Show when=move || shown.get()>
            <Line label=say!(i18n, chatbots.attendance_button_label) part=label pointer="/faq/attendance_button/label" max=BUTTON_MAX />
        </Show>
    }
}

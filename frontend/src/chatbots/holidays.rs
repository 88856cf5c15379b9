//! Holidays: `DD/MM - Nombre`, Enter adds; each is closed or has hours of its own.

use super::{
    controls::{Below, Faulty},
    editing::Editing,
    intervals::Intervals,
    typed_text,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    language,
    ui::{
        button::{Button, IconButton},
        field::fresh_id,
        icon::Icon,
    },
};
use leptos::{ev, prelude::*};
use types::{
    FieldCode,
    chatbots::{HOLIDAY_NAME_MAX, HOLIDAYS_MAX},
    settings_changes::SettingsField as F,
    words,
};

#[component]
pub fn Holidays() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let count = Memo::new(move |_| editing.settings.with(|settings| settings.hours.holidays.len()));
    view! {
        <Add />
        <Faulty pointer="/hours/holidays" />
        <ul class="bot-rows" aria-label=move || t_string!(i18n, chatbots.field_holidays)>
            <For each=move || 0..count.get() key=|at| *at children=move |at| view! { <One at /> } />
        </ul>
        <Show when=move || count.get() == 0><p class="muted">{t!(i18n, chatbots.no_holidays)}</p></Show>
    }
}

#[component]
fn Add() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let id = fresh_id("holiday");
    let below = format!("{id}-below");
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<FieldCode>);
    let add = move || {
        let known = editing.settings.with_untracked(|settings| settings.hours.holidays.clone());
        match typed_text::with_holiday(known, &typed.get_untracked()) {
            Ok(holidays) => {
                editing.change(F::Holidays, |settings| settings.hours.holidays = holidays);
                typed.set(String::new());
                wrong.set(None);
            }
            Err(code) => wrong.set(Some(code)),
        }
    };
    let error = Signal::derive(move || {
        let language = language::of(i18n.get_locale());
        let code = wrong.get()?;
        // A day without a name, or nothing at all.
        if code == FieldCode::Required {
            return Some(t_string!(i18n, chatbots.holiday_form).to_owned());
        }
        let limit = if code == FieldCode::TooMany { HOLIDAYS_MAX } else { HOLIDAY_NAME_MAX };
        Some(words::field(code, i64::try_from(limit).ok(), language))
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{t!(i18n, chatbots.add_holiday)}</label>
            <div class="bot-add">
                <input class="input" id=id type="text" autocomplete="off" placeholder=move || t_string!(i18n, chatbots.holiday_example) prop:value=typed
                    aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=below.clone()
                    on:keydown=move |event: ev::KeyboardEvent| if event.key() == "Enter" {
                        event.prevent_default();
                        add();
                    }
                    on:input:target=move |event| {
                        typed.set(event.target().value());
                        wrong.set(None);
                    } />
                <Button icon=Icon::Plus on:click=move |_| add()>{t!(i18n, ui.add)}</Button>
            </div>
            <Below id=below hint=say!(i18n, chatbots.holiday_form).into() error />
        </div>
    }
}

#[component]
fn One(at: usize) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let name = Memo::new(move |_| {
        editing
            .settings
            .with(|settings| settings.hours.holidays.get(at).map(typed_text::holiday_words).unwrap_or_default())
    });
    let part = editing.part(
        F::Holidays,
        move |settings| settings.hours.holidays.get(at).map(|day| day.intervals.clone()).unwrap_or_default(),
        move |settings, intervals| {
            if let Some(day) = settings.hours.holidays.get_mut(at) {
                day.intervals = intervals;
            }
        },
    );
    let remove = Signal::derive(move || t_string!(i18n, chatbots.remove_named, name = name.get()).to_string());
    let pointer = format!("/hours/holidays/{at}");
    let whole = pointer.clone();
    view! {
        <li class="bot-row bot-holiday" data-pointer=pointer.clone() tabindex="-1">
            <div class="bot-row-head">
                <h3>{name}</h3>
                <IconButton icon=Icon::Trash small=true label=remove on:click=move |_| editing.change(F::Holidays, |settings| {
                    if at < settings.hours.holidays.len() {
                        settings.hours.holidays.remove(at);
                    }
                }) />
            </div>
            <Intervals name=name.into() part pointer=format!("{pointer}/intervals") />
            <Faulty pointer=format!("{pointer}/day") />
            <Faulty pointer=format!("{pointer}/month") />
            <Faulty pointer=format!("{pointer}/name") />
            <Faulty pointer=whole />
        </li>
    }
}

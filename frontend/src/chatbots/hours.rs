//! Tab "Horarios": when attendance is open, and what is said while it is not.

use super::{
    controls::{Faulty, Pick, Section, Toggle},
    copy_day::CopyDay,
    editing::Editing,
    holidays::Holidays,
    intervals::Intervals,
    words_box::SwitchedWords,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    intl,
};
use leptos::prelude::*;
use types::{
    chatbots::{ChatbotSettings, Interval},
    messages::TEXT_MAX,
    settings_changes::SettingsField as F,
};

/// A weekday's name.
pub fn weekday(locale: Locale, day: usize) -> &'static str {
    match day {
        0 => td_string!(locale, chatbots.monday),
        1 => td_string!(locale, chatbots.tuesday),
        2 => td_string!(locale, chatbots.wednesday),
        3 => td_string!(locale, chatbots.thursday),
        4 => td_string!(locale, chatbots.friday),
        5 => td_string!(locale, chatbots.saturday),
        _ => td_string!(locale, chatbots.sunday),
    }
}

/// A weekday's intervals; Monday is 0.
pub fn day_of(settings: &ChatbotSettings, day: usize) -> Vec<Interval> {
    settings.hours.days.all().get(day).map(|(_, intervals)| (*intervals).clone()).unwrap_or_default()
}

pub fn set_day(settings: &mut ChatbotSettings, day: usize, intervals: Vec<Interval>) {
    if let Some((_, kept)) = settings.hours.days.all_mut().into_iter().nth(day) {
        *kept = intervals;
    }
}

#[component]
pub fn HoursTab() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let always = editing.part(
        F::OpeningHours,
        |settings| settings.hours.always,
        |settings, always| settings.hours.always = always,
    );
    view! {
        <Section field=F::OpeningHours title=say!(i18n, chatbots.field_opening_hours) hint=say!(i18n, chatbots.hours_hint)>
            <Toggle label=say!(i18n, chatbots.always) hint=say!(i18n, chatbots.always_hint) part=always pointer="/hours/always" />
            <Show when=move || !always.get()>
                <Faulty pointer="/hours/days" />
                <ul class="bot-days" aria-label=move || t_string!(i18n, chatbots.field_opening_hours)>
                    {(0..7_usize).map(|day| view! { <Day day /> }).collect_view()}
                </ul>
            </Show>
        </Section>
        <Section field=F::Holidays title=say!(i18n, chatbots.field_holidays) hint=say!(i18n, chatbots.holidays_hint)>
            <Show when=move || !always.get() fallback=move || view! { <p class="muted">{t!(i18n, chatbots.holidays_always)}</p> }>
                <Holidays />
            </Show>
        </Section>
        <Section field=F::TimeZone title=say!(i18n, chatbots.field_time_zone)><Zone /></Section>
        <Section field=F::Unavailable title=say!(i18n, chatbots.field_unavailable) hint=say!(i18n, chatbots.unavailable_hint)>
            <SwitchedWords field=F::Unavailable switch=say!(i18n, chatbots.unavailable_on) label=say!(i18n, chatbots.message)
                read=|settings| &settings.hours.unavailable write=|settings| &mut settings.hours.unavailable
                pointer="/hours/unavailable" max=TEXT_MAX />
        </Section>
    }
}

#[component]
fn Day(day: usize) -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let part = editing.part(
        F::OpeningHours,
        move |settings| day_of(settings, day),
        move |settings, intervals| set_day(settings, day, intervals),
    );
    let name = Signal::derive(move || weekday(i18n.get_locale(), day).to_owned());
    let key =
        editing.settings.with_untracked(|settings| settings.hours.days.all().get(day).map_or("", |(key, _)| *key));
    view! {
        <li class="bot-day">
            <h3>{name}</h3>
            <Intervals name part pointer=format!("/hours/days/{key}") />
            <CopyDay day />
        </li>
    }
}

#[component]
fn Zone() -> impl IntoView {
    let i18n = use_i18n();
    let editing = Editing::use_here();
    let part = editing.part(
        F::TimeZone,
        |settings| settings.hours.time_zone.clone().unwrap_or_default(),
        |settings, zone: String| settings.hours.time_zone = (!zone.is_empty()).then_some(zone),
    );
    let (_, zones) = intl::time_zones();
    let choices = Signal::derive(move || {
        let own = editing.about.with(|about| about.time_zone.clone());
        let mut all = vec![(String::new(), t_string!(i18n, chatbots.zone_of_organization, zone = own).to_string())];
        let chosen = part.get();
        let unknown = (!chosen.is_empty() && !zones.contains(&chosen)).then_some(chosen);
        all.extend(unknown.into_iter().chain(zones.iter().cloned()).map(|zone| (zone.clone(), zone.replace('_', " "))));
        all
    });
    view! {
        <Pick label=say!(i18n, chatbots.field_time_zone) part choices pointer="/hours/time_zone" hint=say!(i18n, chatbots.zone_hint) />
    }
}

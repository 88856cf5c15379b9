//! Dates, times and figures by the browser's `Intl`, in the reader's language and the organization's time zone.

use crate::{clock, i18n::use_i18n, language, session::Session};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use std::{cell::RefCell, collections::HashMap};
use types::Language;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static FORMATTERS: RefCell<HashMap<String, Function>> = RefCell::new(HashMap::new());
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// 14:05
    Time,
    /// 3 jun 2026, 14:05
    DateTime,
    /// miércoles, 3 de junio
    Day,
    /// 3/6
    ShortDay,
}

/// Writes times and figures for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    language: Language,
    time_zone: String,
}

/// The reader's writer; it follows a change of language.
pub fn use_writer() -> Signal<Writer> {
    let (i18n, session) = (use_i18n(), Session::use_here());
    Signal::derive(move || Writer {
        language: language::of(i18n.get_locale()),
        time_zone: session.me.with(|me| me.as_ref().map(|me| me.organization.time_zone.clone()).unwrap_or_default()),
    })
}

impl Writer {
    pub fn time(&self, at: DateTime<Utc>, style: Style) -> String {
        let options: &[(&str, &str)] = match style {
            Style::Time => &[("hour", "2-digit"), ("minute", "2-digit")],
            Style::DateTime => &[
                ("day", "numeric"),
                ("month", "short"),
                ("year", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
            ],
            Style::Day => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Style::ShortDay => &[("day", "numeric"), ("month", "numeric")],
        };
        self.format(at, options)
    }

    /// A time in a list: the hour when it was today, else the day.
    pub fn short(&self, at: DateTime<Utc>) -> String {
        let style = if self.day(at) == self.day(clock::now()) { Style::Time } else { Style::ShortDay };
        self.time(at, style)
    }

    /// The day of a time in the organization's zone, as something to compare.
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.format(at, &[("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")])
    }

    pub fn is_today(&self, at: DateTime<Utc>) -> bool {
        self.day(at) == self.day(clock::now())
    }

    pub fn is_yesterday(&self, at: DateTime<Utc>) -> bool {
        clock::now().checked_sub_signed(TimeDelta::days(1)).is_some_and(|before| self.day(at) == self.day(before))
    }

    /// The moment a day begins in the organization's zone.
    pub fn beginning(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        beginning(day, |at| self.wall(at))
    }

    /// What a clock on the organization's wall shows.
    fn wall(&self, at: DateTime<Utc>) -> Option<NaiveDateTime> {
        let chosen = Object::new();
        let zone = (!self.time_zone.is_empty()).then_some(("timeZone", self.time_zone.as_str()));
        let parts = ["year", "month", "day", "hour", "minute", "second"].map(|part| (part, "numeric"));
        for (name, value) in parts.into_iter().chain(zone).chain([("hourCycle", "h23"), ("calendar", "gregory")]) {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&chosen, &name.into(), &value.into());
        }
        let format = Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str("en")), &chosen);
        let written = format.format_to_parts(&Date::new(&at.to_rfc3339().into()));
        let part = |wanted: &str| {
            let found = written.iter().find(|part| text_of(part, "type").as_deref() == Some(wanted))?;
            text_of(&found, "value")?.parse::<u32>().ok()
        };
        NaiveDate::from_ymd_opt(i32::try_from(part("year")?).ok()?, part("month")?, part("day")?)?.and_hms_opt(
            part("hour")?,
            part("minute")?,
            part("second")?,
        )
    }

    /// A whole figure with its separators.
    pub fn count(&self, count: u64) -> String {
        let format = Intl::NumberFormat::new(&self.locales(), &Object::new());
        let written = format.format().call1(&JsValue::UNDEFINED, &JsValue::from(count));
        written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| count.to_string())
    }

    fn format(&self, at: DateTime<Utc>, options: &[(&str, &str)]) -> String {
        let date = Date::new(&at.to_rfc3339().into());
        let written = self.formatter(options).call1(&JsValue::UNDEFINED, &date);
        written.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// Making a formatter takes the browser longer than using it a hundred times, so each is made once.
    fn formatter(&self, options: &[(&str, &str)]) -> Function {
        let key = format!("{} {} {options:?}", self.language, self.time_zone);
        if let Some(known) = FORMATTERS.with_borrow(|known| known.get(&key).cloned()) {
            return known;
        }
        let chosen = Object::new();
        let zone = (!self.time_zone.is_empty()).then_some(("timeZone", self.time_zone.as_str()));
        for (name, value) in options.iter().copied().chain(zone).chain([("hourCycle", "h23")]) {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&chosen, &name.into(), &value.into());
        }
        let made = Intl::DateTimeFormat::new(&self.locales(), &chosen).format();
        FORMATTERS.with_borrow_mut(|known| known.insert(key, made.clone()));
        made
    }

    fn locales(&self) -> Array {
        Array::of1(&JsValue::from_str(self.language.as_ref()))
    }
}

fn text_of(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

/// The first moment at which the wall shows the day. Where clocks jump over midnight, that is after it.
fn beginning(day: NaiveDate, wall: impl Fn(DateTime<Utc>) -> Option<NaiveDateTime>) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut at = midnight.and_utc();
    for _ in 0..3 {
        at = at.checked_sub_signed(wall(at)?.signed_duration_since(midnight))?;
    }
    let shown = wall(at)?;
    if shown < midnight { at.checked_add_signed(midnight.signed_duration_since(shown)) } else { Some(at) }
}

/// The browser's own time zone, and every zone it knows.
pub fn time_zones() -> (String, Vec<String>) {
    let own = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let own = Reflect::get(&own, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default();
    let mut zones: Vec<String> = all_zones().unwrap_or_default();
    if !own.is_empty() && !zones.contains(&own) {
        zones.insert(0, own.clone());
    }
    (own, zones)
}

/// `Intl.supportedValuesOf` is newer than the bindings, so it is called by name.
fn all_zones() -> Option<Vec<String>> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let list: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
    let zones: Array = list.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()?;
    Some(zones.iter().filter_map(|zone| zone.as_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }

    /// Santiago in 2026: four hours behind until the clocks jump from midnight to one on 6 September.
    fn santiago(at: DateTime<Utc>) -> Option<NaiveDateTime> {
        let behind = if at < utc("2026-09-06T04:00:00Z") { 4 } else { 3 };
        at.naive_utc().checked_sub_signed(TimeDelta::hours(behind))
    }

    #[test]
    fn a_day_begins_when_it_begins_in_the_zone() {
        assert_eq!(beginning(day(2026, 6, 3), santiago), Some(utc("2026-06-03T04:00:00Z")));
        assert_eq!(beginning(day(2026, 12, 1), santiago), Some(utc("2026-12-01T03:00:00Z")));
        let tokyo = |at: DateTime<Utc>| at.naive_utc().checked_add_signed(TimeDelta::hours(9));
        assert_eq!(beginning(day(2026, 6, 3), tokyo), Some(utc("2026-06-02T15:00:00Z")));
    }

    #[test]
    fn a_day_without_midnight_begins_when_the_clocks_have_jumped() {
        assert_eq!(beginning(day(2026, 9, 6), santiago), Some(utc("2026-09-06T04:00:00Z")));
        assert_eq!(beginning(day(2026, 9, 7), santiago), Some(utc("2026-09-07T03:00:00Z")));
    }
}

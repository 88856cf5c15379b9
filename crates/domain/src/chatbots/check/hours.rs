//! Opening hours: intervals in order, holidays that are days, a zone that is one, and an opening at some time.

use crate::chatbots::faults::Faults;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::HashSet;
use types::{
    FieldCode,
    chatbots::{HOLIDAY_NAME_MAX, HOLIDAYS_MAX, Holiday, Hours, INTERVALS_MAX, Interval},
    messages::TEXT_MAX,
};

/// A year with a 29/02.
const LEAP_YEAR: i32 = 2024;

pub(super) fn check(faults: &mut Faults, Hours { always, days, holidays, time_zone, unavailable }: &Hours) {
    let counts = !always;
    for (name, intervals) in days.all() {
        check_day(faults, &format!("/hours/days/{name}"), intervals, counts);
    }
    let mut opens = days.all().into_iter().map(|(_, intervals)| intervals);
    if counts && opens.all(Vec::is_empty) && holidays.iter().all(|holiday| holiday.intervals.is_empty()) {
        faults.add("/hours/days", FieldCode::Required);
    }
    faults.at_most("/hours/holidays", holidays.len(), HOLIDAYS_MAX);
    let mut seen = HashSet::new();
    for (index, Holiday { day, month, name, intervals }) in holidays.iter().enumerate() {
        let pointer = format!("/hours/holidays/{index}");
        if NaiveDate::from_ymd_opt(LEAP_YEAR, (*month).into(), (*day).into()).is_none() {
            faults.add(&format!("{pointer}/day"), FieldCode::NotADay);
        } else if !seen.insert((*month, *day)) {
            faults.add(&format!("{pointer}/day"), FieldCode::Repeated);
        }
        faults.line(&format!("{pointer}/name"), counts, name, HOLIDAY_NAME_MAX);
        check_day(faults, &format!("{pointer}/intervals"), intervals, counts);
    }
    if time_zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
        faults.add("/hours/time_zone", FieldCode::NotATimeZone);
    }
    faults.text("/hours/unavailable/text", counts && unavailable.on, &unavailable.text, TEXT_MAX);
}

fn check_day(faults: &mut Faults, pointer: &str, intervals: &[Interval], counts: bool) {
    faults.at_most(pointer, intervals.len(), INTERVALS_MAX);
    if !counts {
        return;
    }
    let mut end = None;
    for (index, Interval { from, to }) in intervals.iter().enumerate() {
        if to <= from {
            faults.add(&format!("{pointer}/{index}/to"), FieldCode::EndsBeforeItStarts);
        }
        // Intervals out of order overlap what is between them.
        if end.is_some_and(|end| *from < end) {
            faults.add(&format!("{pointer}/{index}/from"), FieldCode::Overlaps);
        }
        end = end.max(Some(*to));
    }
}

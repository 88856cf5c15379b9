//! Opening hours by example, over both changes of the clock, and by property.

use super::*;
use chrono::NaiveDateTime;
use proptest::prelude::*;
use types::chatbots::{Holiday, TimeOfDay};

const SANTIAGO: Tz = Tz::America__Santiago;
const MADRID: Tz = Tz::Europe__Madrid;

fn times(intervals: &[(&str, &str)]) -> Vec<Interval> {
    let at = |time: &str| time.parse::<TimeOfDay>().unwrap();
    intervals.iter().map(|(from, to)| Interval { from: at(from), to: at(to) }).collect()
}

fn every_day(intervals: &[(&str, &str)]) -> Hours {
    let mut hours = Hours::default();
    for (_, day) in hours.days.all_mut() {
        *day = times(intervals);
    }
    hours
}

/// Monday to Friday, 09:00 to 18:00.
fn office() -> Hours {
    let mut hours = every_day(&[("09:00", "18:00")]);
    (hours.days.saturday, hours.days.sunday) = (vec![], vec![]);
    hours
}

fn holiday(day: u8, month: u8, intervals: &[(&str, &str)]) -> Holiday {
    Holiday { day, month, name: "x".to_owned(), intervals: times(intervals) }
}

fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
}

fn next(hours: &Hours, zone: Tz, now: &str) -> String {
    next_opening(hours, zone, utc(now)).map_or("never".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string())
}

fn since(hours: &Hours, zone: Tz, now: &str) -> String {
    closed_since(hours, zone, utc(now)).format("%Y-%m-%d %H:%M").to_string()
}

/// When it opens and closes between two times, minute by minute, as the page would show it in UTC.
fn changes(hours: &Hours, zone: Tz, from: &str, to: &str) -> Vec<String> {
    let (mut at, to, mut was) = (utc(from), utc(to), is_open(hours, zone, utc(from)));
    let mut found = Vec::new();
    while at < to {
        at += TimeDelta::minutes(1);
        let is = is_open(hours, zone, at);
        if is != was {
            found.push(format!("{} {}", if is { "open" } else { "closed" }, at.format("%d %H:%M")));
        }
        was = is;
    }
    found
}

#[test]
fn a_week_opens_and_closes_by_the_clock_on_the_wall() {
    // June: Santiago is four hours behind UTC. 2026-06-05 is a Friday.
    for (now, open, opening, closed) in [
        ("2026-06-05 12:59", false, "2026-06-05 13:00", "2026-06-04 22:00"),
        ("2026-06-05 13:00", true, "2026-06-05 13:00", "2026-06-05 13:00"),
        ("2026-06-05 21:59", true, "2026-06-05 21:59", "2026-06-05 21:59"),
        ("2026-06-05 22:00", false, "2026-06-08 13:00", "2026-06-05 22:00"),
        ("2026-06-07 15:00", false, "2026-06-08 13:00", "2026-06-05 22:00"),
    ] {
        assert_eq!(is_open(&office(), SANTIAGO, utc(now)), open, "{now}");
        assert_eq!(next(&office(), SANTIAGO, now), opening, "{now}");
        assert_eq!(since(&office(), SANTIAGO, now), closed, "{now}");
    }
}

#[test]
fn seconds_before_the_hour_it_is_closed() {
    let just_before = utc("2026-06-05 13:00") - TimeDelta::milliseconds(1);
    assert!(!is_open(&office(), SANTIAGO, just_before));
    assert_eq!(next_opening(&office(), SANTIAGO, just_before), Some(utc("2026-06-05 13:00")));
    let just_after = utc("2026-06-05 22:00") + TimeDelta::milliseconds(1);
    assert_eq!(closed_since(&office(), SANTIAGO, just_after), utc("2026-06-05 22:00"));
}

#[test]
fn several_intervals_leave_a_break_between_them() {
    let hours = every_day(&[("09:00", "13:00"), ("15:00", "19:00")]);
    assert_eq!(next(&hours, Tz::UTC, "2026-06-05 13:00"), "2026-06-05 15:00");
    assert_eq!(since(&hours, Tz::UTC, "2026-06-05 14:00"), "2026-06-05 13:00");
    assert_eq!(since(&hours, Tz::UTC, "2026-06-05 08:00"), "2026-06-04 19:00");
}

#[test]
fn an_interval_to_2400_goes_on_into_the_next_day() {
    let mut hours = Hours::default();
    hours.days.friday = times(&[("20:00", "24:00")]);
    hours.days.saturday = times(&[("00:00", "02:00")]);
    for (now, open) in [("2026-06-05 23:59", true), ("2026-06-06 00:00", true), ("2026-06-06 02:00", false)] {
        assert_eq!(is_open(&hours, Tz::UTC, utc(now)), open, "{now}");
    }
    assert_eq!(changes(&hours, Tz::UTC, "2026-06-05 00:00", "2026-06-07 00:00"), ["open 05 20:00", "closed 06 02:00"]);
    assert_eq!(since(&hours, Tz::UTC, "2026-06-06 03:00"), "2026-06-06 02:00");
    hours.days.saturday = vec![];
    assert_eq!(since(&hours, Tz::UTC, "2026-06-06 00:00"), "2026-06-06 00:00");
}

#[test]
fn a_holiday_is_closed_or_has_hours_of_its_own_every_year() {
    let mut hours = office();
    hours.holidays =
        vec![holiday(25, 12, &[]), holiday(24, 12, &[("09:00", "12:00")]), holiday(6, 6, &[("10:00", "11:00")])];
    // 2026-12-24 is a Thursday.
    for (now, open) in [
        ("2026-12-24 11:59", true),
        ("2026-12-24 12:00", false),
        ("2026-12-25 10:00", false),
        ("2026-12-28 10:00", true),
        ("2027-12-24 10:00", true),
        ("2027-12-24 13:00", false),
        // A Saturday, on which it is closed otherwise.
        ("2026-06-06 10:30", true),
    ] {
        assert_eq!(is_open(&hours, Tz::UTC, utc(now)), open, "{now}");
    }
    assert_eq!(next(&hours, Tz::UTC, "2026-12-24 12:00"), "2026-12-28 09:00");
    assert_eq!(since(&hours, Tz::UTC, "2026-12-26 12:00"), "2026-12-24 12:00");
}

#[test]
fn the_29th_of_february_is_there_in_leap_years_only() {
    let mut hours = every_day(&[("09:00", "18:00")]);
    hours.holidays = vec![holiday(29, 2, &[])];
    assert!(!is_open(&hours, Tz::UTC, utc("2028-02-29 10:00")));
    assert_eq!(next(&hours, Tz::UTC, "2028-02-28 18:00"), "2028-03-01 09:00");
    assert_eq!(next(&hours, Tz::UTC, "2027-02-28 18:00"), "2027-03-01 09:00");
    assert!(is_open(&hours, Tz::UTC, utc("2027-03-01 10:00")));
    let mut only = Hours { holidays: vec![holiday(29, 2, &[("09:00", "10:00")])], ..Hours::default() };
    assert_eq!(next(&only, Tz::UTC, "2027-12-01 00:00"), "2028-02-29 09:00");
    assert_eq!(next(&only, Tz::UTC, "2026-12-01 00:00"), "never");
    assert_eq!(since(&only, Tz::UTC, "2028-03-05 00:00"), "2028-02-29 10:00");
    assert!(opens_ever(&only));
    only.holidays[0].intervals = vec![];
    assert!(!opens_ever(&only));
}

#[test]
fn around_the_clock_there_are_no_holidays() {
    let hours = Hours { always: true, holidays: vec![holiday(5, 6, &[])], ..Hours::default() };
    let now = utc("2026-06-05 03:00");
    assert!(is_open(&hours, SANTIAGO, now));
    assert_eq!(next_opening(&hours, SANTIAGO, now), Some(now));
    assert_eq!(closed_since(&hours, SANTIAGO, now), now);
}

#[test]
fn hours_that_never_open_have_no_next_opening() {
    let never = Hours::default();
    assert_eq!(next(&never, SANTIAGO, "2026-06-05 03:00"), "never");
    assert_eq!(since(&never, SANTIAGO, "2026-06-05 03:00"), "2025-05-01 03:00");
    assert!(!opens_ever(&never) && opens_ever(&office()));
}

#[test]
fn santiago_loses_the_hour_after_midnight_in_september() {
    // 2026-09-06 begins at 01:00: at 04:00 UTC the clock goes from 24:00 to 01:00.
    let (from, to) = ("2026-09-06 02:00", "2026-09-06 16:00");
    let at = |intervals: &[(&str, &str)]| changes(&every_day(intervals), SANTIAGO, from, to);
    assert_eq!(at(&[("00:00", "01:00")]), [""; 0], "an hour that is not there");
    assert_eq!(at(&[("00:30", "02:00")]), ["open 06 04:00", "closed 06 05:00"], "opens when the clock is past it");
    assert_eq!(at(&[("09:00", "10:00")]), ["open 06 12:00", "closed 06 13:00"]);
    assert_eq!(next(&every_day(&[("00:30", "02:00")]), SANTIAGO, "2026-09-06 03:00"), "2026-09-06 04:00");
    assert_eq!(next(&every_day(&[("00:00", "01:00")]), SANTIAGO, "2026-09-06 03:00"), "2026-09-07 03:00");
    assert_eq!(since(&every_day(&[("00:00", "01:00")]), SANTIAGO, "2026-09-06 12:00"), "2026-09-05 05:00");
    // Over midnight nothing is missing.
    let night = every_day(&[("00:00", "06:00"), ("22:00", "24:00")]);
    assert_eq!(changes(&night, SANTIAGO, "2026-09-06 00:00", to), ["open 06 02:00", "closed 06 09:00"]);
    assert_eq!(since(&night, SANTIAGO, "2026-09-06 12:00"), "2026-09-06 09:00");
}

#[test]
fn santiago_has_the_hour_before_midnight_twice_in_april() {
    // 2026-04-04 has 25 hours: at 03:00 UTC of the 5th the clock goes from 24:00 back to 23:00.
    let (from, to) = ("2026-04-05 00:00", "2026-04-05 16:00");
    let at = |intervals: &[(&str, &str)]| changes(&every_day(intervals), SANTIAGO, from, to);
    assert_eq!(at(&[("23:00", "23:30")]), ["open 05 02:00", "closed 05 02:30", "open 05 03:00", "closed 05 03:30"]);
    assert_eq!(at(&[("22:00", "24:00")]), ["open 05 01:00", "closed 05 04:00"], "three hours on end");
    assert_eq!(at(&[("00:00", "01:00")]), ["open 05 04:00", "closed 05 05:00"]);
    assert_eq!(next(&every_day(&[("23:00", "23:30")]), SANTIAGO, "2026-04-05 02:45"), "2026-04-05 03:00");
    assert_eq!(since(&every_day(&[("23:00", "23:30")]), SANTIAGO, "2026-04-05 02:45"), "2026-04-05 02:30");
    assert_eq!(since(&every_day(&[("22:00", "24:00")]), SANTIAGO, "2026-04-05 12:00"), "2026-04-05 04:00");
    assert_eq!(at(&[("09:00", "10:00")]), ["open 05 13:00", "closed 05 14:00"]);
}

#[test]
fn madrid_loses_an_hour_of_the_night_in_march() {
    // At 01:00 UTC the clock goes from 02:00 to 03:00.
    let (from, to) = ("2026-03-29 00:00", "2026-03-29 12:00");
    let at = |intervals: &[(&str, &str)]| changes(&every_day(intervals), MADRID, from, to);
    assert_eq!(at(&[("02:00", "03:00")]), [""; 0]);
    assert_eq!(at(&[("01:30", "03:30")]), ["open 29 00:30", "closed 29 01:30"]);
    assert_eq!(at(&[("02:30", "04:00")]), ["open 29 01:00", "closed 29 02:00"]);
    assert_eq!(at(&[("09:00", "10:00")]), ["open 29 07:00", "closed 29 08:00"]);
    assert_eq!(next(&every_day(&[("02:15", "02:45")]), MADRID, "2026-03-29 00:00"), "2026-03-30 00:15");
}

#[test]
fn madrid_has_an_hour_of_the_night_twice_in_october() {
    // At 01:00 UTC the clock goes from 03:00 back to 02:00.
    let (from, to) = ("2026-10-24 23:00", "2026-10-25 12:00");
    let at = |intervals: &[(&str, &str)]| changes(&every_day(intervals), MADRID, from, to);
    assert_eq!(at(&[("02:15", "02:45")]), ["open 25 00:15", "closed 25 00:45", "open 25 01:15", "closed 25 01:45"]);
    assert_eq!(at(&[("01:30", "02:30")]), ["open 24 23:30", "closed 25 00:30", "open 25 01:00", "closed 25 01:30"]);
    assert_eq!(at(&[("02:30", "04:00")]), ["open 25 00:30", "closed 25 01:00", "open 25 01:30", "closed 25 03:00"]);
    assert_eq!(at(&[("01:30", "04:00")]), ["open 24 23:30", "closed 25 03:00"]);
    assert_eq!(at(&[("09:00", "10:00")]), ["open 25 08:00", "closed 25 09:00"]);
    assert_eq!(next(&every_day(&[("01:30", "02:30")]), MADRID, "2026-10-25 00:40"), "2026-10-25 01:00");
    assert_eq!(since(&every_day(&[("02:30", "04:00")]), MADRID, "2026-10-25 01:10"), "2026-10-25 01:00");
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let interval = || {
        (0_u16..24 * 4, 1_u16..40).prop_map(|(from, length)| {
            let at = |quarter: u16| TimeOfDay::from_minutes((quarter * 15).min(1440)).unwrap();
            Interval { from: at(from), to: at(from + length) }
        })
    };
    let day = move || proptest::collection::vec(interval(), 0..3);
    let days = proptest::collection::vec(day(), 7);
    let holidays = proptest::collection::vec((1_u8..=28, 1_u8..=12, day()), 0..4);
    (days, holidays).prop_map(|(days, holidays)| {
        let mut hours = Hours::default();
        for ((_, day), intervals) in hours.days.all_mut().into_iter().zip(days) {
            *day = intervals;
        }
        hours.holidays = holidays
            .into_iter()
            .map(|(day, month, intervals)| Holiday { day, month, name: "x".to_owned(), intervals })
            .collect();
        hours
    })
}

proptest! {
    /// What the clever search says is what looking at every quarter of an hour says. Zones with changes of an hour and of half
    /// an hour, and one whose offset is no full hour.
    #[test]
    fn the_next_opening_and_the_last_closing_are_where_the_clock_says(
        hours in any_hours(),
        zone in proptest::sample::select(vec![
            SANTIAGO, MADRID, Tz::UTC, Tz::America__Havana, Tz::Australia__Lord_Howe, Tz::Asia__Kathmandu,
            Tz::Pacific__Apia, Tz::Africa__Casablanca,
        ]),
        // Any quarter of an hour of 2026.
        quarter in 0_i64..4 * 24 * 365,
    ) {
        let now = utc("2026-01-01 00:00") + TimeDelta::minutes(quarter * 15);
        let step = TimeDelta::minutes(15);
        let looked = (0..4 * 24 * 9).map(|ahead| now + step * ahead).find(|at| is_open(&hours, zone, *at));
        let opening = next_opening(&hours, zone, now);
        match looked {
            Some(at) => prop_assert_eq!(opening, Some(at)),
            None => prop_assert!(opening.is_none_or(|at| at >= now + step * (4 * 24 * 9))),
        }
        prop_assert!(opening.is_none_or(|at| is_open(&hours, zone, at)));
        if is_open(&hours, zone, now) {
            prop_assert_eq!(closed_since(&hours, zone, now), now);
        } else if let Some(last) = (1..4 * 24 * 9).map(|back| now - step * back).find(|at| is_open(&hours, zone, *at)) {
            prop_assert_eq!(closed_since(&hours, zone, now), last + step);
        }
        prop_assert!(opens_ever(&hours) || opening.is_none());
    }
}

//! Opening hours in wall-clock time of a zone: open or closed, since when, and the next opening (conversation.md § 4).
//!
//! Attendance is open exactly while the clock on the wall shows a time within an interval of the wall's day. So on the two
//! days a year when clocks change: a time that is skipped is never reached (00:00–01:00 does not open in Santiago when the
//! clock goes from 24:00 to 01:00, and 00:30–09:00 opens at 01:00), and a time that comes twice counts twice (02:15–02:45
//! opens two times in Madrid when 03:00 becomes 02:00, and 01:00–02:30 has a break).

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use types::chatbots::{Hours, Interval, WeekHours};

/// How far openings are looked for, in days: more than a year, less than to the 29/02 after next.
pub const LOOK_DAYS: u32 = 400;

/// Whether attendance is open.
pub fn is_open(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> bool {
    if hours.always {
        return true;
    }
    let wall = now.with_timezone(&zone).naive_local();
    let minute = wall.hour() * 60 + wall.minute();
    let within =
        |interval: &Interval| (u32::from(interval.from.minutes())..u32::from(interval.to.minutes())).contains(&minute);
    intervals(hours, wall.date()).iter().any(within)
}

/// When attendance opens next: now when it is open; None when it never does within the next 400 days.
pub fn next_opening(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if is_open(hours, zone, now) {
        return Some(now);
    }
    let today = now.with_timezone(&zone).date_naive();
    let last = now.checked_add_signed(TimeDelta::days(LOOK_DAYS.into()))?;
    let mut days = (0..=LOOK_DAYS).filter_map(|ahead| today.checked_add_days(Days::new(ahead.into())));
    days.find_map(|day| stretches(hours, zone, day).into_iter().map(|(from, _)| from).find(|from| *from >= now))
        .filter(|from| *from <= last)
}

/// Since when attendance has been closed without a break: the end of the last open interval; now when it is open. At most 400
/// days back.
pub fn closed_since(hours: &Hours, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    if is_open(hours, zone, now) {
        return now;
    }
    let today = now.with_timezone(&zone).date_naive();
    let first = now.checked_sub_signed(TimeDelta::days(LOOK_DAYS.into())).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut days = (0..=LOOK_DAYS).filter_map(|back| today.checked_sub_days(Days::new(back.into())));
    let end = days.find_map(|day| {
        stretches(hours, zone, day).into_iter().filter(|(from, _)| *from < now).map(|(_, to)| to).max()
    });
    end.map_or(first, |end| end.max(first))
}

/// Whether it is open at any time of any year, by the days and holidays alone.
pub fn opens_ever(hours: &Hours) -> bool {
    let opens = |intervals: &[Interval]| intervals.iter().any(|interval| interval.from < interval.to);
    hours.always
        || hours.days.all().into_iter().any(|(_, intervals)| opens(intervals))
        || hours.holidays.iter().any(|holiday| opens(&holiday.intervals))
}

/// The intervals of a day: a holiday's own, or the weekday's.
fn intervals(hours: &Hours, day: NaiveDate) -> &[Interval] {
    let holiday = hours
        .holidays
        .iter()
        .find(|holiday| u32::from(holiday.day) == day.day() && u32::from(holiday.month) == day.month());
    holiday.map_or_else(|| weekday(&hours.days, day), |holiday| &holiday.intervals)
}

fn weekday(days: &WeekHours, day: NaiveDate) -> &[Interval] {
    match day.weekday() {
        chrono::Weekday::Mon => &days.monday,
        chrono::Weekday::Tue => &days.tuesday,
        chrono::Weekday::Wed => &days.wednesday,
        chrono::Weekday::Thu => &days.thursday,
        chrono::Weekday::Fri => &days.friday,
        chrono::Weekday::Sat => &days.saturday,
        chrono::Weekday::Sun => &days.sunday,
    }
}

/// When it is open on a day of the wall's calendar, in order of time. Intervals that touch stay two.
fn stretches(hours: &Hours, zone: Tz, day: NaiveDate) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut ordered: Vec<Interval> =
        intervals(hours, day).iter().filter(|interval| interval.from < interval.to).copied().collect();
    if ordered.is_empty() {
        return Vec::new();
    }
    ordered.sort_by_key(|interval| interval.from);
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    // No zone is further from UTC than 15 hours, so the day lies between these two.
    let (before, after) = (midnight - TimeDelta::hours(15), midnight + TimeDelta::hours(39));
    let (old, new) = (offset(zone, before), offset(zone, after));
    let at = |minutes: u16, offset: TimeDelta| midnight + TimeDelta::minutes(minutes.into()) - offset;
    let by = |offset: TimeDelta| {
        ordered.iter().map(move |interval| (at(interval.from.minutes(), offset), at(interval.to.minutes(), offset)))
    };
    if old == new {
        return by(old).collect();
    }
    // Within the day the clock changes: until then the old offset counts, from then on the new one.
    let change = change_between(zone, before, after);
    let until = by(old).map(|(from, to)| (from, to.min(change)));
    let since = by(new).map(|(from, to)| (from.max(change), to));
    let mut found: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::with_capacity(ordered.len() * 2);
    for (from, to) in until.chain(since).filter(|(from, to)| from < to) {
        match found.last_mut() {
            // The change is no break: what is open before and after it stays open.
            Some(last) if last.1 == change && from == change => last.1 = to,
            _ => found.push((from, to)),
        }
    }
    found
}

fn offset(zone: Tz, at: DateTime<Utc>) -> TimeDelta {
    TimeDelta::seconds(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc().into())
}

/// The moment at which the clock changes, of which there is one between the two.
fn change_between(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> DateTime<Utc> {
    let old = offset(zone, before);
    let (mut low, mut high) = (before.timestamp(), after.timestamp());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        match DateTime::from_timestamp(middle, 0) {
            Some(at) if offset(zone, at) == old => low = middle,
            _ => high = middle,
        }
    }
    DateTime::from_timestamp(high, 0).unwrap_or(after)
}

#[cfg(test)]
mod tests;

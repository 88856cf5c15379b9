//! What people type or paste into the editor, taken apart: agents, times, holidays.

use chrono::NaiveDate;
use types::{
    FieldCode,
    chatbots::{ChatbotPerson, HOLIDAY_NAME_MAX, HOLIDAYS_MAX, Holiday, Interval, TimeOfDay},
};

/// Agents with those of a typed or pasted text added, in lower case and each once, and what of the text is no e-mail.
pub fn with_agents(known: &[String], text: &str) -> (Vec<String>, String) {
    let mut agents = known.to_vec();
    let mut rest = Vec::new();
    for email in emails(text) {
        if types::validate::email(&email).is_err() {
            rest.push(email);
        } else if !agents.contains(&email) {
            agents.push(email);
        }
    }
    (agents, rest.join(" "))
}

/// What stands between commas, semicolons and blanks, in lower case.
fn emails(text: &str) -> impl Iterator<Item = String> {
    let between = |c: char| matches!(c, ',' | ';') || c.is_whitespace();
    text.split(between).filter(|part| !part.is_empty()).map(str::to_lowercase)
}

/// Whether a pasted text holds more than one e-mail.
pub fn is_several(text: &str) -> bool {
    emails(text).count() > 1
}

/// Which agents have no access to the number.
pub fn strangers(agents: &[String], people: &[ChatbotPerson]) -> Vec<String> {
    let known = |email: &str| people.iter().any(|person| person.email.eq_ignore_ascii_case(email));
    agents.iter().filter(|email| !known(email)).cloned().collect()
}

/// A time as people type it: `9`, `930`, `9:30`, `9.30`, `24`.
pub fn time(text: &str) -> Option<TimeOfDay> {
    let text = text.trim().replace(['.', 'h', 'H'], ":");
    if text.contains(':') {
        let padded = if text.ends_with(':') { format!("{text}00") } else { text };
        return padded.parse().ok();
    }
    let digits = text.chars().all(|c| c.is_ascii_digit());
    let figure: u16 = text.parse().ok().filter(|_| digits && text.len() <= 4)?;
    let minutes = if text.len() <= 2 {
        figure * 60
    } else {
        Some(figure / 100 * 60 + figure % 100).filter(|_| figure % 100 < 60)?
    };
    TimeOfDay::from_minutes(minutes)
}

/// What is offered as one more interval: working hours, or what follows the last one. None when the day is over.
pub fn next_interval(all: &[Interval]) -> Option<Interval> {
    let Some(last) = all.last() else {
        return Some(Interval { from: TimeOfDay::from_minutes(9 * 60)?, to: TimeOfDay::from_minutes(18 * 60)? });
    };
    let from = last.to.minutes() + 60;
    let to = TimeOfDay::from_minutes(from + 120).unwrap_or(TimeOfDay::END);
    TimeOfDay::from_minutes(from).filter(|from| *from < TimeOfDay::END).map(|from| Interval { from, to })
}

/// A holiday as it is typed: `25/12 - Navidad`.
pub fn holiday_words(holiday: &Holiday) -> String {
    format!("{:02}/{:02} - {}", holiday.day, holiday.month, holiday.name)
}

/// The holidays with one more, closed, in the order of the year.
pub fn with_holiday(mut holidays: Vec<Holiday>, text: &str) -> Result<Vec<Holiday>, FieldCode> {
    let holiday = holiday(text)?;
    if holidays.len() >= HOLIDAYS_MAX {
        return Err(FieldCode::TooMany);
    }
    if holidays.iter().any(|known| (known.month, known.day) == (holiday.month, holiday.day)) {
        return Err(FieldCode::Repeated);
    }
    let at = holidays.partition_point(|known| (known.month, known.day) < (holiday.month, holiday.day));
    holidays.insert(at, holiday);
    Ok(holidays)
}

fn holiday(text: &str) -> Result<Holiday, FieldCode> {
    let (date, name) = text.split_once(['-', '–']).ok_or(FieldCode::Required)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(FieldCode::Required);
    }
    if name.chars().count() > HOLIDAY_NAME_MAX {
        return Err(FieldCode::TooLong);
    }
    let (day, month) = date.trim().split_once('/').ok_or(FieldCode::NotADay)?;
    let (Ok(day), Ok(month)) = (day.parse::<u8>(), month.parse::<u8>()) else { return Err(FieldCode::NotADay) };
    // A leap year has every day there is.
    if NaiveDate::from_ymd_opt(2024, month.into(), day.into()).is_none() {
        return Err(FieldCode::NotADay);
    }
    Ok(Holiday { day, month, name: name.to_owned(), intervals: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agents(emails: &[&str]) -> Vec<String> {
        emails.iter().map(|email| (*email).to_owned()).collect()
    }

    #[test]
    fn agents_are_taken_one_by_one_or_several_at_once() {
        let known = agents(&["ana@example.com"]);
        let (now, rest) = with_agents(&known, "Ben@Example.com; ana@example.com,eva@example.com\nleo");
        assert_eq!(now, agents(&["ana@example.com", "ben@example.com", "eva@example.com"]));
        assert_eq!(rest, "leo");
        assert_eq!(with_agents(&known, "  "), (known, String::new()));
        assert!(is_several("a@example.com\nb@example.com") && !is_several("a@example.com"));
    }

    #[test]
    fn who_has_no_access_is_a_stranger() {
        let ana = ChatbotPerson {
            id: types::MemberId(uuid::Uuid::nil()),
            name: "Ana".to_owned(),
            email: "Ana@example.com".to_owned(),
        };
        assert_eq!(strangers(&agents(&["ana@example.com", "leo@example.com"]), &[ana]), agents(&["leo@example.com"]));
    }

    #[test]
    fn a_time_is_understood_as_people_type_it() {
        for (typed, time) in [
            ("9", "09:00"),
            ("24", "24:00"),
            ("930", "09:30"),
            ("0930", "09:30"),
            ("9:30", "09:30"),
            ("9.30", "09:30"),
            ("18h", "18:00"),
            (" 08:05 ", "08:05"),
        ] {
            assert_eq!(super::time(typed).map(|time| time.to_string()).as_deref(), Some(time), "{typed}");
        }
        for typed in ["", "25", "24:01", "990", "9:3", "nueve", "12345", "+9"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    #[test]
    fn one_more_interval_follows_the_last_until_the_day_is_over() {
        let words = |all: &[Interval]| next_interval(all).map(|one| format!("{} {}", one.from, one.to));
        let interval =
            |to: u16| Interval { from: TimeOfDay::default(), to: TimeOfDay::from_minutes(to).unwrap_or_default() };
        assert_eq!(words(&[]).as_deref(), Some("09:00 18:00"));
        assert_eq!(words(&[interval(13 * 60)]).as_deref(), Some("14:00 16:00"));
        assert_eq!(words(&[interval(22 * 60 + 30)]).as_deref(), Some("23:30 24:00"));
        assert_eq!(words(&[interval(23 * 60)]), None);
    }

    #[test]
    fn a_holiday_is_a_day_a_dash_and_a_name_and_stands_in_its_place_of_the_year() {
        let one = with_holiday(Vec::new(), "25/12 - Navidad").unwrap_or_default();
        let two = with_holiday(one, " 1/5-Día del Trabajo ").unwrap_or_default();
        let three = with_holiday(two, "29/02 – Bisiesto - raro").unwrap_or_default();
        let words: Vec<_> = three.iter().map(holiday_words).collect();
        assert_eq!(words, ["29/02 - Bisiesto - raro", "01/05 - Día del Trabajo", "25/12 - Navidad"]);
        for (typed, code) in [
            ("25/12", FieldCode::Required),
            ("25/12 - ", FieldCode::Required),
            ("30/02 - Nunca", FieldCode::NotADay),
            ("12/25 - Navidad", FieldCode::NotADay),
            ("Navidad - 25/12", FieldCode::NotADay),
            ("25/12 - Otra", FieldCode::Repeated),
        ] {
            assert_eq!(with_holiday(three.clone(), typed), Err(code), "{typed}");
        }
        let long = format!("01/01 - {}", "x".repeat(HOLIDAY_NAME_MAX + 1));
        assert_eq!(with_holiday(three, &long), Err(FieldCode::TooLong));
    }
}

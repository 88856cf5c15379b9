//! What a spreadsheet program shows for a number: by its format, dates included.
//!
//! Formats are read as far as sheets of recipients need them: first section, digits, grouping, percent, signs around
//! it, dates and times. Scientific notation is shown as its digits, because it is a phone far more often than not.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use types::Language;

/// Shows values as someone of a language sees them, with dates counted from 1900 or from 1904.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shower {
    pub(super) language: Language,
    pub(super) from_1904: bool,
}

/// The format behind a number that files need not spell out (ECMA-376 part 1 § 18.8.30).
pub(super) fn built_in(id: &str) -> &'static str {
    match id {
        "1" => "0",
        "2" => "0.00",
        "3" | "37" | "38" => "#,##0",
        "4" | "39" | "40" => "#,##0.00",
        "9" => "0%",
        "10" => "0.00%",
        "14" => SHORT_DATE,
        "15" => "d-mmm-yy",
        "16" => "d-mmm",
        "17" => "mmm-yy",
        "18" => "h:mm AM/PM",
        "19" => "h:mm:ss AM/PM",
        "20" => "h:mm",
        "21" => "h:mm:ss",
        "22" => SHORT_DATE_AND_TIME,
        "45" => "mm:ss",
        "46" => "[h]:mm:ss",
        _ => "General",
    }
}

/// Built-in formats that every program shows in its user's way.
const SHORT_DATE: &str = "mm-dd-yy";
const SHORT_DATE_AND_TIME: &str = "m/d/yy h:mm";

impl Shower {
    pub(super) fn truth(self, truth: bool) -> &'static str {
        match (self.language, truth) {
            (Language::Es, true) => "VERDADERO",
            (Language::Pt, true) => "VERDADEIRO",
            (Language::En, true) => "TRUE",
            (Language::Es | Language::Pt, false) => "FALSO",
            (Language::En, false) => "FALSE",
        }
    }

    pub(super) fn short_date(self) -> &'static str {
        match self.language {
            Language::Es | Language::Pt => "dd/mm/yyyy",
            Language::En => "m/d/yyyy",
        }
    }

    pub(super) fn short_date_and_time(self) -> &'static str {
        match self.language {
            Language::Es | Language::Pt => "dd/mm/yyyy hh:mm",
            Language::En => "m/d/yyyy h:mm",
        }
    }

    /// A number by its format code.
    pub(super) fn number(self, value: f64, code: &str) -> String {
        let code = match code {
            SHORT_DATE => self.short_date(),
            SHORT_DATE_AND_TIME => self.short_date_and_time(),
            other => other,
        };
        let tokens = tokens(code);
        if tokens.iter().any(|token| matches!(token, Token::Date(_, _) | Token::Elapsed)) {
            self.date(value, &tokens).unwrap_or_else(|| plain(value))
        } else if tokens.iter().any(|token| matches!(token, Token::Digit(_))) {
            self.amount(value, &tokens)
        } else {
            plain(value)
        }
    }

    fn amount(self, value: f64, tokens: &[Token]) -> String {
        let percent = tokens.contains(&Token::Percent);
        let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
        let digits = |tokens: &[Token], only_zeros: bool| {
            tokens.iter().filter(|token| matches!(token, Token::Digit(zero) if *zero || !only_zeros)).count()
        };
        let (before, after) = tokens.split_at_checked(point).unwrap_or((tokens, &[]));
        let (least, most) = (digits(after, true), digits(after, false));
        let rounded = format!("{:.most$}", if percent { value.abs() * 100.0 } else { value.abs() });
        let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let mut fraction = fraction.to_owned();
        while fraction.len() > least && fraction.ends_with('0') {
            fraction.pop();
        }
        let (group, decimal) = match self.language {
            Language::Es | Language::Pt => ('.', ','),
            Language::En => (',', '.'),
        };
        let mut whole = format!("{whole:0>width$}", width = digits(before, true));
        if before.contains(&Token::Group) {
            whole = grouped(&whole, group);
        }
        let sign = if value < 0.0 && rounded.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "-" } else { "" };
        let mut shown = String::from(sign);
        let mut written = false;
        for token in tokens {
            match token {
                Token::Digit(_) if !written => {
                    shown.push_str(&whole);
                    if !fraction.is_empty() {
                        shown.push(decimal);
                        shown.push_str(&fraction);
                    }
                    written = true;
                }
                Token::Literal(literal) => shown.push(*literal),
                Token::Percent => shown.push('%'),
                Token::Digit(_) | Token::Point | Token::Group | Token::Date(..) | Token::Elapsed | Token::HalfDay => {}
            }
        }
        shown.trim().to_owned()
    }

    fn date(self, serial: f64, tokens: &[Token]) -> Option<String> {
        let time = self.moment(serial)?;
        let half_day = tokens.contains(&Token::HalfDay);
        let mut shown = String::new();
        for (place, token) in tokens.iter().enumerate() {
            match token {
                Token::Literal(literal) => shown.push(*literal),
                Token::Point => shown.push('.'),
                Token::Group => shown.push(','),
                Token::Percent => shown.push('%'),
                Token::Digit(_) => {}
                Token::HalfDay => shown.push_str(if time.hour() < 12 { "AM" } else { "PM" }),
                Token::Elapsed => shown.push_str(&(serial * 24.0).floor().to_string()),
                Token::Date('m', length) if is_minute(tokens, place) => shown.push_str(&padded(time.minute(), *length)),
                Token::Date('m', length) => shown.push_str(&self.month(time.month(), *length)),
                Token::Date('y', length) if *length <= 2 => {
                    shown.push_str(&padded(time.year().rem_euclid(100).unsigned_abs(), 2));
                }
                Token::Date('y', _) => shown.push_str(&time.year().to_string()),
                Token::Date('d', length @ 1..=2) => shown.push_str(&padded(time.day(), *length)),
                Token::Date('d', length) => shown.push_str(self.weekday(time, *length)),
                Token::Date('h', length) => {
                    let hour = if half_day { (time.hour() + 11) % 12 + 1 } else { time.hour() };
                    shown.push_str(&padded(hour, *length));
                }
                Token::Date(_, length) => shown.push_str(&padded(time.second(), *length)),
            }
        }
        Some(shown.trim().to_owned())
    }

    /// Days since the epoch of the file, to the second. The 29th of February 1900, which never was, is kept by Excel's
    /// count, so that dates before it are a day off from those after it.
    fn moment(self, serial: f64) -> Option<NaiveDateTime> {
        let epoch = match (self.from_1904, serial < 60.0) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
            (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
            (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        };
        let seconds: i64 = format!("{:.0}", serial * 86_400.0).parse().ok()?;
        let in_range = (0..=DateTime::UNIX_EPOCH.timestamp() + 300_000_000_000).contains(&seconds);
        let time = epoch.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
        in_range.then_some(time)
    }

    fn month(self, month: u32, length: usize) -> String {
        let names = match self.language {
            Language::Es => "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            Language::Pt => "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            Language::En => "January February March April May June July August September October November December",
        };
        let name = names.split(' ').zip(1..).find(|(_, number)| *number == month).map_or("", |(name, _)| name);
        match length {
            0..=2 => padded(month, length),
            3 => name.chars().take(3).collect(),
            _ => name.to_owned(),
        }
    }

    fn weekday(self, time: NaiveDateTime, length: usize) -> &'static str {
        let names = match (self.language, length) {
            (Language::Es, 3) => ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
            (Language::Es, _) => ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
            (Language::Pt, 3) => ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"],
            (Language::Pt, _) => {
                ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"]
            }
            (Language::En, 3) => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            (Language::En, _) => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        };
        let day = usize::try_from(time.weekday().num_days_from_monday()).unwrap_or(0);
        names.get(day).copied().unwrap_or_default()
    }
}

/// A number as it is: its digits, without exponent, and no more of them than were typed.
fn plain(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { value.to_string() }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// `0` is always shown, `#` and `?` when there is something.
    Digit(bool),
    Point,
    Group,
    Percent,
    /// y, m, d, h or s, and how many of them.
    Date(char, usize),
    /// `[h]`: all hours, not only those of the day.
    Elapsed,
    /// `AM/PM`.
    HalfDay,
    Literal(char),
}

/// The first section of a format, which is the one for positive numbers.
fn tokens(code: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = code;
    if code.eq_ignore_ascii_case("general") || code == "@" {
        return tokens;
    }
    while let Some(c) = rest.chars().next() {
        rest = rest.strip_prefix(c).unwrap_or_default();
        let lower = c.to_ascii_lowercase();
        match lower {
            ';' => break,
            '"' => {
                let (literal, after) = rest.split_once('"').unwrap_or((rest, ""));
                tokens.extend(literal.chars().map(Token::Literal));
                rest = after;
            }
            '\\' => {
                if let Some(literal) = rest.chars().next() {
                    tokens.push(Token::Literal(literal));
                    rest = rest.strip_prefix(literal).unwrap_or_default();
                }
            }
            // Room of a sign's width, and a sign repeated to fill the cell.
            '_' | '*' => rest = rest.strip_prefix(|_| true).unwrap_or_default(),
            '[' => {
                let (inside, after) = rest.split_once(']').unwrap_or((rest, ""));
                rest = after;
                if inside.eq_ignore_ascii_case("h") || inside.eq_ignore_ascii_case("hh") {
                    tokens.push(Token::Elapsed);
                } else if let Some(currency) = inside.strip_prefix('$') {
                    tokens.extend(currency.split('-').next().unwrap_or_default().chars().map(Token::Literal));
                }
            }
            '0' => tokens.push(Token::Digit(true)),
            '#' | '?' => tokens.push(Token::Digit(false)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Group),
            '%' => tokens.push(Token::Percent),
            // Scientific notation: the digits are shown instead.
            'e' if rest.starts_with(['+', '-']) => return Vec::new(),
            'a' if rest.get(..4).is_some_and(|rest| rest.eq_ignore_ascii_case("m/pm")) => {
                tokens.push(Token::HalfDay);
                rest = rest.get(4..).unwrap_or_default();
            }
            'y' | 'm' | 'd' | 'h' | 's' => match tokens.last_mut() {
                Some(Token::Date(known, length)) if *known == lower => *length += 1,
                Some(_) | None => tokens.push(Token::Date(lower, 1)),
            },
            _ => tokens.push(Token::Literal(c)),
        }
    }
    tokens
}

/// `m` means minutes after hours and before seconds.
fn is_minute(tokens: &[Token], place: usize) -> bool {
    let is_part = |token: &&Token| matches!(token, Token::Date(..) | Token::Elapsed);
    let before = tokens.get(..place).unwrap_or_default().iter().rev().find(is_part);
    let after = tokens.get(place + 1..).unwrap_or_default().iter().find(is_part);
    matches!(before, Some(Token::Date('h', _) | Token::Elapsed)) || matches!(after, Some(Token::Date('s', _)))
}

fn padded(number: u32, length: usize) -> String {
    if length >= 2 { format!("{number:02}") } else { number.to_string() }
}

fn grouped(digits: &str, sign: char) -> String {
    let mut shown = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(sign);
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    const ES: Shower = Shower { language: Language::Es, from_1904: false };
    const EN: Shower = Shower { language: Language::En, from_1904: false };

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        for (value, code, es, en) in [
            (56_912_345_678.0, "General", "56912345678", "56912345678"),
            (56_912_345_678.0, "0", "56912345678", "56912345678"),
            (56_912_345_678.0, "0.00E+00", "56912345678", "56912345678"),
            (56_912_345_678.0, "@", "56912345678", "56912345678"),
            (56_912_345_678.0, "\"+\"0", "+56912345678", "+56912345678"),
            (56_912_345_678.0, "+##\\ #########", "+56912345678", "+56912345678"),
            (15_000.0, "#,##0", "15.000", "15,000"),
            (15_000.5, "$ #,##0.00", "$ 15.000,50", "$ 15,000.50"),
            (15_000.0, "[$$-340A]\\ #,##0", "$ 15.000", "$ 15,000"),
            (-3.5, "0.0;[Red](0.0)", "-3,5", "-3.5"),
            (-0.01, "0", "0", "0"),
            (0.15, "0%", "15%", "15%"),
            (0.1234, "0.0#%", "12,34%", "12.34%"),
            (7.0, "00000", "00007", "00007"),
            (2.50, "0.##", "2,5", "2.5"),
            (2.0, "0.##", "2", "2"),
            (0.1, "General", "0.1", "0.1"),
        ] {
            assert_eq!(ES.number(value, code), es, "{value} as {code}");
            assert_eq!(EN.number(value, code), en, "{value} as {code} in English");
        }
    }

    #[test]
    fn dates_are_shown_as_their_format_says() {
        for (serial, code, es) in [
            (45_943.0, built_in("14"), "13/10/2025"),
            (45_943.5, built_in("22"), "13/10/2025 12:00"),
            (45_943.0, "dd/mm/yyyy", "13/10/2025"),
            (45_943.0, "yyyy\\-mm\\-dd;@", "2025-10-13"),
            (45_943.0, "d \"de\" mmmm \"de\" yyyy", "13 de octubre de 2025"),
            (45_943.0, "[$-340A]dddd d-mmm-yy", "lunes 13-oct-25"),
            (45_943.604_861_2, "hh:mm", "14:31"),
            (45_943.604_861_2, "h:mm AM/PM", "2:31 PM"),
            (0.5, "h:mm:ss", "12:00:00"),
            (1.5, "[h]:mm", "36:00"),
            (59.0, "d/m/yyyy", "28/2/1900"),
            (61.0, "d/m/yyyy", "1/3/1900"),
            (-1.0, "d/m/yyyy", "-1"),
            (1e300, "d/m/yyyy", &plain(1e300)),
        ] {
            assert_eq!(ES.number(serial, code), es, "{serial} as {code}");
        }
        assert_eq!(EN.number(45_943.0, built_in("14")), "10/13/2025");
        assert_eq!(Shower { from_1904: true, ..ES }.number(44_481.0, "dd/mm/yyyy"), "13/10/2025");
    }
}

//! Phones as people and spreadsheet programs write them (growth-api.md § The active-message sheet).

use super::{NotAPhone, PhoneNumber};
use phonenumber::metadata::{DATABASE, Descriptor};

/// Digits a number in scientific notation must show. Spreadsheet programs cut the display to six; the zeros that
/// would replace the lost digits are another person's phone.
const SCIENTIFIC_DIGITS: usize = 8;

impl PhoneNumber {
    /// Read a cell: `+56…`, `0056…`, `0DDI…` or digits with country code; blanks, dots, dashes and parentheses between
    /// them; and what is left of a number after a spreadsheet program took it for an amount: `5.6912345678E+10`,
    /// `56912345678.0`.
    ///
    /// The number must fit its country's numbering plan: the length and the leading digits, not the ranges in use
    /// today, because those are assigned faster than any table of them is published.
    pub fn parse_sheet(text: &str) -> Result<Self, NotAPhone> {
        let (international, digits) = sheet_digits(text)?;
        let number = if international {
            digits.as_str()
        } else {
            digits.strip_prefix("00").or_else(|| digits.strip_prefix('0')).unwrap_or(&digits)
        };
        let phone = Self::from_wa_id(number)?;
        if phone.variants().any(fits_numbering_plan) { Ok(phone) } else { Err(NotAPhone) }
    }
}

/// The digits a cell shows of a phone, and whether a `+` stands before them. Nothing is said about what they mean.
pub fn sheet_digits(text: &str) -> Result<(bool, String), NotAPhone> {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let shown = seen.trim();
    // A spreadsheet program's mark for "this is text" survives some exports.
    let shown = shown.strip_prefix('\'').unwrap_or(shown);
    match scientific(shown).or_else(|| whole_float(shown)).or_else(|| grouped(shown)) {
        Some(digits) => Ok((false, digits)),
        None => written(shown),
    }
}

/// Marks of writing direction and joining, which come along when a phone is copied from a chat.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// `5.6912345678E+10` → `56912345678`. None when it is no such number, or shows too few digits to be sure.
fn scientific(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let mantissa = mantissa.strip_prefix('+').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let all_digits = whole.len() == 1 && fraction.bytes().chain(whole.bytes()).all(|byte| byte.is_ascii_digit());
    if !all_digits || exponent > 15 || fraction.len() > exponent || fraction.len() + 1 < SCIENTIFIC_DIGITS {
        return None;
    }
    Some(format!("{whole}{fraction:0<exponent$}"))
}

/// `56912345678.0` → `56912345678`.
fn whole_float(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once(['.', ','])?;
    let float = whole.len() >= 7
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0');
    float.then(|| whole.to_owned())
}

/// `56,912,345,678` → `56912345678`.
fn grouped(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let amount =
        (1..=3).contains(&first.len()) && digits(first) && groups.all(|group| group.len() == 3 && digits(group));
    (amount && first.len() < text.len()).then(|| text.replace(',', ""))
}

/// The digits between the usual separators, and whether a `+` stands before them.
fn written(text: &str) -> Result<(bool, String), NotAPhone> {
    let mut digits = String::with_capacity(text.len());
    let mut international = false;
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' | '+' if digits.is_empty() && !international => international = true,
            '.' | '-' | '(' | ')' | '/' | '‐'..='―' | '−' => {}
            c if c.is_whitespace() => {}
            _ => return Err(NotAPhone),
        }
    }
    Ok((international, digits))
}

/// Whether a country has numbers like it: for people's phones the length and the plan's leading digits, for the short
/// service numbers companies write from (such as Brazil's 4004) the very range.
fn fits_numbering_plan(phone: PhoneNumber) -> bool {
    let digits = phone.wa_id();
    (1..=3).any(|length| {
        let Some((code, national)) = digits.split_at_checked(length) else { return false };
        let Ok(code) = code.parse::<u16>() else { return false };
        DATABASE.by_code(&code).is_some_and(|regions| {
            regions.iter().any(|region| {
                let plan = region.descriptors();
                let as_long = |kind: Option<&Descriptor>| {
                    kind.is_some_and(|kind| kind.possible_length().iter().any(|n| usize::from(*n) == national.len()))
                };
                let in_range = |kind: Option<&Descriptor>| kind.is_some_and(|kind| kind.is_match(national));
                plan.general().is_match(national) && (as_long(plan.mobile()) || as_long(plan.fixed_line()))
                    || [plan.toll_free(), plan.shared_cost(), plan.uan(), plan.voip()].into_iter().any(in_range)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        PhoneNumber::parse_sheet(text).ok().map(|phone| phone.to_string())
    }

    #[test]
    fn a_phone_is_read_however_a_sheet_writes_it() {
        for (cell, phone) in [
            ("+56912345678", "+56912345678"),
            ("56912345678", "+56912345678"),
            ("0056912345678", "+56912345678"),
            ("056912345678", "+56912345678"),
            ("  +56 9 1234 5678 ", "+56912345678"),
            ("(+56) 9-1234-5678", "+56912345678"),
            ("+56.9.1234.5678", "+56912345678"),
            ("56912345678.0", "+56912345678"),
            ("56912345678,00", "+56912345678"),
            ("56,912,345,678", "+56912345678"),
            ("56.912.345.678", "+56912345678"),
            ("5.6912345678E10", "+56912345678"),
            ("5.6912345678E+10", "+56912345678"),
            ("5,6912345678e+10", "+56912345678"),
            ("5.69123456E+10", "+56912345600"),
            ("'+56912345678", "+56912345678"),
            ("\u{202a}+56 9 1234\u{a0}5678\u{202c}", "+56912345678"),
            ("+56 9 1234‑5678", "+56912345678"),
            ("+55 (11) 98765-4321", "+5511987654321"),
            ("0 55 31 8765-4321", "+553187654321"),
            ("5.511987654321E+12", "+5511987654321"),
            ("+52 1 55 1234 5678", "+5215512345678"),
            ("+54 9 11 1234-5678", "+5491112345678"),
            ("+1 202 555 0123", "+12025550123"),
            ("+56911112222", "+56911112222"),
        ] {
            assert_eq!(read(cell).as_deref(), Some(phone), "{cell}");
        }
    }

    #[test]
    fn what_is_no_phone_is_refused() {
        for cell in [
            "",
            "   ",
            "Ana",
            "n/a",
            "12345",
            "912345678",      // no country code
            "+5691234567",    // a digit too few
            "+569123456789",  // a digit too many
            "+999123456789",  // no such country
            "+0056912345678", // + and 00
            "00056912345678", // three zeros
            "+56912345678 ext 4",
            "+56912345678; +56987654321",
            "+56 9 1234 56+78",
            "5.69123E+10",      // rounded by the display
            "5.6912345678E+09", // not whole
            "-5.6912345678E+10",
            "56912345678.5",
            "56,9123,45678",
            "+56912345678,+56987654321",
            "#N/A",
            "😀",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = PhoneNumber::parse_sheet(&text);
        }

        #[test]
        fn separators_change_nothing(number in "9[0-9]{8}", separators in proptest::collection::vec("[ .()-]{0,2}", 9)) {
            prop_assume!(read(&format!("+56{number}")).is_some());
            let spread: String = number.chars().zip(&separators).flat_map(|(digit, separator)| [separator.clone(), digit.to_string()]).collect();
            prop_assert_eq!(read(&format!("+56{spread}")), Some(format!("+56{number}")));
        }
    }
}

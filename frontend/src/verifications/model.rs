//! How far a number is, and how long until something may be tried again.

use crate::i18n::{Locale, td_string};
use chrono::{DateTime, Utc};
use types::verifications::{Verification, VerificationStage};

/// The steps in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choose account and number.
    Number,
    /// Ask for a code.
    Ask,
    /// Enter it.
    Check,
    /// Register with a PIN.
    Register,
    Done,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Number, Self::Ask, Self::Check, Self::Register, Self::Done];
}

/// Where a number stands at a moment: a code that is too old is as good as none.
pub fn step(verification: &Verification, now: DateTime<Utc>) -> Step {
    match verification.stage {
        VerificationStage::NotIncluded => Step::Number,
        VerificationStage::Unverified if holds(verification, now) => Step::Check,
        VerificationStage::Unverified => Step::Ask,
        VerificationStage::Verified => Step::Register,
        VerificationStage::Registered => Step::Done,
    }
}

/// Whether a code was sent that may still be entered.
fn holds(verification: &Verification, now: DateTime<Utc>) -> bool {
    verification.code.as_ref().is_some_and(|code| code.expires_at > now)
}

/// Whole seconds until a time; none once it has come.
pub fn seconds_until(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<u64> {
    let left = at?.signed_duration_since(now).num_milliseconds();
    // A second that has begun is one to wait for.
    u64::try_from(left).ok().filter(|left| *left > 0).map(|left| left.div_ceil(1000))
}

/// Seconds as a clock shows them: `9:05`, or `2:00:00`.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The six digits of what was typed or pasted, whatever else is between them.
pub fn digits(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(6).collect()
}

pub fn is_complete(digits: &str) -> bool {
    digits.len() == 6
}

pub fn stage_words(locale: Locale, stage: VerificationStage) -> &'static str {
    match stage {
        VerificationStage::NotIncluded => td_string!(locale, verifications.stage_not_included),
        VerificationStage::Unverified => td_string!(locale, verifications.stage_unverified),
        VerificationStage::Verified => td_string!(locale, verifications.stage_verified),
        VerificationStage::Registered => td_string!(locale, verifications.stage_registered),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use types::{
        numbers::NumberRef,
        verifications::{CodeMethod, CodeSent},
        wabas::WabaRef,
    };
    use uuid::Uuid;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(milliseconds)
    }

    fn verification(stage: VerificationStage, expires_at: Option<i64>) -> Verification {
        Verification {
            number: NumberRef { id: Uuid::nil().into(), name: "Ana".into(), phone: "+56911112222".into() },
            waba: WabaRef { id: Uuid::nil().into(), name: "Viajes".into() },
            stage,
            whatsapp_status: None,
            code: expires_at.map(|end| CodeSent { method: CodeMethod::Sms, sent_at: at(0), expires_at: at(end) }),
            next_code_at: None,
            codes_left: 9,
            guesses_left: 5,
            registrations_left: 10,
            trouble: None,
        }
    }

    #[test]
    fn a_number_stands_at_the_first_step_that_is_not_taken() {
        use VerificationStage::{NotIncluded, Registered, Unverified, Verified};
        for (stage, code, expected) in [
            (NotIncluded, None, Step::Number),
            (Unverified, None, Step::Ask),
            (Unverified, Some(10_000), Step::Check),
            (Unverified, Some(5_000), Step::Ask),
            (Verified, Some(10_000), Step::Register),
            (Registered, None, Step::Done),
        ] {
            assert_eq!(step(&verification(stage, code), at(5_000)), expected, "{stage} {code:?}");
        }
    }

    #[test]
    fn the_countdown_ends_with_the_time_and_not_a_second_before() {
        for (until, expected) in
            [(None, None), (Some(0), None), (Some(1), Some(1)), (Some(1000), Some(1)), (Some(61_001), Some(62))]
        {
            assert_eq!(seconds_until(until.map(at), at(0)), expected, "{until:?}");
        }
        assert_eq!(seconds_until(Some(at(0)), at(1)), None);
    }

    #[test]
    fn a_wait_is_written_as_a_clock_shows_it() {
        for (seconds, expected) in [(5, "0:05"), (65, "1:05"), (600, "10:00"), (7200, "2:00:00"), (3661, "1:01:01")] {
            assert_eq!(clock(seconds), expected);
        }
    }

    #[test]
    fn a_pasted_code_loses_what_is_between_its_digits() {
        assert_eq!(digits("123-456"), "123456");
        assert_eq!(digits(" 12 34 56 78"), "123456");
        assert!(is_complete(&digits("123-456")) && !is_complete(&digits("12345")));
    }
}

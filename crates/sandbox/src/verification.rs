//! What Meta allows of codes, guesses, PINs and registrations of one number; time is an argument.

use serde::{Deserialize, Serialize};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A code lives ten minutes, and is good once.
pub(crate) const CODE_LIVES: i64 = 10 * MINUTE;
/// Codes of an hour. Meta does not publish its number; it says how long to wait.
const CODES: usize = 10;
/// Guesses for one code.
const GUESSES: u32 = 10;
/// Wrong PINs of an hour.
const WRONG_PINS: usize = 5;
/// Meta's page about registration: 10 requests within 72 hours.
const REGISTRATIONS: usize = 10;
const REGISTRATIONS_WINDOW: i64 = 72 * HOUR;

/// How far the verification of a number is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Verification {
    pub(crate) code: Option<Code>,
    requests: Vec<i64>,
    registrations: Vec<i64>,
    wrong_pins: Vec<i64>,
}

/// A code that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) digits: String,
    /// SMS or VOICE.
    pub(crate) method: String,
    pub(crate) language: String,
    pub(crate) at: i64,
    guesses: u32,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum No {
    TooManyCodes,
    NoCode,
    Expired,
    TooManyGuesses,
    Wrong,
    TooManyPins,
    WrongPin,
    TooManyRegistrations,
}

impl Verification {
    /// Sends a code, unless too many were.
    pub(crate) fn request(&mut self, digits: String, method: &str, language: &str, now: i64) -> Result<(), No> {
        self.requests.retain(|at| now - at < HOUR);
        if self.requests.len() >= CODES {
            return Err(No::TooManyCodes);
        }
        self.requests.push(now);
        self.code = Some(Code { digits, method: method.into(), language: language.into(), at: now, guesses: 0 });
        Ok(())
    }

    /// Tries a code; the right one is used up.
    pub(crate) fn guess(&mut self, digits: &str, now: i64) -> Result<(), No> {
        let code = self.code.as_mut().ok_or(No::NoCode)?;
        if now - code.at >= CODE_LIVES {
            return Err(No::Expired);
        }
        if code.guesses >= GUESSES {
            return Err(No::TooManyGuesses);
        }
        if code.digits != digits {
            code.guesses += 1;
            return Err(No::Wrong);
        }
        self.code = None;
        Ok(())
    }

    /// Counts a registration with this PIN against the one that is set.
    pub(crate) fn register(&mut self, pin: &str, known: Option<&str>, now: i64) -> Result<(), No> {
        self.registrations.retain(|at| now - at < REGISTRATIONS_WINDOW);
        self.wrong_pins.retain(|at| now - at < HOUR);
        if self.registrations.len() >= REGISTRATIONS {
            return Err(No::TooManyRegistrations);
        }
        self.registrations.push(now);
        if self.wrong_pins.len() >= WRONG_PINS {
            return Err(No::TooManyPins);
        }
        if known.is_some_and(|known| known != pin) {
            self.wrong_pins.push(now);
            return Err(No::WrongPin);
        }
        Ok(())
    }

    /// The code that still holds.
    pub(crate) fn living(&self, now: i64) -> Option<&Code> {
        self.code.as_ref().filter(|code| now - code.at < CODE_LIVES)
    }

    /// Makes the code as old as one that has expired.
    pub(crate) fn expire(&mut self, now: i64) {
        if let Some(code) = &mut self.code {
            code.at = now - CODE_LIVES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(at: i64) -> Verification {
        let mut verification = Verification::default();
        assert_eq!(verification.request("123456".into(), "SMS", "es", at), Ok(()));
        verification
    }

    #[test]
    fn a_code_is_good_once_and_for_ten_minutes() {
        let mut one = sent(0);
        assert_eq!(one.guess("654321", 1), Err(No::Wrong));
        assert_eq!(one.guess("123456", CODE_LIVES - 1), Ok(()));
        assert_eq!(one.guess("123456", CODE_LIVES - 1), Err(No::NoCode));
        let mut late = sent(0);
        assert_eq!(late.guess("123456", CODE_LIVES), Err(No::Expired));
        assert_eq!(late.living(CODE_LIVES), None);
    }

    #[test]
    fn guessing_and_asking_end_somewhere() {
        let mut one = sent(0);
        for _ in 0..GUESSES {
            assert_eq!(one.guess("000000", 1), Err(No::Wrong));
        }
        assert_eq!(one.guess("123456", 1), Err(No::TooManyGuesses));
        for _ in 1..CODES {
            assert_eq!(one.request("1".into(), "SMS", "es", 2), Ok(()));
        }
        assert_eq!(one.request("1".into(), "SMS", "es", 3), Err(No::TooManyCodes));
        assert_eq!(one.request("1".into(), "SMS", "es", HOUR + 2), Ok(()));
    }

    #[test]
    fn the_eleventh_registration_of_three_days_is_refused() {
        let mut one = Verification::default();
        for _ in 0..REGISTRATIONS {
            assert_eq!(one.register("111111", None, 0), Ok(()));
        }
        assert_eq!(one.register("111111", None, REGISTRATIONS_WINDOW - 1), Err(No::TooManyRegistrations));
        assert_eq!(one.register("111111", None, REGISTRATIONS_WINDOW), Ok(()));
    }

    #[test]
    fn wrong_pins_block_the_right_one_for_a_while() {
        let mut one = Verification::default();
        for _ in 0..WRONG_PINS {
            assert_eq!(one.register("222222", Some("111111"), 0), Err(No::WrongPin));
        }
        assert_eq!(one.register("111111", Some("111111"), 1), Err(No::TooManyPins));
        assert_eq!(one.register("111111", Some("111111"), HOUR), Ok(()));
    }
}

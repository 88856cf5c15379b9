//! Phones: one E.164 number, how a sheet writes it, and the two ways some countries' networks know the same phone.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, iter, str::FromStr};

#[cfg(feature = "metadata")]
mod sheet;

#[cfg(feature = "metadata")]
pub use sheet::sheet_digits;

/// Digits of an E.164 number at least and at most (ITU-T E.164; the shortest in use belong to small islands).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// A phone in E.164: country code and number, at most 15 digits, never a leading zero.
///
/// It shows itself as `+56912345678`. Its `Debug` form hides all but the last two digits, because it ends up in logs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(u64);

/// The text is no phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number with its country code")]
pub struct NotAPhone;

impl PhoneNumber {
    /// Take WhatsApp's id of a person: the digits of the phone. Only the shape is checked, for what WhatsApp knows is
    /// a phone even where a numbering plan says otherwise.
    pub fn from_wa_id(digits: &str) -> Result<Self, NotAPhone> {
        let well_formed = DIGITS.contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return Err(NotAPhone);
        }
        digits.parse().map(Self).or(Err(NotAPhone))
    }

    /// WhatsApp's id of the phone: its digits without the `+`.
    pub fn wa_id(self) -> String {
        self.0.to_string()
    }

    /// The phone itself, then the other number the same phone is known by, if its country has two.
    pub fn variants(self) -> impl Iterator<Item = Self> {
        iter::once(self).chain(self.other())
    }

    /// One number for both variants, to compare phones by; it need not be the one WhatsApp knows.
    #[must_use]
    pub fn canonical(self) -> Self {
        self.other().map_or(self, |other| self.min(other))
    }

    /// Brazil's mobiles with and without the ninth digit, Mexico's with 52 and 521, Argentina's with 54 and 549
    /// (conversation.md § 1).
    fn other(self) -> Option<Self> {
        const E8: u64 = 100_000_000;
        const E9: u64 = 1_000_000_000;
        const E10: u64 = 10_000_000_000;
        let n = self.0;
        let digit = |place: u64| n / place % 10;
        let country = |code: u64, rest: u64| Some(Self(code * E10 + rest % E10));
        match n / E10 {
            // Brazil, 55 + area + eight digits. Those of mobiles began with 6 to 9 when the ninth digit was put before
            // them; the others are fixed lines, which never got one.
            55 if digit(E8 / 10) >= 6 => Some(Self(n / E8 * E9 + 9 * E8 + n % E8)),
            550..=559 if digit(E8) == 9 && digit(E8 / 10) >= 6 => Some(Self(n / E9 * E8 + n % E8)),
            // Area codes begin with 2 to 9 in Mexico and with 1 to 8 in Argentina.
            52 if digit(E9) >= 2 => country(521, n),
            521 if digit(E9) >= 2 => country(52, n),
            54 if (1..=8).contains(&digit(E9)) => country(549, n),
            549 if (1..=8).contains(&digit(E9)) => country(54, n),
            _ => None,
        }
    }
}

/// `+` and digits, nothing else: the form phones have on the wire and in the database.
impl FromStr for PhoneNumber {
    type Err = NotAPhone;

    fn from_str(text: &str) -> Result<Self, NotAPhone> {
        Self::from_wa_id(text.strip_prefix('+').ok_or(NotAPhone)?)
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber(…{:02})", self.0 % 100)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn variants(digits: &str) -> Vec<String> {
        PhoneNumber::from_wa_id(digits).unwrap().variants().map(PhoneNumber::wa_id).collect()
    }

    #[test]
    fn one_phone_may_be_known_by_two_numbers() {
        for (one, other) in [
            // Brazil: Belo Horizonte and São Paulo mobiles.
            ("5531987654321", "553187654321"),
            ("5511961234567", "551161234567"),
            // Mexico City, Monterrey.
            ("525512345678", "5215512345678"),
            ("528112345678", "5218112345678"),
            // Buenos Aires, Córdoba.
            ("541112345678", "5491112345678"),
            ("543511234567", "5493511234567"),
        ] {
            assert_eq!(variants(one), [one, other]);
            assert_eq!(variants(other), [other, one]);
            let canonical = |digits| PhoneNumber::from_wa_id(digits).unwrap().canonical();
            assert_eq!(canonical(one), canonical(other));
        }
    }

    #[test]
    fn most_phones_are_known_by_one_number() {
        for only in [
            "56912345678",   // Chile
            "12025550123",   // United States
            "553133334444",  // a Brazilian fixed line
            "5511933334444", // a Brazilian mobile younger than the ninth digit
            "5215",          // too short to be Mexican
            "34612345678",   // Spain
        ] {
            if let Ok(phone) = PhoneNumber::from_wa_id(only) {
                assert_eq!(phone.variants().collect::<Vec<_>>(), [phone], "{only}");
            }
        }
    }

    #[test]
    fn only_plus_and_digits_are_e164() {
        for good in ["+56912345678", "+2907123", "+999999999999999"] {
            assert_eq!(good.parse::<PhoneNumber>().unwrap().to_string(), good);
        }
        for bad in
            ["", "+", "56912345678", "+0569123456", "+56 912345678", "+569123", "+1234567890123456", "++56912345"]
        {
            assert_eq!(bad.parse::<PhoneNumber>(), Err(NotAPhone), "{bad}");
        }
    }

    #[test]
    fn a_phone_travels_as_text_and_hides_in_logs() {
        let phone: PhoneNumber = serde_json::from_str("\"+56912345678\"").unwrap();
        assert_eq!(serde_json::to_string(&phone).unwrap(), "\"+56912345678\"");
        assert_eq!(format!("{phone:?}"), "PhoneNumber(…78)");
        assert!(serde_json::from_str::<PhoneNumber>("\"569\"").is_err());
    }

    proptest! {
        #[test]
        fn a_variants_variants_contain_the_original(
            country in prop_oneof![Just("55"), Just("52"), Just("521"), Just("54"), Just("549"), Just("56"), Just("1")],
            rest in "[0-9]{8,11}",
        ) {
            let phone = PhoneNumber::from_wa_id(&format!("{country}{rest}")).unwrap();
            for variant in phone.variants() {
                prop_assert!(variant.variants().any(|back| back == phone));
                prop_assert_eq!(variant.canonical(), phone.canonical());
                prop_assert!(PhoneNumber::from_wa_id(&variant.wa_id()).is_ok());
            }
        }

        #[test]
        fn what_is_shown_is_read_back(digits in "[1-9][0-9]{6,14}") {
            let phone = PhoneNumber::from_wa_id(&digits).unwrap();
            prop_assert_eq!(phone.to_string().parse::<PhoneNumber>(), Ok(phone));
            prop_assert_eq!(phone.wa_id(), digits);
        }
    }
}

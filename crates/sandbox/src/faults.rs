//! What a number can be told to do wrong, and the dice that decide when.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::Method;
use serde::{Deserialize, Serialize};

/// Fault switches of a number; rates are between 0 and 1. The same seed and the same order of requests give the
/// same faults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Faults {
    /// A send is refused with this code of Meta's…
    pub(crate) error_code: Option<i64>,
    /// …this often. Codes Meta reports only later come as a `failed` status, unless `refuse_at_once`.
    pub(crate) error_rate: f64,
    pub(crate) http_500_rate: f64,
    pub(crate) http_429_rate: f64,
    /// Waited before a send is looked at.
    pub(crate) latency_ms: u64,
    /// The message goes out, the connection breaks before the answer.
    pub(crate) drop_connection_rate: f64,
    /// A webhook is told twice.
    pub(crate) duplicate_rate: f64,
    /// A webhook is told later than those after it.
    pub(crate) reorder_rate: f64,
    /// A webhook is never told.
    pub(crate) drop_webhook_rate: f64,
    /// Refuse in the answer what Meta would accept first and report as failed afterwards.
    pub(crate) refuse_at_once: bool,
    pub(crate) seed: Option<u64>,
    /// What happens to the next calls that are not messages, each in its turn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) management: Vec<ManagementFault>,
}

/// The next calls of an edge go wrong: with a code of Meta's, with HTTP 500, or without an answer after they were done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManagementFault {
    /// Such as `phone_numbers` or `register`; empty for the object itself.
    pub(crate) edge: String,
    #[serde(default = "post")]
    pub(crate) method: String,
    #[serde(default)]
    pub(crate) code: Option<i64>,
    #[serde(default)]
    pub(crate) subcode: Option<i64>,
    #[serde(default)]
    pub(crate) details: Option<String>,
    #[serde(default)]
    pub(crate) http_500: bool,
    /// It is done, and the connection breaks before the answer.
    #[serde(default)]
    pub(crate) unanswered: bool,
    /// So many calls.
    #[serde(default = "once")]
    pub(crate) times: u32,
    /// Only those about a phone that ends in these digits.
    #[serde(default)]
    pub(crate) phone: Option<String>,
}

fn post() -> String {
    "POST".into()
}

fn once() -> u32 {
    1
}

impl ManagementFault {
    fn fits(&self, method: &Method, edge: &str, phone: &str) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        self.times > 0
            && self.edge == edge
            && self.method.eq_ignore_ascii_case(method.as_str())
            && self.phone.as_deref().is_none_or(|end| phone.ends_with(&digits(end)))
    }
}

impl Faults {
    /// The fault that waits for a call; it waits for one less then.
    pub(crate) fn take_management(&mut self, method: &Method, edge: &str, phone: &str) -> Option<ManagementFault> {
        let fault = self.management.iter_mut().find(|fault| fault.fits(method, edge, phone))?;
        fault.times -= 1;
        let taken = fault.clone();
        self.management.retain(|fault| fault.times > 0);
        Some(taken)
    }

    /// The first rate that is none, by name.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        [
            ("error_rate", self.error_rate),
            ("http_500_rate", self.http_500_rate),
            ("http_429_rate", self.http_429_rate),
            ("drop_connection_rate", self.drop_connection_rate),
            ("duplicate_rate", self.duplicate_rate),
            ("reorder_rate", self.reorder_rate),
            ("drop_webhook_rate", self.drop_webhook_rate),
        ]
        .into_iter()
        .find_map(|(name, rate)| (!(0.0..=1.0).contains(&rate)).then_some(name))
    }
}

/// A small generator (splitmix64), so that a seed gives the same faults on every machine and release.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of one number: numbers with the same seed still fail at different moments.
    pub(crate) fn new(seed: u64, number: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        number.hash(&mut hasher);
        Self(seed ^ hasher.finish())
    }

    /// True with the given probability.
    pub(crate) fn falls(&mut self, rate: f64) -> bool {
        let roll = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        f64::from(roll) / (f64::from(u32::MAX) + 1.0) < rate
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or_default()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_faults() {
        let rolls = |seed| {
            let mut dice = Dice::new(seed, "1");
            (0..100).map(|_| dice.falls(0.5)).collect::<Vec<_>>()
        };
        assert_eq!(rolls(7), rolls(7));
        assert_ne!(rolls(7), rolls(8));
    }

    #[test]
    fn rates_are_kept_roughly_and_their_ends_exactly() {
        let mut dice = Dice::new(1, "1");
        let fallen = (0..10_000).filter(|_| dice.falls(0.05)).count();
        assert!((400..600).contains(&fallen), "{fallen}");
        assert!((0..1_000).all(|_| !dice.falls(0.0) && dice.falls(1.0)));
    }

    #[test]
    fn a_management_fault_is_used_up_by_the_calls_it_fits() {
        let mut faults: Faults = serde_json::from_value(serde_json::json!({"management": [
            {"edge": "phone_numbers", "code": 100, "times": 2, "phone": "55 01"}, {"edge": "register", "http_500": true}]}))
        .unwrap();
        assert_eq!(faults.take_management(&Method::GET, "phone_numbers", "5501"), None);
        assert_eq!(faults.take_management(&Method::POST, "phone_numbers", "5502"), None);
        assert_eq!(faults.take_management(&Method::POST, "phone_numbers", "95501").and_then(|it| it.code), Some(100));
        assert!(faults.take_management(&Method::POST, "phone_numbers", "5501").is_some());
        assert_eq!(faults.take_management(&Method::POST, "phone_numbers", "5501"), None);
        assert!(faults.take_management(&Method::POST, "register", "").is_some_and(|it| it.http_500));
        assert!(faults.management.is_empty());
    }

    #[test]
    fn a_rate_above_one_is_named() {
        let faults = Faults { reorder_rate: 1.5, ..Faults::default() };
        assert_eq!(faults.wrong(), Some("reorder_rate"));
        assert_eq!(Faults::default().wrong(), None);
    }
}

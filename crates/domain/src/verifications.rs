//! The limits of verifying and registering a number (spec S7), as a function of what was tried.
//!
//! Meta publishes one of them: `register` takes 10 requests a number within 72 hours, and then answers 133016 (Cloud API,
//! Registration). That codes live about 10 minutes is in whatsapp.md. How many codes and guesses it allows is not
//! published; asking too often blocks a number for an hour or more (136024 with subcode 2388091), so these limits stay
//! below it, and a time Meta states itself always counts.

use chrono::{DateTime, TimeDelta, Utc};
use types::{
    graph::{GraphReason, GraphTrouble},
    verifications::{CodeMethod, CodeSent, VerificationStage},
};

/// Between two codes.
pub const COOL_DOWN: TimeDelta = TimeDelta::seconds(60);
/// Codes within [`CODES_WINDOW`].
pub const CODES_MAX: u32 = 5;
pub const CODES_WINDOW: TimeDelta = TimeDelta::hours(1);
/// A code holds so long.
pub const CODE_LIVES: TimeDelta = TimeDelta::minutes(10);
/// Guesses for one code.
pub const GUESSES_MAX: u32 = 5;
/// Registrations within [`REGISTRATIONS_WINDOW`].
pub const REGISTRATIONS_MAX: u32 = 10;
pub const REGISTRATIONS_WINDOW: TimeDelta = TimeDelta::hours(72);

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptKind {
    Code(CodeMethod),
    Guess,
    Registration,
}

/// One try. It is noted before it is made, so one whose outcome nobody noted has neither succeeded nor trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub kind: AttemptKind,
    pub at: DateTime<Utc>,
    pub succeeded: bool,
    pub trouble: Option<GraphTrouble>,
}

/// What may be tried now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub code: Option<CodeSent>,
    pub next_code_at: Option<DateTime<Utc>>,
    pub codes_left: u32,
    pub guesses_left: u32,
    pub registrations_left: u32,
    /// What WhatsApp refused last, until something succeeds.
    pub trouble: Option<GraphTrouble>,
}

/// What may be tried at a time, after these tries in the order they were made.
pub fn limits(attempts: &[Attempt], now: DateTime<Utc>) -> Limits {
    let codes: Vec<&Attempt> = attempts.iter().filter(|attempt| is_code(attempt) && may_have_sent(attempt)).collect();
    let recent: Vec<&&Attempt> = codes.iter().filter(|code| code.at > now - CODES_WINDOW).collect();
    let codes_left = CODES_MAX.saturating_sub(count(recent.len()));
    let last = codes.last();
    let guesses = last.map_or(0, |code| {
        let after = attempts.iter().filter(|attempt| attempt.kind == AttemptKind::Guess && attempt.at >= code.at);
        count(after.filter(|guess| reached(guess)).count())
    });
    let registrations = attempts.iter().filter(|attempt| {
        attempt.kind == AttemptKind::Registration && attempt.at > now - REGISTRATIONS_WINDOW && reached(attempt)
    });
    let freed = (codes_left == 0).then(|| recent.first().map(|code| code.at + CODES_WINDOW)).flatten();
    let stated =
        attempts.iter().rev().find(|attempt| is_code(attempt)).and_then(|code| code.trouble.as_ref()?.retry_at);
    let next_code_at = [last.map(|code| code.at + COOL_DOWN), freed, stated].into_iter().flatten().max();
    let trouble = attempts.last().filter(|attempt| !attempt.succeeded).and_then(|attempt| attempt.trouble.clone());
    Limits {
        code: last.filter(|code| code.at + CODE_LIVES > now).and_then(|code| sent(code)),
        next_code_at: next_code_at.filter(|at| *at > now),
        codes_left,
        guesses_left: if last.is_some() { GUESSES_MAX.saturating_sub(guesses) } else { GUESSES_MAX },
        registrations_left: REGISTRATIONS_MAX.saturating_sub(count(registrations.count())),
        trouble,
    }
}

/// How far a number has come. `status` is WhatsApp's own word for it.
pub fn stage(included: bool, verified: bool, registered: bool, status: Option<&str>) -> VerificationStage {
    let lost = matches!(status, Some("PENDING" | "DISCONNECTED" | "UNVERIFIED" | "DELETED" | "MIGRATED"));
    if !included {
        VerificationStage::NotIncluded
    } else if registered && !lost {
        VerificationStage::Registered
    } else if verified {
        VerificationStage::Verified
    } else {
        VerificationStage::Unverified
    }
}

fn sent(attempt: &Attempt) -> Option<CodeSent> {
    match attempt.kind {
        AttemptKind::Code(method) => {
            Some(CodeSent { method, sent_at: attempt.at, expires_at: attempt.at + CODE_LIVES })
        }
        AttemptKind::Guess | AttemptKind::Registration => None,
    }
}

fn is_code(attempt: &Attempt) -> bool {
    matches!(attempt.kind, AttemptKind::Code(_))
}

/// A code that went out, or may have.
fn may_have_sent(attempt: &Attempt) -> bool {
    match &attempt.trouble {
        None => true,
        Some(trouble) => trouble.reason == GraphReason::OutcomeUnknown,
    }
}

/// A try that WhatsApp got, or may have.
fn reached(attempt: &Attempt) -> bool {
    attempt.trouble.as_ref().is_none_or(|trouble| trouble.reason != GraphReason::Unreachable)
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
    }

    fn tried(kind: AttemptKind, seconds: i64) -> Attempt {
        Attempt { kind, at: at(seconds), succeeded: true, trouble: None }
    }

    fn refused(kind: AttemptKind, seconds: i64, reason: GraphReason) -> Attempt {
        Attempt { succeeded: false, trouble: Some(GraphTrouble::from_reason(reason)), ..tried(kind, seconds) }
    }

    const CODE: AttemptKind = AttemptKind::Code(CodeMethod::Sms);

    #[test]
    fn nothing_was_tried_and_everything_is_left() {
        let limits = limits(&[], at(0));
        assert_eq!((limits.codes_left, limits.guesses_left, limits.registrations_left), (5, 5, 10));
        assert_eq!((limits.code, limits.next_code_at, limits.trouble), (None, None, None));
    }

    #[test]
    fn a_code_holds_ten_minutes_and_the_next_waits_one() {
        let attempts = [tried(CODE, 0)];
        let early = limits(&attempts, at(59));
        assert_eq!((early.next_code_at, early.codes_left), (Some(at(60)), 4));
        assert_eq!(early.code.map(|code| code.expires_at), Some(at(600)));
        let later = limits(&attempts, at(600));
        assert_eq!((later.next_code_at, later.code), (None, None));
    }

    #[test]
    fn the_sixth_code_of_an_hour_waits_until_the_first_is_an_hour_old() {
        let attempts: Vec<_> = (0..5).map(|index| tried(CODE, index * 100)).collect();
        let full = limits(&attempts, at(1_000));
        assert_eq!((full.codes_left, full.next_code_at), (0, Some(at(3_600))));
        assert_eq!(limits(&attempts, at(3_600)).codes_left, 1);
    }

    #[test]
    fn a_try_nobody_noted_the_end_of_counts() {
        let lost = Attempt { succeeded: false, ..tried(CODE, 0) };
        assert_eq!(limits(&[lost], at(30)).next_code_at, Some(at(60)));
        let unknown = refused(CODE, 0, GraphReason::OutcomeUnknown);
        assert_eq!(limits(&[unknown], at(30)).codes_left, 4);
    }

    #[test]
    fn a_code_that_was_refused_does_not_count_but_its_stated_wait_does() {
        let mut attempt = refused(CODE, 0, GraphReason::TooManyCodes);
        if let Some(trouble) = &mut attempt.trouble {
            trouble.retry_at = Some(at(7_200));
        }
        let limits = limits(std::slice::from_ref(&attempt), at(1));
        assert_eq!((limits.codes_left, limits.next_code_at), (5, Some(at(7_200))));
        assert_eq!(limits.trouble, attempt.trouble);
    }

    #[test]
    fn guesses_count_for_the_last_code_only() {
        let wrong = |seconds| refused(AttemptKind::Guess, seconds, GraphReason::CodeWrong);
        let mut attempts = vec![tried(CODE, 0), wrong(1), wrong(2)];
        assert_eq!(limits(&attempts, at(3)).guesses_left, 3);
        attempts.push(refused(AttemptKind::Guess, 3, GraphReason::Unreachable));
        assert_eq!(limits(&attempts, at(4)).guesses_left, 3);
        attempts.push(tried(CODE, 70));
        assert_eq!(limits(&attempts, at(71)).guesses_left, 5);
    }

    #[test]
    fn ten_registrations_within_three_days_are_all_there_are() {
        let attempts: Vec<_> =
            (0..10).map(|index| refused(AttemptKind::Registration, index, GraphReason::PinWrong)).collect();
        assert_eq!(limits(&attempts, at(100)).registrations_left, 0);
        assert_eq!(limits(&attempts, at(72 * 3_600)).registrations_left, 1);
    }

    #[test]
    fn what_succeeds_ends_the_trouble() {
        let attempts = [refused(AttemptKind::Guess, 0, GraphReason::CodeWrong), tried(AttemptKind::Guess, 1)];
        assert_eq!(limits(&attempts, at(2)).trouble, None);
    }

    #[test]
    fn a_number_comes_from_inclusion_to_registration_and_may_fall_back() {
        use VerificationStage::{NotIncluded, Registered, Unverified, Verified};
        assert_eq!(stage(false, false, false, None), NotIncluded);
        assert_eq!(stage(true, false, false, Some("PENDING")), Unverified);
        assert_eq!(stage(true, true, false, Some("PENDING")), Verified);
        assert_eq!(stage(true, true, true, Some("CONNECTED")), Registered);
        assert_eq!(stage(true, true, true, Some("FLAGGED")), Registered);
        assert_eq!(stage(true, true, true, Some("DISCONNECTED")), Verified);
    }
}

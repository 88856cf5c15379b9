//! Meta's errors of management calls in our words: what happened, and when another try makes sense.
//!
//! The codes are those of Meta's page on error codes of the Cloud API; the subcodes that tell management errors apart are
//! not all published, so what a person reads (`details`) decides where a code has several meanings.

use chrono::{DateTime, TimeDelta, Utc};
use types::graph::{GraphReason, GraphTrouble};
use whatsapp::{GraphError, SendError};

/// Characters of Meta's sentence that are kept.
const LONGEST_DETAIL: usize = 500;
/// No wait that Meta states is longer than that of registrations; a longer one is a mistake on the way.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(7);

/// What went wrong with a call about an account.
pub fn trouble(error: &SendError, now: DateTime<Utc>) -> GraphTrouble {
    match error {
        SendError::Refused(error) => GraphTrouble {
            reason: reason(error),
            code: (error.code != GraphError::NO_CODE).then_some(error.code),
            detail: sentence(error),
            trace: error.fbtrace_id.clone(),
            retry_at: wait(error).and_then(|wait| now.checked_add_signed(wait.min(LONGEST_WAIT))),
        },
        SendError::NotSent(_) => GraphTrouble::from_reason(GraphReason::Unreachable),
        SendError::Unknown(_) => GraphTrouble::from_reason(GraphReason::OutcomeUnknown),
    }
}

/// What went wrong with a call about a number: an object Graph does not know is the number then.
pub fn trouble_of_number(error: &SendError, now: DateTime<Utc>) -> GraphTrouble {
    let trouble = trouble(error, now);
    let is_number = trouble.reason == GraphReason::AccountUnknown;
    GraphTrouble { reason: if is_number { GraphReason::NumberUnknown } else { trouble.reason }, ..trouble }
}

fn reason(error: &GraphError) -> GraphReason {
    by_subcode(error).or_else(|| by_code(error)).unwrap_or_else(|| by_status(error))
}

/// Subcodes say it more exactly than their code, which is mostly 100, 136024 or 136025.
fn by_subcode(error: &GraphError) -> Option<GraphReason> {
    Some(match error.error_subcode? {
        // The certificate of a number that is in use elsewhere; a number that is in this account already.
        2_388_001 | 2_388_012 | 2_388_103 => GraphReason::NumberInUse,
        2_388_004 => GraphReason::AlreadyVerified,
        // Something of that name is still being deleted.
        2_388_023 => GraphReason::Temporary,
        2_388_091 => GraphReason::TooManyCodes,
        2_388_093 if says(error, &["expire"]) => GraphReason::CodeExpired,
        2_388_093 if says(error, &["too many", "attempts"]) => GraphReason::TooManyGuesses,
        2_388_093 => GraphReason::CodeWrong,
        33 => GraphReason::AccountUnknown,
        _ => return None,
    })
}

fn by_code(error: &GraphError) -> Option<GraphReason> {
    Some(match error.code {
        // A fault of the server that calls itself 0 says nothing about our token.
        0 if error.http_status >= 500 => GraphReason::Temporary,
        0 | 102 | 190 => GraphReason::TokenInvalid,
        3 | 10 | 200..=299 | 131_005 => GraphReason::TokenLacksPermission,
        4 | 17 | 32 | 613 | 80_007 | 80_008 | 130_429 => GraphReason::RateLimited,
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_000 | 133_004 | 133_015 => GraphReason::Temporary,
        368 | 131_031 | 131_042 | 131_044 | 131_064 => GraphReason::AccountRestricted,
        100 | 131_008 | 131_009 => parameter(error),
        2_200 => GraphReason::WebhookUnreachable,
        133_005 => GraphReason::PinWrong,
        133_006 => GraphReason::NotVerified,
        133_008 | 133_009 => GraphReason::TooManyPins,
        133_010 => GraphReason::NotRegistered,
        133_016 => GraphReason::TooManyRegistrations,
        136_024 if says(error, &["too many", "wait", "try again in", "try again after"]) => GraphReason::TooManyCodes,
        136_024 => GraphReason::CodeNotSent,
        136_025 if says(error, &["expire"]) => GraphReason::CodeExpired,
        136_025 if says(error, &["too many", "attempts"]) => GraphReason::TooManyGuesses,
        136_025 => GraphReason::CodeWrong,
        _ => return None,
    })
}

/// Which parameter was wrong: `details` names it.
fn parameter(error: &GraphError) -> GraphReason {
    if says(error, &["profile_picture", "profile picture"]) {
        GraphReason::PictureRefused
    } else if says(error, &["verified_name", "display name"]) {
        GraphReason::NameRefused
    } else if says(error, &["maximum number of phone numbers", "phone number limit"]) {
        GraphReason::TooManyNumbers
    } else if says(error, &["phone_number", "phone number", "param cc", "country_code"]) {
        GraphReason::NumberInvalid
    } else {
        GraphReason::FieldRefused
    }
}

/// A code nobody named, or an answer that was not Graph's.
fn by_status(error: &GraphError) -> GraphReason {
    match error.http_status {
        500..=599 | 408 => GraphReason::Temporary,
        429 => GraphReason::RateLimited,
        401 if error.code == GraphError::NO_CODE => GraphReason::TokenInvalid,
        403 if error.code == GraphError::NO_CODE => GraphReason::TokenLacksPermission,
        _ if error.is_transient => GraphReason::Temporary,
        _ => GraphReason::Other,
    }
}

/// How long Meta says to wait: in a header, in its sentence, or on its page about the code.
fn wait(error: &GraphError) -> Option<TimeDelta> {
    let header = error.retry_after.and_then(|wait| TimeDelta::from_std(wait).ok());
    header.or_else(|| sentence(error).as_deref().and_then(stated)).or(match error.code {
        // "Limited to a total of 10 per number in a 72-hour moving window" (Registration).
        133_016 => Some(TimeDelta::hours(72)),
        // "Wait 5 minutes before re-registering the phone number."
        133_015 => Some(TimeDelta::minutes(5)),
        // Limits of management calls count over an hour.
        4 | 80_007 | 80_008 => Some(TimeDelta::hours(1)),
        _ => None,
    })
}

/// "Try again in 2 hours", in the languages Meta writes to its users here.
fn stated(sentence: &str) -> Option<TimeDelta> {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let waits = ["again", "wait", "espera", "intenta", "inténtalo", "aguarde", "espere", "tente", "novamente"];
    if !words.iter().any(|word| waits.contains(word)) {
        return None;
    }
    words.windows(2).find_map(|pair| {
        let &[count, unit] = pair else { return None };
        let count: i64 = count.parse().ok().filter(|count| (1..=10_000).contains(count))?;
        match unit.trim_end_matches('s') {
            "second" | "segundo" => Some(TimeDelta::seconds(count)),
            "minute" | "minuto" => Some(TimeDelta::minutes(count)),
            "hour" | "hora" => Some(TimeDelta::hours(count)),
            "day" | "día" | "dia" => Some(TimeDelta::days(count)),
            _ => None,
        }
    })
}

fn says(error: &GraphError, words: &[&str]) -> bool {
    sentence(error).is_some_and(|sentence| {
        let sentence = sentence.to_lowercase();
        words.iter().any(|word| sentence.contains(word))
    })
}

fn sentence(error: &GraphError) -> Option<String> {
    let sentence = error.details.as_deref().filter(|details| !details.is_empty()).unwrap_or(&error.message);
    (!sentence.is_empty()).then(|| sentence.chars().take(LONGEST_DETAIL).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn refused(code: i64, subcode: Option<i64>, details: &str) -> SendError {
        SendError::Refused(GraphError {
            code,
            error_subcode: subcode,
            message: format!("(#{code}) title"),
            details: Some(details.into()).filter(|details: &String| !details.is_empty()),
            fbtrace_id: Some("AbC".into()),
            http_status: 400,
            ..GraphError::default()
        })
    }

    #[test]
    fn every_code_of_a_management_call_has_its_reason() {
        let table = [
            (190, None, "", GraphReason::TokenInvalid),
            (0, None, "", GraphReason::TokenInvalid),
            (10, None, "", GraphReason::TokenLacksPermission),
            (200, None, "", GraphReason::TokenLacksPermission),
            (299, None, "", GraphReason::TokenLacksPermission),
            (100, Some(33), "", GraphReason::AccountUnknown),
            (131_031, None, "", GraphReason::AccountRestricted),
            (368, None, "", GraphReason::AccountRestricted),
            (100, None, "Param phone_number is not a valid phone number", GraphReason::NumberInvalid),
            (100, Some(2_388_001), "", GraphReason::NumberInUse),
            (100, Some(2_388_012), "", GraphReason::NumberInUse),
            (100, None, "You reached the maximum number of phone numbers", GraphReason::TooManyNumbers),
            (100, None, "Param verified_name must have between 2 and 75 characters", GraphReason::NameRefused),
            (136_024, None, "", GraphReason::CodeNotSent),
            (136_024, Some(2_388_091), "", GraphReason::TooManyCodes),
            (136_024, None, "You have tried too many times", GraphReason::TooManyCodes),
            (136_025, None, "", GraphReason::CodeWrong),
            (100, Some(2_388_093), "", GraphReason::CodeWrong),
            (136_025, Some(2_388_093), "The code has expired", GraphReason::CodeExpired),
            (136_025, Some(2_388_093), "Too many attempts", GraphReason::TooManyGuesses),
            (100, Some(2_388_004), "", GraphReason::AlreadyVerified),
            (133_005, None, "", GraphReason::PinWrong),
            (133_006, None, "", GraphReason::NotVerified),
            (133_008, None, "", GraphReason::TooManyPins),
            (133_009, None, "", GraphReason::TooManyPins),
            (133_010, None, "", GraphReason::NotRegistered),
            (133_016, None, "", GraphReason::TooManyRegistrations),
            (133_000, None, "", GraphReason::Temporary),
            (133_015, None, "", GraphReason::Temporary),
            (100, None, "Param about must be at most 139 characters long.", GraphReason::FieldRefused),
            (100, None, "Param profile_picture_handle is not a handle", GraphReason::PictureRefused),
            (2_200, None, "", GraphReason::WebhookUnreachable),
            (80_007, None, "", GraphReason::RateLimited),
            (80_008, None, "", GraphReason::RateLimited),
            (4, None, "", GraphReason::RateLimited),
            (2, None, "", GraphReason::Temporary),
            (999_999, None, "", GraphReason::Other),
        ];
        for (code, subcode, details, expected) in table {
            let found = trouble(&refused(code, subcode, details), now());
            assert_eq!(found.reason, expected, "{code} {subcode:?} {details}");
            assert_eq!((found.code, found.trace.as_deref()), (Some(code), Some("AbC")));
        }
    }

    #[test]
    fn a_call_about_a_number_does_not_blame_the_account() {
        assert_eq!(trouble_of_number(&refused(100, Some(33), ""), now()).reason, GraphReason::NumberUnknown);
        assert_eq!(trouble_of_number(&refused(190, None, ""), now()).reason, GraphReason::TokenInvalid);
    }

    #[test]
    fn a_stated_wait_becomes_a_time() {
        let table = [
            (133_016, "", Some(TimeDelta::hours(72))),
            (133_015, "", Some(TimeDelta::minutes(5))),
            (80_007, "", Some(TimeDelta::hours(1))),
            (136_024, "You have tried too many times. Try again in 2 hours.", Some(TimeDelta::hours(2))),
            (136_024, "Espera 1 hora antes de volver a intentarlo", Some(TimeDelta::hours(1))),
            (133_008, "Too many guesses, please wait 30 minutes", Some(TimeDelta::minutes(30))),
            (136_025, "The code has 6 digits", None),
            (100, "Up to 10 days of data", None),
            (190, "", None),
        ];
        for (code, details, expected) in table {
            let found = trouble(&refused(code, None, details), now());
            assert_eq!(found.retry_at, expected.map(|wait| now() + wait), "{code} {details}");
        }
    }

    #[test]
    fn the_header_wins_and_an_absurd_wait_is_cut() {
        let told = |seconds| {
            SendError::Refused(GraphError {
                code: 133_016,
                retry_after: Some(Duration::from_secs(seconds)),
                ..GraphError::default()
            })
        };
        assert_eq!(trouble(&told(90), now()).retry_at, Some(now() + TimeDelta::seconds(90)));
        assert_eq!(trouble(&told(u64::MAX), now()).retry_at, Some(now() + TimeDelta::hours(72)));
        assert_eq!(trouble(&told(10_000_000), now()).retry_at, Some(now() + LONGEST_WAIT));
    }

    #[test]
    fn an_answer_that_is_not_graphs_is_judged_by_its_status() {
        let answered = |http_status| {
            SendError::Refused(GraphError { code: GraphError::NO_CODE, http_status, ..GraphError::default() })
        };
        let table = [
            (500, GraphReason::Temporary),
            (502, GraphReason::Temporary),
            (429, GraphReason::RateLimited),
            (401, GraphReason::TokenInvalid),
            (403, GraphReason::TokenLacksPermission),
            (404, GraphReason::Other),
        ];
        for (status, expected) in table {
            let found = trouble(&answered(status), now());
            assert_eq!((found.reason, found.code), (expected, None), "{status}");
        }
    }

    #[test]
    fn what_never_left_and_what_nobody_knows_are_told_apart() {
        let not_sent = trouble(&SendError::NotSent("refused".into()), now());
        assert_eq!((not_sent.reason, not_sent.detail), (GraphReason::Unreachable, None));
        assert_eq!(trouble(&SendError::Unknown("reset".into()), now()).reason, GraphReason::OutcomeUnknown);
    }
}

//! What Graph's error codes mean for us: what to do, and the reason a person is told.

use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// An error as Graph answered it, or as a status webhook reported it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("Graph error {code} (HTTP {http_status}, trace {})", fbtrace_id.as_deref().unwrap_or("none"))]
pub struct GraphError {
    /// Meta's code, or [`GraphError::NO_CODE`] where the answer carried no error object.
    pub code: i64,
    pub error_subcode: Option<i64>,
    pub message: String,
    /// `error_data.details`: the sentence that says which parameter and why. Not for log lines.
    pub details: Option<String>,
    pub fbtrace_id: Option<String>,
    pub is_transient: bool,
    /// 0 when the error came by a status webhook.
    pub http_status: u16,
    /// The `Retry-After` header, when it was given in seconds.
    pub retry_after: Option<Duration>,
}

impl GraphError {
    /// The code of an answer that had no readable error object, as a proxy on the way gives.
    pub const NO_CODE: i64 = -1;

    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        remedy(self.code, self.http_status)
    }

    /// The reason in our own words' key.
    pub fn reason(&self) -> FailureReason {
        FailureReason::of(self.code)
    }
}

/// What the product does about an error (whatsapp.md § Errors).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Display, IntoStaticStr, EnumIter)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Remedy {
    /// Try the same message again, backing off.
    Retry,
    /// This recipient will not get it; the others may.
    FailRecipient,
    /// Nothing more goes out from this number until a person has looked.
    PauseNumber,
    /// Nothing more of this campaign goes out until a person has looked: its template is paused or disabled.
    PauseCampaign,
}

/// Why a message failed, as a key the app translates.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr, EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FailureReason {
    Undeliverable,
    WindowShut,
    MarketingLimit,
    OptedOut,
    Experiment,
    SameNumber,
    UnsupportedType,
    Media,
    TemplateVariables,
    TemplateMissing,
    TemplateText,
    TemplatePaused,
    Parameter,
    Throughput,
    PairRate,
    Temporary,
    Auth,
    Account,
    Payment,
    Spam,
    Unknown,
}

impl FailureReason {
    /// The reason behind a code of Meta's; every code has one.
    pub fn of(code: i64) -> Self {
        match code {
            131_026 => Self::Undeliverable,
            131_047 => Self::WindowShut,
            131_049 => Self::MarketingLimit,
            131_050 => Self::OptedOut,
            130_472 => Self::Experiment,
            131_021 => Self::SameNumber,
            131_051 => Self::UnsupportedType,
            131_052 | 131_053 => Self::Media,
            132_000 | 132_012 | 132_018 => Self::TemplateVariables,
            132_001 => Self::TemplateMissing,
            132_005 | 132_007 => Self::TemplateText,
            132_015 | 132_016 => Self::TemplatePaused,
            100 | 131_008 | 131_009 => Self::Parameter,
            4 | 80_007 | 130_429 => Self::Throughput,
            131_056 => Self::PairRate,
            2 | 131_000 | 131_016 | 131_057 | 133_004 => Self::Temporary,
            0 | 3 | 10 | 190 | 200..=299 => Self::Auth,
            368 | 131_031 | 131_064 => Self::Account,
            131_042 | 131_044 => Self::Payment,
            131_048 => Self::Spam,
            _ => Self::Unknown,
        }
    }

    /// How long to wait before the same person may be tried again; `None` where waiting does not help.
    /// Meta's limit on marketing messages per person is reconsidered after a day.
    pub fn not_again_within(self) -> Option<TimeDelta> {
        (self == Self::MarketingLimit).then(|| TimeDelta::hours(24))
    }
}

/// The table of whatsapp.md § Errors as a total function.
///
/// A code named there wins over the HTTP status, because Meta says to act on codes; a code nobody named is
/// tried again when the answer was a 5xx and fails its recipient otherwise. `http_status` is 0 for an error that
/// came by a status webhook.
pub fn remedy(code: i64, http_status: u16) -> Remedy {
    let server_fault = (500..=599).contains(&http_status);
    match code {
        2 | 4 | 80_007 | 130_429 | 131_000 | 131_016 | 131_056 | 131_057 | 133_004 => Remedy::Retry,
        130_472
        | 131_009
        | 131_021
        | 131_026
        | 131_047
        | 131_049..=131_053
        | 132_000
        | 132_001
        | 132_005
        | 132_007
        | 132_012 => Remedy::FailRecipient,
        // A fault of the server that calls itself 0 says nothing about our token.
        0 if server_fault => Remedy::Retry,
        0 | 3 | 10 | 190 | 200..=299 | 368 | 131_031 | 131_042 | 131_044 | 131_048 | 131_064 => Remedy::PauseNumber,
        132_015 | 132_016 => Remedy::PauseCampaign,
        GraphError::NO_CODE if matches!(http_status, 401 | 403) => Remedy::PauseNumber,
        GraphError::NO_CODE if matches!(http_status, 408 | 429) => Remedy::Retry,
        _ if server_fault => Remedy::Retry,
        _ => Remedy::FailRecipient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_has_its_remedy() {
        let table = [
            (Remedy::Retry, vec![130_429, 131_056, 131_000, 131_016, 131_057, 133_004, 2, 4, 80_007]),
            (
                Remedy::FailRecipient,
                vec![
                    131_026, 131_047, 131_049, 131_050, 131_051, 131_052, 131_053, 130_472, 131_021, 132_000, 132_001,
                    132_005, 132_007, 132_012, 131_009,
                ],
            ),
            (Remedy::PauseNumber, vec![190, 0, 3, 10, 200, 219, 299, 131_048, 368, 131_031, 131_042, 131_044, 131_064]),
            (Remedy::PauseCampaign, vec![132_015, 132_016]),
        ];
        for (expected, codes) in table {
            for code in codes {
                for http_status in [0, 200, 400, 403, 429] {
                    assert_eq!(remedy(code, http_status), expected, "{code} with HTTP {http_status}");
                }
            }
        }
    }

    #[test]
    fn every_code_of_the_table_has_a_reason_in_words() {
        for code in [
            130_429, 131_056, 131_000, 131_016, 131_057, 133_004, 2, 4, 80_007, 131_026, 131_047, 131_049, 131_050,
            131_051, 131_052, 131_053, 130_472, 131_021, 132_000, 132_001, 132_005, 132_007, 132_012, 131_009, 190, 0,
            3, 10, 200, 299, 131_048, 368, 131_031, 131_042, 131_044, 132_015, 132_016, 131_064,
        ] {
            assert_ne!(FailureReason::of(code), FailureReason::Unknown, "{code}");
        }
    }

    #[test]
    fn the_neighbours_of_the_permission_range_are_not_permissions() {
        assert_eq!(remedy(199, 400), Remedy::FailRecipient);
        assert_eq!(remedy(300, 400), Remedy::FailRecipient);
    }

    #[test]
    fn any_server_fault_is_tried_again_unless_meta_named_the_reason() {
        for http_status in [500, 502, 503, 504, 599] {
            assert_eq!(remedy(GraphError::NO_CODE, http_status), Remedy::Retry);
            assert_eq!(remedy(1, http_status), Remedy::Retry);
            assert_eq!(remedy(0, http_status), Remedy::Retry);
            assert_eq!(remedy(131_026, http_status), Remedy::FailRecipient);
            assert_eq!(remedy(190, http_status), Remedy::PauseNumber);
        }
    }

    #[test]
    fn an_answer_without_error_object_is_judged_by_its_status() {
        assert_eq!(remedy(GraphError::NO_CODE, 401), Remedy::PauseNumber);
        assert_eq!(remedy(GraphError::NO_CODE, 403), Remedy::PauseNumber);
        assert_eq!(remedy(GraphError::NO_CODE, 429), Remedy::Retry);
        assert_eq!(remedy(GraphError::NO_CODE, 404), Remedy::FailRecipient);
    }

    #[test]
    fn only_the_marketing_limit_has_to_wait_a_day() {
        assert_eq!(FailureReason::of(131_049).not_again_within(), Some(TimeDelta::hours(24)));
        assert_eq!(FailureReason::of(131_026).not_again_within(), None);
    }

    #[test]
    fn reasons_are_stored_by_their_snake_case_names() {
        assert_eq!(FailureReason::WindowShut.to_string(), "window_shut");
        assert_eq!("opted_out".parse(), Ok(FailureReason::OptedOut));
    }
}

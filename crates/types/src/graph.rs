//! What WhatsApp's Graph API refused, in our words: what happened, what to do next, and when (spec S7, O1).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;

/// Why Graph did not do what it was asked, as a key the app has words for (`words::graph`).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum GraphReason {
    /// The access token is wrong or has expired.
    TokenInvalid,
    /// The token lacks a permission on this account.
    TokenLacksPermission,
    /// There is no such account, or the token does not reach it.
    AccountUnknown,
    /// The account is restricted or blocked.
    AccountRestricted,
    /// There is no such number in the account.
    NumberUnknown,
    /// The number is not one WhatsApp can use.
    NumberInvalid,
    /// The number is in use on WhatsApp already, here or elsewhere.
    NumberInUse,
    /// The account has as many numbers as it may.
    TooManyNumbers,
    /// The display name does not follow WhatsApp's rules.
    NameRefused,
    /// No code could be sent to the number.
    CodeNotSent,
    /// Too many codes were asked for.
    TooManyCodes,
    /// The code is not the one that was sent.
    CodeWrong,
    /// The code is too old.
    CodeExpired,
    /// Too many wrong codes were entered.
    TooManyGuesses,
    /// The number is verified already.
    AlreadyVerified,
    /// The number has to be verified first.
    NotVerified,
    /// The number has to be registered first.
    NotRegistered,
    /// The PIN is not the one the number was registered with.
    PinWrong,
    /// Too many wrong PINs were entered.
    TooManyPins,
    /// The number was registered too often.
    TooManyRegistrations,
    /// A field of the profile was not accepted.
    FieldRefused,
    /// The picture was not accepted.
    PictureRefused,
    /// The webhook's address did not answer the handshake.
    WebhookUnreachable,
    /// Too many requests were made for this account.
    RateLimited,
    /// WhatsApp has a fault that passes.
    Temporary,
    /// WhatsApp was not reached.
    Unreachable,
    /// The request left and no answer came: it may have been done.
    OutcomeUnknown,
    /// Anything else; WhatsApp's own sentence says more.
    Other,
}

impl GraphReason {
    /// Whether nothing is wrong with what was asked: it is a matter of time.
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Temporary | Self::Unreachable | Self::OutcomeUnknown)
    }
}

/// What Graph refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GraphTrouble {
    pub reason: GraphReason,
    /// Meta's code, to quote when asking for help; absent when there was no answer.
    pub code: Option<i64>,
    /// Meta's own sentence, in English as it came.
    pub detail: Option<String>,
    /// Meta's id of the request.
    pub trace: Option<String>,
    /// Before this time another try is in vain.
    pub retry_at: Option<DateTime<Utc>>,
}

impl GraphTrouble {
    /// A trouble Meta itself said nothing about.
    pub fn from_reason(reason: GraphReason) -> Self {
        Self { reason, code: None, detail: None, trace: None, retry_at: None }
    }
}

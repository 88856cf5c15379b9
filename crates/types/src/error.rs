//! What can go wrong, as the caller sees it: RFC 9457 `application/problem+json` with a stable code.

use crate::graph::GraphTrouble;
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;

/// Every refusal the API knows. A code means one thing and never changes its meaning.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ErrorCode {
    MalformedRequest,
    ValidationFailed,
    Unauthenticated,
    SignInRefused,
    SignInThrottled,
    PermissionMissing,
    OriginRefused,
    NotFound,
    MethodNotAllowed,
    BodyTooLarge,
    MediaTypeUnsupported,
    IdempotencyKeyReused,
    RequestStillRunning,
    TooManyRequests,
    Overloaded,
    Internal,
    SignatureMissing,
    SignatureWrong,
    VerifyTokenWrong,
    AlreadySetUp,
    EmailTaken,
    QuickReplyCategoryNameTaken,
    TicketAlreadyTaken,
    TicketClosed,
    TicketNotYours,
    ServiceWindowClosed,
    SheetUnreadable,
    SheetEncrypted,
    SheetTooLarge,
    SheetEmpty,
    SheetTooManyRows,
    SheetColumnsMissing,
    CampaignHasFaultyRows,
    CampaignHasNoRecipients,
    CampaignNotDraft,
    CampaignNotRunning,
    CampaignNotPaused,
    CampaignEnded,
    ProfileNameTaken,
    ProfileIsBuiltIn,
    MemberHasProfile,
    MayNotGrant,
    LastAdministrator,
    MemberDeactivated,
    MemberActive,
    LinkEnded,
    VersionConflict,
    NumberAlreadyGrouped,
    GroupAlreadyGrouped,
    GroupWouldBeEmpty,
    GroupHasCycle,
    GroupContentMismatch,
    OwnerIsAgent,
    NumberConfirmationWrong,
    WabaAlreadyConnected,
    WabaHasNumbers,
    MailNotConfigured,
    WhatsappRefused,
    WhatsappUnreachable,
    NumberNotIncluded,
    NumberAlreadyIncluded,
    NumberNotVerified,
    NumberAlreadyVerified,
    CodeTooSoon,
    CodesUsedUp,
    GuessesUsedUp,
    RegistrationsUsedUp,
    CodeNotRequested,
    PictureUnreadable,
    PictureTooSmall,
    ImportHasFaultyRows,
    ImportEmpty,
    ImportNotDraft,
    ImportNotStarted,
    ImportTooManyRows,
    ImportColumnsMissing,
    PasswordWrong,
    SandboxUnavailable,
    OwnActionRefused,
    AgentMayNotClose,
    AgentMayNotTransfer,
    AgentMayNotStart,
    TagMissing,
    TransferToSame,
    MessageAlreadySent,
    TemplateNotActive,
    TemplateNotApproved,
    TemplateVariablesWrong,
    ContactOptedOut,
    NumbersOfOtherWaba,
    SettingsChangedSince,
    ChangeUndone,
    ChatbotNotMade,
}

impl ErrorCode {
    /// The HTTP status that goes with the code.
    pub fn status(self) -> u16 {
        match self {
            Self::MalformedRequest => 400,
            Self::Unauthenticated | Self::SignInRefused | Self::SignatureMissing => 401,
            Self::PermissionMissing
            | Self::MayNotGrant
            | Self::OriginRefused
            | Self::SignatureWrong
            | Self::VerifyTokenWrong
            | Self::AgentMayNotClose
            | Self::AgentMayNotTransfer
            | Self::AgentMayNotStart => 403,
            Self::NotFound | Self::LinkEnded | Self::SandboxUnavailable => 404,
            Self::MethodNotAllowed => 405,
            Self::BodyTooLarge | Self::SheetTooLarge => 413,
            Self::MediaTypeUnsupported => 415,
            Self::ValidationFailed
            | Self::IdempotencyKeyReused
            | Self::SheetUnreadable
            | Self::SheetEncrypted
            | Self::SheetEmpty
            | Self::SheetTooManyRows
            | Self::SheetColumnsMissing
            | Self::NumberConfirmationWrong
            | Self::PictureUnreadable
            | Self::PictureTooSmall
            | Self::ImportTooManyRows
            | Self::ImportColumnsMissing
            | Self::ImportEmpty
            | Self::PasswordWrong
            | Self::TagMissing
            | Self::TemplateVariablesWrong
            | Self::NumbersOfOtherWaba => 422,
            Self::RequestStillRunning
            | Self::AlreadySetUp
            | Self::EmailTaken
            | Self::QuickReplyCategoryNameTaken
            | Self::TicketAlreadyTaken
            | Self::TicketClosed
            | Self::TicketNotYours
            | Self::ServiceWindowClosed
            | Self::CampaignHasFaultyRows
            | Self::CampaignHasNoRecipients
            | Self::CampaignNotDraft
            | Self::CampaignNotRunning
            | Self::CampaignNotPaused
            | Self::CampaignEnded
            | Self::ProfileNameTaken
            | Self::ProfileIsBuiltIn
            | Self::MemberHasProfile
            | Self::LastAdministrator
            | Self::MemberDeactivated
            | Self::MemberActive
            | Self::VersionConflict
            | Self::NumberAlreadyGrouped
            | Self::GroupAlreadyGrouped
            | Self::GroupWouldBeEmpty
            | Self::GroupHasCycle
            | Self::GroupContentMismatch
            | Self::OwnerIsAgent
            | Self::WabaAlreadyConnected
            | Self::WabaHasNumbers
            | Self::MailNotConfigured
            | Self::WhatsappRefused
            | Self::NumberNotIncluded
            | Self::NumberAlreadyIncluded
            | Self::NumberNotVerified
            | Self::NumberAlreadyVerified
            | Self::CodeNotRequested
            | Self::ImportHasFaultyRows
            | Self::ImportNotDraft
            | Self::ImportNotStarted
            | Self::OwnActionRefused
            | Self::TransferToSame
            | Self::MessageAlreadySent
            | Self::TemplateNotActive
            | Self::TemplateNotApproved
            | Self::ContactOptedOut
            | Self::SettingsChangedSince
            | Self::ChangeUndone
            | Self::ChatbotNotMade => 409,
            Self::SignInThrottled
            | Self::TooManyRequests
            | Self::CodeTooSoon
            | Self::CodesUsedUp
            | Self::GuessesUsedUp
            | Self::RegistrationsUsedUp => 429,
            Self::Internal => 500,
            Self::Overloaded | Self::WhatsappUnreachable => 503,
        }
    }
}

/// What is wrong with one field.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FieldCode {
    Required,
    TooShort,
    TooLong,
    OutOfRange,
    NotAnEmail,
    NotATimeZone,
    NotAnAddress,
    OnlyDigits,
    SixDigits,
    Repeated,
    EmailTaken,
    NotAnAgent,
    TooMany,
    NotATime,
    NotADay,
    EndsBeforeItStarts,
    Overlaps,
    WrongHost,
    UnknownVariable,
    SuggestsItself,
    NeedsTemplate,
    ReservedName,
    OtherAccount,
    NotFound,
    Invalid,
}

/// One field that is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
    #[schema(example = "/title")]
    pub pointer: String,
    pub code: FieldCode,
    /// In the caller's language.
    pub detail: String,
}

/// RFC 9457 problem details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A stable URI reference of the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/validation_failed")]
    pub kind: String,
    /// In the caller's language.
    pub title: String,
    pub status: u16,
    /// What happened and what to do, in the caller's language.
    pub detail: String,
    /// The id of this request, to quote when asking for help.
    pub instance: String,
    pub code: ErrorCode,
    /// The fields that are wrong; empty when it is not about a field.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What stands in the way, by its name, where `detail` is about one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What WhatsApp refused, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whatsapp: Option<GraphTrouble>,
}

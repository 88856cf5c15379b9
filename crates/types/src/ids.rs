//! Typed ids: `UUIDv7` strings on the wire, one type per thing, so that two of them cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A customer company.
    OrganizationId,
    /// A person with a login.
    MemberId,
    /// A named set of permissions.
    ProfileId,
    /// A signed-in browser or program of one member.
    SessionId,
    /// A WhatsApp Business Account connected to an organization.
    WabaId,
    /// A WhatsApp number of an organization.
    NumberId,
    /// A group of numbers or of groups.
    GroupId,
    /// A category of quick replies.
    QuickReplyCategoryId,
    /// A quick reply.
    QuickReplyId,
    /// A person who writes to an organization on WhatsApp.
    ContactId,
    /// What one contact and one number have said to each other.
    ConversationId,
    /// One human attendance of one contact.
    TicketId,
    /// A queue of one number.
    QueueId,
    /// One message, in or out.
    MessageId,
    /// A template of a WABA, in one language.
    TemplateId,
    /// A campaign of active messages.
    CampaignId,
    /// An invitation or a password reset that was sent to a member.
    MemberLinkId,
    /// A sheet of numbers to be included.
    NumberImportId,
    /// One entry of the audit log.
    AuditEntryId,
    /// One attempt at verifying or registering a number.
    VerificationAttemptId,
    /// A change of many numbers' settings at once.
    SettingsChangeId,
    /// A contact who wrote while attendance was closed.
    OffHoursContactId,
    /// One survey that was shown.
    SurveyId,
}

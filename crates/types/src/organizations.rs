//! The organization itself: its name, its zone, how long it keeps messages, how its mail goes out (Administración).

use crate::{Endpoint, Language, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;
use validator::Validate;

pub const GET_ORGANIZATION: Endpoint<(), Organization> = Endpoint::get("/api/v1/organizations/current");
pub const UPDATE_ORGANIZATION: Endpoint<OrganizationInput, Organization> =
    Endpoint::put("/api/v1/organizations/current");
/// Null where no mail goes out.
pub const GET_MAIL_SETTINGS: Endpoint<(), Option<MailSettings>> = Endpoint::get("/api/v1/organizations/current/mail");
pub const UPDATE_MAIL_SETTINGS: Endpoint<MailSettingsInput, MailSettings> =
    Endpoint::put("/api/v1/organizations/current/mail");
/// Send no more mail: links are shown instead.
pub const DELETE_MAIL_SETTINGS: Endpoint<(), ()> = Endpoint::delete("/api/v1/organizations/current/mail");
/// Send a mail to oneself with the settings as they are stored, and say what the server answered.
pub const TEST_MAIL_SETTINGS: Endpoint<(), MailTest> = Endpoint::post("/api/v1/organizations/current/mail/test");

/// Days messages are kept, at least and at most, where they are not kept for ever.
pub const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 90..=3650;

/// The organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Organization {
    #[schema(example = "Viajes del Sur")]
    pub name: String,
    /// IANA name.
    #[schema(example = "America/Santiago")]
    pub time_zone: String,
    /// Of new members and numbers.
    pub language: Language,
    /// Days after which messages are deleted; null keeps them.
    pub retention_days: Option<u32>,
    /// Counts the saves.
    pub version: u64,
}

/// The organization to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OrganizationInput {
    #[validate(length(min = 1, max = 100), custom(function = "validate::line"))]
    #[schema(min_length = 1, max_length = 100, example = "Viajes del Sur")]
    pub name: String,
    /// IANA name.
    #[validate(length(min = 1, max = 64))]
    #[schema(example = "America/Santiago")]
    pub time_zone: String,
    pub language: Language,
    /// 90 to 3,650; null keeps messages for ever.
    #[validate(range(min = 90, max = 3650))]
    #[schema(minimum = 90, maximum = 3650, example = 730)]
    pub retention_days: Option<u32>,
    /// The version the change started from.
    pub version: u64,
}

/// How the connection to a mail server is kept secret.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte, mostly on port 465.
    Tls,
    /// TLS after a greeting in plain text, mostly on port 587.
    #[default]
    Starttls,
    /// Not kept secret; for a server on the same machine.
    None,
}

/// How mail goes out, by SMTP. The password is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailSettings {
    #[schema(example = "smtp.example.com")]
    pub host: String,
    #[schema(example = 587)]
    pub port: u16,
    pub security: MailSecurity,
    pub username: Option<String>,
    pub has_password: bool,
    #[schema(example = "cercano@example.com")]
    pub from_address: String,
    pub from_name: String,
    pub updated_at: DateTime<Utc>,
}

#[derive(Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct MailSettingsInput {
    #[validate(length(min = 1, max = 253), custom(function = "validate::filled"))]
    #[schema(example = "smtp.example.com")]
    pub host: String,
    #[validate(range(min = 1, max = 65535))]
    #[schema(minimum = 1, maximum = 65535, example = 587)]
    pub port: u16,
    pub security: MailSecurity,
    #[serde(default)]
    #[validate(length(max = 254))]
    pub username: Option<String>,
    /// Absent keeps the stored one.
    #[serde(default)]
    #[validate(length(max = 1000))]
    #[schema(format = "password")]
    pub password: Option<String>,
    #[validate(custom(function = "validate::email"))]
    #[schema(example = "cercano@example.com")]
    pub from_address: String,
    #[validate(length(max = 100), custom(function = "validate::line_or_empty"))]
    pub from_name: String,
}

impl std::fmt::Debug for MailSettingsInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettingsInput").field("host", &self.host).finish_non_exhaustive()
    }
}

/// What became of a mail that was sent to see whether mail goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailTest {
    pub sent: bool,
    pub to: String,
    /// What the mail server said, when it did not take the mail.
    pub detail: Option<String>,
}

//! The audit log: who changed what, when, from what to what (spec P6). It is only ever added to.

use crate::{AuditEntryId, Endpoint, MemberId, Page, members::MemberRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The latest first.
pub const LIST_AUDIT_LOG: Endpoint<(), Page<AuditEntry>> = Endpoint::get("/api/v1/audit-log");
/// The same as CSV, whole.
pub const EXPORT_AUDIT_LOG: Endpoint<(), ()> = Endpoint::get("/api/v1/audit-log/export.csv");

/// What kind of thing was changed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AuditSubject {
    Organization,
    Profile,
    Member,
    Number,
    Group,
    Waba,
    NumberImport,
    Verification,
    WhatsappProfile,
    QuickReply,
    Campaign,
    Chatbot,
    Absence,
    AttentionSettings,
    TemplateActivation,
    SettingsCopy,
    OffHoursContact,
}

/// What was done with it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AuditAction {
    Created,
    Updated,
    Deleted,
    Invited,
    PasswordReset,
    Deactivated,
    Reactivated,
    SignedOut,
    MembersAdded,
    MembersRemoved,
    Moved,
    Started,
    Retried,
    CodeRequested,
    CodeChecked,
    Registered,
    /// WhatsApp did not do what was asked of it.
    Refused,
    Connected,
    Disconnected,
    Synchronized,
    Sent,
    Paused,
    Resumed,
    Cancelled,
    /// A change of many was taken back.
    Undone,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    pub id: AuditEntryId,
    pub at: DateTime<Utc>,
    /// Who did it, under the name they had; null for what Cercano did by itself.
    pub member: Option<MemberRef>,
    pub subject: AuditSubject,
    pub subject_id: Option<Uuid>,
    /// What it was called then.
    pub subject_name: String,
    pub action: AuditAction,
    pub changes: Vec<AuditChange>,
}

/// One field: from what to what. Secrets are never in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditChange {
    /// The field's name in the API.
    #[schema(example = "name")]
    pub field: String,
    #[schema(value_type = Object)]
    pub from: serde_json::Value,
    #[schema(value_type = Object)]
    pub to: serde_json::Value,
}

impl AuditChange {
    /// The change of a field, if there is one.
    pub fn between<T: PartialEq + Serialize>(field: &str, from: &T, to: &T) -> Option<Self> {
        (from != to).then(|| Self {
            field: field.to_owned(),
            from: serde_json::to_value(from).unwrap_or_default(),
            to: serde_json::to_value(to).unwrap_or_default(),
        })
    }

    /// A field that is there from now on.
    pub fn to(field: &str, to: impl Serialize) -> Self {
        Self {
            field: field.to_owned(),
            from: serde_json::Value::Null,
            to: serde_json::to_value(to).unwrap_or_default(),
        }
    }

    /// A field that was there until now.
    pub fn from(field: &str, from: impl Serialize) -> Self {
        Self {
            field: field.to_owned(),
            from: serde_json::to_value(from).unwrap_or_default(),
            to: serde_json::Value::Null,
        }
    }
}

/// Which entries are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditLogFilter {
    /// Part of the name of who did it, or of what it was done with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<AuditSubject>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_id: Option<MemberId>,
    /// From this time on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Before this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime<Utc>>,
}

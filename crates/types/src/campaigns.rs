//! Campaigns: active messages by template from a sheet, and how far each came (spec C1, C2).

use crate::{
    CampaignId, ContactId, ConversationId, Endpoint, MessageId, Page,
    members::MemberRef,
    messages::{Failure, MessageStatus},
    numbers::NumberRef,
    validate,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub const LIST_CAMPAIGNS: Endpoint<(), Page<Campaign>> = Endpoint::get("/api/v1/campaigns");
/// Upload a sheet (multipart, one part named `file`); the answer is a draft with its review.
pub const CREATE_CAMPAIGN: Endpoint<(), Campaign> = Endpoint::post("/api/v1/campaigns");
pub const GET_CAMPAIGN: Endpoint<(), Campaign> = Endpoint::get("/api/v1/campaigns/{id}");
pub const DELETE_CAMPAIGN: Endpoint<(), ()> = Endpoint::delete("/api/v1/campaigns/{id}");
pub const LIST_CAMPAIGN_FAULTS: Endpoint<(), Page<RowFault>> = Endpoint::get("/api/v1/campaigns/{id}/faults");
pub const SEND_CAMPAIGN: Endpoint<CampaignSendInput, Campaign> = Endpoint::post("/api/v1/campaigns/{id}/send");
pub const PAUSE_CAMPAIGN: Endpoint<(), Campaign> = Endpoint::post("/api/v1/campaigns/{id}/pause");
pub const RESUME_CAMPAIGN: Endpoint<(), Campaign> = Endpoint::post("/api/v1/campaigns/{id}/resume");
pub const CANCEL_CAMPAIGN: Endpoint<(), Campaign> = Endpoint::post("/api/v1/campaigns/{id}/cancel");
pub const LIST_CAMPAIGN_RECIPIENTS: Endpoint<(), Page<CampaignRecipient>> =
    Endpoint::get("/api/v1/campaigns/{id}/recipients");
/// A sheet to start from, with the member's numbers and templates as examples.
pub const GET_CAMPAIGN_SAMPLE_PATH: &str = "/api/v1/campaigns/sample.xlsx";

/// Rows of a sheet at most, the header not counted (C1).
pub const MAX_ROWS: usize = 100_000;
/// Bytes of an uploaded sheet at most.
pub const MAX_SHEET_BYTES: usize = 50 * 1024 * 1024;
/// Characters of a campaign's name at most.
pub const NAME_MAX: u64 = 100;

/// A campaign of active messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Campaign {
    pub id: CampaignId,
    /// The file's name until it is sent.
    pub name: String,
    pub status: CampaignStatus,
    /// Why it paused by itself, as the kind of reason; null when a person paused it.
    pub pause_reason: Option<String>,
    pub created_by: MemberRef,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub rows: CampaignRows,
    /// Numbers the campaign sends from, with their share of the valid rows.
    pub senders: Vec<CampaignSender>,
    /// Templates it sends, with their share of the valid rows.
    pub templates: Vec<CampaignTemplate>,
    pub progress: CampaignProgress,
}

/// draft → preparing → sending (⇄ paused) → finished | cancelled.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CampaignStatus {
    /// Uploaded and reviewed; nothing is sent.
    Draft,
    /// Its rows become messages.
    Preparing,
    Sending,
    Paused,
    /// Every recipient has an outcome or an accepted message.
    Finished,
    Cancelled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignRows {
    pub total: u64,
    pub valid: u64,
    pub faulty: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignSender {
    pub number: NumberRef,
    pub rows: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignTemplate {
    pub name: String,
    pub language: String,
    pub rows: u64,
}

/// How many recipients stand where. Each recipient counts once, at the furthest it came; the parts add up to `total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignProgress {
    pub total: u64,
    pub queued: u64,
    pub sending: u64,
    pub unconfirmed: u64,
    /// Accepted or sent by WhatsApp, not yet known as delivered.
    pub sent: u64,
    pub delivered: u64,
    pub read: u64,
    pub failed: u64,
    pub cancelled: u64,
    /// Of all of them, those whose contact wrote within 24 h of delivery.
    pub answered: u64,
}

/// One faulty cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowFault {
    /// As the spreadsheet program numbers it: the header is row 1.
    #[schema(example = 7)]
    pub row: u32,
    /// The header of the column as it stands in the sheet.
    #[schema(example = "telefono")]
    pub column: String,
    /// What the cell shows.
    pub value: String,
    pub reason: RowFaultReason,
    /// The reason in the caller's language.
    pub detail: String,
}

/// Why a row cannot be sent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RowFaultReason {
    Missing,
    PhoneInvalid,
    SenderUnknown,
    TemplateUnknown,
    TemplateNotApproved,
    /// It is switched off for the sender (S2).
    TemplateNotActive,
    LanguageNeeded,
    LanguageUnknown,
    VariableMissing,
    VariableTooLong,
    /// Not an https address, where the template wants an image, a video or a document.
    VariableInvalid,
    /// It has a part, such as a carousel, that cannot be sent from here.
    TemplateUnsupported,
    Duplicate,
    OptedOut,
}

/// Send a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CampaignSendInput {
    /// 1 to 100 characters.
    #[validate(length(min = 1, max = "NAME_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 100, example = "Recordatorio de junio")]
    pub name: String,
    /// Faulty rows are left out on purpose; without it a sheet that has some is refused.
    #[serde(default)]
    pub leave_out_faulty: bool,
}

/// One recipient of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CampaignRecipient {
    pub message_id: MessageId,
    pub conversation_id: ConversationId,
    pub contact_id: ContactId,
    /// Row of the sheet.
    pub row: u32,
    /// E.164.
    pub to: String,
    pub name: Option<String>,
    pub sender: NumberRef,
    pub template: String,
    pub status: MessageStatus,
    pub failure: Option<Failure>,
    pub sent_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// Which recipients are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecipientFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(inline)]
    pub status: Option<MessageStatus>,
}

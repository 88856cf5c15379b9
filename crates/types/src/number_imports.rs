//! Including numbers from a sheet: a review, then three actions side by side for each number (spec O1).

use crate::{
    Endpoint, ErrorCode, NumberId, NumberImportId, Page, ProfileId, WabaId, graph::GraphTrouble, members::MemberRef,
    profiles::ProfileRef, wabas::WabaRef,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;
use validator::Validate;

/// One's own; all of them for administrators. The latest first.
pub const LIST_NUMBER_IMPORTS: Endpoint<(), Page<NumberImport>> = Endpoint::get("/api/v1/number-imports");
pub const GET_NUMBER_IMPORT: Endpoint<(), NumberImport> = Endpoint::get("/api/v1/number-imports/{id}");
/// Upload a sheet; the answer is a draft with its review.
pub const CREATE_NUMBER_IMPORT: Endpoint<(), NumberImport> = Endpoint::post("/api/v1/number-imports");
pub const GET_NUMBER_IMPORT_SAMPLE: Endpoint<(), ()> = Endpoint::get("/api/v1/number-imports/sample.xlsx");
/// Correct a row of a draft.
pub const UPDATE_NUMBER_IMPORT_ROW: Endpoint<NumberImportRowInput, NumberImport> =
    Endpoint::put("/api/v1/number-imports/{id}/rows/{row}");
/// Leave a row of a draft out.
pub const DELETE_NUMBER_IMPORT_ROW: Endpoint<(), NumberImport> =
    Endpoint::delete("/api/v1/number-imports/{id}/rows/{row}");
/// Begin; refused while a row is faulty.
pub const START_NUMBER_IMPORT: Endpoint<NumberImportStart, NumberImport> =
    Endpoint::post("/api/v1/number-imports/{id}/start");
/// Try failed actions again; what is done is never repeated.
pub const RETRY_NUMBER_IMPORT: Endpoint<NumberImportRetry, NumberImport> =
    Endpoint::post("/api/v1/number-imports/{id}/retry");
/// Delete a draft.
pub const DELETE_NUMBER_IMPORT: Endpoint<(), ()> = Endpoint::delete("/api/v1/number-imports/{id}");

/// Rows of a sheet at most (O1).
pub const ROWS_MAX: usize = 20;
/// Bytes of a sheet at most.
pub const SHEET_MAX_BYTES: usize = 2 * 1024 * 1024;
/// Characters of a display name, as WhatsApp takes it.
pub const DISPLAY_NAME: std::ops::RangeInclusive<usize> = 2..=75;
/// E-mails of a row at most.
pub const EMAILS_MAX: usize = 20;

/// A column of the sheet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ImportColumn {
    /// `CC`
    CountryCode,
    /// `PhoneNumber`
    PhoneNumber,
    /// `UsersEmails`
    UsersEmails,
    /// `DisplayName`
    DisplayName,
}

/// Why a cell cannot stay as it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ImportFaultReason {
    Missing,
    CountryCodeInvalid,
    PhoneInvalid,
    /// An earlier row has the same number.
    PhoneRepeated,
    /// The organization has the number already.
    PhoneIncluded,
    EmailInvalid,
    EmailsTooMany,
    /// The e-mail belongs to a member of another organization.
    EmailTaken,
    /// The member is deactivated.
    MemberDeactivated,
    NameTooShort,
    NameTooLong,
}

/// One faulty cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportFault {
    pub column: ImportColumn,
    pub reason: ImportFaultReason,
    /// The part of the cell it is about, such as one e-mail of several.
    pub about: Option<String>,
}

/// What is done for each number.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
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
pub enum ImportActionKind {
    /// Its chatbot is made.
    Chatbot,
    /// It is added to the WhatsApp account.
    Waba,
    /// Its agents are made, invited, and given access.
    Agents,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ImportActionStatus {
    Waiting,
    Running,
    Done,
    Failed,
}

/// One action of one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportAction {
    pub kind: ImportActionKind,
    pub status: ImportActionStatus,
    /// How often it was begun.
    pub attempts: u32,
    pub finished_at: Option<DateTime<Utc>>,
    /// What WhatsApp refused, when it failed for that.
    pub trouble: Option<GraphTrouble>,
    /// What Cercano refused, when it failed for that.
    pub code: Option<ErrorCode>,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, EnumIter, EnumString, Display, AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NumberImportStatus {
    /// It is being reviewed.
    Draft,
    Running,
    /// Every action is done or has failed.
    Finished,
}

/// A sheet of numbers to be included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberImport {
    pub id: NumberImportId,
    pub file_name: String,
    pub status: NumberImportStatus,
    pub created_by: MemberRef,
    pub created_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// Chosen when it is started.
    pub waba: Option<WabaRef>,
    /// What new agents get.
    pub profile: Option<ProfileRef>,
    pub rows: Vec<NumberImportRow>,
}

/// One number of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberImportRow {
    /// The row of the sheet, the header being 1.
    pub row: u32,
    /// The four cells as they were read or corrected.
    pub country_code: String,
    pub phone_number: String,
    pub users_emails: String,
    pub display_name: String,
    /// E.164, when the cells give one.
    pub phone: Option<String>,
    pub faults: Vec<ImportFault>,
    /// The number that was made, once it is started.
    pub number_id: Option<NumberId>,
    /// Three once it is started, none before.
    pub actions: Vec<ImportAction>,
}

/// The cells of a row, corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NumberImportRowInput {
    #[validate(length(max = 1000))]
    #[schema(example = "55")]
    pub country_code: String,
    #[validate(length(max = 1000))]
    #[schema(example = "1122223333")]
    pub phone_number: String,
    /// Several by comma or semicolon; the first becomes the owner.
    #[validate(length(max = 6000))]
    #[schema(example = "elena@example.com; diego@example.com")]
    pub users_emails: String,
    #[validate(length(max = 1000))]
    #[schema(example = "Elena · Cartera Sur")]
    pub display_name: String,
}

/// Where the numbers go, and what their new agents get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NumberImportStart {
    pub waba_id: WabaId,
    pub profile_id: ProfileId,
}

/// Which failed actions to try again: all of them when nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NumberImportRetry {
    #[serde(default)]
    pub row: Option<u32>,
    #[serde(default)]
    pub action: Option<ImportActionKind>,
}

//! The business profile customers see on WhatsApp: read from there and written there (spec S6).

use crate::{Endpoint, numbers::NumberRef, validate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

pub const GET_WHATSAPP_PROFILE: Endpoint<(), WhatsappProfile> = Endpoint::get("/api/v1/whatsapp-profiles/{number_id}");
pub const UPDATE_WHATSAPP_PROFILE: Endpoint<WhatsappProfileInput, WhatsappProfile> =
    Endpoint::put("/api/v1/whatsapp-profiles/{number_id}");
/// The picture as WhatsApp has it; the app cannot show another host's.
pub const GET_WHATSAPP_PICTURE: Endpoint<(), ()> = Endpoint::get("/api/v1/whatsapp-profiles/{number_id}/picture");
/// Upload a picture: JPEG or PNG, cut to a square and sent to WhatsApp.
pub const UPDATE_WHATSAPP_PICTURE: Endpoint<(), WhatsappProfile> =
    Endpoint::post("/api/v1/whatsapp-profiles/{number_id}/picture");

/// Characters of each field at most, as WhatsApp takes them. Meta's pages also say 256 for the description; all take 512.
pub const ABOUT_MAX: u64 = 139;
pub const ADDRESS_MAX: u64 = 256;
pub const DESCRIPTION_MAX: u64 = 512;
pub const EMAIL_MAX: u64 = 128;
pub const WEBSITE_MAX: u64 = 256;
/// Websites at most.
pub const WEBSITES_MAX: u64 = 2;
/// Bytes of a picture at most.
pub const PICTURE_MAX_BYTES: usize = 5 * 1024 * 1024;
/// Pixels of a picture's side, at least; what is larger than 640 is made smaller.
pub const PICTURE_MIN_SIDE: u32 = 192;
pub const PICTURE_SIDE: u32 = 640;

/// The sectors WhatsApp knows.
pub const VERTICALS: &[&str] = &[
    "UNDEFINED",
    "OTHER",
    "AUTO",
    "BEAUTY",
    "APPAREL",
    "EDU",
    "ENTERTAIN",
    "EVENT_PLAN",
    "FINANCE",
    "GROCERY",
    "GOVT",
    "HOTEL",
    "HEALTH",
    "NONPROFIT",
    "PROF_SERVICES",
    "RETAIL",
    "TRAVEL",
    "RESTAURANT",
];

/// The profile of a number as WhatsApp has it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WhatsappProfile {
    pub number: NumberRef,
    pub about: String,
    pub address: String,
    pub description: String,
    pub email: String,
    pub websites: Vec<String>,
    /// One of WhatsApp's sectors; unknown ones are to be expected.
    pub vertical: String,
    pub has_picture: bool,
    /// Tells this state from any other; a save names the one it started from.
    pub version: String,
}

/// A profile to be written to WhatsApp.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct WhatsappProfileInput {
    /// 1 to 139 characters: WhatsApp does not take an empty one.
    #[validate(length(min = 1, max = "ABOUT_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 139)]
    pub about: String,
    #[validate(length(max = "ADDRESS_MAX"))]
    #[schema(max_length = 256)]
    pub address: String,
    #[validate(length(max = "DESCRIPTION_MAX"))]
    #[schema(max_length = 512)]
    pub description: String,
    /// Empty, or an e-mail of up to 128 characters.
    #[validate(length(max = "EMAIL_MAX"), custom(function = "validate::email_or_empty"))]
    #[schema(max_length = 128, example = "ventas@example.com")]
    pub email: String,
    /// Up to two addresses that begin with http:// or https://, 256 characters each.
    #[validate(length(max = "WEBSITES_MAX"), custom(function = "validate::websites"))]
    pub websites: Vec<String>,
    #[validate(custom(function = "validate::vertical"))]
    #[schema(example = "TRAVEL")]
    pub vertical: String,
    /// The version the change started from.
    pub version: String,
}

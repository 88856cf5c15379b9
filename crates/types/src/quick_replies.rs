//! Quick replies: phrases an agent inserts in Desk (spec A7).

use crate::{Endpoint, NumberId, Page, QuickReplyCategoryId, QuickReplyId, validate};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

pub const LIST_QUICK_REPLY_CATEGORIES: Endpoint<(), Page<QuickReplyCategory>> =
    Endpoint::get("/api/v1/quick-reply-categories");
pub const CREATE_QUICK_REPLY_CATEGORY: Endpoint<QuickReplyCategoryInput, QuickReplyCategory> =
    Endpoint::post("/api/v1/quick-reply-categories");
pub const UPDATE_QUICK_REPLY_CATEGORY: Endpoint<QuickReplyCategoryInput, QuickReplyCategory> =
    Endpoint::put("/api/v1/quick-reply-categories/{id}");
pub const DELETE_QUICK_REPLY_CATEGORY: Endpoint<(), QuickReplyChange> =
    Endpoint::delete("/api/v1/quick-reply-categories/{id}");
pub const LIST_QUICK_REPLIES: Endpoint<(), Page<QuickReply>> = Endpoint::get("/api/v1/quick-replies");
pub const CREATE_QUICK_REPLY: Endpoint<QuickReplyInput, QuickReply> = Endpoint::post("/api/v1/quick-replies");
pub const UPDATE_QUICK_REPLY: Endpoint<QuickReplyInput, QuickReplyChange> = Endpoint::put("/api/v1/quick-replies/{id}");
pub const DELETE_QUICK_REPLY: Endpoint<(), QuickReplyChange> = Endpoint::delete("/api/v1/quick-replies/{id}");

/// Characters of a category's name at most (A7).
pub const CATEGORY_NAME_MAX: u64 = 60;
/// Characters of a reply's title at most (A7).
pub const TITLE_MAX: u64 = 30;
/// Characters of a reply's text at most. A7 sets no limit; this one only keeps a request's size in bounds, and what
/// is over WhatsApp's 4,096 is offered in pieces when it is sent.
pub const TEXT_MAX: u64 = 100_000;

/// A category of quick replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReplyCategory {
    pub id: QuickReplyCategoryId,
    #[schema(example = "Saludos")]
    pub name: String,
    /// Replies of it that are visible to the caller.
    pub reply_count: u64,
    pub updated_at: DateTime<Utc>,
}

/// A category to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct QuickReplyCategoryInput {
    /// 1 to 60 characters; no two of an organization are the same, whatever their case.
    #[validate(length(min = 1, max = "CATEGORY_NAME_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 60, example = "Saludos")]
    pub name: String,
}

/// A quick reply. It is visible on the numbers its editor had in scope when saving it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReply {
    pub id: QuickReplyId,
    pub category_id: QuickReplyCategoryId,
    #[schema(example = "Bienvenida")]
    pub title: String,
    /// `{{contact.name}}` and `{{agent.name}}` are filled when it is inserted.
    #[schema(example = "Hola, {{contact.name}}. Soy {{agent.name}}, ¿en qué te ayudo?")]
    pub text: String,
    /// How many numbers it is visible on.
    pub number_count: u64,
    /// Whether some of them are outside the caller's scope, so that a change would not reach them.
    pub shared_beyond_scope: bool,
    pub updated_at: DateTime<Utc>,
}

/// A quick reply to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct QuickReplyInput {
    pub category_id: QuickReplyCategoryId,
    /// 1 to 30 characters.
    #[validate(length(min = 1, max = "TITLE_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 30, example = "Bienvenida")]
    pub title: String,
    /// Text only. 1 to 100,000 characters.
    #[validate(length(min = 1, max = "TEXT_MAX"), custom(function = "validate::filled"))]
    #[schema(min_length = 1, max_length = 100_000, example = "Hola, {{contact.name}}.")]
    pub text: String,
}

/// What a change reached: a member changes a reply for the numbers in their scope, and is told about the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReplyChange {
    /// Numbers the change holds for.
    pub changed_numbers: u64,
    /// Numbers outside the caller's scope that keep what they had.
    pub kept_numbers: u64,
}

/// Which quick replies are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuickReplyFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<QuickReplyCategoryId>,
    /// Only those visible on this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_id: Option<NumberId>,
    /// Part of the title or of the text, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

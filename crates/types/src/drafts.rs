//! Drafts: what a member has written in a conversation and not sent; one's own, on every device (spec A2).

use crate::{ConversationId, Endpoint, MessageId, Page};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// All of one's own, the latest first.
pub const LIST_DRAFTS: Endpoint<(), Page<Draft>> = Endpoint::get("/api/v1/drafts");
/// Keep what is written; an empty text without a quoted message forgets it.
pub const UPDATE_DRAFT: Endpoint<DraftInput, Draft> = Endpoint::put("/api/v1/conversations/{id}/draft");

/// Characters of a draft at most.
pub const DRAFT_MAX: u64 = 8192;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    pub conversation_id: ConversationId,
    /// Empty when there is none any more.
    pub text: String,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DraftInput {
    /// 8,192 characters at most.
    #[validate(length(max = "DRAFT_MAX"))]
    #[schema(max_length = 8192)]
    pub text: String,
    #[serde(default)]
    pub reply_to: Option<MessageId>,
}

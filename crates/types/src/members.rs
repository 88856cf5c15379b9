//! Members: the people with a login (spec O2; their editor is a page of its own).

use crate::{Endpoint, MemberId, Page, ProfileId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const LIST_MEMBERS: Endpoint<(), Page<Member>> = Endpoint::get("/api/v1/members");

/// A person with a login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub profile_id: Option<ProfileId>,
    pub profile_name: Option<String>,
    /// Numbers this member owns or attends.
    pub number_count: u64,
}

/// A member as others name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberRef {
    pub id: MemberId,
    pub name: String,
}

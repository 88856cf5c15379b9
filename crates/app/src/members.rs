//! Members made and invited, through more than one door: the members' page, a number's agents, a group's managers, a
//! sheet of numbers (spec O2, O3, O4, O1).

use crate::{
    App, Error, Result,
    changes::{By, Changes},
};
use db::Scope;
use types::{
    Language, MemberId, ProfileId,
    members::{AddedMember, SentLink},
};

/// A person to be made a member and invited.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub name: String,
    pub email: String,
    pub profile_id: Option<ProfileId>,
    /// Where the person stands in the body, to say which field is wrong: `/new_members/0`.
    pub pointer: String,
}

/// A member that was made, whose invitation goes out once the transaction is committed.
#[derive(Clone, Debug)]
pub struct Invited {
    pub member_id: MemberId,
    /// The secret of the link, which is nowhere else.
    pub token: String,
}

/// Make members with an invitation each, within a transaction. Refused: an e-mail any member of the installation has
/// (`email_taken` on its field), a profile that does not exist (`not_found` on its field), a profile `by` may not grant
/// (`may_not_grant`).
pub async fn create(
    _app: &App,
    _tx: &db::Tx,
    _scope: &Scope,
    _by: &By,
    _newcomers: &[Newcomer],
    _language: Language,
    _changes: &mut Changes,
) -> Result<Vec<Invited>> {
    Err(Error::broken("members cannot be made yet"))
}

/// After the commit: mail the invitations where mail goes out, else give the links to be shown.
pub async fn send(_app: &App, _scope: &Scope, _invited: Vec<Invited>) -> Result<Vec<AddedMember>> {
    let _: Option<SentLink> = None;
    Err(Error::broken("members cannot be invited yet"))
}

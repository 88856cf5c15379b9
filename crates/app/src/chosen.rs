//! Members of the organization that somebody chose by id, to attend a number or to manage a group.

use crate::{
    Error, Result,
    changes::By,
    members::{Invited, Newcomer},
};
use db::{Reach, Scope};
use types::{
    ErrorCode, FieldCode, Language, MemberId,
    members::{AddedMember, Member, MemberStatus, NewMemberWithProfile},
    validate,
};

/// The members, each once. One that is not there is `not_found` on its place in the field; a deactivated one is refused by
/// name.
pub(crate) async fn members(
    tx: &db::Tx,
    scope: &Scope,
    ids: &[MemberId],
    field: &str,
    language: Language,
) -> Result<Vec<Member>> {
    let found = db::members::get_all(tx, scope, ids).await?;
    let is_there = |id: &MemberId| found.iter().any(|member| member.id == *id);
    let missing: Vec<_> = ids
        .iter()
        .enumerate()
        .filter(|(_, id)| !is_there(id))
        .map(|(place, _)| validate::field(format!("{field}/{place}"), FieldCode::NotFound, None, language))
        .collect();
    if !missing.is_empty() {
        return Err(Error::fields(missing));
    }
    match found.iter().find(|member| member.status == MemberStatus::Deactivated) {
        Some(gone) => Err(Error::about(ErrorCode::MemberDeactivated, &*gone.name)),
        None => Ok(found),
    }
}

/// The new ones of a body, each with its place in it.
pub(crate) fn newcomers(members: &[NewMemberWithProfile]) -> Vec<Newcomer> {
    members
        .iter()
        .enumerate()
        .map(|(place, NewMemberWithProfile { name, email, profile_id })| Newcomer {
            name: name.clone(),
            email: email.clone(),
            profile_id: Some(*profile_id),
            pointer: format!("/new_members/{place}"),
        })
        .collect()
}

/// All who were added: those who were there, then those who are new.
pub(crate) fn ids(members: &[Member], invited: &[Invited]) -> Vec<MemberId> {
    members.iter().map(|member| member.id).chain(invited.iter().map(|new| new.member_id)).collect()
}

/// The same as they are answered.
pub(crate) fn added(members: Vec<Member>, invited: Vec<AddedMember>) -> Vec<AddedMember> {
    members.into_iter().map(|member| AddedMember { member, invitation: None }).chain(invited).collect()
}

/// What a member reaches now, within a transaction that holds the organization: what was asked before may have been taken
/// from them meanwhile.
pub(crate) async fn scope_now(tx: &db::Tx, scope: &Scope, by: &By) -> Result<Scope> {
    let organization = scope.organization_id();
    let reach = if by.administrator {
        Reach::All
    } else {
        Reach::Numbers(db::groups::reach(tx, organization, by.member.id).await?)
    };
    Ok(Scope::new(organization, reach))
}

//! Members made and invited, through more than one door: the members' page, a number's agents, a group's managers, a
//! sheet of numbers (spec O2, O3, O4, O1).

mod change;

pub use change::{deactivate, invite, keep_administrator, reactivate, reset_password, sign_out, update, update_self};

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    member_links,
};
use db::{Scope, members::NewMember};
use domain::profiles::Powers;
use std::collections::HashSet;
use types::{
    ErrorCode, FieldCode, FieldError, Language, MemberId, ProfileId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    member_links::MemberLinkKind,
    members::{AddedMember, Member, MembersAdded, MembersInput},
    profiles::Profile,
    validate,
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
/// (`email_taken` on its field) or two of them have (`repeated`), a profile that does not exist (`not_found` on its field),
/// a profile `by` may not grant (`may_not_grant`). `language` is the caller's, for what is refused; the members get the
/// organization's.
pub async fn create(
    app: &App,
    tx: &db::Tx,
    scope: &Scope,
    by: &By,
    newcomers: &[Newcomer],
    language: Language,
    changes: &mut Changes,
) -> Result<Vec<Invited>> {
    if newcomers.is_empty() {
        return Ok(Vec::new());
    }
    let profiles = profiles(tx, scope, by, newcomers, language).await?;
    free_emails(tx, newcomers, language).await?;
    let own = db::organizations::get(tx, scope).await?.language;
    let mut invited = Vec::with_capacity(newcomers.len());
    for (newcomer, profile) in newcomers.iter().zip(profiles) {
        let Newcomer { name, email, profile_id, pointer } = newcomer;
        let member_id: MemberId = app.ids.make();
        let new = NewMember {
            id: member_id,
            organization_id: scope.organization_id(),
            profile_id: *profile_id,
            name,
            email,
            password_hash: None,
            language: own,
        };
        match db::members::create(tx, &new, app.clock.now()).await {
            // Somebody took the address at this very moment.
            Err(db::Error::Refused(ErrorCode::EmailTaken)) => {
                return Err(Error::fields(vec![taken(pointer, language)]));
            }
            other => other?,
        }
        let token = member_links::create(app, tx, scope, member_id, MemberLinkKind::Invitation).await?;
        let given = [
            Some(AuditChange::to("email", email.trim().to_lowercase())),
            profile.map(|profile| AuditChange::to("profile", profile.name)),
        ];
        changes.record(AuditSubject::Member, member_id, name.trim(), AuditAction::Invited, given.into_iter().flatten());
        invited.push(Invited { member_id, token });
    }
    Ok(invited)
}

/// Make members and invite them, by the members' page.
pub async fn invite_all(
    app: &App,
    scope: &Scope,
    by: &By,
    input: &MembersInput,
    language: Language,
) -> Result<MembersAdded> {
    let MembersInput { members, profile_id } = input;
    let newcomers: Vec<_> = (0_u32..)
        .zip(members)
        .map(|(index, new)| Newcomer {
            name: new.name.clone(),
            email: new.email.clone(),
            profile_id: *profile_id,
            pointer: format!("/members/{index}"),
        })
        .collect();
    let tx = db::begin(&app.db).await?;
    let mut changes = Changes::default();
    let invited = create(app, &tx, scope, by, &newcomers, language, &mut changes).await?;
    changes.list(AuditSubject::Profile);
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(MembersAdded { items: send(app, scope, by, invited).await? })
}

/// After the commit: mail the invitations where mail goes out, else give the links to be shown where `by` is an
/// administrator.
pub async fn send(app: &App, scope: &Scope, by: &By, invited: Vec<Invited>) -> Result<Vec<AddedMember>> {
    let (ids, tokens): (Vec<_>, Vec<_>) = invited.into_iter().map(|made| (made.member_id, made.token)).unzip();
    let links = member_links::send(app, scope, Some(by), &tokens).await?;
    let members = db::members::get_all(app.db.read(), scope, &ids).await?;
    let member = |id: &MemberId| members.iter().find(|member| member.id == *id).cloned();
    Ok(ids
        .iter()
        .zip(links)
        .filter_map(|(id, link)| Some(AddedMember { member: member(id)?, invitation: Some(link) }))
        .collect())
}

/// Refuse to give, take or have a say over a profile that grants more than one has: `MayNotGrant`.
pub fn may_grant(by: &By, profile: &Profile) -> Result<()> {
    let own = Powers { administrator: by.administrator, permissions: &by.permissions };
    let given = Powers { administrator: profile.administrator, permissions: &profile.permissions };
    if domain::profiles::may_grant(own, given) { Ok(()) } else { Err(ErrorCode::MayNotGrant.into()) }
}

/// Refuse to have a say over a member whose profile grants more than one has, or who reaches a number one does not:
/// `MayNotGrant`. Whoever has a say over a member can become that member. Both reaches are asked within the transaction,
/// which holds the organization, so that neither grows meanwhile.
pub async fn may_manage(tx: &db::Tx, scope: &Scope, by: &By, member: &Member) -> Result<()> {
    if by.administrator {
        return Ok(());
    }
    if let Some(profile) = &member.profile {
        may_grant(by, &db::profiles::get(tx, scope, profile.id).await?)?;
    }
    let own = db::groups::reach(tx, scope.organization_id(), by.member.id).await?;
    let theirs = db::groups::reach(tx, scope.organization_id(), member.id).await?;
    // Both are in order.
    let within = theirs.iter().all(|number| own.binary_search(number).is_ok());
    if within { Ok(()) } else { Err(ErrorCode::MayNotGrant.into()) }
}

/// Before a member gets a profile that grants more than the one there is: the links made for whoever had less end, and,
/// of who becomes an administrator, the sessions too. Somebody else may have them.
pub async fn raise(app: &App, tx: &db::Tx, scope: &Scope, member: &Member, wanted: &Profile) -> Result<()> {
    let before = match &member.profile {
        None => None,
        Some(profile) => Some(db::profiles::get(tx, scope, profile.id).await?),
    };
    let administrator = before.as_ref().is_some_and(|profile| profile.administrator);
    let had = before.as_ref().map_or(&[][..], |profile| profile.permissions.as_slice());
    let had = Powers { administrator, permissions: had };
    let gets = Powers { administrator: wanted.administrator, permissions: &wanted.permissions };
    if domain::profiles::may_grant(had, gets) {
        return Ok(());
    }
    let now = app.clock.now();
    // Links come before sessions: one that is used at this moment opens a session.
    db::member_links::end_all(tx, scope, member.id, now).await?;
    if wanted.administrator {
        db::sessions::revoke_all(tx, scope, member.id, None, now).await?;
    }
    Ok(())
}

/// The profile of each newcomer, each of which exists and may be granted.
async fn profiles(
    tx: &db::Tx,
    scope: &Scope,
    by: &By,
    newcomers: &[Newcomer],
    language: Language,
) -> Result<Vec<Option<Profile>>> {
    let mut known: Vec<Profile> = Vec::new();
    let mut wrong = Vec::new();
    let mut found = Vec::with_capacity(newcomers.len());
    for newcomer in newcomers {
        let Some(id) = newcomer.profile_id else {
            found.push(None);
            continue;
        };
        let profile = match known.iter().find(|profile| profile.id == id) {
            Some(profile) => Some(profile.clone()),
            None => db::profiles::find_kept(tx, scope, id).await?,
        };
        match profile {
            None => wrong.push(validate::field(
                format!("{}/profile_id", newcomer.pointer),
                FieldCode::NotFound,
                None,
                language,
            )),
            Some(profile) => {
                may_grant(by, &profile)?;
                known.push(profile.clone());
                found.push(Some(profile));
            }
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(Error::fields(wrong)) }
}

/// All addresses at once, so that a list of people is put right in one go; the unique index has the last word.
async fn free_emails(tx: &db::Tx, newcomers: &[Newcomer], language: Language) -> Result<()> {
    let emails: Vec<_> = newcomers.iter().map(|newcomer| newcomer.email.trim().to_lowercase()).collect();
    let known = db::members::taken_emails(tx, &emails).await?;
    let mut seen = HashSet::new();
    let wrong: Vec<_> = newcomers
        .iter()
        .zip(&emails)
        .filter_map(|(newcomer, email)| {
            if known.contains(email) {
                Some(taken(&newcomer.pointer, language))
            } else if seen.insert(email) {
                None
            } else {
                let pointer = format!("{}/email", newcomer.pointer);
                Some(validate::field(pointer, FieldCode::Repeated, None, language))
            }
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::fields(wrong)) }
}

fn taken(pointer: &str, language: Language) -> FieldError {
    validate::field(format!("{pointer}/email"), FieldCode::EmailTaken, None, language)
}

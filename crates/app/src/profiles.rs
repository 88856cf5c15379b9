//! Profiles and who has them (spec O2): load, decide, store. Members are told of what changes for them.

use crate::{
    App, Error, Result,
    changes::{By, Changes},
    members::{self, Newcomer, may_grant, may_manage},
};
use db::{
    Scope,
    profiles::{ChangedProfile, NewProfile},
};
use types::{
    ErrorCode, FieldCode, Language, MemberId, Permission, ProfileId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    members::{AddedMember, Member, MemberStatus, MembersAdded},
    profiles::{Profile, ProfileDeleted, ProfileInput, ProfileMembersInput},
    validate,
};

/// Make a profile. `MayNotGrant` when it grants more than `by` has.
pub async fn create(app: &App, scope: &Scope, by: &By, input: &ProfileInput, language: Language) -> Result<Profile> {
    let ProfileInput { name, description, permissions, version: _ } = input;
    grantable(permissions, language)?;
    store(app, scope, by, name, description, permissions).await
}

/// Make another profile with the same permissions, under a name of its own in the organization's language. Of the
/// administrators' it is one with every permission, and without their reach.
pub async fn duplicate(app: &App, scope: &Scope, by: &By, id: ProfileId) -> Result<Profile> {
    let original = db::profiles::get(app.db.read(), scope, id).await?;
    may_grant(by, &original)?;
    let language = db::organizations::get(app.db.read(), scope).await?.language;
    let taken = db::profiles::taken_names(app.db.read(), scope).await?;
    let free = |name: &str| !db::profiles::is_taken(&taken, name);
    let name = domain::profiles::name_of_copy(&original.name, language, free);
    let permissions: Vec<_> = original.permissions.into_iter().filter(|one| one.is_grantable()).collect();
    store(app, scope, by, &name, &original.description, &permissions).await
}

async fn store(
    app: &App,
    scope: &Scope,
    by: &By,
    name: &str,
    description: &str,
    permissions: &[Permission],
) -> Result<Profile> {
    let id: ProfileId = app.ids.make();
    let permissions = domain::profiles::normalised(permissions);
    let new = NewProfile {
        id,
        organization_id: scope.organization_id(),
        name,
        description,
        administrator: false,
        permissions: &permissions,
    };
    let tx = db::begin(&app.db).await?;
    db::profiles::create(&tx, &new, app.clock.now()).await?;
    let profile = db::profiles::get(&tx, scope, id).await?;
    may_grant(by, &profile)?;
    let mut changes = Changes::default();
    let given = [
        AuditChange::to("name", &profile.name),
        AuditChange::to("description", &profile.description),
        AuditChange::to("permissions", &profile.permissions),
    ];
    changes.record(AuditSubject::Profile, id, &profile.name, AuditAction::Created, given);
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(profile)
}

/// Change a profile; its members find it changed on their next request. `ProfileIsBuiltIn` for the administrators',
/// `MayNotGrant` when it grants, or is to grant, more than `by` has.
pub async fn update(
    app: &App,
    scope: &Scope,
    by: &By,
    id: ProfileId,
    input: &ProfileInput,
    language: Language,
) -> Result<Profile> {
    let ProfileInput { name, description, permissions, version } = input;
    let tx = db::begin(&app.db).await?;
    let before = changeable(&tx, scope, by, id).await?;
    grantable(permissions, language)?;
    let permissions = domain::profiles::normalised(permissions);
    let Some(version) = *version else {
        return Err(Error::fields(vec![validate::field("/version", FieldCode::Required, None, language)]));
    };
    let changed = ChangedProfile { name, description, permissions: &permissions, version };
    db::profiles::update(&tx, scope, id, &changed, app.clock.now()).await?;
    let after = db::profiles::get(&tx, scope, id).await?;
    may_grant(by, &after)?;
    let mut changes = Changes::default();
    let changed: Vec<_> = [
        AuditChange::between("name", &before.name, &after.name),
        AuditChange::between("description", &before.description, &after.description),
        AuditChange::between("permissions", &before.permissions, &after.permissions),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !changed.is_empty() {
        changes.record(AuditSubject::Profile, id, &after.name, AuditAction::Updated, changed);
    }
    // Its name is beside theirs, and its permissions are theirs.
    if before.name != after.name || before.permissions != after.permissions {
        changes.access(db::members::of_profile(&tx, scope, id).await?);
        changes.list(AuditSubject::Member);
    }
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(after)
}

/// Delete a profile: its members keep their account, and lose its permissions.
pub async fn delete(app: &App, scope: &Scope, by: &By, id: ProfileId) -> Result<ProfileDeleted> {
    let tx = db::begin(&app.db).await?;
    let profile = changeable(&tx, scope, by, id).await?;
    let members = db::members::of_profile(&tx, scope, id).await?;
    db::members::set_profile(&tx, scope, &members, None).await?;
    db::profiles::delete(&tx, scope, id).await?;
    let mut changes = Changes::default();
    let lost =
        [AuditChange::from("permissions", &profile.permissions), AuditChange::from("members", profile.member_count)];
    changes.record(AuditSubject::Profile, id, &profile.name, AuditAction::Deleted, lost);
    changes.access(members);
    changes.list(AuditSubject::Member);
    changes.commit(app, tx, scope, Some(by)).await?;
    Ok(ProfileDeleted { member_count: profile.member_count })
}

/// Give a profile to members there are, and to people who are invited. Those who have another one lose it where `replace`
/// says so; else they are refused by name.
pub async fn add_members(
    app: &App,
    scope: &Scope,
    by: &By,
    id: ProfileId,
    input: &ProfileMembersInput,
    language: Language,
) -> Result<MembersAdded> {
    let ProfileMembersInput { member_ids, new_members, replace } = input;
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let profile = db::profiles::find_kept(&tx, scope, id).await?.ok_or(ErrorCode::NotFound)?;
    may_grant(by, &profile)?;
    let members = all(&tx, scope, member_ids, language).await?;
    let joining: Vec<_> = members.iter().filter(|member| profile_of(member) != Some(id)).cloned().collect();
    free_to_join(&tx, scope, by, &joining, *replace).await?;
    if !profile.administrator {
        members::keep_administrator(&tx, scope, &joining).await?;
    }
    for member in &joining {
        members::raise(app, &tx, scope, member, &profile).await?;
    }
    let ids: Vec<_> = joining.iter().map(|member| member.id).collect();
    db::members::set_profile(&tx, scope, &ids, Some(id)).await?;
    let mut changes = Changes::default();
    for member in joining.iter().filter(|member| member.profile.is_some()) {
        let from = member.profile.as_ref().map(|profile| profile.name.clone());
        let change = AuditChange::between("profile", &from, &Some(profile.name.clone()));
        changes.record(AuditSubject::Member, member.id, &member.name, AuditAction::Updated, change);
    }
    let newcomers: Vec<_> = (0_u32..)
        .zip(new_members)
        .map(|(index, new)| Newcomer {
            name: new.name.clone(),
            email: new.email.clone(),
            profile_id: Some(id),
            pointer: format!("/new_members/{index}"),
        })
        .collect();
    let invited = members::create(app, &tx, scope, by, &newcomers, language, &mut changes).await?;
    let names: Vec<_> =
        joining.iter().map(|member| &member.name).chain(newcomers.iter().map(|new| &new.name)).collect();
    if !names.is_empty() {
        let added = AuditChange::to("members", names);
        changes.record(AuditSubject::Profile, id, &profile.name, AuditAction::MembersAdded, [added]);
    }
    changes.access(ids);
    changes.list(AuditSubject::Member);
    changes.commit(app, tx, scope, Some(by)).await?;
    let existing = db::members::get_all(app.db.read(), scope, member_ids).await?;
    let mut items: Vec<_> = existing.into_iter().map(|member| AddedMember { member, invitation: None }).collect();
    items.extend(members::send(app, scope, by, invited).await?);
    Ok(MembersAdded { items })
}

/// Take a member out of a profile. `NotFound` when the member does not have it.
pub async fn remove_member(app: &App, scope: &Scope, by: &By, id: ProfileId, member: MemberId) -> Result<()> {
    let tx = db::begin(&app.db).await?;
    db::organizations::hold(&tx, scope).await?;
    let profile = db::profiles::get(&tx, scope, id).await?;
    let member = db::members::get(&tx, scope, member).await?;
    if profile_of(&member) != Some(id) {
        return Err(ErrorCode::NotFound.into());
    }
    may_manage(&tx, scope, by, &member).await?;
    members::keep_administrator(&tx, scope, std::slice::from_ref(&member)).await?;
    db::members::set_profile(&tx, scope, &[member.id], None).await?;
    let mut changes = Changes::default();
    let removed = AuditChange::from("members", [&member.name]);
    changes.record(AuditSubject::Profile, id, &profile.name, AuditAction::MembersRemoved, [removed]);
    changes.access([member.id]);
    changes.list(AuditSubject::Member);
    changes.commit(app, tx, scope, Some(by)).await
}

/// A profile that may be changed, held until the transaction ends.
async fn changeable(tx: &db::Tx, scope: &Scope, by: &By, id: ProfileId) -> Result<Profile> {
    let profile = db::profiles::get_held(tx, scope, id).await?;
    if profile.administrator {
        return Err(ErrorCode::ProfileIsBuiltIn.into());
    }
    may_grant(by, &profile)?;
    Ok(profile)
}

/// What only administrators have is in no profile.
fn grantable(permissions: &[Permission], language: Language) -> Result<()> {
    let wrong: Vec<_> = (0_u32..)
        .zip(permissions)
        .filter(|(_, permission)| !permission.is_grantable())
        .map(|(index, _)| validate::field(format!("/permissions/{index}"), FieldCode::Invalid, None, language))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::fields(wrong)) }
}

/// The members of these ids, each of which exists.
async fn all(tx: &db::Tx, scope: &Scope, ids: &[MemberId], language: Language) -> Result<Vec<Member>> {
    let members = db::members::get_all(tx, scope, ids).await?;
    let wrong: Vec<_> = (0_u32..)
        .zip(ids)
        .filter(|(_, id)| !members.iter().any(|member| member.id == **id))
        .map(|(index, _)| validate::field(format!("/member_ids/{index}"), FieldCode::NotFound, None, language))
        .collect();
    if wrong.is_empty() { Ok(members) } else { Err(Error::fields(wrong)) }
}

/// Refuse those who are deactivated, whom `by` has no say over, and, unless it is replaced, who have a profile.
async fn free_to_join(tx: &db::Tx, scope: &Scope, by: &By, joining: &[Member], replace: bool) -> Result<()> {
    let named = |members: Vec<&Member>| {
        (!members.is_empty()).then(|| members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", "))
    };
    let deactivated = joining.iter().filter(|member| member.status == MemberStatus::Deactivated).collect();
    if let Some(names) = named(deactivated) {
        return Err(Error::about(ErrorCode::MemberDeactivated, names));
    }
    for member in joining {
        may_manage(tx, scope, by, member).await?;
    }
    let elsewhere: Vec<_> = joining.iter().filter(|member| member.profile.is_some()).collect();
    match named(elsewhere) {
        Some(names) if !replace => Err(Error::about(ErrorCode::MemberHasProfile, names)),
        Some(_) | None => Ok(()),
    }
}

fn profile_of(member: &Member) -> Option<ProfileId> {
    member.profile.as_ref().map(|profile| profile.id)
}

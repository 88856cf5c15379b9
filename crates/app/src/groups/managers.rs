//! Who manages a group: members there are, and new ones (spec O4).

use super::Edit;
use crate::{
    App, Result,
    changes::{By, Changes},
    chosen, members,
};
use db::Scope;
use types::{
    GroupId, Language, MemberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    groups::{Group, GroupManagersAdded, GroupManagersInput},
    members::MemberRef,
};

/// Let members manage a group, those there are and new ones, who are invited.
pub async fn add_managers(
    app: &App,
    scope: &Scope,
    by: &By,
    id: GroupId,
    input: &GroupManagersInput,
    language: Language,
) -> Result<GroupManagersAdded> {
    let GroupManagersInput { member_ids, new_members } = input;
    let edit = Edit::begin(app, scope, by).await?;
    edit.manages(id)?;
    let mut changes = Changes::default();
    let chosen = chosen::members(&edit.tx, scope, member_ids, "/member_ids", language).await?;
    let newcomers = chosen::newcomers(new_members);
    let invited = members::create(app, &edit.tx, scope, by, &newcomers, language, &mut changes).await?;
    let before = db::groups::get(&edit.tx, scope, id).await?;
    db::groups::add_managers(&edit.tx, scope, id, &chosen::ids(&chosen, &invited)).await?;
    let group = finish(edit, before, AuditAction::MembersAdded, changes).await?;
    let invited = members::send(app, scope, by, invited).await?;
    Ok(GroupManagersAdded { group, added: chosen::added(chosen, invited) })
}

/// Take a group from a member who manages it directly.
pub async fn remove_manager(app: &App, scope: &Scope, by: &By, id: GroupId, member: MemberId) -> Result<Group> {
    let edit = Edit::begin(app, scope, by).await?;
    edit.manages(id)?;
    let before = db::groups::get(&edit.tx, scope, id).await?;
    db::groups::remove_manager(&edit.tx, scope, id, member).await?;
    finish(edit, before, AuditAction::MembersRemoved, Changes::default()).await
}

async fn finish(edit: Edit<'_>, before: Group, action: AuditAction, mut changes: Changes) -> Result<Group> {
    let group = db::groups::get(&edit.tx, &edit.scope, before.id).await?;
    let names = |managers: &[MemberRef]| managers.iter().map(|member| member.name.clone()).collect::<Vec<_>>();
    let change = AuditChange::between("managers", &names(&before.managers), &names(&group.managers));
    if change.is_some() {
        changes.record(AuditSubject::Group, group.id, &group.name, action, change);
    }
    let id = group.id;
    let after = db::groups::tree(&edit.tx, &edit.scope).await?;
    edit.finish(&after, changes, id).await
}

//! Changing groups and who manages them (spec O4): load the tree, decide on a copy, store what differs.

mod managers;
mod store;

pub use managers::{add_managers, remove_manager};
pub(crate) use store::store;

use crate::{
    App, Result,
    changes::{By, Changes},
    chosen,
};
use db::{Scope, groups::NewGroup};
use domain::groups::{self as rules, Children, Emptied, Tree};
use std::collections::BTreeSet;
use types::{
    ErrorCode, GroupId, Language, NumberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    groups::{Group, GroupChildren, GroupInput, GroupMove, GroupMoved, GroupUpdate},
};

/// A group the caller manages at any depth; administrators manage all.
pub async fn get(app: &App, scope: &Scope, by: &By, id: GroupId) -> Result<Group> {
    if !by.administrator && !db::groups::managed(app.db.read(), scope, by.member.id).await?.contains(&id) {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(db::groups::get(app.db.read(), scope, id).await?)
}

/// Make a group with what is in it from the start. Who makes one above which they manage nothing manages it.
pub async fn create(app: &App, scope: &Scope, by: &By, input: &GroupInput, language: Language) -> Result<Group> {
    let GroupInput { name, kind, content, number_ids, group_ids, manager_ids, parent_id } = input;
    let edit = Edit::begin(app, scope, by).await?;
    let children = distinct(number_ids, group_ids);
    edit.takes(&children)?;
    if let Some(parent) = parent_id {
        edit.manages(*parent)?;
    }
    let chosen = chosen::members(&edit.tx, scope, manager_ids, "/manager_ids", language).await?;
    let mut managers: BTreeSet<_> = chosen.iter().map(|member| member.id).collect();
    if !by.administrator && parent_id.is_none() {
        managers.insert(by.member.id);
    }
    let id: GroupId = app.ids.make();
    let mut after = edit.before.clone();
    let group = rules::Group {
        name: name.trim().to_owned(),
        content: *content,
        parent: *parent_id,
        managers: managers.clone(),
    };
    after.create(id, group, &children)?;
    let managers: Vec<_> = managers.into_iter().collect();
    let new = NewGroup {
        id,
        organization_id: scope.organization_id(),
        parent_id: *parent_id,
        name,
        kind: *kind,
        content: *content,
        managers: &managers,
    };
    db::groups::create(&edit.tx, &new, app.clock.now()).await?;
    let made = db::groups::get(&edit.tx, scope, id).await?;
    let names: Vec<_> = made.managers.iter().map(|manager| manager.name.as_str()).collect();
    let mut changes = Changes::default();
    let is = [
        AuditChange::to("kind", kind),
        AuditChange::to("content", content),
        AuditChange::to("managers", names),
        AuditChange::to("parent", made.parent.as_ref().map(|parent| parent.name.as_str())),
    ];
    changes.record(AuditSubject::Group, id, name.trim(), AuditAction::Created, is);
    edit.finish(&after, changes, id).await
}

/// Rename a group, or make it another kind.
pub async fn update(app: &App, scope: &Scope, by: &By, id: GroupId, input: &GroupUpdate) -> Result<Group> {
    let edit = Edit::begin(app, scope, by).await?;
    edit.manages(id)?;
    let before = db::groups::get(&edit.tx, scope, id).await?;
    db::groups::update(&edit.tx, scope, id, input).await?;
    let mut changes = Changes::default();
    let changed = [
        AuditChange::between("name", &before.name, &input.name.trim().to_owned()),
        AuditChange::between("kind", &before.kind, &input.kind),
    ];
    changes.record(AuditSubject::Group, id, &before.name, AuditAction::Updated, changed.into_iter().flatten());
    let after = edit.before.clone();
    edit.finish(&after, changes, id).await
}

/// Delete a group; what is in it is in none.
pub async fn delete(app: &App, scope: &Scope, by: &By, id: GroupId, delete_emptied: bool) -> Result<()> {
    let edit = Edit::begin(app, scope, by).await?;
    edit.manages(id)?;
    let mut after = edit.before.clone();
    after.delete_group(id, emptied(by, delete_emptied))?;
    edit.commit(&after, Changes::default()).await
}

/// Put numbers, or groups, that are in no group into one. Others than administrators add groups they manage, and no numbers.
pub async fn add_children(app: &App, scope: &Scope, by: &By, id: GroupId, input: &GroupChildren) -> Result<Group> {
    let GroupChildren { number_ids, group_ids } = input;
    let edit = Edit::begin(app, scope, by).await?;
    edit.manages(id)?;
    let children = distinct(number_ids, group_ids);
    edit.takes(&children)?;
    let mut after = edit.before.clone();
    after.add(id, &children)?;
    edit.finish(&after, Changes::default(), id).await
}

/// Move numbers and groups to another group, or out of theirs. Both ends have to be managed; what is in no group is moved by
/// administrators.
pub async fn move_to(app: &App, scope: &Scope, by: &By, input: &GroupMove) -> Result<GroupMoved> {
    let GroupMove { number_ids, group_ids, to, delete_emptied } = input;
    let edit = Edit::begin(app, scope, by).await?;
    let children = distinct(number_ids, group_ids);
    edit.takes_out(&children)?;
    if let Some(to) = to {
        edit.manages(*to)?;
    }
    let mut after = edit.before.clone();
    let deleted_groups = after.move_to(&children, *to, emptied(by, *delete_emptied))?;
    edit.commit(&after, Changes::default()).await?;
    Ok(GroupMoved { deleted_groups })
}

/// What becomes of emptied groups: nobody deletes one they do not manage.
pub(crate) fn emptied(by: &By, delete: bool) -> Emptied {
    match (delete, by.administrator) {
        (false, _) => Emptied::Refused,
        (true, true) => Emptied::Deleted,
        (true, false) => Emptied::DeletedBy(by.member.id),
    }
}

/// Each once, in the order they came.
fn distinct(numbers: &[NumberId], groups: &[GroupId]) -> Children {
    fn once<T: Copy + Ord>(all: &[T]) -> Vec<T> {
        let mut seen = BTreeSet::new();
        all.iter().copied().filter(|id| seen.insert(*id)).collect()
    }
    Children { numbers: once(numbers), groups: once(groups) }
}

/// An edit in the making: the organization held, its tree, and who edits.
struct Edit<'a> {
    app: &'a App,
    scope: Scope,
    by: &'a By,
    tx: db::Tx,
    before: Tree,
}

impl<'a> Edit<'a> {
    async fn begin(app: &'a App, scope: &Scope, by: &'a By) -> Result<Self> {
        let tx = db::begin(&app.db).await?;
        db::organizations::hold(&tx, scope).await?;
        let scope = chosen::scope_now(&tx, scope, by).await?;
        let before = db::groups::tree(&tx, &scope).await?;
        Ok(Self { app, scope, by, tx, before })
    }

    /// `NotFound` for a group that is not there, or that the caller does not manage.
    fn manages(&self, id: GroupId) -> Result<()> {
        self.before.group(id)?;
        let managed = self.by.administrator || self.before.manages(self.by.member.id, id);
        if managed { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
    }

    /// `NotFound` for a number out of reach, and `PermissionMissing` for one within reach that is not managed. Who puts a number
    /// into a group of theirs manages it from then on and may delete it, so that attending it is not enough: a number in no
    /// group is put into one by administrators.
    fn manages_number(&self, id: NumberId) -> Result<()> {
        self.before.number(id)?;
        if !self.scope.reaches(id) {
            return Err(ErrorCode::NotFound.into());
        }
        let managed = self.by.administrator || self.before.manages_number(self.by.member.id, id);
        if managed { Ok(()) } else { Err(ErrorCode::PermissionMissing.into()) }
    }

    /// Everything that is put somewhere has to be managed.
    fn takes(&self, children: &Children) -> Result<()> {
        children.numbers.iter().try_for_each(|id| self.manages_number(*id))?;
        children.groups.iter().try_for_each(|id| self.manages(*id))
    }

    /// `NotFound` too for a group in one that is not managed.
    fn takes_out(&self, children: &Children) -> Result<()> {
        self.takes(children)?;
        let mut from: BTreeSet<GroupId> = BTreeSet::new();
        for id in &children.groups {
            from.extend(self.before.group(*id)?.parent);
        }
        from.into_iter().try_for_each(|id| self.manages(id))
    }

    /// Store what differs, and give a group as it is then.
    async fn finish(self, after: &Tree, mut changes: Changes, id: GroupId) -> Result<Group> {
        let Self { app, scope, by, tx, before } = self;
        store(&tx, &scope, &before, after, &mut changes).await?;
        changes.list(AuditSubject::Group);
        changes.store(app, &tx, &scope, Some(by)).await?;
        let group = db::groups::get(&tx, &scope, id).await?;
        tx.commit().await.map_err(db::Error::from)?;
        app.signals.events.notify_one();
        Ok(group)
    }

    async fn commit(self, after: &Tree, mut changes: Changes) -> Result<()> {
        let Self { app, scope, by, tx, before } = self;
        store(&tx, &scope, &before, after, &mut changes).await?;
        changes.store(app, &tx, &scope, Some(by)).await?;
        tx.commit().await.map_err(db::Error::from)?;
        app.signals.events.notify_one();
        Ok(())
    }
}

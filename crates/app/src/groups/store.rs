//! Storing what differs between two trees: what was put elsewhere, which groups are gone, and who reaches other numbers.

use crate::{Result, changes::Changes};
use db::Scope;
use domain::groups::Tree;
use serde::Serialize;
use std::collections::BTreeMap;
use types::{
    GroupId, NumberId,
    audit_log::{AuditAction, AuditChange, AuditSubject},
};

/// Store how the tree is now, within the transaction it was read in. Groups and numbers that are new, and numbers that are
/// gone, are stored by who made or deleted them.
pub(crate) async fn store(
    tx: &db::Tx,
    scope: &Scope,
    before: &Tree,
    after: &Tree,
    changes: &mut Changes,
) -> Result<()> {
    let name = |tree: &Tree, id: GroupId| tree.groups().get(&id).map(|group| group.name.clone());
    let moved = |from: Option<GroupId>, to: Option<GroupId>| Moved {
        from: from.and_then(|id| name(before, id)),
        to: to.and_then(|id| name(after, id)),
    };
    let mut numbers: BTreeMap<Option<GroupId>, Vec<NumberId>> = BTreeMap::new();
    for (id, leaf) in after.numbers() {
        let from = before.numbers().get(id).and_then(|leaf| leaf.group);
        if from != leaf.group {
            numbers.entry(leaf.group).or_default().push(*id);
            moved(from, leaf.group).record(changes, AuditSubject::Number, "group", *id, &leaf.name);
        }
    }
    let mut groups: BTreeMap<Option<GroupId>, Vec<GroupId>> = BTreeMap::new();
    for (id, group) in after.groups() {
        let Some(from) = before.groups().get(id).map(|group| group.parent) else { continue };
        if from != group.parent {
            groups.entry(group.parent).or_default().push(*id);
            moved(from, group.parent).record(changes, AuditSubject::Group, "parent", *id, &group.name);
        }
    }
    let gone = before.groups().iter().filter(|(id, _)| !after.groups().contains_key(id));
    let gone: Vec<_> = gone.map(|(id, group)| (*id, &group.name)).collect();
    for (group, ids) in numbers {
        db::numbers::set_group(tx, scope, &ids, group).await?;
    }
    for (parent, ids) in groups {
        db::groups::set_parent(tx, scope, &ids, parent).await?;
    }
    for (id, name) in &gone {
        changes.record(AuditSubject::Group, *id, name, AuditAction::Deleted, []);
    }
    db::groups::delete_all(tx, scope, &gone.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
    changes.access(before.affected(after));
    Ok(())
}

/// The names of where something was and is.
#[derive(Serialize)]
struct Moved {
    from: Option<String>,
    to: Option<String>,
}

impl Moved {
    fn record(self, changes: &mut Changes, subject: AuditSubject, field: &str, id: impl Into<uuid::Uuid>, name: &str) {
        let change = AuditChange::between(field, &self.from, &self.to);
        changes.record(subject, id, name, AuditAction::Moved, change);
    }
}

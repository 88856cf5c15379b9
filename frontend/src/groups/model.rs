//! The groups as a tree: what is shown of it, what a search opens, and what can be put where.

use crate::{
    i18n::{Locale, td_string},
    ui::conflict::Side,
};
use std::collections::{BTreeMap, BTreeSet};
use types::{
    GroupId, NumberId,
    groups::{Group, GroupContent, GroupKind, GroupUpdate},
};

/// The groups in reach, each below the group it is in. One whose parent is out of reach is on top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    groups: BTreeMap<GroupId, Group>,
    children: BTreeMap<GroupId, Vec<GroupId>>,
    pub roots: Vec<GroupId>,
}

impl Tree {
    /// `all` is sorted as siblings are shown.
    pub fn new(all: Vec<Group>) -> Self {
        let known: BTreeSet<GroupId> = all.iter().map(|group| group.id).collect();
        let mut tree = Self::default();
        for group in all {
            let parent = group.parent.as_ref().map(|parent| parent.id).filter(|parent| known.contains(parent));
            match parent {
                Some(parent) => tree.children.entry(parent).or_default().push(group.id),
                None => tree.roots.push(group.id),
            }
            tree.groups.insert(group.id, group);
        }
        tree
    }

    pub fn get(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub fn all(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    pub fn children(&self, id: GroupId) -> Vec<GroupId> {
        self.children.get(&id).cloned().unwrap_or_default()
    }

    /// The groups above, the nearest first.
    pub fn above(&self, id: GroupId) -> Vec<GroupId> {
        let mut found = Vec::new();
        let mut next = self.parent(id);
        while let Some(id) = next.filter(|id| !found.contains(id)) {
            found.push(id);
            next = self.parent(id);
        }
        found
    }

    fn parent(&self, id: GroupId) -> Option<GroupId> {
        self.get(id)?.parent.as_ref().map(|parent| parent.id).filter(|parent| self.groups.contains_key(parent))
    }

    /// The groups whose name holds the words, and the groups that have to be open for them to be seen.
    pub fn search(&self, wanted: &str) -> (BTreeSet<GroupId>, BTreeSet<GroupId>) {
        let wanted = wanted.trim().to_lowercase();
        let holds = |group: &&Group| !wanted.is_empty() && group.name.to_lowercase().contains(&wanted);
        let hits: BTreeSet<GroupId> = self.all().filter(holds).map(|group| group.id).collect();
        let paths = hits.iter().flat_map(|id| self.above(*id)).collect();
        (hits, paths)
    }

    /// Whether what is carried may be put there. Groups are of one kind of thing, and never within themselves.
    pub fn takes(&self, to: Option<GroupId>, carried: &Carried) -> bool {
        if carried.is_empty() {
            return false;
        }
        let Some(to) = to else { return true };
        let Some(target) = self.get(to) else { return false };
        match target.content {
            GroupContent::Numbers => carried.groups.is_empty(),
            GroupContent::Groups => {
                let above = self.above(to);
                let within = |id: &GroupId| *id == to || above.contains(id);
                let is_there = |id: &GroupId| self.parent(*id) == Some(to);
                carried.numbers.is_empty() && !carried.groups.keys().any(within) && !carried.groups.keys().all(is_there)
            }
        }
    }

    /// The groups that can be put into this one, being in none: not itself, and none of those above it.
    pub fn addable(&self, to: Option<GroupId>) -> Vec<&Group> {
        let above = to.map(|id| self.above(id)).unwrap_or_default();
        let free = self.all().filter(|group| group.parent.is_none());
        let mut found: Vec<&Group> = free.filter(|group| Some(group.id) != to && !above.contains(&group.id)).collect();
        found.sort_by_key(|group| group.name.to_lowercase());
        found
    }

    /// The name with the names of the groups above it.
    pub fn path(&self, id: GroupId) -> String {
        let above = self.above(id);
        let names = above.iter().rev().filter_map(|id| self.get(*id)).map(|group| group.name.as_str());
        names.collect::<Vec<_>>().join(" › ")
    }
}

/// What is selected or dragged, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub numbers: BTreeMap<NumberId, String>,
    pub groups: BTreeMap<GroupId, String>,
}

impl Carried {
    pub fn number(id: NumberId, name: String) -> Self {
        Self { numbers: BTreeMap::from([(id, name)]), groups: BTreeMap::new() }
    }

    pub fn group(id: GroupId, name: String) -> Self {
        Self { numbers: BTreeMap::new(), groups: BTreeMap::from([(id, name)]) }
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.groups.is_empty()
    }

    pub fn len(&self) -> usize {
        self.numbers.len().saturating_add(self.groups.len())
    }

    /// Whether all of the other is in it, so that dragging one of several drags them all.
    pub fn holds(&self, other: &Self) -> bool {
        other.numbers.keys().all(|id| self.numbers.contains_key(id))
            && other.groups.keys().all(|id| self.groups.contains_key(id))
    }

    pub fn names(&self) -> String {
        self.groups.values().chain(self.numbers.values()).cloned().collect::<Vec<_>>().join(", ")
    }
}

pub fn kind(locale: Locale, kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Team => td_string!(locale, groups.kind_team),
        GroupKind::Branch => td_string!(locale, groups.kind_branch),
        GroupKind::Sector => td_string!(locale, groups.kind_sector),
    }
}

/// Numbers or groups, counted.
pub fn counted(locale: Locale, content: GroupContent, count: u64) -> String {
    match (content, count) {
        (GroupContent::Numbers, 1) => td_string!(locale, groups.numbers_one).to_owned(),
        (GroupContent::Numbers, count) => td_string!(locale, groups.numbers, count = count).to_string(),
        (GroupContent::Groups, 1) => td_string!(locale, groups.groups_one).to_owned(),
        (GroupContent::Groups, count) => td_string!(locale, groups.groups, count = count).to_string(),
    }
}

/// What differs between what was typed and what somebody else saved meanwhile.
pub fn sides(locale: Locale, yours: &GroupUpdate, theirs: &Group) -> Vec<Side> {
    let all = [
        (td_string!(locale, groups.name), yours.name.clone(), theirs.name.clone()),
        (td_string!(locale, groups.kind), kind(locale, yours.kind).to_owned(), kind(locale, theirs.kind).to_owned()),
    ];
    let differing = all.into_iter().filter(|(_, yours, theirs)| yours != theirs);
    differing.map(|(field, yours, theirs)| Side { field: field.to_owned(), yours, theirs }).collect()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;

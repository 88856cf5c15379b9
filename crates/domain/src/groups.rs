//! The group tree (spec O4): of numbers or of groups, each with at most one parent, never empty, never a cycle.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use types::{
    ErrorCode, GroupId, MemberId, NumberId,
    groups::{GroupContent, GroupRef},
};

/// A group as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub content: GroupContent,
    pub parent: Option<GroupId>,
    /// Who manages it directly.
    pub managers: BTreeSet<MemberId>,
}

/// A number as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub name: String,
    pub group: Option<GroupId>,
}

/// Numbers and groups that are put somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Children {
    pub numbers: Vec<NumberId>,
    pub groups: Vec<GroupId>,
}

/// Why an edit is refused, and the thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: ErrorCode,
    pub about: Option<String>,
}

impl Refusal {
    fn about(code: ErrorCode, name: impl Into<String>) -> Self {
        Self { code, about: Some(name.into()) }
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, about: None }
    }
}

/// What becomes of groups that an edit would leave empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptied {
    /// The edit is refused, and the first one named.
    Refused,
    /// They are deleted, all of them.
    Deleted,
    /// They are deleted where this member manages them; one that is not refuses the edit.
    DeletedBy(MemberId),
}

/// All groups and numbers of an organization. An edit that is refused leaves it in no particular state: edit a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    groups: BTreeMap<GroupId, Group>,
    numbers: BTreeMap<NumberId, Leaf>,
    /// How many children each group has.
    counts: BTreeMap<GroupId, u64>,
}

impl Tree {
    /// As it is stored. What points to a group that is not there is in none.
    pub fn new(groups: BTreeMap<GroupId, Group>, numbers: BTreeMap<NumberId, Leaf>) -> Self {
        let mut tree = Self { groups, numbers, counts: BTreeMap::new() };
        let parents = tree.groups.values().filter_map(|group| group.parent);
        let all: Vec<_> = parents.chain(tree.numbers.values().filter_map(|leaf| leaf.group)).collect();
        for parent in all {
            *tree.counts.entry(parent).or_default() += 1;
        }
        tree
    }

    /// `NotFound` where there is no such group.
    pub fn group(&self, id: GroupId) -> Result<&Group, Refusal> {
        self.groups.get(&id).ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// `NotFound` where there is no such number.
    pub fn number(&self, id: NumberId) -> Result<&Leaf, Refusal> {
        self.numbers.get(&id).ok_or_else(|| ErrorCode::NotFound.into())
    }

    pub fn groups(&self) -> &BTreeMap<GroupId, Group> {
        &self.groups
    }

    pub fn numbers(&self) -> &BTreeMap<NumberId, Leaf> {
        &self.numbers
    }

    pub fn child_count(&self, id: GroupId) -> u64 {
        self.counts.get(&id).copied().unwrap_or(0)
    }

    /// A group, then the groups above it, the nearest first.
    pub fn upwards(&self, id: GroupId) -> Vec<GroupId> {
        let mut above = Vec::new();
        let mut next = Some(id);
        // Bounded, so that a damaged tree cannot hold the caller for ever.
        while let Some(id) = next.filter(|_| above.len() <= self.groups.len()) {
            above.push(id);
            next = self.groups.get(&id).and_then(|group| group.parent);
        }
        above
    }

    /// Whether a member manages a group, directly or from above.
    pub fn manages(&self, member: MemberId, id: GroupId) -> bool {
        self.upwards(id)
            .iter()
            .any(|above| self.groups.get(above).is_some_and(|group| group.managers.contains(&member)))
    }

    /// Whether a member manages a number, by a group it is in at any depth. A number in no group is managed by administrators
    /// alone (decisions, O3), so no member does.
    pub fn manages_number(&self, member: MemberId, id: NumberId) -> bool {
        self.numbers.get(&id).and_then(|leaf| leaf.group).is_some_and(|group| self.manages(member, group))
    }

    /// Who manages a group, directly or from above.
    pub fn managers(&self, id: GroupId) -> BTreeSet<MemberId> {
        let above = self.upwards(id);
        above.iter().filter_map(|id| self.groups.get(id)).flat_map(|group| group.managers.iter().copied()).collect()
    }

    /// The level of every group: 1 for groups of numbers, else 1 + the highest among its children.
    pub fn levels(&self) -> BTreeMap<GroupId, u32> {
        let mut levels: BTreeMap<GroupId, u32> = self.groups.keys().map(|id| (*id, 1)).collect();
        for (id, parent) in self.bottom_up() {
            let level = levels.get(&id).copied().unwrap_or(1);
            if let Some(above) = levels.get_mut(&parent) {
                *above = (*above).max(level + 1);
            }
        }
        levels
    }

    /// How many numbers are in every group, at any depth.
    pub fn number_counts(&self) -> BTreeMap<GroupId, u64> {
        let mut own: BTreeMap<GroupId, u64> = BTreeMap::new();
        for group in self.numbers.values().filter_map(|leaf| leaf.group) {
            *own.entry(group).or_default() += 1;
        }
        self.sums(&own)
    }

    /// What every group has at any depth, of what each has directly.
    pub fn sums(&self, own: &BTreeMap<GroupId, u64>) -> BTreeMap<GroupId, u64> {
        let of = |id: &GroupId| own.get(id).copied().unwrap_or(0);
        let mut sums: BTreeMap<GroupId, u64> = self.groups.keys().map(|id| (*id, of(id))).collect();
        for (id, parent) in self.bottom_up() {
            let below = sums.get(&id).copied().unwrap_or(0);
            sums.entry(parent).and_modify(|sum| *sum += below);
        }
        sums
    }

    /// The numbers of every manager: all that is in a managed group, at any depth.
    pub fn reaches(&self) -> BTreeMap<MemberId, BTreeSet<NumberId>> {
        let mut reaches: BTreeMap<MemberId, BTreeSet<NumberId>> = BTreeMap::new();
        let mut managers: BTreeMap<GroupId, BTreeSet<MemberId>> = BTreeMap::new();
        for (number, group) in self.numbers.iter().filter_map(|(id, leaf)| Some((*id, leaf.group?))) {
            for member in managers.entry(group).or_insert_with(|| self.managers(group)).iter() {
                reaches.entry(*member).or_default().insert(number);
            }
        }
        reaches
    }

    /// The managers who reach other numbers here than there.
    pub fn affected(&self, other: &Self) -> BTreeSet<MemberId> {
        let (here, there) = (self.reaches(), other.reaches());
        let all = here.keys().chain(there.keys());
        all.filter(|member| here.get(member) != there.get(member)).copied().collect()
    }

    /// Make a group with what is in it from the start.
    pub fn create(&mut self, id: GroupId, group: Group, children: &Children) -> Result<(), Refusal> {
        let (name, parent) = (group.name.clone(), group.parent);
        self.groups.insert(id, Group { parent: None, ..group });
        if let Some(parent) = parent {
            self.add(parent, &Children { groups: vec![id], ..Children::default() })?;
        }
        self.add(id, children)?;
        if self.child_count(id) == 0 {
            return Err(Refusal::about(ErrorCode::GroupWouldBeEmpty, name));
        }
        Ok(())
    }

    /// Put numbers, or groups, that are in no group into one.
    pub fn add(&mut self, to: GroupId, children: &Children) -> Result<(), Refusal> {
        for id in &children.numbers {
            let leaf = self.number(*id)?;
            if let Some(group) = leaf.group {
                let about = format!("{} · {}", leaf.name, self.group(group)?.name);
                return Err(Refusal::about(ErrorCode::NumberAlreadyGrouped, about));
            }
        }
        for id in &children.groups {
            let group = self.group(*id)?;
            if let Some(parent) = group.parent {
                let about = format!("{} · {}", group.name, self.group(parent)?.name);
                return Err(Refusal::about(ErrorCode::GroupAlreadyGrouped, about));
            }
        }
        self.put(children, Some(to))
    }

    /// Move numbers and groups to a group, or out of theirs. Gives the groups that were left empty and are deleted.
    pub fn move_to(
        &mut self,
        children: &Children,
        to: Option<GroupId>,
        emptied: Emptied,
    ) -> Result<Vec<GroupRef>, Refusal> {
        let mut left = BTreeSet::new();
        for id in &children.numbers {
            left.extend(self.number(*id)?.group);
        }
        for id in &children.groups {
            left.extend(self.group(*id)?.parent);
        }
        self.put(children, to)?;
        self.clear(left, emptied)
    }

    /// Delete a group; what is in it is in none. Gives the groups above that were left empty and are deleted too.
    pub fn delete_group(&mut self, id: GroupId, emptied: Emptied) -> Result<Vec<GroupRef>, Refusal> {
        let parent = self.group(id)?.parent;
        self.remove(id);
        self.clear(parent, emptied)
    }

    /// Delete a number. Gives the groups that were left empty and are deleted too.
    pub fn delete_number(&mut self, id: NumberId, emptied: Emptied) -> Result<Vec<GroupRef>, Refusal> {
        let group = self.number(id)?.group;
        self.leave(group);
        self.numbers.remove(&id);
        self.clear(group, emptied)
    }

    fn put(&mut self, children: &Children, to: Option<GroupId>) -> Result<(), Refusal> {
        let Children { numbers, groups } = children;
        if let Some(to) = to {
            let target = self.group(to)?;
            let mismatch = match target.content {
                GroupContent::Numbers => !groups.is_empty(),
                GroupContent::Groups => !numbers.is_empty(),
            };
            if mismatch {
                return Err(Refusal::about(ErrorCode::GroupContentMismatch, target.name.clone()));
            }
            let above = self.upwards(to);
            if groups.iter().any(|id| above.contains(id)) {
                return Err(Refusal::about(ErrorCode::GroupHasCycle, target.name.clone()));
            }
        }
        for id in numbers {
            let before = self.numbers.get_mut(id).and_then(|leaf| std::mem::replace(&mut leaf.group, to));
            self.leave(before);
            self.enter(to);
        }
        for id in groups {
            let before = self.groups.get_mut(id).and_then(|group| std::mem::replace(&mut group.parent, to));
            self.leave(before);
            self.enter(to);
        }
        Ok(())
    }

    /// Delete those of these groups that are empty, and the groups above that are empty then.
    fn clear(&mut self, left: impl IntoIterator<Item = GroupId>, emptied: Emptied) -> Result<Vec<GroupRef>, Refusal> {
        let mut deleted = Vec::new();
        for id in left {
            let mut next = Some(id);
            while let Some(id) = next.filter(|id| self.groups.contains_key(id) && self.child_count(*id) == 0) {
                let group = self.group(id)?;
                let (name, parent) = (group.name.clone(), group.parent);
                let allowed = match emptied {
                    Emptied::Refused => false,
                    Emptied::Deleted => true,
                    Emptied::DeletedBy(member) => self.manages(member, id),
                };
                if !allowed {
                    return Err(Refusal::about(ErrorCode::GroupWouldBeEmpty, name));
                }
                self.remove(id);
                deleted.push(GroupRef { id, name });
                next = parent;
            }
        }
        Ok(deleted)
    }

    fn remove(&mut self, id: GroupId) {
        for leaf in self.numbers.values_mut().filter(|leaf| leaf.group == Some(id)) {
            leaf.group = None;
        }
        for group in self.groups.values_mut().filter(|group| group.parent == Some(id)) {
            group.parent = None;
        }
        let parent = self.groups.remove(&id).and_then(|group| group.parent);
        self.counts.remove(&id);
        self.leave(parent);
    }

    fn enter(&mut self, group: Option<GroupId>) {
        if let Some(id) = group {
            *self.counts.entry(id).or_default() += 1;
        }
    }

    fn leave(&mut self, group: Option<GroupId>) {
        if let Some(count) = group.and_then(|id| self.counts.get_mut(&id)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Every group that has a parent, with it; each comes before the groups above it.
    fn bottom_up(&self) -> Vec<(GroupId, GroupId)> {
        let mut below: BTreeMap<GroupId, Vec<GroupId>> = BTreeMap::new();
        for (id, parent) in self.groups.iter().filter_map(|(id, group)| Some((*id, group.parent?))) {
            below.entry(parent).or_default().push(id);
        }
        let roots = self.groups.iter().filter(|(_, group)| group.parent.is_none());
        let mut level: Vec<GroupId> = roots.map(|(id, _)| *id).collect();
        let mut pairs = Vec::with_capacity(self.groups.len());
        while !level.is_empty() {
            let mut next = Vec::new();
            for parent in level {
                for id in below.remove(&parent).unwrap_or_default() {
                    pairs.push((id, parent));
                    next.push(id);
                }
            }
            level = next;
        }
        pairs.reverse();
        pairs
    }
}

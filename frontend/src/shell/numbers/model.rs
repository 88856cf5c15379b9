//! The numbers a member chose last, and the groups to narrow the list by.

use crate::browser;
use std::collections::BTreeSet;
use types::{
    GroupId, MemberId,
    numbers::{NumberGroup, NumberRef},
};

/// How many of the last choices are offered first.
const RECENT: usize = 5;

/// The last choices, the latest first.
pub fn recent(member: Option<MemberId>) -> Vec<NumberRef> {
    browser::kept(&key(member)).unwrap_or_default()
}

pub fn remember(member: Option<MemberId>, number: &NumberRef) {
    browser::keep(&key(member), &with(recent(member), number));
}

/// Members who share a browser do not see each other's choices.
fn key(member: Option<MemberId>) -> String {
    format!("cercano.numbers.{}", member.map(|id| id.to_string()).unwrap_or_default())
}

fn with(before: Vec<NumberRef>, number: &NumberRef) -> Vec<NumberRef> {
    let others = before.into_iter().filter(|other| other.id != number.id);
    std::iter::once(number.clone()).chain(others).take(RECENT).collect()
}

/// The groups below their parents, each with its depth. A parent that is not among them leaves its groups on top.
pub fn nested(groups: &[NumberGroup]) -> Vec<(usize, NumberGroup)> {
    let known: BTreeSet<GroupId> = groups.iter().map(|group| group.id).collect();
    let mut found = Vec::new();
    let mut waiting: Vec<(usize, &NumberGroup)> = groups
        .iter()
        .rev()
        .filter(|group| group.parent_id.is_none_or(|id| !known.contains(&id)))
        .map(|g| (0, g))
        .collect();
    while let Some((depth, group)) = waiting.pop() {
        found.push((depth, group.clone()));
        waiting.extend(groups.iter().rev().filter(|child| child.parent_id == Some(group.id)).map(|g| (depth + 1, g)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn number(id: u128) -> NumberRef {
        NumberRef { id: Uuid::from_u128(id).into(), name: format!("N{id}"), phone: String::new() }
    }

    fn group(id: u128, parent: Option<u128>) -> NumberGroup {
        NumberGroup {
            id: Uuid::from_u128(id).into(),
            name: format!("G{id}"),
            parent_id: parent.map(|id| Uuid::from_u128(id).into()),
            number_count: 1,
        }
    }

    #[test]
    fn the_last_five_choices_are_kept_the_latest_first_and_none_twice() {
        let mut kept = Vec::new();
        for id in [1, 2, 3, 2, 4, 5, 6] {
            kept = with(kept, &number(id));
        }
        let names: Vec<_> = kept.iter().map(|number| number.name.as_str()).collect();
        assert_eq!(names, ["N6", "N5", "N4", "N2", "N3"]);
    }

    #[test]
    fn groups_stand_below_their_parents_and_on_top_where_the_parent_is_out_of_reach() {
        let groups = [group(2, Some(1)), group(1, None), group(4, Some(9)), group(3, Some(2))];
        let found: Vec<_> = nested(&groups).into_iter().map(|(depth, group)| (depth, group.name)).collect();
        let expected = [(0, "G1"), (1, "G2"), (2, "G3"), (0, "G4")].map(|(depth, name)| (depth, name.to_owned()));
        assert_eq!(found, expected);
    }
}

//! Any sequence of edits keeps what a tree has to be, and every edit out of place is refused by name.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn group_id(n: u8) -> GroupId {
    GroupId(Uuid::from_u128(u128::from(n) + 100))
}

fn number_id(n: u8) -> NumberId {
    NumberId(Uuid::from_u128(u128::from(n) + 1000))
}

fn member_id(n: u8) -> MemberId {
    MemberId(Uuid::from_u128(u128::from(n) + 5000))
}

fn group(n: u8, content: GroupContent, parent: Option<u8>) -> (GroupId, Group) {
    let managers = BTreeSet::from([member_id(n)]);
    (group_id(n), Group { name: format!("g{n}"), content, parent: parent.map(group_id), managers })
}

fn leaf(n: u8, group: Option<u8>) -> (NumberId, Leaf) {
    (number_id(n), Leaf { name: format!("n{n}"), group: group.map(group_id) })
}

fn numbers(list: &[u8]) -> Children {
    Children { numbers: list.iter().copied().map(number_id).collect(), groups: Vec::new() }
}

fn groups(list: &[u8]) -> Children {
    Children { numbers: Vec::new(), groups: list.iter().copied().map(group_id).collect() }
}

/// g0 { g1 { n0 n1 } g2 { g3 { n2 } } }, and n3 in no group.
fn sample() -> Tree {
    Tree::new(
        [
            group(0, GroupContent::Groups, None),
            group(1, GroupContent::Numbers, Some(0)),
            group(2, GroupContent::Groups, Some(0)),
            group(3, GroupContent::Numbers, Some(2)),
        ]
        .into(),
        [leaf(0, Some(1)), leaf(1, Some(1)), leaf(2, Some(3)), leaf(3, None)].into(),
    )
}

fn names(deleted: &[GroupRef]) -> Vec<&str> {
    deleted.iter().map(|group| group.name.as_str()).collect()
}

#[test]
fn a_level_is_one_more_than_the_highest_below() {
    let levels = sample().levels();
    assert_eq!([0, 1, 2, 3].map(|n| levels[&group_id(n)]), [3, 1, 2, 1]);
    let counts = sample().number_counts();
    assert_eq!([0, 1, 2, 3].map(|n| counts[&group_id(n)]), [3, 2, 1, 1]);
}

#[test]
fn a_number_is_managed_by_who_manages_a_group_above_it_and_by_nobody_while_it_is_in_none() {
    let manages = |member: u8, number: u8| sample().manages_number(member_id(member), number_id(number));
    assert_eq!([0, 1, 2, 3].map(|member| manages(member, 0)), [true, true, false, false]);
    assert_eq!([0, 1, 2, 3].map(|member| manages(member, 2)), [true, false, true, true]);
    assert_eq!([0, 1, 2, 3].map(|member| manages(member, 3)), [false; 4], "it is in no group");
    assert!(!manages(0, 9), "it is not there");
}

#[test]
fn every_edit_out_of_place_is_refused_by_name() {
    let refused = |edit: &dyn Fn(&mut Tree) -> Result<(), Refusal>| {
        let refusal = edit(&mut sample()).unwrap_err();
        (refusal.code, refusal.about.unwrap_or_default())
    };
    let code = |code: ErrorCode, about: &str| (code, about.to_owned());
    let to = Some(group_id(1));
    for (what, expected) in [
        (refused(&|t| t.add(group_id(1), &numbers(&[2]))), code(ErrorCode::NumberAlreadyGrouped, "n2 · g3")),
        (refused(&|t| t.add(group_id(0), &groups(&[3]))), code(ErrorCode::GroupAlreadyGrouped, "g3 · g2")),
        (refused(&|t| t.add(group_id(0), &numbers(&[3]))), code(ErrorCode::GroupContentMismatch, "g0")),
        (refused(&|t| t.add(group_id(1), &numbers(&[9]))), code(ErrorCode::NotFound, "")),
        (refused(&|t| t.add(group_id(2), &groups(&[0]))), code(ErrorCode::GroupHasCycle, "g2")),
        (refused(&|t| t.add(group_id(0), &groups(&[0]))), code(ErrorCode::GroupHasCycle, "g0")),
        (
            refused(&|t| t.move_to(&groups(&[3]), to, Emptied::Deleted).map(drop)),
            code(ErrorCode::GroupContentMismatch, "g1"),
        ),
        (
            refused(&|t| t.move_to(&numbers(&[2]), to, Emptied::Refused).map(drop)),
            code(ErrorCode::GroupWouldBeEmpty, "g3"),
        ),
        (
            refused(&|t| t.delete_group(group_id(3), Emptied::Refused).map(drop)),
            code(ErrorCode::GroupWouldBeEmpty, "g2"),
        ),
        (
            refused(&|t| t.delete_number(number_id(2), Emptied::Refused).map(drop)),
            code(ErrorCode::GroupWouldBeEmpty, "g3"),
        ),
        (
            refused(&|t| t.create(group_id(9), group(9, GroupContent::Numbers, None).1, &numbers(&[]))),
            code(ErrorCode::GroupWouldBeEmpty, "g9"),
        ),
        (
            refused(&|t| t.create(group_id(9), group(9, GroupContent::Numbers, Some(1)).1, &numbers(&[3]))),
            code(ErrorCode::GroupContentMismatch, "g1"),
        ),
        (
            refused(&|t| t.create(group_id(9), group(9, GroupContent::Groups, Some(2)).1, &groups(&[0]))),
            code(ErrorCode::GroupHasCycle, "g9"),
        ),
    ] {
        assert_eq!(what, expected);
    }
}

#[test]
fn emptied_groups_go_upwards_as_far_as_nothing_is_left() {
    let mut tree = sample();
    let deleted = tree.move_to(&numbers(&[2]), Some(group_id(1)), Emptied::Deleted).unwrap();
    assert_eq!(names(&deleted), ["g3", "g2"], "g0 still has g1");
    let deleted = tree.move_to(&numbers(&[0, 1, 2]), None, Emptied::Deleted).unwrap();
    assert_eq!(names(&deleted), ["g1", "g0"]);
    assert!(tree.groups().is_empty() && tree.numbers().values().all(|leaf| leaf.group.is_none()));
}

#[test]
fn nobody_deletes_an_emptied_group_without_managing_it() {
    let emptied = Emptied::DeletedBy(member_id(3));
    let refusal = sample().move_to(&numbers(&[2]), None, emptied).unwrap_err();
    assert_eq!(refusal, Refusal::about(ErrorCode::GroupWouldBeEmpty, "g2"), "member 3 manages g3 alone");
    let deleted = sample().move_to(&numbers(&[2]), None, Emptied::DeletedBy(member_id(0))).unwrap();
    assert_eq!(names(&deleted), ["g3", "g2"]);
}

#[test]
fn deleting_a_group_deletes_nothing_in_it() {
    let mut tree = sample();
    assert_eq!(tree.delete_group(group_id(0), Emptied::Refused), Ok(Vec::new()));
    assert_eq!((tree.groups().len(), tree.numbers().len()), (3, 4));
    assert_eq!(tree.group(group_id(1)).unwrap().parent, None);
}

#[test]
fn those_who_reach_other_numbers_afterwards_are_named() {
    let before = sample();
    let mut after = before.clone();
    after.move_to(&numbers(&[2]), Some(group_id(1)), Emptied::Deleted).unwrap();
    let affected: Vec<_> = before.affected(&after).into_iter().collect();
    assert_eq!(affected, [member_id(1), member_id(2), member_id(3)], "member 0 has all of them before and after");
}

/// What a tree has to be, by its own words rather than by the rules' code.
fn check(tree: &Tree) {
    let levels = tree.levels();
    let counts = tree.number_counts();
    for (id, group) in tree.groups() {
        let below: Vec<_> = tree.groups().iter().filter(|(_, other)| other.parent == Some(*id)).collect();
        let inside = tree.numbers().values().filter(|leaf| leaf.group == Some(*id)).count();
        match group.content {
            GroupContent::Numbers => assert!(below.is_empty() && inside > 0, "of numbers, and not empty"),
            GroupContent::Groups => assert!(!below.is_empty() && inside == 0, "of groups, and not empty"),
        }
        assert_eq!(tree.child_count(*id), u64::try_from(below.len() + inside).unwrap());
        let highest = below.iter().map(|(id, _)| levels[*id]).max();
        assert_eq!(levels[id], highest.map_or(1, |highest| highest + 1), "the level rule");
        // No cycle: the way up ends.
        let mut seen = BTreeSet::new();
        let mut next = Some(*id);
        while let Some(id) = next {
            assert!(seen.insert(id), "a cycle");
            next = tree.groups().get(&id).expect("a parent that is there").parent;
        }
        let naive = tree.numbers().keys().filter(|number| is_in(tree, **number, *id)).count();
        assert_eq!(counts[id], u64::try_from(naive).unwrap());
    }
    let reaches = tree.reaches();
    for member in (0..20).map(member_id) {
        let naive: BTreeSet<_> = tree
            .numbers()
            .keys()
            .filter(|number| {
                tree.groups().iter().any(|(id, group)| group.managers.contains(&member) && is_in(tree, **number, *id))
            })
            .copied()
            .collect();
        assert_eq!(reaches.get(&member).cloned().unwrap_or_default(), naive, "the recursive definition");
    }
}

/// A number is in a group if it is its child, or in a group that is its child.
fn is_in(tree: &Tree, number: NumberId, id: GroupId) -> bool {
    tree.numbers()[&number].group == Some(id)
        || tree.groups().iter().any(|(below, group)| group.parent == Some(id) && is_in(tree, number, *below))
}

#[derive(Clone, Debug)]
enum Edit {
    Create(u8, bool, Vec<u8>, Option<u8>),
    Add(u8, bool, Vec<u8>),
    Move(Vec<u8>, Vec<u8>, Option<u8>, bool),
    DeleteGroup(u8, bool),
    DeleteNumber(u8, bool),
}

fn edits() -> impl Strategy<Value = Edit> {
    let few = || proptest::collection::vec(0..12_u8, 0..4);
    let place = || proptest::option::of(0..12_u8);
    prop_oneof![
        4 => (0..12_u8, any::<bool>(), few(), place()).prop_map(|(n, of, list, to)| Edit::Create(n, of, list, to)),
        2 => (0..12_u8, any::<bool>(), few()).prop_map(|(n, of, list)| Edit::Add(n, of, list)),
        4 => (few(), few(), place(), any::<bool>()).prop_map(|(n, g, to, del)| Edit::Move(n, g, to, del)),
        1 => (0..12_u8, any::<bool>()).prop_map(|(n, del)| Edit::DeleteGroup(n, del)),
        1 => (0..12_u8, any::<bool>()).prop_map(|(n, del)| Edit::DeleteNumber(n, del)),
    ]
}

fn apply(tree: &mut Tree, edit: Edit) -> Result<(), Refusal> {
    let of = |of_numbers: bool, list: &[u8]| if of_numbers { numbers(list) } else { groups(list) };
    let emptied = |delete: bool| if delete { Emptied::Deleted } else { Emptied::Refused };
    match edit {
        Edit::Create(n, of_numbers, list, parent) => {
            if tree.groups().contains_key(&group_id(n)) {
                return Ok(());
            }
            let content = if of_numbers { GroupContent::Numbers } else { GroupContent::Groups };
            tree.create(group_id(n), group(n, content, parent).1, &of(of_numbers, &list))
        }
        Edit::Add(n, of_numbers, list) => tree.add(group_id(n), &of(of_numbers, &list)),
        Edit::Move(n, g, to, delete) => {
            let children = Children { numbers: numbers(&n).numbers, groups: groups(&g).groups };
            tree.move_to(&children, to.map(group_id), emptied(delete)).map(drop)
        }
        Edit::DeleteGroup(n, delete) => tree.delete_group(group_id(n), emptied(delete)).map(drop),
        Edit::DeleteNumber(n, delete) => tree.delete_number(number_id(n), emptied(delete)).map(drop),
    }
}

proptest! {
    #[test]
    fn any_sequence_of_edits_keeps_the_tree_a_tree(list in proptest::collection::vec(edits(), 0..40)) {
        let mut tree = Tree::new(BTreeMap::new(), (0..12).map(|n| leaf(n, None)).collect());
        for edit in list {
            let mut edited = tree.clone();
            if apply(&mut edited, edit).is_ok() {
                tree = edited;
            }
            check(&tree);
        }
    }
}

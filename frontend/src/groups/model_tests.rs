//! The tree of groups, by example: 1 holds 2 and 3; 2 and 3 hold numbers; 4 holds numbers and is in none; 5 is in a group
//! that is out of reach.

use super::*;
use types::groups::GroupRef;
use uuid::Uuid;

fn id(number: u128) -> GroupId {
    Uuid::from_u128(number).into()
}

fn group(number: u128, content: GroupContent, parent: Option<u128>) -> Group {
    Group {
        id: id(number),
        name: format!("Grupo {number}"),
        kind: GroupKind::Team,
        content,
        parent: parent.map(|parent| GroupRef { id: id(parent), name: format!("Grupo {parent}") }),
        level: 1,
        child_count: 1,
        number_count: 1,
        managers: Vec::new(),
        inherited_managers: Vec::new(),
        version: 1,
    }
}

fn tree() -> Tree {
    Tree::new(vec![
        group(1, GroupContent::Groups, None),
        group(2, GroupContent::Numbers, Some(1)),
        group(3, GroupContent::Numbers, Some(1)),
        group(4, GroupContent::Numbers, None),
        group(5, GroupContent::Groups, Some(99)),
    ])
}

fn number() -> Carried {
    Carried::number(Uuid::from_u128(50).into(), "Camila".into())
}

fn carried(number: u128) -> Carried {
    Carried::group(id(number), format!("Grupo {number}"))
}

#[test]
fn a_group_whose_parent_is_out_of_reach_is_on_top() {
    assert_eq!(tree().roots, [id(1), id(4), id(5)]);
    assert_eq!(tree().children(id(1)), [id(2), id(3)]);
}

#[test]
fn a_search_opens_the_path_to_its_hits_and_an_empty_one_opens_nothing() {
    let (hits, paths) = tree().search("grupo 3");
    assert_eq!((hits, paths), (BTreeSet::from([id(3)]), BTreeSet::from([id(1)])));
    let (hits, paths) = tree().search("  ");
    assert!(hits.is_empty() && paths.is_empty());
}

#[test]
fn numbers_go_into_groups_of_numbers_and_groups_into_groups_of_groups() {
    let tree = tree();
    assert!(tree.takes(Some(id(2)), &number()));
    assert!(!tree.takes(Some(id(1)), &number()));
    assert!(tree.takes(Some(id(1)), &carried(4)));
    assert!(!tree.takes(Some(id(2)), &carried(4)));
}

#[test]
fn a_group_goes_neither_into_itself_nor_into_what_is_in_it_nor_to_where_it_is() {
    let inner = Tree::new(vec![group(1, GroupContent::Groups, None), group(2, GroupContent::Groups, Some(1))]);
    assert!(!inner.takes(Some(id(1)), &carried(1)));
    assert!(!inner.takes(Some(id(2)), &carried(1)));
    assert!(!inner.takes(Some(id(1)), &carried(2)));
}

#[test]
fn anything_may_leave_its_group_and_nothing_goes_nowhere() {
    let mut both = number();
    both.groups.insert(id(4), "Grupo 4".into());
    assert!(tree().takes(None, &both));
    assert!(!tree().takes(Some(id(2)), &both) && !tree().takes(Some(id(1)), &both));
    assert!(!tree().takes(None, &Carried::default()));
    assert!(!tree().takes(Some(id(77)), &number()));
}

#[test]
fn groups_in_no_group_can_be_added_but_not_those_above() {
    let tree = tree();
    let found: Vec<_> = tree.addable(Some(id(2))).into_iter().map(|group| group.id).collect();
    assert_eq!(found, [id(4)]);
    let found: Vec<_> = tree.addable(None).into_iter().map(|group| group.id).collect();
    assert_eq!(found, [id(1), id(4)]);
}

#[test]
fn a_group_is_told_from_its_namesakes_by_the_groups_above() {
    let tree = Tree::new(vec![
        group(1, GroupContent::Groups, None),
        group(2, GroupContent::Groups, Some(1)),
        group(3, GroupContent::Numbers, Some(2)),
    ]);
    assert_eq!(tree.path(id(3)), "Grupo 1 › Grupo 2");
    assert_eq!(tree.path(id(1)), "");
    assert_eq!(tree.above(id(3)), [id(2), id(1)]);
}

#[test]
fn one_of_several_selected_is_dragged_with_all_of_them() {
    let mut selected = number();
    selected.groups.insert(id(4), "Grupo 4".into());
    assert!(selected.holds(&number()) && selected.holds(&carried(4)));
    assert!(!selected.holds(&carried(2)));
    assert_eq!((selected.len(), selected.names()), (2, "Grupo 4, Camila".to_owned()));
}

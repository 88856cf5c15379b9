//! Groups of numbers and of groups, and who manages them (spec O4).

use crate::test_app::{Organization, Person, Stream, TestApp};
use futures_util::future::join;
use serde_json::json;
use types::{
    ErrorCode, GroupId, NumberId, Permission,
    audit_log::{AuditAction, AuditSubject, LIST_AUDIT_LOG},
    events::Event,
    groups::{
        ADD_GROUP_CHILDREN, ADD_GROUP_MANAGERS, CREATE_GROUP, DELETE_GROUP, GET_GROUP, Group, GroupChildren,
        GroupContent, GroupInput, GroupKind, GroupManagersInput, GroupMove, GroupUpdate, LIST_GROUP_NUMBERS,
        LIST_GROUPS, MOVE_TO_GROUP, REMOVE_GROUP_MANAGER, UPDATE_GROUP,
    },
    numbers::{ADD_NUMBER_AGENTS, GET_NUMBER, GET_NUMBER_CARD, LIST_NUMBERS, NumberAgentsInput},
    sessions::GET_ME,
};

pub(crate) const MANAGER: &[Permission] =
    &[Permission::ViewGroups, Permission::EditGroups, Permission::ViewNumbers, Permission::EditNumbers];

pub(crate) fn of_numbers(name: &str, numbers: &[NumberId]) -> GroupInput {
    GroupInput {
        name: name.to_owned(),
        kind: GroupKind::Team,
        content: GroupContent::Numbers,
        number_ids: numbers.to_vec(),
        group_ids: Vec::new(),
        manager_ids: Vec::new(),
        parent_id: None,
    }
}

pub(crate) fn of_groups(name: &str, groups: &[GroupId]) -> GroupInput {
    GroupInput { content: GroupContent::Groups, group_ids: groups.to_vec(), ..of_numbers(name, &[]) }
}

fn to(target: Option<GroupId>, numbers: &[NumberId], groups: &[GroupId]) -> GroupMove {
    GroupMove { number_ids: numbers.to_vec(), group_ids: groups.to_vec(), to: target, delete_emptied: false }
}

async fn make(person: &Person, input: &GroupInput) -> Group {
    person.send(CREATE_GROUP, &[], input).await.ok()
}

async fn names(person: &Person) -> Vec<String> {
    person.call(LIST_GROUPS, &[]).await.ok().items.into_iter().map(|group| group.name).collect()
}

async fn manage(admin: &Person, group: GroupId, member: &Person) {
    let input = GroupManagersInput { member_ids: vec![member.id], new_members: Vec::new() };
    admin.send(ADD_GROUP_MANAGERS, &[&group], &input).await.ok();
}

/// A house of numbers a to d: South { a b }, North { c }, Country { South North }; d is in no group.
struct Sample {
    organization: Organization,
    numbers: [NumberId; 4],
    south: Group,
    north: Group,
    country: Group,
}

impl Sample {
    async fn new(app: &TestApp) -> Self {
        let organization = app.organization("one").await;
        let mut numbers = Vec::new();
        for name in ["a", "b", "c", "d"] {
            numbers.push(app.number(&organization, name, &[]).await);
        }
        let numbers: [NumberId; 4] = numbers.try_into().unwrap();
        let admin = &organization.administrator;
        let south = make(admin, &of_numbers("South", &numbers[..2])).await;
        let north = make(admin, &of_numbers("North", &numbers[2..3])).await;
        let country = make(admin, &of_groups("Country", &[south.id, north.id])).await;
        Self { organization, numbers, south, north, country }
    }

    fn admin(&self) -> &Person {
        &self.organization.administrator
    }
}

#[actix_web::test]
async fn a_group_has_numbers_or_groups_from_the_start_never_both_and_never_none() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let (admin, d) = (sample.admin(), sample.numbers[3]);
    admin.send(CREATE_GROUP, &[], &of_numbers("x", &[])).await.refused(ErrorCode::GroupWouldBeEmpty);
    let both = GroupInput { number_ids: vec![d], ..of_groups("x", &[sample.country.id]) };
    let refused = admin.send(CREATE_GROUP, &[], &both).await;
    refused.refused(ErrorCode::GroupContentMismatch);
    assert_eq!(refused.problem().about.as_deref(), Some("x"));
    let wrong = GroupChildren { number_ids: vec![d], group_ids: Vec::new() };
    admin.send(ADD_GROUP_CHILDREN, &[&sample.country.id], &wrong).await.refused(ErrorCode::GroupContentMismatch);
    let long = admin.send(CREATE_GROUP, &[], &of_numbers(&"ñ".repeat(101), &[d])).await;
    assert_eq!(long.wrong_fields(), ["/name too_long"]);
    assert_eq!(admin.send(CREATE_GROUP, &[], &of_numbers(" ", &[d])).await.wrong_fields(), ["/name required"]);
    assert_eq!(names(admin).await, ["Country", "North", "South"], "nothing of it was kept");
}

#[actix_web::test]
async fn a_level_is_one_more_than_the_highest_below_and_managers_are_inherited_downwards() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let manager = app.member(&sample.organization, MANAGER).await;
    manage(admin, sample.country.id, &manager).await;
    let world = make(admin, &GroupInput { kind: GroupKind::Sector, ..of_groups("World", &[sample.country.id]) }).await;
    assert_eq!((world.level, world.child_count, world.number_count, world.kind), (3, 1, 3, GroupKind::Sector));
    let south = manager.call(GET_GROUP, &[&sample.south.id]).await.ok();
    assert_eq!((south.level, south.child_count, south.number_count), (1, 2, 2));
    assert_eq!(south.parent.map(|parent| parent.name).as_deref(), Some("Country"));
    assert!(south.managers.is_empty());
    assert_eq!(south.inherited_managers.iter().map(|member| member.id).collect::<Vec<_>>(), [manager.id]);
    assert_eq!(names(&manager).await, ["Country", "North", "South"], "not what is above");
    let numbers = manager.call(LIST_NUMBERS, &[]).await.ok().items;
    assert_eq!(numbers.iter().map(|number| number.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let inside = manager.call(LIST_GROUP_NUMBERS, &[&sample.south.id]).await.ok().items;
    assert_eq!(inside.iter().map(|number| number.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[actix_web::test]
async fn what_is_in_a_group_is_not_added_to_another_and_its_group_is_named() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let number = GroupChildren { number_ids: vec![sample.numbers[0]], group_ids: Vec::new() };
    let refused = admin.send(ADD_GROUP_CHILDREN, &[&sample.north.id], &number).await;
    refused.refused(ErrorCode::NumberAlreadyGrouped);
    assert_eq!(refused.problem().about.as_deref(), Some("a · South"));
    let refused = admin.send(CREATE_GROUP, &[], &of_groups("x", &[sample.south.id])).await;
    refused.refused(ErrorCode::GroupAlreadyGrouped);
    assert_eq!(refused.problem().about.as_deref(), Some("South · Country"));
    let free = GroupChildren { number_ids: vec![sample.numbers[3]], group_ids: Vec::new() };
    assert_eq!(admin.send(ADD_GROUP_CHILDREN, &[&sample.north.id], &free).await.ok().child_count, 2);
}

#[actix_web::test]
async fn the_last_child_stays_unless_the_groups_it_leaves_empty_may_go_too() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let south = Some(sample.south.id);
    let refused = admin.send(MOVE_TO_GROUP, &[], &to(south, &sample.numbers[2..3], &[])).await;
    refused.refused(ErrorCode::GroupWouldBeEmpty);
    assert_eq!(refused.problem().about.as_deref(), Some("North"));
    let moves = GroupMove { delete_emptied: true, ..to(south, &sample.numbers[2..3], &[]) };
    let moved = admin.send(MOVE_TO_GROUP, &[], &moves).await.ok();
    assert_eq!(moved.deleted_groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["North"]);
    let refused = admin.call(DELETE_GROUP, &[&sample.south.id]).await;
    refused.refused(ErrorCode::GroupWouldBeEmpty);
    assert_eq!(refused.problem().about.as_deref(), Some("Country"));
    admin.query(DELETE_GROUP, &[&sample.south.id], "delete_emptied=true").await.ok();
    assert!(names(admin).await.is_empty());
    assert_eq!(admin.call(LIST_NUMBERS, &[]).await.ok().items.len(), 4, "no number was deleted");
}

#[actix_web::test]
async fn no_group_comes_to_contain_itself_even_when_two_move_at_once() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let inside = admin.send(MOVE_TO_GROUP, &[], &to(Some(sample.country.id), &[], &[sample.country.id])).await;
    inside.refused(ErrorCode::GroupHasCycle);
    let other = make(admin, &of_numbers("Other", &sample.numbers[3..])).await;
    let abroad = make(admin, &of_groups("Abroad", &[other.id])).await;
    let (there, back) =
        (to(Some(abroad.id), &[], &[sample.country.id]), to(Some(sample.country.id), &[], &[abroad.id]));
    let (one, two) = join(admin.send(MOVE_TO_GROUP, &[], &there), admin.send(MOVE_TO_GROUP, &[], &back)).await;
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
    let refused = if one.status == 409 { one } else { two };
    refused.refused(ErrorCode::GroupHasCycle);
}

#[actix_web::test]
async fn others_than_administrators_find_only_groups_they_manage_and_numbers_they_reach() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let manager = app.member(&sample.organization, MANAGER).await;
    manage(admin, sample.south.id, &manager).await;
    let [a, _, c, d] = sample.numbers;
    for group in [sample.north.id, sample.country.id] {
        manager.call(GET_GROUP, &[&group]).await.refused(ErrorCode::NotFound);
        manager.call(LIST_GROUP_NUMBERS, &[&group]).await.refused(ErrorCode::NotFound);
        manager.call(DELETE_GROUP, &[&group]).await.refused(ErrorCode::NotFound);
        let rename = GroupUpdate { name: "Mine".to_owned(), kind: GroupKind::Team, version: 1 };
        manager.send(UPDATE_GROUP, &[&group], &rename).await.refused(ErrorCode::NotFound);
        manager.call(REMOVE_GROUP_MANAGER, &[&group, &admin.id]).await.refused(ErrorCode::NotFound);
        let input = GroupManagersInput { member_ids: vec![manager.id], new_members: Vec::new() };
        manager.send(ADD_GROUP_MANAGERS, &[&group], &input).await.refused(ErrorCode::NotFound);
    }
    for moves in [
        to(Some(sample.north.id), &[a], &[]),
        to(Some(sample.south.id), &[c], &[]),
        to(Some(sample.south.id), &[d], &[]),
        to(None, &[], &[sample.south.id]),
        to(None, &[c], &[]),
    ] {
        manager.send(MOVE_TO_GROUP, &[], &moves).await.refused(ErrorCode::NotFound);
    }
    manager.send(CREATE_GROUP, &[], &of_numbers("x", &[d])).await.refused(ErrorCode::NotFound);
    let below = GroupInput { parent_id: Some(sample.country.id), ..of_numbers("x", &[a]) };
    manager.send(CREATE_GROUP, &[], &below).await.refused(ErrorCode::NotFound);
    assert_eq!(manager.send(MOVE_TO_GROUP, &[], &to(None, &[a], &[])).await.ok().deleted_groups, []);
    manager.call(GET_NUMBER, &[&a]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn nobody_deletes_a_group_above_that_they_do_not_manage() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let manager = app.member(&organization, MANAGER).await;
    let number = app.number(&organization, "a", &[]).await;
    let team = make(admin, &of_numbers("Team", &[number])).await;
    make(admin, &of_groups("Above", &[team.id])).await;
    manage(admin, team.id, &manager).await;
    let refused = manager.query(DELETE_GROUP, &[&team.id], "delete_emptied=true").await;
    refused.refused(ErrorCode::GroupWouldBeEmpty);
    assert_eq!(refused.problem().about.as_deref(), Some("Above"));
}

#[actix_web::test]
async fn who_makes_a_group_at_the_top_of_groups_they_manage_manages_it() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let manager = app.member(&organization, MANAGER).await;
    let number = app.number(&organization, "a", &[]).await;
    let team = make(admin, &of_numbers("Team", &[number])).await;
    manage(admin, team.id, &manager).await;
    let group = make(&manager, &of_groups(" Mine ", &[team.id])).await;
    assert_eq!((group.name.as_str(), group.managers.len(), group.managers[0].id), ("Mine", 1, manager.id));
    let of_admin = make(admin, &of_groups("Theirs", &[group.id])).await;
    assert!(of_admin.managers.is_empty());
}

#[actix_web::test]
async fn a_number_in_no_group_is_put_into_one_by_administrators_not_by_who_attends_it() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let (admin, south) = (sample.admin(), Some(sample.south.id));
    let manager = app.member(&sample.organization, MANAGER).await;
    manage(admin, sample.south.id, &manager).await;
    let free = app.number(&sample.organization, "free", &[&manager]).await;
    let children = GroupChildren { number_ids: vec![free], group_ids: Vec::new() };
    let below = GroupInput { parent_id: south, ..of_numbers("x", &[free]) };
    for made in [of_numbers("x", &[free]), below] {
        manager.send(CREATE_GROUP, &[], &made).await.refused(ErrorCode::PermissionMissing);
    }
    manager.send(ADD_GROUP_CHILDREN, &[&sample.south.id], &children).await.refused(ErrorCode::PermissionMissing);
    manager.send(MOVE_TO_GROUP, &[], &to(south, &[free], &[])).await.refused(ErrorCode::PermissionMissing);
    assert!(!manager.call(GET_NUMBER_CARD, &[&free]).await.ok().may_delete);
    assert_eq!(names(admin).await, ["Country", "North", "South"], "nothing of it was kept");
    assert_eq!(admin.send(ADD_GROUP_CHILDREN, &[&sample.south.id], &children).await.ok().child_count, 3);
    assert!(manager.call(GET_NUMBER_CARD, &[&free]).await.ok().may_delete, "now it is in a group they manage");
}

#[actix_web::test]
async fn who_attends_a_number_in_a_group_of_others_does_not_take_it_from_there() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let manager = app.member(&sample.organization, MANAGER).await;
    manage(admin, sample.south.id, &manager).await;
    let c = sample.numbers[2];
    let attend = NumberAgentsInput { member_ids: vec![manager.id], new_members: Vec::new() };
    admin.send(ADD_NUMBER_AGENTS, &[&c], &attend).await.ok();
    for target in [Some(sample.south.id), None] {
        manager.send(MOVE_TO_GROUP, &[], &to(target, &[c], &[])).await.refused(ErrorCode::PermissionMissing);
    }
    manager.send(CREATE_GROUP, &[], &of_numbers("x", &[c])).await.refused(ErrorCode::PermissionMissing);
}

#[actix_web::test]
async fn managers_move_what_they_manage_between_groups_they_manage() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let manager = app.member(&sample.organization, MANAGER).await;
    manage(admin, sample.country.id, &manager).await;
    let north = Some(sample.north.id);
    manager.send(MOVE_TO_GROUP, &[], &to(north, &sample.numbers[..1], &[])).await.ok();
    let inside = manager.call(LIST_GROUP_NUMBERS, &[&sample.north.id]).await.ok().items;
    assert_eq!(inside.iter().map(|number| number.name.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    // Out of every group it is the administrators' again.
    manager.send(MOVE_TO_GROUP, &[], &to(None, &sample.numbers[..1], &[])).await.ok();
    manager.send(MOVE_TO_GROUP, &[], &to(north, &sample.numbers[..1], &[])).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn managers_new_or_known_reach_everything_below_at_once_and_their_pages_are_told() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let manager = app.member(&sample.organization, MANAGER).await;
    assert!(manager.call(GET_ME, &[]).await.ok().permissions.is_empty());
    let mut stream = Stream::open(&manager, None).await;
    let profile = admin.call(GET_ME, &[]).await.ok().profile.unwrap().id;
    let input = json!({"member_ids": [manager.id], "new_members": [
        {"name": "Nueva Gestora", "email": "nueva@example.com", "profile_id": profile}]});
    let added = admin.json(ADD_GROUP_MANAGERS, &[&sample.country.id], input).await.ok();
    assert_eq!(added.added.len(), 2);
    assert!(added.added[0].invitation.is_none() && added.added[1].invitation.is_some());
    assert_eq!(added.group.managers.len(), 2);
    stream.until(|event| *event == Event::AccessChanged).await;
    assert_eq!(manager.call(GET_ME, &[]).await.ok().number_ids.len(), 3);
    // Taken again, the page is told again.
    let after = admin.call(REMOVE_GROUP_MANAGER, &[&sample.country.id, &manager.id]).await.ok();
    assert_eq!(after.managers.len(), 1);
    stream.until(|event| *event == Event::AccessChanged).await;
    assert!(manager.call(GET_ME, &[]).await.ok().permissions.is_empty());
    admin.call(REMOVE_GROUP_MANAGER, &[&sample.country.id, &manager.id]).await.refused(ErrorCode::NotFound);
    let stranger = GroupManagersInput { member_ids: vec![app.app.ids.make()], new_members: Vec::new() };
    let refused = admin.send(ADD_GROUP_MANAGERS, &[&sample.country.id], &stranger).await;
    assert_eq!(refused.wrong_fields(), ["/member_ids/0 not_found"]);
}

#[actix_web::test]
async fn a_move_tells_the_managers_of_both_ends_and_is_in_the_audit_log_with_from_and_to() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let (of_south, of_north) =
        (app.member(&sample.organization, MANAGER).await, app.member(&sample.organization, MANAGER).await);
    manage(admin, sample.south.id, &of_south).await;
    manage(admin, sample.north.id, &of_north).await;
    let mut streams = [Stream::open(&of_south, None).await, Stream::open(&of_north, None).await];
    admin.send(MOVE_TO_GROUP, &[], &to(Some(sample.north.id), &sample.numbers[..1], &[])).await.ok();
    for stream in &mut streams {
        stream.until(|event| *event == Event::AccessChanged).await;
    }
    assert_eq!(of_north.call(GET_ME, &[]).await.ok().number_ids.len(), 2);
    let log = admin.query(LIST_AUDIT_LOG, &[], "subject=number").await.ok().items;
    let moved = log.iter().find(|entry| entry.action == AuditAction::Moved).unwrap();
    assert_eq!((moved.subject, moved.subject_name.as_str()), (AuditSubject::Number, "a"));
    let change = &moved.changes[0];
    assert_eq!((change.field.as_str(), &change.from, &change.to), ("group", &json!("South"), &json!("North")));
}

#[actix_web::test]
async fn a_group_that_was_saved_since_is_a_conflict() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let rename = |name: &str, version| GroupUpdate { name: name.to_owned(), kind: GroupKind::Branch, version };
    let admin = sample.admin();
    let saved = admin.send(UPDATE_GROUP, &[&sample.south.id], &rename("Sur", 1)).await.ok();
    assert_eq!((saved.name.as_str(), saved.kind, saved.version), ("Sur", GroupKind::Branch, 2));
    admin.send(UPDATE_GROUP, &[&sample.south.id], &rename("Süd", 1)).await.refused(ErrorCode::VersionConflict);
}

#[actix_web::test]
async fn pages_of_groups_neither_repeat_nor_skip_and_a_search_ignores_case() {
    let app = TestApp::start().await;
    let sample = Sample::new(&app).await;
    let admin = sample.admin();
    let first = admin.query(LIST_GROUPS, &[], "limit=2").await.ok();
    let next = admin.query(LIST_GROUPS, &[], &format!("limit=2&cursor={}", first.next_cursor.unwrap())).await.ok();
    let names: Vec<_> = first.items.iter().chain(&next.items).map(|group| group.name.as_str()).collect();
    assert_eq!((names, next.next_cursor), (vec!["Country", "North", "South"], None));
    let found = admin.query(LIST_GROUPS, &[], "q=SOU").await.ok().items;
    assert_eq!(found.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["South"]);
    admin.query(LIST_GROUPS, &[], "cursor=zz").await.refused(ErrorCode::MalformedRequest);
}

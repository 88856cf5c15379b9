//! Profiles: who may do what, who may say so, and who stays (spec O2).

use crate::test_app::{Organization, Person, Stream, TestApp};
use types::{
    ErrorCode, MemberId, Permission, ProfileId,
    events::Event,
    members::{
        CREATE_MEMBERS, DEACTIVATE_MEMBER, DELETE_MEMBER_SESSIONS, GET_MEMBER, INVITE_MEMBER, LIST_MEMBERS,
        MemberInput, MembersInput, NewMemberInput, REACTIVATE_MEMBER, RESET_MEMBER_PASSWORD, UPDATE_MEMBER,
    },
    profiles::{
        ADD_PROFILE_MEMBERS, CREATE_PROFILE, DELETE_PROFILE, DUPLICATE_PROFILE, GET_PROFILE, LIST_PROFILES, Profile,
        ProfileInput, ProfileMembersInput, REMOVE_PROFILE_MEMBER, UPDATE_PROFILE,
    },
    quick_replies::LIST_QUICK_REPLIES,
    sessions::GET_ME,
};

pub(crate) fn input(name: &str, permissions: &[Permission], version: Option<u64>) -> ProfileInput {
    ProfileInput { name: name.to_owned(), description: String::new(), permissions: permissions.to_vec(), version }
}

async fn made(by: &Person, name: &str, permissions: &[Permission]) -> Profile {
    by.send(CREATE_PROFILE, &[], &input(name, permissions, None)).await.ok()
}

fn joining(members: &[MemberId], replace: bool) -> ProfileMembersInput {
    ProfileMembersInput { member_ids: members.to_vec(), new_members: Vec::new(), replace }
}

/// A member with a number, whose profile grants these.
async fn manager(app: &TestApp, organization: &Organization, permissions: &[Permission]) -> Person {
    let manager = app.member(organization, permissions).await;
    app.number(organization, "theirs", &[&manager]).await;
    manager
}

#[actix_web::test]
async fn no_two_profiles_have_the_same_name_whatever_its_case() {
    let app = TestApp::start().await;
    let (one, two) = (app.organization("one").await, app.organization("two").await);
    let admin = &one.administrator;
    let first = made(admin, "Ñandú", &[]).await;
    admin.send(CREATE_PROFILE, &[], &input(" ñANDÚ ", &[], None)).await.refused(ErrorCode::ProfileNameTaken);
    let other = made(admin, "Otro", &[]).await;
    let taken = input("ñandú", &[], Some(other.version));
    admin.send(UPDATE_PROFILE, &[&other.id], &taken).await.refused(ErrorCode::ProfileNameTaken);
    let itself = input("ÑANDÚ", &[], Some(first.version));
    assert_eq!(admin.send(UPDATE_PROFILE, &[&first.id], &itself).await.ok().name, "ÑANDÚ");
    made(&two.administrator, "Ñandú", &[]).await;
}

#[actix_web::test]
async fn a_change_of_something_includes_seeing_it() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let profile = made(&admin, "Equipo", &[Permission::EditDesk, Permission::EditDesk]).await;
    assert_eq!(profile.permissions, [Permission::ViewDesk, Permission::EditDesk]);
    assert_eq!(admin.call(GET_PROFILE, &[&profile.id]).await.ok(), profile);
}

#[actix_web::test]
async fn a_change_names_the_version_it_started_from() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let profile = made(&admin, "Equipo", &[]).await;
    let without = admin.send(UPDATE_PROFILE, &[&profile.id], &input("Equipo", &[], None)).await;
    assert_eq!(without.wrong_fields(), ["/version required"]);
    let change = input("Equipo A", &[], Some(profile.version));
    admin.send(UPDATE_PROFILE, &[&profile.id], &change).await.ok();
    admin.send(UPDATE_PROFILE, &[&profile.id], &change).await.refused(ErrorCode::VersionConflict);
}

#[actix_web::test]
async fn the_administrators_profile_cannot_be_changed() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (admin, id) = (&organization.administrator, app.administrators(&organization).await);
    admin.send(UPDATE_PROFILE, &[&id], &input("x", &[], Some(1))).await.refused(ErrorCode::ProfileIsBuiltIn);
    admin.call(DELETE_PROFILE, &[&id]).await.refused(ErrorCode::ProfileIsBuiltIn);
    let copy = admin.call(DUPLICATE_PROFILE, &[&id]).await.ok();
    assert!(!copy.administrator && !copy.permissions.contains(&Permission::Administer));
    assert!(copy.permissions.contains(&Permission::EditVerifications));
}

#[actix_web::test]
async fn a_copy_has_the_same_permissions_and_a_name_of_its_own() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let profile = made(&admin, "Equipo", &[Permission::EditDesk]).await;
    let names = [
        admin.call(DUPLICATE_PROFILE, &[&profile.id]).await.ok(),
        admin.call(DUPLICATE_PROFILE, &[&profile.id]).await.ok(),
    ];
    assert_eq!(names.each_ref().map(|copy| copy.name.as_str()), ["Copia de Equipo", "Copia de Equipo 2"]);
    assert!(names.iter().all(|copy| copy.permissions == profile.permissions));
    let listed = admin.call(LIST_PROFILES, &[]).await.ok().items;
    let listed: Vec<_> = listed.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(listed, ["Administrador", "Agente", "Copia de Equipo", "Copia de Equipo 2", "Equipo"]);
}

#[actix_web::test]
async fn nobody_grants_what_they_do_not_have() {
    use Permission as P;
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let manager = manager(&app, &organization, &[P::ViewMembers, P::EditMembers, P::ViewDesk]).await;
    let denied = ErrorCode::MayNotGrant;
    // What a change of something includes counts too.
    manager.send(CREATE_PROFILE, &[], &input("More", &[P::EditDesk], None)).await.refused(denied);
    let less = made(&manager, "Less", &[P::ViewDesk]).await;
    let grown = input("Less", &[P::ViewDesk, P::ViewCampaigns], Some(less.version));
    manager.send(UPDATE_PROFILE, &[&less.id], &grown).await.refused(denied);
    let more = made(admin, "More", &[P::EditDesk]).await;
    let smaller = input("More", &[], Some(more.version));
    manager.send(UPDATE_PROFILE, &[&more.id], &smaller).await.refused(denied);
    manager.call(DUPLICATE_PROFILE, &[&more.id]).await.refused(denied);
    manager.call(DELETE_PROFILE, &[&more.id]).await.refused(denied);
    let administrators = app.administrators(&organization).await;
    for profile in [more.id, administrators] {
        manager.send(ADD_PROFILE_MEMBERS, &[&profile], &joining(&[manager.id], true)).await.refused(denied);
        let person = NewMemberInput { name: "Eva".to_owned(), email: "eva@example.com".to_owned() };
        let invited = MembersInput { members: vec![person], profile_id: Some(profile) };
        manager.send(CREATE_MEMBERS, &[], &invited).await.refused(denied);
        let own = MemberInput {
            name: "Me".to_owned(),
            email: "me@example.com".to_owned(),
            profile_id: Some(profile),
            version: 1,
        };
        manager.send(UPDATE_MEMBER, &[&manager.id], &own).await.refused(denied);
    }
    for other in [admin.id, app.joined(&organization, "Mora", Some(more.id)).await.id] {
        let change =
            MemberInput { name: "X".to_owned(), email: "x@example.com".to_owned(), profile_id: None, version: 1 };
        manager.send(UPDATE_MEMBER, &[&other], &change).await.refused(denied);
        manager.call(DEACTIVATE_MEMBER, &[&other]).await.refused(denied);
        manager.call(REACTIVATE_MEMBER, &[&other]).await.refused(denied);
        manager.call(INVITE_MEMBER, &[&other]).await.refused(denied);
        manager.call(RESET_MEMBER_PASSWORD, &[&other]).await.refused(denied);
        manager.call(DELETE_MEMBER_SESSIONS, &[&other]).await.refused(denied);
        manager.send(ADD_PROFILE_MEMBERS, &[&less.id], &joining(&[other], true)).await.refused(denied);
    }
    manager.call(REMOVE_PROFILE_MEMBER, &[&administrators, &admin.id]).await.refused(denied);
    // Administration is in no profile, whoever asks.
    let administer = admin.send(CREATE_PROFILE, &[], &input("All", &[P::ViewDesk, P::Administer], None)).await;
    assert_eq!(administer.wrong_fields(), ["/permissions/1 invalid"]);
}

#[actix_web::test]
async fn members_of_a_deleted_profile_keep_their_account_and_lose_its_permissions() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let profile = made(admin, "Equipo", &[Permission::ViewQuickReplies]).await;
    let eva = app.joined(&organization, "Eva", Some(profile.id)).await;
    app.number(&organization, "n", &[&eva]).await;
    eva.call(LIST_QUICK_REPLIES, &[]).await.ok();
    let mut stream = Stream::open(&eva, None).await;
    assert_eq!(admin.call(DELETE_PROFILE, &[&profile.id]).await.ok().member_count, 1);
    eva.call(LIST_QUICK_REPLIES, &[]).await.refused(ErrorCode::PermissionMissing);
    assert_eq!(eva.call(GET_ME, &[]).await.ok().profile, None);
    stream.until(|event| *event == Event::AccessChanged).await;
    admin.call(GET_PROFILE, &[&profile.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn a_changed_profile_holds_on_its_members_next_request_and_their_open_page_is_told() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let profile = made(admin, "Equipo", &[Permission::ViewQuickReplies]).await;
    let eva = app.joined(&organization, "Eva", Some(profile.id)).await;
    app.number(&organization, "n", &[&eva]).await;
    let mut stream = Stream::open(&eva, None).await;
    eva.call(LIST_QUICK_REPLIES, &[]).await.ok();
    admin.send(UPDATE_PROFILE, &[&profile.id], &input("Equipo", &[], Some(profile.version))).await.ok();
    eva.call(LIST_QUICK_REPLIES, &[]).await.refused(ErrorCode::PermissionMissing);
    stream.until(|event| *event == Event::AccessChanged).await;
}

#[actix_web::test]
async fn who_has_another_profile_loses_it_only_when_that_was_said() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let (one, two) = (made(admin, "Uno", &[]).await, made(admin, "Dos", &[]).await);
    let eva = app.joined(&organization, "Eva", Some(one.id)).await;
    let iris = app.joined(&organization, "Iris", None).await;
    let refused = admin.send(ADD_PROFILE_MEMBERS, &[&two.id], &joining(&[iris.id, eva.id], false)).await;
    refused.refused(ErrorCode::MemberHasProfile);
    assert_eq!(refused.problem().about.as_deref(), Some("Eva"));
    assert_eq!(admin.call(GET_MEMBER, &[&iris.id]).await.ok().profile, None, "all or nothing");
    let mut both = joining(&[iris.id, eva.id], true);
    both.new_members = vec![NewMemberInput { name: "Nora".to_owned(), email: "nora@example.com".to_owned() }];
    let added = admin.send(ADD_PROFILE_MEMBERS, &[&two.id], &both).await.ok().items;
    let added: Vec<_> = added.iter().map(|added| (added.member.name.as_str(), added.invitation.is_some())).collect();
    assert_eq!(added, [("Eva", false), ("Iris", false), ("Nora", true)]);
    assert_eq!(admin.call(GET_PROFILE, &[&two.id]).await.ok().member_count, 3);
    assert_eq!(admin.call(GET_PROFILE, &[&one.id]).await.ok().member_count, 0);
    admin.call(REMOVE_PROFILE_MEMBER, &[&two.id, &eva.id]).await.ok();
    admin.call(REMOVE_PROFILE_MEMBER, &[&two.id, &eva.id]).await.refused(ErrorCode::NotFound);
    assert_eq!(admin.call(GET_MEMBER, &[&eva.id]).await.ok().profile, None);
}

#[actix_web::test]
async fn neither_strangers_nor_deactivated_members_get_a_profile() {
    let app = TestApp::start().await;
    let (organization, other) = (app.organization("one").await, app.organization("two").await);
    let admin = &organization.administrator;
    let profile = made(admin, "Uno", &[]).await;
    let wrong = admin.send(ADD_PROFILE_MEMBERS, &[&profile.id], &joining(&[other.administrator.id], true)).await;
    assert_eq!(wrong.wrong_fields(), ["/member_ids/0 not_found"]);
    let eva = app.joined(&organization, "Eva", None).await;
    admin.call(DEACTIVATE_MEMBER, &[&eva.id]).await.ok();
    let refused = admin.send(ADD_PROFILE_MEMBERS, &[&profile.id], &joining(&[eva.id], true)).await;
    refused.refused(ErrorCode::MemberDeactivated);
    assert_eq!(refused.problem().about.as_deref(), Some("Eva"));
}

#[actix_web::test]
async fn the_last_administrator_stays() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (admin, administrators) = (&organization.administrator, app.administrators(&organization).await);
    let other = made(admin, "Otro", &[]).await;
    // One who was invited, and cannot sign in yet, is no other administrator.
    let person = NewMemberInput { name: "Eva".to_owned(), email: "eva@example.com".to_owned() };
    let invited = MembersInput { members: vec![person], profile_id: Some(administrators) };
    let eva = admin.send(CREATE_MEMBERS, &[], &invited).await.ok().items.remove(0).member;
    let last = ErrorCode::LastAdministrator;
    admin.call(REMOVE_PROFILE_MEMBER, &[&administrators, &admin.id]).await.refused(last);
    admin.send(ADD_PROFILE_MEMBERS, &[&other.id], &joining(&[admin.id], true)).await.refused(last);
    for profile_id in [None, Some(other.id)] {
        let input = MemberInput { name: "A".to_owned(), email: "a@example.com".to_owned(), profile_id, version: 1 };
        admin.send(UPDATE_MEMBER, &[&admin.id], &input).await.refused(last);
    }
    // The invited one can go: the other one stays.
    admin.call(DEACTIVATE_MEMBER, &[&eva.id]).await.ok();
    let second = app.joined(&organization, "Iris", Some(administrators)).await;
    second.call(DEACTIVATE_MEMBER, &[&admin.id]).await.ok();
    second.call(REMOVE_PROFILE_MEMBER, &[&administrators, &second.id]).await.refused(last);
    second.call(DEACTIVATE_MEMBER, &[&second.id]).await.refused(ErrorCode::OwnActionRefused);
}

#[actix_web::test]
async fn of_two_administrators_who_take_each_other_out_at_once_one_stays() {
    let app = TestApp::start().await;
    for round in 0..4 {
        let organization = app.organization(&format!("round{round}")).await;
        let (one, administrators) = (&organization.administrator, app.administrators(&organization).await);
        let two = app.joined(&organization, "Iris", Some(administrators)).await;
        let without = |name: &str, version: u64| MemberInput {
            name: name.to_owned(),
            email: format!("{name}{round}@example.com"),
            profile_id: None,
            version,
        };
        let (by_one, by_two) = (without("two", 2), without("one", 1));
        let (first, second) = tokio::join!(async { one.send(UPDATE_MEMBER, &[&two.id], &by_one).await }, async {
            two.send(UPDATE_MEMBER, &[&one.id], &by_two).await
        });
        let done = [first.status, second.status].iter().filter(|status| **status == 200).count();
        assert_eq!(done, 1, "{} {}", first.text, second.text);
        let stays = if first.status == 200 { one } else { &two };
        assert_eq!(administrators_of(stays, administrators).await, 1);
    }
}

async fn administrators_of(caller: &Person, profile: ProfileId) -> usize {
    caller.query(LIST_MEMBERS, &[], &format!("profile_id={profile}")).await.ok().items.len()
}

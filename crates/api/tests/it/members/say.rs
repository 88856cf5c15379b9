//! Who has a say over whom: nobody becomes somebody who may or sees more (spec O2, P1).

use super::{change, from_now, people, person};
use crate::{
    profiles::input as profile_input,
    test_app::{Mailbox, Organization, Person, TestApp, token_in},
};
use types::{
    ErrorCode, Permission as P,
    groups::{ADD_GROUP_MANAGERS, GroupManagersInput},
    member_links::{CHECK_MEMBER_LINK, MemberLinkInput},
    members::{
        CREATE_MEMBERS, DEACTIVATE_MEMBER, GET_MEMBER, INVITE_MEMBER, MemberInput, NewMemberWithProfile,
        REACTIVATE_MEMBER, RESET_MEMBER_PASSWORD, SentLink, UPDATE_MEMBER,
    },
    numbers::{ADD_NUMBER_AGENTS, NumberAgentsInput},
    organizations::UPDATE_MAIL_SETTINGS,
    profiles::{ADD_PROFILE_MEMBERS, CREATE_PROFILE, Profile, ProfileMembersInput},
    sessions::GET_ME,
};

const MANAGER: &[P] =
    &[P::ViewMembers, P::EditMembers, P::ViewDesk, P::ViewNumbers, P::EditNumbers, P::ViewGroups, P::EditGroups];

async fn profile(organization: &Organization, name: &str, permissions: &[P]) -> Profile {
    organization.administrator.send(CREATE_PROFILE, &[], &profile_input(name, permissions, None)).await.ok()
}

fn newcomer(name: &str, profile: &Profile) -> NewMemberWithProfile {
    NewMemberWithProfile { name: name.to_owned(), email: format!("{name}@new.example.com"), profile_id: profile.id }
}

fn hidden(sent: &SentLink, door: &str) {
    assert_eq!((sent.mailed, &sent.link), (false, &None), "{door}");
}

#[actix_web::test]
async fn a_link_is_shown_to_administrators_alone_whatever_the_door() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let manager = app.member(&organization, MANAGER).await;
    let number = app.number(&organization, "theirs", &[&manager]).await;
    let group = app.group(&organization, None, &[&manager]).await;
    let less = profile(&organization, "Less", &[P::ViewDesk]).await;

    let page = manager.send(CREATE_MEMBERS, &[], &people(&[person("Eva", "eva@example.com")])).await.ok().items;
    hidden(page[0].invitation.as_ref().unwrap(), "members");
    let joining = ProfileMembersInput {
        member_ids: Vec::new(),
        new_members: vec![person("Iris", "iris@example.com")],
        replace: false,
    };
    let added = manager.send(ADD_PROFILE_MEMBERS, &[&less.id], &joining).await.ok().items;
    hidden(added[0].invitation.as_ref().unwrap(), "profile members");
    let agents = NumberAgentsInput { member_ids: Vec::new(), new_members: vec![newcomer("agent", &less)] };
    let added = manager.send(ADD_NUMBER_AGENTS, &[&number], &agents).await.ok().added;
    hidden(added[0].invitation.as_ref().unwrap(), "agents");
    let managers = GroupManagersInput { member_ids: Vec::new(), new_members: vec![newcomer("boss", &less)] };
    let added = manager.send(ADD_GROUP_MANAGERS, &[&group], &managers).await.ok().added;
    hidden(added[0].invitation.as_ref().unwrap(), "managers");
    hidden(&manager.call(INVITE_MEMBER, &[&page[0].member.id]).await.ok(), "invitation");
    let active = app.joined(&organization, "Nora", Some(less.id)).await;
    hidden(&manager.call(RESET_MEMBER_PASSWORD, &[&active.id]).await.ok(), "password reset");

    // An administrator invites again, and passes the link on.
    assert!(admin.call(INVITE_MEMBER, &[&page[0].member.id]).await.ok().link.is_some());
    assert!(admin.call(RESET_MEMBER_PASSWORD, &[&active.id]).await.ok().link.is_some());
    // By mail it goes to whom it is for, whoever asked for it.
    let mailbox = Mailbox::open().await;
    admin.send(UPDATE_MAIL_SETTINGS, &[], &mailbox.settings()).await.ok();
    let sent = manager.call(INVITE_MEMBER, &[&page[0].member.id]).await.ok();
    assert_eq!((sent.mailed, sent.link), (true, None));
    let token = token_in(&mailbox.letter_to("eva@example.com").await);
    app.stranger().send(CHECK_MEMBER_LINK, &[], &MemberLinkInput { token }).await.ok();
}

/// Everything somebody who has a say over a member can do to them.
async fn refused_all(manager: &Person, member: &Person, less: &Profile) {
    let denied = ErrorCode::MayNotGrant;
    let mine = from_now(manager, member.id, change("Eva", "me@example.com")).await;
    manager.send(UPDATE_MEMBER, &[&member.id], &mine).await.refused(denied);
    manager.call(DEACTIVATE_MEMBER, &[&member.id]).await.refused(denied);
    manager.call(REACTIVATE_MEMBER, &[&member.id]).await.refused(denied);
    manager.call(INVITE_MEMBER, &[&member.id]).await.refused(denied);
    manager.call(RESET_MEMBER_PASSWORD, &[&member.id]).await.refused(denied);
    let joining = ProfileMembersInput { member_ids: vec![member.id], new_members: Vec::new(), replace: true };
    manager.send(ADD_PROFILE_MEMBERS, &[&less.id], &joining).await.refused(denied);
}

#[actix_web::test]
async fn nobody_has_a_say_over_who_reaches_a_number_they_do_not() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let manager = app.member(&organization, MANAGER).await;
    let less = profile(&organization, "Less", &[]).await;
    let own = profile(&organization, "Own", &[P::ViewDesk]).await;
    let eva = app.joined(&organization, "Eva", Some(own.id)).await;
    let group = app.group(&organization, None, &[&manager]).await;
    app.grouped_number(&organization, "both", &[&eva], Some(group)).await;
    let reset = manager.call(RESET_MEMBER_PASSWORD, &[&eva.id]).await.ok();
    assert_eq!(reset.link, None, "within reach");
    // One more number, which the manager does not reach.
    app.number(&organization, "beyond", &[&eva]).await;
    refused_all(&manager, &eva, &less).await;
    // Nor over who reaches one by managing a group, even without any profile.
    let iris = app.joined(&organization, "Iris", None).await;
    let elsewhere = app.group(&organization, None, &[&iris]).await;
    manager.call(RESET_MEMBER_PASSWORD, &[&iris.id]).await.ok();
    app.grouped_number(&organization, "far", &[], Some(elsewhere)).await;
    refused_all(&manager, &iris, &less).await;
    organization.administrator.call(RESET_MEMBER_PASSWORD, &[&iris.id]).await.ok();
}

#[actix_web::test]
async fn links_made_for_who_had_less_end_with_a_profile_that_grants_more() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let less = profile(&organization, "Less", &[P::ViewDesk]).await;
    let more = profile(&organization, "More", &[P::ViewDesk, P::EditDesk]).await;
    let administrators = app.administrators(&organization).await;
    let eva = app.joined(&organization, "Eva", Some(more.id)).await;
    let fresh = async || {
        let sent = admin.call(RESET_MEMBER_PASSWORD, &[&eva.id]).await.ok();
        MemberLinkInput { token: token_in(&sent.link.unwrap()) }
    };
    let give = async |profile| {
        let joining = ProfileMembersInput { member_ids: vec![eva.id], new_members: Vec::new(), replace: true };
        admin.send(ADD_PROFILE_MEMBERS, &[&profile], &joining).await.ok();
    };
    let put = async |profile| {
        let now = admin.call(GET_MEMBER, &[&eva.id]).await.ok();
        let input = MemberInput { profile_id: Some(profile), version: now.version, ..change(&now.name, &now.email) };
        admin.send(UPDATE_MEMBER, &[&eva.id], &input).await.ok();
    };
    let check = async |link: &MemberLinkInput| app.stranger().send(CHECK_MEMBER_LINK, &[], link).await;

    let link = fresh().await;
    give(less.id).await;
    check(&link).await.ok();
    give(more.id).await;
    check(&link).await.refused(ErrorCode::LinkEnded);
    put(less.id).await;
    let link = fresh().await;
    put(more.id).await;
    check(&link).await.refused(ErrorCode::LinkEnded);
    eva.call(GET_ME, &[]).await.ok();

    // Who becomes an administrator signs in again.
    let link = fresh().await;
    put(administrators).await;
    check(&link).await.refused(ErrorCode::LinkEnded);
    eva.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    put(less.id).await;
    let again = app.another_session(organization.id, &eva).await;
    give(administrators).await;
    again.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
}

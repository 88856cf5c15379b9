//! Members: invited, changed, deactivated, and told (spec O2, P1).

mod say;

use crate::{
    test_app::{Caller, Stream, TestApp, noon, phone_number_id, text, token_in},
    webhooks::House,
};
use chrono::Duration;
use types::{
    ErrorCode, Language, MemberId, Permission,
    events::Event,
    member_links::{CHECK_MEMBER_LINK, INVITATION_DAYS, MemberLinkInput, MemberLinkKind, RESET_HOURS},
    members::{
        CREATE_MEMBERS, DEACTIVATE_MEMBER, DELETE_MEMBER_SESSIONS, GET_MEMBER, INVITE_MEMBER, LIST_MEMBER_NUMBERS,
        LIST_MEMBER_SESSIONS, LIST_MEMBERS, MemberInput, MemberStatus, MembersInput, NewMemberInput, REACTIVATE_MEMBER,
        RESET_MEMBER_PASSWORD, UPDATE_MEMBER,
    },
    profiles::REMOVE_PROFILE_MEMBER,
    sessions::{AgentStatus, GET_ME, MeInput, UPDATE_ME},
    tickets::{GET_TICKET, LIST_TICKETS, TAKE_TICKET, TicketStatus},
};

fn person(name: &str, email: &str) -> NewMemberInput {
    NewMemberInput { name: name.to_owned(), email: email.to_owned() }
}

fn people(members: &[NewMemberInput]) -> MembersInput {
    MembersInput { members: members.to_vec(), profile_id: None }
}

fn change(name: &str, email: &str) -> MemberInput {
    MemberInput { name: name.to_owned(), email: email.to_owned(), profile_id: None, version: 1 }
}

/// A change that starts from what is there now.
async fn from_now(caller: &Caller, id: MemberId, input: MemberInput) -> MemberInput {
    MemberInput { version: caller.call(GET_MEMBER, &[&id]).await.ok().version, ..input }
}

#[actix_web::test]
async fn who_is_invited_is_a_member_without_a_password_and_the_link_is_shown_where_no_mail_goes_out() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let input = people(&[person(" Élena Ríos ", "ELENA@example.com"), person("Iris", "iris@example.com")]);
    let added = admin.send(CREATE_MEMBERS, &[], &input).await.ok().items;
    let (elena, invitation) = (&added[0].member, added[0].invitation.as_ref().unwrap());
    assert_eq!((elena.name.as_str(), elena.email.as_str()), ("Élena Ríos", "elena@example.com"));
    assert_eq!((elena.status, &elena.profile), (MemberStatus::Invited, &None));
    assert_eq!((invitation.mailed, invitation.expires_at), (false, noon() + Duration::days(INVITATION_DAYS)));
    let token = token_in(invitation.link.as_ref().unwrap());
    assert_eq!(token.len(), 64, "32 bytes");
    let link = app.stranger().send(CHECK_MEMBER_LINK, &[], &MemberLinkInput { token }).await.ok();
    assert_eq!((link.kind, link.name.as_str()), (MemberLinkKind::Invitation, "Élena Ríos"));
    assert_ne!(added[0].invitation, added[1].invitation);
}

#[actix_web::test]
async fn an_address_belongs_to_one_member_of_the_installation() {
    let app = TestApp::start().await;
    let (one, two) = (app.organization("one").await, app.organization("two").await);
    let wanted = people(&[
        person("A", "new@example.com"),
        person("B", "Admin@two.example.com"),
        person("C", "NEW@example.com"),
        person("D", "admin@one.example.com"),
    ]);
    let refused = one.administrator.send(CREATE_MEMBERS, &[], &wanted).await;
    let fields = ["/members/1/email email_taken", "/members/2/email repeated", "/members/3/email email_taken"];
    assert_eq!(refused.wrong_fields(), fields);
    assert_eq!(one.administrator.call(LIST_MEMBERS, &[]).await.ok().items.len(), 1, "all or nobody");
    let eva = app.joined(&one, "Eva", None).await;
    let wanted = from_now(&one.administrator, eva.id, change("Eva", "ADMIN@two.example.com")).await;
    let taken = one.administrator.send(UPDATE_MEMBER, &[&eva.id], &wanted).await;
    assert_eq!(taken.wrong_fields(), ["/email email_taken"]);
    two.administrator.call(GET_MEMBER, &[&eva.id]).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn two_who_invite_the_same_person_at_once_make_one_member() {
    let app = TestApp::start().await;
    let (one, two) = (app.organization("one").await, app.organization("two").await);
    let input = people(&[person("Eva", "eva@example.com")]);
    let (first, second) = tokio::join!(
        one.administrator.send(CREATE_MEMBERS, &[], &input),
        two.administrator.send(CREATE_MEMBERS, &[], &input)
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "{} {}", first.text, second.text);
}

#[actix_web::test]
async fn members_are_found_by_part_of_their_name_whatever_its_case_and_by_where_they_stand() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let input = people(&[
        person("ÉLENA Ríos", "e@example.com"),
        person("Zoe", "zoe@example.com"),
        person("ana", "x@example.com"),
    ]);
    let added = admin.send(CREATE_MEMBERS, &[], &input).await.ok().items;
    admin.call(DEACTIVATE_MEMBER, &[&added[1].member.id]).await.ok();
    for (query, expected) in [
        ("", vec!["Admin one", "ana", "ÉLENA Ríos"]),
        ("q=%C3%A9lena%20R%C3%8D", vec!["ÉLENA Ríos"]),
        ("q=X%40EXAMPLE", vec!["ana"]),
        ("q=%25", vec![]),
        ("status=deactivated", vec!["Zoe"]),
        ("status=invited", vec!["ana", "ÉLENA Ríos"]),
        ("status=active", vec!["Admin one"]),
        ("without_profile=true", vec!["ana", "ÉLENA Ríos"]),
    ] {
        let found = admin.query(LIST_MEMBERS, &[], query).await.ok().items;
        let names: Vec<_> = found.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, expected, "{query}");
    }
    let first = admin.query(LIST_MEMBERS, &[], "limit=2").await.ok();
    let rest = admin.query(LIST_MEMBERS, &[], &format!("limit=2&cursor={}", first.next_cursor.unwrap())).await.ok();
    assert_eq!((rest.items[0].name.as_str(), rest.next_cursor), ("ÉLENA Ríos", None));
}

#[actix_web::test]
async fn an_invitation_to_an_address_that_was_wrong_ends_with_it() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let added =
        admin.send(CREATE_MEMBERS, &[], &people(&[person("Eva", "wrong@example.com")])).await.ok().items.remove(0);
    let link = MemberLinkInput { token: token_in(&added.invitation.unwrap().link.unwrap()) };
    let renamed = admin.send(UPDATE_MEMBER, &[&added.member.id], &change("Eva R", "wrong@example.com")).await.ok();
    assert_eq!(renamed.name, "Eva R");
    app.stranger().send(CHECK_MEMBER_LINK, &[], &link).await.ok();
    let right = MemberInput { version: renamed.version, ..change("Eva R", "right@example.com") };
    admin.send(UPDATE_MEMBER, &[&added.member.id], &right).await.ok();
    app.stranger().send(CHECK_MEMBER_LINK, &[], &link).await.refused(ErrorCode::LinkEnded);
}

#[actix_web::test]
async fn an_invitation_again_ends_the_one_before_and_an_active_member_needs_none() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let added =
        admin.send(CREATE_MEMBERS, &[], &people(&[person("Eva", "eva@example.com")])).await.ok().items.remove(0);
    let first = MemberLinkInput { token: token_in(&added.invitation.unwrap().link.unwrap()) };
    let again = admin.call(INVITE_MEMBER, &[&added.member.id]).await.ok();
    let again = MemberLinkInput { token: token_in(&again.link.unwrap()) };
    app.stranger().send(CHECK_MEMBER_LINK, &[], &first).await.refused(ErrorCode::LinkEnded);
    app.stranger().send(CHECK_MEMBER_LINK, &[], &again).await.ok();
    // For who has no password yet, a link to choose another one is an invitation.
    let reset = admin.call(RESET_MEMBER_PASSWORD, &[&added.member.id]).await.ok();
    assert_eq!(reset.expires_at, noon() + Duration::days(INVITATION_DAYS));
    let active = app.joined(&organization, "Iris", None).await;
    admin.call(INVITE_MEMBER, &[&active.id]).await.refused(ErrorCode::MemberActive);
    let reset = admin.call(RESET_MEMBER_PASSWORD, &[&active.id]).await.ok();
    assert_eq!(reset.expires_at, noon() + Duration::hours(RESET_HOURS));
    active.call(GET_ME, &[]).await.ok();
}

#[actix_web::test]
async fn who_is_deactivated_is_out_at_once_and_their_tickets_wait_again() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let (admin, agent) = (&house.organization.administrator, &house.agent);
    app.told(&text(&house.number, "56955550111", "wamid.1", "Hola", noon())).await;
    let ticket = agent.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    agent.call(TAKE_TICKET, &[&ticket.id]).await.ok();
    let link = admin.call(RESET_MEMBER_PASSWORD, &[&agent.id]).await.ok();
    let link = MemberLinkInput { token: token_in(&link.link.unwrap()) };
    let mut stream = Stream::open(agent, None).await;
    let member = admin.call(DEACTIVATE_MEMBER, &[&agent.id]).await.ok();
    assert_eq!(member.status, MemberStatus::Deactivated);
    agent.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    while stream.next().await.is_some() {}
    app.stranger().send(CHECK_MEMBER_LINK, &[], &link).await.refused(ErrorCode::LinkEnded);
    let ticket = admin.call(GET_TICKET, &[&ticket.id]).await.ok();
    assert_eq!((ticket.status, ticket.assignee), (TicketStatus::Waiting, None));
    admin.call(INVITE_MEMBER, &[&agent.id]).await.refused(ErrorCode::MemberDeactivated);
    admin.call(DEACTIVATE_MEMBER, &[&agent.id]).await.ok();
    let back = admin.call(REACTIVATE_MEMBER, &[&agent.id]).await.ok();
    assert_eq!(back.profile, member.profile, "with the profile of before");
    agent.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
}

#[actix_web::test]
async fn a_member_without_a_profile_is_refused_on_the_next_request_and_the_open_page_is_told() {
    let app = TestApp::start().await;
    let house = House::new(&app, "one").await;
    let (admin, agent) = (&house.organization.administrator, &house.agent);
    let mut stream = Stream::open(agent, None).await;
    agent.call(LIST_TICKETS, &[]).await.ok();
    let email = format!("{}@example.com", agent.id);
    admin.send(UPDATE_MEMBER, &[&agent.id], &change("Agent", &email)).await.ok();
    agent.call(LIST_TICKETS, &[]).await.refused(ErrorCode::PermissionMissing);
    stream.until(|event| *event == Event::AccessChanged).await;
    // What comes afterwards is not for this page any more: the next thing it hears is what everybody hears.
    app.told(&text(&house.number, "56955550112", "wamid.2", "Hola", noon())).await;
    let number = app.number(&house.organization, "another", &[]).await;
    assert_ne!(phone_number_id(number), house.number);
    admin.call(DELETE_MEMBER_SESSIONS, &[&agent.id]).await.ok();
    let mut heard = Vec::new();
    while let Some((_, event)) = stream.next().await {
        heard.push(event);
    }
    let told = |event: &Event| matches!(event, Event::MessageChanged { .. } | Event::TicketChanged { .. });
    assert!(!heard.iter().any(told), "{heard:?}");
}

#[actix_web::test]
async fn a_members_sessions_are_listed_and_ended() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let eva = app.joined(&organization, "Eva", None).await;
    let sessions = admin.call(LIST_MEMBER_SESSIONS, &[&eva.id]).await.ok().items;
    assert_eq!(
        sessions.iter().map(|session| (session.id, session.current)).collect::<Vec<_>>(),
        [(eva.session_id, false)]
    );
    admin.call(DELETE_MEMBER_SESSIONS, &[&eva.id]).await.ok();
    eva.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    assert_eq!(admin.call(LIST_MEMBER_SESSIONS, &[&eva.id]).await.ok().items, []);
}

#[actix_web::test]
async fn a_members_numbers_are_listed_each_once() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (admin, agent) = (&organization.administrator, app.member(&organization, Permission::AGENT).await);
    for name in ["Uno", "Dos"] {
        app.number(&organization, name, &[&agent]).await;
    }
    app.number(&organization, "Otro", &[]).await;
    let numbers = admin.call(LIST_MEMBER_NUMBERS, &[&agent.id]).await.ok().items;
    assert_eq!(numbers.iter().map(|number| number.name.as_str()).collect::<Vec<_>>(), ["Dos", "Uno"]);
    assert_eq!(admin.call(GET_MEMBER, &[&agent.id]).await.ok().number_count, 2);
}

#[actix_web::test]
async fn an_old_page_does_not_give_a_member_back_what_was_taken_meanwhile() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let administrators = app.administrators(&organization).await;
    let eva = app.joined(&organization, "Eva", Some(administrators)).await;
    let page = admin.call(GET_MEMBER, &[&eva.id]).await.ok();
    let typed =
        MemberInput { profile_id: Some(administrators), version: page.version, ..change("Eva Ríos", &page.email) };
    admin.call(REMOVE_PROFILE_MEMBER, &[&administrators, &eva.id]).await.ok();
    admin.send(UPDATE_MEMBER, &[&eva.id], &typed).await.refused(ErrorCode::VersionConflict);
    let now = admin.call(GET_MEMBER, &[&eva.id]).await.ok();
    assert_eq!((now.name.as_str(), &now.profile), ("Eva", &None));
    // Name, e-mail and state count too.
    let renamed = MemberInput { version: now.version, ..change("Eva R", "other@example.com") };
    let mut before = admin.send(UPDATE_MEMBER, &[&eva.id], &renamed).await.ok().version;
    assert!(before > now.version);
    let own = MeInput { language: Language::Es, agent_status: AgentStatus::Offline, name: Some("Ella".to_owned()) };
    eva.send(UPDATE_ME, &[], &own).await.ok();
    for change in [None, Some(DEACTIVATE_MEMBER), Some(REACTIVATE_MEMBER)] {
        let after = match change {
            None => admin.call(GET_MEMBER, &[&eva.id]).await.ok(),
            Some(change) => admin.call(change, &[&eva.id]).await.ok(),
        };
        assert!(after.version > before, "{after:?}");
        before = after.version;
    }
    // Of two who start from the same version one is told.
    let from_here = |name: &str| MemberInput { version: before, ..change(name, "other@example.com") };
    let (one, two) = (from_here("One"), from_here("Two"));
    let (first, second) = tokio::join!(async { admin.send(UPDATE_MEMBER, &[&eva.id], &one).await }, async {
        admin.send(UPDATE_MEMBER, &[&eva.id], &two).await
    });
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[actix_web::test]
async fn a_name_of_two_lines_and_an_address_that_lists_others_are_refused_at_the_door() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let wrong = people(&[person("Eva\r\nBcc: all", "eva@example.com"), person("Iris", "a,<b>@example.com")]);
    let refused = admin.send(CREATE_MEMBERS, &[], &wrong).await;
    assert_eq!(refused.wrong_fields(), ["/members/0/name invalid", "/members/1/email not_an_email"]);
    let me = admin.call(GET_ME, &[]).await.ok();
    let own = MeInput { language: me.language, agent_status: me.agent_status, name: Some("A\tB".to_owned()) };
    assert_eq!(admin.send(UPDATE_ME, &[], &own).await.wrong_fields(), ["/name invalid"]);
}

//! Links by which members choose a password: mailed or shown, used once, and of no use to who guesses (spec P1).

use crate::test_app::{Caller, Mailbox, Organization, TestApp, token_in};
use app::{member_links::RESETS_PER_ACCOUNT, sign_in::FAILURES_PER_ADDRESS};
use chrono::Duration;
use serde_json::json;
use types::{
    ErrorCode, Language,
    audit_log::{AuditAction, LIST_AUDIT_LOG},
    member_links::{
        CHECK_MEMBER_LINK, CREATE_PASSWORD_RESET, INVITATION_DAYS, MemberLinkInput, MemberLinkKind, MemberLinkUse,
        PasswordResetInput, RESET_HOURS, USE_MEMBER_LINK,
    },
    members::{AddedMember, CREATE_MEMBERS, DEACTIVATE_MEMBER, MembersInput, NewMemberInput, RESET_MEMBER_PASSWORD},
    organizations::{DELETE_MAIL_SETTINGS, UPDATE_MAIL_SETTINGS},
    sessions::{AgentStatus, CREATE_SESSION, GET_ME, MeInput, UPDATE_ME},
};

const PASSWORD: &str = "correct horse battery";

async fn invited(organization: &Organization, name: &str, email: &str) -> AddedMember {
    let members = vec![NewMemberInput { name: name.to_owned(), email: email.to_owned() }];
    let input = MembersInput { members, profile_id: None };
    organization.administrator.send(CREATE_MEMBERS, &[], &input).await.ok().items.remove(0)
}

fn choice(token: &str) -> MemberLinkUse {
    MemberLinkUse { token: token.to_owned(), password: PASSWORD.to_owned() }
}

fn link(token: &str) -> MemberLinkInput {
    MemberLinkInput { token: token.to_owned() }
}

async fn mailbox(organization: &Organization) -> Mailbox {
    let mailbox = Mailbox::open().await;
    organization.administrator.send(UPDATE_MAIL_SETTINGS, &[], &mailbox.settings()).await.ok();
    mailbox
}

#[actix_web::test]
async fn an_invitation_comes_by_mail_and_its_link_opens_a_session_once() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let mailbox = mailbox(&organization).await;
    let added = invited(&organization, "Elena <b>\"Ríos\"", "elena@example.com").await;
    let invitation = added.invitation.unwrap();
    assert_eq!((invitation.mailed, invitation.link), (true, None), "what is mailed is not shown");
    let letter = mailbox.letter_to("elena@example.com").await;
    assert!(letter.contains("Elena &lt;b&gt;&quot;Ríos&quot;"), "{letter}");
    assert!(letter.contains("From: Cercano <cercano@example.com>"), "{letter}");
    let token = token_in(&letter);
    let stranger = app.stranger();
    let checked = stranger.send(CHECK_MEMBER_LINK, &[], &link(&token)).await.ok();
    assert_eq!((checked.kind, checked.organization.as_str()), (MemberLinkKind::Invitation, "one"));
    assert_eq!(checked.email, "elena@example.com");
    let short = json!({"token": token, "password": "short"});
    assert_eq!(stranger.json(USE_MEMBER_LINK, &[], short).await.wrong_fields(), ["/password too_short"]);
    let session = stranger.send(USE_MEMBER_LINK, &[], &choice(&token)).await.ok();
    assert_eq!(session.me.id, added.member.id);
    let elena = Caller::new(&app.base, Some(session.token));
    assert_eq!(elena.call(GET_ME, &[]).await.ok().email, "elena@example.com");
    stranger.send(USE_MEMBER_LINK, &[], &choice(&token)).await.refused(ErrorCode::LinkEnded);
    stranger.send(CHECK_MEMBER_LINK, &[], &link(&token)).await.refused(ErrorCode::LinkEnded);
    stranger.json(CREATE_SESSION, &[], json!({"email": "elena@example.com", "password": PASSWORD})).await.ok();
}

#[actix_web::test]
async fn of_two_who_use_a_link_at_once_one_is_signed_in() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let added = invited(&organization, "Eva", "eva@example.com").await;
    let token = token_in(&added.invitation.unwrap().link.unwrap());
    let (one, other) = (choice(&token), choice(&token));
    let (one_caller, other_caller) = (app.stranger(), app.stranger());
    let (first, second) =
        tokio::join!(one_caller.send(USE_MEMBER_LINK, &[], &one), other_caller.send(USE_MEMBER_LINK, &[], &other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 404]);
}

#[actix_web::test]
async fn a_link_ends_by_time_and_tells_nothing_of_why_it_ended() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let eva = invited(&organization, "Eva", "eva@example.com").await;
    let token = token_in(&eva.invitation.unwrap().link.unwrap());
    let wrong = app.stranger().send(CHECK_MEMBER_LINK, &[], &link("0123")).await;
    wrong.refused(ErrorCode::LinkEnded);
    app.app.clock.advance(Duration::days(INVITATION_DAYS) - Duration::seconds(1));
    app.stranger().send(CHECK_MEMBER_LINK, &[], &link(&token)).await.ok();
    app.app.clock.advance(Duration::seconds(1));
    let expired = app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await;
    expired.refused(ErrorCode::LinkEnded);
    assert_eq!(expired.problem().detail, wrong.problem().detail);
    let admin = app.renewed(&organization.administrator);
    let reset = admin.call(RESET_MEMBER_PASSWORD, &[&admin.id]).await.ok();
    let token = token_in(&reset.link.unwrap());
    app.app.clock.advance(Duration::hours(RESET_HOURS));
    app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.refused(ErrorCode::LinkEnded);
}

#[actix_web::test]
async fn guessing_links_is_throttled_and_using_a_right_one_is_no_guess() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let eva = invited(&organization, "Eva", "eva@example.com").await;
    let right = link(&token_in(&eva.invitation.unwrap().link.unwrap()));
    for _ in 0..FAILURES_PER_ADDRESS {
        app.stranger().send(CHECK_MEMBER_LINK, &[], &right).await.ok();
    }
    for guess in 0..FAILURES_PER_ADDRESS {
        app.stranger().send(CHECK_MEMBER_LINK, &[], &link(&guess.to_string())).await.refused(ErrorCode::LinkEnded);
    }
    app.stranger().send(CHECK_MEMBER_LINK, &[], &right).await.refused(ErrorCode::TooManyRequests);
    let token = right.token.clone();
    app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.refused(ErrorCode::TooManyRequests);
    app.app.clock.advance(Duration::minutes(16));
    app.stranger().send(CHECK_MEMBER_LINK, &[], &right).await.ok();
}

#[actix_web::test]
async fn choosing_another_password_by_a_link_ends_every_session_there_was() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let eva = app.joined(&organization, "Eva", None).await;
    let reset = admin.call(RESET_MEMBER_PASSWORD, &[&eva.id]).await.ok();
    eva.call(GET_ME, &[]).await.ok();
    let token = token_in(&reset.link.unwrap());
    let session = app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.ok();
    eva.call(GET_ME, &[]).await.refused(ErrorCode::Unauthenticated);
    Caller::new(&app.base, Some(session.token)).call(GET_ME, &[]).await.ok();
}

#[actix_web::test]
async fn asking_for_another_password_tells_nobody_who_exists() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let mailbox = mailbox(&organization).await;
    let eva = app.invited_by_mail(&organization, "Eva", "eva@example.com", &mailbox).await;
    eva.send(UPDATE_ME, &[], &MeInput { language: Language::Pt, agent_status: AgentStatus::default(), name: None })
        .await
        .ok();
    let gone = app.invited_by_mail(&organization, "Gone", "gone@example.com", &mailbox).await;
    organization.administrator.call(DEACTIVATE_MEMBER, &[&gone.id]).await.ok();
    let before = mailbox.all().len();
    let ask = |email: &str| PasswordResetInput { email: email.to_owned() };
    for email in ["nobody@example.com", "gone@example.com", "EVA@example.com"] {
        let answer = app.stranger().send(CREATE_PASSWORD_RESET, &[], &ask(email)).await;
        assert_eq!((answer.status, answer.text.as_str()), (202, ""), "{email}");
    }
    let is_reset = |letter: &&String| letter.contains("<eva@example.com>") && letter.contains("Olá, Eva");
    let letter =
        crate::test_app::eventually("the letter comes", async || mailbox.all().iter().find(is_reset).cloned()).await;
    assert_eq!(mailbox.all().len(), before + 1, "and no other one");
    let token = token_in(&letter);
    let checked = app.stranger().send(CHECK_MEMBER_LINK, &[], &link(&token)).await.ok();
    assert_eq!(checked.kind, MemberLinkKind::PasswordReset);
    app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.ok();
}

#[actix_web::test]
async fn asking_for_another_password_is_throttled_alike_for_known_and_unknown_addresses() {
    let app = TestApp::start().await;
    app.organization("one").await;
    for email in ["admin@one.example.com", "nobody@example.com"] {
        let ask = PasswordResetInput { email: email.to_owned() };
        for _ in 0..RESETS_PER_ACCOUNT {
            assert_eq!(app.stranger().send(CREATE_PASSWORD_RESET, &[], &ask).await.status, 202);
        }
        app.stranger().send(CREATE_PASSWORD_RESET, &[], &ask).await.refused(ErrorCode::TooManyRequests);
    }
}

#[actix_web::test]
async fn a_link_whose_letter_was_refused_is_shown() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let refusing = Mailbox::answering("550 no such mailbox").await;
    organization.administrator.send(UPDATE_MAIL_SETTINGS, &[], &refusing.settings()).await.ok();
    let invitation = invited(&organization, "Eva", "eva@example.com").await.invitation.unwrap();
    assert!(!invitation.mailed && refusing.all().is_empty());
    let token = token_in(&invitation.link.unwrap());
    app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.ok();
    // A server that is not there at all.
    let mut nowhere = refusing.settings();
    nowhere.port = 9;
    organization.administrator.send(UPDATE_MAIL_SETTINGS, &[], &nowhere).await.ok();
    assert!(invited(&organization, "Iris", "iris@example.com").await.invitation.unwrap().link.is_some());
    organization.administrator.call(DELETE_MAIL_SETTINGS, &[]).await.ok();
    assert!(invited(&organization, "Nora", "nora@example.com").await.invitation.unwrap().link.is_some());
}

#[actix_web::test]
async fn what_a_member_does_by_a_link_is_in_the_audit_log_without_its_secret() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let eva = app.joined(&organization, "Eva", None).await;
    let reset = organization.administrator.call(RESET_MEMBER_PASSWORD, &[&eva.id]).await.ok();
    let token = token_in(&reset.link.unwrap());
    app.stranger().send(USE_MEMBER_LINK, &[], &choice(&token)).await.ok();
    let answer = organization.administrator.query(LIST_AUDIT_LOG, &[], &format!("subject_id={}", eva.id)).await;
    assert!(!answer.text.contains(&token) && !answer.text.contains(PASSWORD));
    let entries = answer.ok().items;
    let done: Vec<_> = entries
        .iter()
        .map(|entry| (entry.action, entry.member.as_ref().map(|member| member.name.clone()).unwrap_or_default()))
        .collect();
    let expected = [
        (AuditAction::PasswordReset, "Eva"),
        (AuditAction::PasswordReset, "Admin one"),
        (AuditAction::Updated, "Eva"),
        (AuditAction::Invited, "Admin one"),
    ];
    assert_eq!(done, expected.map(|(action, name)| (action, name.to_owned())));
}

#[actix_web::test]
async fn a_stranger_who_asks_for_another_password_ends_no_link_that_somebody_has() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let admin = &organization.administrator;
    let waiting = invited(&organization, "Eva", "eva@example.com").await;
    let invitation = link(&token_in(&waiting.invitation.unwrap().link.unwrap()));
    let nora = app.joined(&organization, "Nora", None).await;
    let email = nora.call(GET_ME, &[]).await.ok().email;
    let shown = link(&token_in(&admin.call(RESET_MEMBER_PASSWORD, &[&nora.id]).await.ok().link.unwrap()));
    let check = async |link: &MemberLinkInput| app.stranger().send(CHECK_MEMBER_LINK, &[], link).await;
    let ask = async |email: &str| {
        let ask = PasswordResetInput { email: email.to_owned() };
        assert_eq!(app.stranger().send(CREATE_PASSWORD_RESET, &[], &ask).await.status, 202);
    };
    let asked = async |times: usize| {
        crate::test_app::eventually("it is asked for", async || {
            let log = admin.query(LIST_AUDIT_LOG, &[], &format!("subject_id={}", nora.id)).await.ok().items;
            (log.iter().filter(|entry| entry.member.is_none()).count() == times).then_some(())
        })
        .await;
    };
    // A server that takes no letters: the link that was shown stays the one there is.
    let refusing = Mailbox::answering("550 no such mailbox").await;
    admin.send(UPDATE_MAIL_SETTINGS, &[], &refusing.settings()).await.ok();
    ask("eva@example.com").await;
    ask(&email).await;
    asked(1).await;
    check(&shown).await.ok();
    check(&invitation).await.ok();
    // One that takes them: the newest link is the one in the letter, and an invitation is none of a stranger's business.
    let mailbox = mailbox(&organization).await;
    ask("eva@example.com").await;
    ask(&email).await;
    let mailed = link(&token_in(&mailbox.letter_to(&email).await));
    crate::test_app::eventually("the older link ends", async || (check(&shown).await.status == 404).then_some(()))
        .await;
    assert_eq!(check(&mailed).await.ok().kind, MemberLinkKind::PasswordReset);
    check(&invitation).await.ok();
    assert_eq!(mailbox.all().len(), 1);
}

//! The organization, its mail, and how long it keeps messages (Administración).

use crate::{
    test_app::{Mailbox, Person, Stream, TestApp, noon, text, token_in},
    webhooks::House,
};
use chrono::Duration;
use serde_json::json;
use types::{
    ErrorCode, Language, Permission,
    audit_log::LIST_AUDIT_LOG,
    conversations::LIST_CONVERSATION_MESSAGES,
    events::Event,
    member_links::{MemberLinkUse, USE_MEMBER_LINK},
    organizations::{
        DELETE_MAIL_SETTINGS, GET_MAIL_SETTINGS, GET_ORGANIZATION, MailSecurity, Organization, OrganizationInput,
        TEST_MAIL_SETTINGS, UPDATE_MAIL_SETTINGS, UPDATE_ORGANIZATION,
    },
    sessions::GET_ME,
    setup::SetupInput,
    tickets::{CLOSE_TICKET, LIST_TICKETS, TAKE_TICKET, TicketCloseInput},
};

fn like(organization: Organization) -> OrganizationInput {
    let Organization { name, time_zone, language, retention_days, version } = organization;
    OrganizationInput { name, time_zone, language, retention_days, version }
}

pub(crate) async fn input(admin: &Person) -> OrganizationInput {
    like(admin.call(GET_ORGANIZATION, &[]).await.ok())
}

#[actix_web::test]
async fn a_new_name_reaches_every_open_page_and_the_audit_log() {
    let app = TestApp::start().await;
    let organization = app.organization("one").await;
    let (admin, agent) = (&organization.administrator, app.member(&organization, Permission::AGENT).await);
    let mut stream = Stream::open(&agent, None).await;
    let mut change = input(admin).await;
    (change.name, change.time_zone) = (" Viajes ".to_owned(), "America/Bogota".to_owned());
    (change.language, change.retention_days) = (Language::Pt, Some(365));
    let changed = admin.send(UPDATE_ORGANIZATION, &[], &change).await.ok();
    assert_eq!((changed.name.as_str(), changed.version), ("Viajes", change.version + 1));
    stream.until(|event| *event == Event::AccessChanged).await;
    let me = agent.call(GET_ME, &[]).await.ok();
    assert_eq!((me.organization.name.as_str(), me.organization.time_zone.as_str()), ("Viajes", "America/Bogota"));
    let entry = admin.query(LIST_AUDIT_LOG, &[], "subject=organization").await.ok().items.remove(0);
    let fields: Vec<_> = entry.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["name", "time_zone", "language", "retention_days"]);
    assert_eq!((&entry.changes[0].from, &entry.changes[0].to), (&json!("one"), &json!("Viajes")));
    admin.send(UPDATE_ORGANIZATION, &[], &change).await.refused(ErrorCode::VersionConflict);
}

#[actix_web::test]
async fn a_further_organization_is_made_with_a_link_for_its_administrator() {
    let app = TestApp::start().await;
    app.organization("one").await;
    let input = SetupInput {
        organization: "Dos".to_owned(),
        time_zone: "America/Lima".to_owned(),
        language: Language::Es,
        name: "Eva".to_owned(),
        email: "eva@example.com".to_owned(),
        password: String::new(),
    };
    let link = app::organizations::found_further(&app.app, &input).await.unwrap();
    let choice = MemberLinkUse { token: token_in(&link), password: "correct horse".to_owned() };
    let session = app.stranger().send(USE_MEMBER_LINK, &[], &choice).await.ok();
    assert!(session.me.reaches_all && session.me.can(Permission::Administer));
    assert_eq!(session.me.organization.name, "Dos");
    let again = app::organizations::found_further(&app.app, &input).await.unwrap_err();
    assert_eq!(again.code(), Some(ErrorCode::EmailTaken));
}

#[actix_web::test]
async fn a_zone_that_does_not_exist_and_a_time_nobody_keeps_are_refused() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let mut wrong = input(&admin).await;
    wrong.time_zone = "America/Nowhere".to_owned();
    assert_eq!(admin.send(UPDATE_ORGANIZATION, &[], &wrong).await.wrong_fields(), ["/time_zone not_a_time_zone"]);
    for days in [89, 3651] {
        let mut wrong = input(&admin).await;
        wrong.retention_days = Some(days);
        let refused = admin.send(UPDATE_ORGANIZATION, &[], &wrong).await.wrong_fields();
        assert_eq!(refused, ["/retention_days out_of_range"]);
    }
}

#[actix_web::test]
async fn the_mail_password_is_kept_and_never_shown() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    assert_eq!(admin.call(GET_MAIL_SETTINGS, &[]).await.ok(), None);
    admin.call(TEST_MAIL_SETTINGS, &[]).await.refused(ErrorCode::MailNotConfigured);
    let mailbox = Mailbox::open().await;
    let mut settings = mailbox.settings();
    admin.send(UPDATE_MAIL_SETTINGS, &[], &settings).await.ok();
    // Absent keeps it.
    (settings.password, settings.from_name) = (None, "Viajes del Sur\r\nBcc: x@example.com".to_owned());
    assert_eq!(admin.send(UPDATE_MAIL_SETTINGS, &[], &settings).await.wrong_fields(), ["/from_name invalid"]);
    settings.from_name = "Viajes del Sur".to_owned();
    assert!(admin.send(UPDATE_MAIL_SETTINGS, &[], &settings).await.ok().has_password);
    let test = admin.call(TEST_MAIL_SETTINGS, &[]).await.ok();
    assert_eq!((test.sent, test.to.as_str(), test.detail), (true, "admin@one.example.com", None));
    let letter = mailbox.letter_to("admin@one.example.com").await;
    assert!(!letter.contains("\r\nBcc"), "{letter}");
    let shown = admin.call(GET_MAIL_SETTINGS, &[]).await;
    let log = admin.call(LIST_AUDIT_LOG, &[]).await;
    assert!(![&shown.text, &log.text].iter().any(|text| text.contains("mail secret")));
    assert!(log.text.contains("mail.host"), "{}", log.text);
    admin.call(DELETE_MAIL_SETTINGS, &[]).await.ok();
    assert_eq!(admin.call(GET_MAIL_SETTINGS, &[]).await.ok(), None);
}

#[actix_web::test]
async fn the_stored_mail_password_goes_nowhere_it_was_not_entered_for() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let (mailbox, thief) = (Mailbox::open().await, Mailbox::open().await);
    admin.send(UPDATE_MAIL_SETTINGS, &[], &mailbox.settings()).await.ok();
    let mut elsewhere = thief.settings();
    elsewhere.password = None;
    let mut open = mailbox.settings();
    (open.password, open.security) = (None, MailSecurity::Starttls);
    for change in [elsewhere, open] {
        assert_eq!(admin.send(UPDATE_MAIL_SETTINGS, &[], &change).await.wrong_fields(), ["/password required"]);
    }
}

#[actix_web::test]
async fn a_mail_test_that_fails_says_what_the_server_said() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let refusing = Mailbox::answering("550 no: mail secret").await;
    admin.send(UPDATE_MAIL_SETTINGS, &[], &refusing.settings()).await.ok();
    let test = admin.speaking("en").call(TEST_MAIL_SETTINGS, &[]).await.ok();
    let detail = test.detail.unwrap();
    assert!(!test.sent && detail.starts_with("The mail server answered: 550"), "{detail}");
    assert!(detail.contains("no: …") && !detail.contains("mail secret"), "{detail}");
    let mut secret = refusing.settings();
    secret.security = MailSecurity::Tls;
    admin.send(UPDATE_MAIL_SETTINGS, &[], &secret).await.ok();
    assert!(!admin.call(TEST_MAIL_SETTINGS, &[]).await.ok().sent, "without TLS there is no mail where TLS is wanted");
}

#[actix_web::test]
async fn messages_older_than_they_are_kept_go_and_those_of_open_tickets_stay() {
    let app = TestApp::start().await;
    let (house, other) = (House::new(&app, "one").await, House::new(&app, "two").await);
    for (house, from) in [(&house, "56955550111"), (&house, "56955550112"), (&other, "56955550113")] {
        let id = format!("wamid.{from}");
        app.told(&text(&house.number, from, &id, "Hola", noon())).await;
    }
    let tickets = house.agent.call(LIST_TICKETS, &[]).await.ok().items;
    let (closed, open) = (&tickets[0], &tickets[1]);
    house.agent.call(TAKE_TICKET, &[&closed.id]).await.ok();
    house.agent.send(CLOSE_TICKET, &[&closed.id], &TicketCloseInput::default()).await.ok();
    let theirs = other.agent.call(LIST_TICKETS, &[]).await.ok().items.remove(0);
    for house in [&house, &other] {
        let admin = &house.organization.administrator;
        let mut change = input(admin).await;
        change.retention_days = Some(if house.organization.id == other.organization.id { 120 } else { 90 });
        admin.send(UPDATE_ORGANIZATION, &[], &change).await.ok();
    }
    app.app.clock.advance(Duration::days(89));
    assert_eq!(app::retention::sweep_once(&app.app).await.unwrap(), 0);
    app.app.clock.advance(Duration::days(2));
    // What waits to be sent is not deleted, and nobody sends here.
    let count = async |caller: &Person, conversation| {
        caller.call(LIST_CONVERSATION_MESSAGES, &[conversation]).await.ok().items.len()
    };
    let admin = app.another_session(house.organization.id, &house.organization.administrator).await;
    let their_admin = app.another_session(other.organization.id, &other.organization.administrator).await;
    let before = count(&admin, &closed.conversation_id).await;
    let (of_open, of_theirs) =
        (count(&admin, &open.conversation_id).await, count(&their_admin, &theirs.conversation_id).await);
    let gone = app::retention::sweep_once(&app.app).await.unwrap();
    assert!(gone > 0);
    let after = count(&admin, &closed.conversation_id).await;
    assert!(after < before, "{after} of {before}");
    assert_eq!(count(&their_admin, &theirs.conversation_id).await, of_theirs, "another organization keeps longer");
    let kept = admin.call(LIST_CONVERSATION_MESSAGES, &[&open.conversation_id]).await.ok().items;
    assert!(kept.iter().filter(|message| message.ticket_id.is_some()).count() > 0 && kept.len() <= of_open);
    assert_eq!(app::retention::sweep_once(&app.app).await.unwrap(), 0, "and once is enough");
}

#[actix_web::test]
async fn one_organization_among_several_does_not_look_around_in_the_servers_own_network() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let mailbox = Mailbox::open().await;
    admin.send(UPDATE_MAIL_SETTINGS, &[], &mailbox.settings()).await.ok();
    assert!(admin.call(TEST_MAIL_SETTINGS, &[]).await.ok().sent, "the only organization is the operator's");
    let other = app.organization("two").await.administrator;
    for host in ["127.0.0.1", "169.254.169.254", "10.0.0.1", "localhost"] {
        let mut settings = mailbox.settings();
        settings.host = host.to_owned();
        assert_eq!(other.send(UPDATE_MAIL_SETTINGS, &[], &settings).await.wrong_fields(), ["/host invalid"], "{host}");
    }
    let test = admin.call(TEST_MAIL_SETTINGS, &[]).await.ok();
    assert!(!test.sent && test.detail.unwrap().contains("--private-mail"));
}

#[actix_web::test]
async fn what_another_service_answers_is_not_shown() {
    let app = TestApp::start().await;
    let admin = app.organization("one").await.administrator;
    let mut settings = Mailbox::open().await.settings();
    settings.port = app.base.rsplit(':').next().unwrap().parse().unwrap();
    admin.send(UPDATE_MAIL_SETTINGS, &[], &settings).await.ok();
    let test = admin.call(TEST_MAIL_SETTINGS, &[]).await.ok();
    assert!(!test.sent);
    assert!(!test.detail.unwrap().contains("HTTP"));
}
